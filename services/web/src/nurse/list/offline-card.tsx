import { useEffect, useRef, useState } from 'preact/hooks';
import {
  type Downloaded,
  download,
  downloadEstimate,
  type KeptPatient,
  lock,
  onVaultChange,
  type Progress,
  type VaultState,
  vaultState,
} from '../../offline/index.ts';
import { Button } from '../../ui/button.tsx';
import { fetchForOffline } from '../data/patient-page.ts';
import type { SessionUser } from '../data/session.ts';
import { deferred } from '../deferred.tsx';
import { useNow, useOnline } from '../hooks.ts';
import { sinceWords } from '../words.ts';

const ChoosePin = deferred(async () => (await import('../lock/index.ts')).ChoosePin);
const Unlock = deferred(async () => (await import('../lock/index.ts')).Unlock);

export interface OfflineCardProps {
  readonly user: SessionUser;
  /** Who would be downloaded. */
  readonly ids: readonly string[];
  readonly kept: readonly KeptPatient[];
  /** The store was opened, filled or locked. */
  readonly onChange: () => void;
}

type Step = 'rest' | 'pin' | 'running';

/** What is read without coverage: chosen, downloaded and locked here. */
export function OfflineCard({ user, ids, kept, onChange }: OfflineCardProps) {
  const state = useVaultState(onChange);
  const [step, setStep] = useState<Step>('rest');
  const { run, stop, progress, outcome } = useDownload(ids, onChange);

  const start = async () => {
    setStep('running');
    await run();
    setStep('rest');
  };
  if (state === null) return null;
  if (state === 'locked') {
    return (
      <Card>
        <Unlock user={user} onDone={onChange} />
      </Card>
    );
  }
  if (step === 'pin' && state !== 'open') {
    return (
      <Card>
        <ChoosePin user={user} onDone={() => void start()} />
        <Button kind="quiet" onClick={() => setStep('rest')}>
          Avbryt
        </Button>
      </Card>
    );
  }
  return (
    <Card>
      {step === 'running' ? (
        <Running progress={progress ?? { done: 0, total: ids.length, secondsLeft: 0 }} onStop={stop} />
      ) : (
        <Rest
          ids={ids}
          kept={kept}
          outcome={outcome}
          isOpen={state === 'open'}
          onStart={() => (state === 'open' ? void start() : setStep('pin'))}
        />
      )}
    </Card>
  );
}

const Card = ({ children }: { children: preact.ComponentChildren }) => (
  <section class="nv-card" aria-labelledby="utan-tackning">
    <h2 id="utan-tackning">Utan täckning</h2>
    {children}
  </section>
);

function Rest({
  ids,
  kept,
  outcome,
  isOpen,
  onStart,
}: {
  ids: readonly string[];
  kept: readonly KeptPatient[];
  outcome: string | null;
  isOpen: boolean;
  onStart: () => void;
}) {
  const online = useOnline();
  const now = useNow();
  const oldest = kept.map(({ fetchedAt }) => fetchedAt).toSorted()[0];
  return (
    <>
      {oldest ? (
        <p>
          {patients(kept.length)} på telefonen, {kept.length === 1 ? 'hämtad' : 'hämtade'}{' '}
          {sinceWords(oldest, now)}.
        </p>
      ) : (
        <p>Ladda ner planerna för att kunna läsa dem utan täckning. De raderas efter 12 timmar.</p>
      )}
      <p aria-live="polite">{outcome}</p>
      {online && ids.length > 0 && (
        <>
          <Button kind="primary" onClick={onStart}>
            Ladda ner för dagen
          </Button>
          <p class="nv-muted">
            {patients(ids.length)}, ungefär {secondsInWords(downloadEstimate(ids.length))}.
          </p>
        </>
      )}
      {isOpen && (
        <Button kind="quiet" onClick={lock}>
          Lås det som är nedladdat
        </Button>
      )}
    </>
  );
}

function Running({ progress, onStop }: { progress: Progress; onStop: () => void }) {
  const { done, total, secondsLeft } = progress;
  return (
    <>
      <label class="nv-progress">
        Laddar ner {done} av {total}. {secondsInWords(secondsLeft)} kvar.
        <progress value={done} max={total} />
      </label>
      <Button kind="quiet" onClick={onStop}>
        Avbryt
      </Button>
    </>
  );
}

function useDownload(ids: readonly string[], onEnd: () => void) {
  const [progress, setProgress] = useState<Progress | null>(null);
  const [outcome, setOutcome] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);
  const run = async () => {
    running.current = new AbortController();
    const { signal } = running.current;
    setOutcome(null);
    try {
      setOutcome(
        outcomeInWords(await download({ ids, fetchPlan: fetchForOffline, onProgress: setProgress, signal })),
      );
    } catch {
      setOutcome(signal.aborted ? 'Nedladdningen avbröts.' : 'Nedladdningen gick inte. Försök igen.');
    }
    setProgress(null);
    onEnd();
  };
  return { run, stop: () => running.current?.abort(), progress, outcome };
}

function useVaultState(onChange: () => void): VaultState | null {
  const [state, setState] = useState<VaultState | null>(null);
  const told = useRef(onChange);
  told.current = onChange;
  useEffect(() => {
    const read = () => vaultState().then(setState, () => setState(null));
    void read();
    return onVaultChange(() => {
      void read();
      told.current();
    });
  }, []);
  return state;
}

function outcomeInWords({ saved, refused, failed }: Downloaded): string {
  const parts = [`${patients(saved)} ${saved === 1 ? 'är nedladdad' : 'är nedladdade'}.`];
  if (refused.length > 0) parts.push(`${patients(refused.length)} har du inte rätt att läsa.`);
  if (failed.length > 0) parts.push(`${patients(failed.length)} gick inte att hämta. Försök igen.`);
  return parts.join(' ');
}

const patients = (count: number): string => (count === 1 ? '1 patient' : `${count} patienter`);

function secondsInWords(seconds: number): string {
  if (seconds <= 1) return 'en sekund';
  return seconds < 60 ? `${seconds} sekunder` : `${Math.ceil(seconds / 60)} minuter`;
}
