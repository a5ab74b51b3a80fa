import { useEffect, useState } from 'preact/hooks';
import {
  lastWiped,
  lock,
  type OpensBy,
  type Unlocked,
  unlock,
  unlockByDevice,
  type VaultUser,
  vaultOpensBy,
  type Wiped,
  wipe,
} from '../../offline/index.ts';
import { Button } from '../../ui/button.tsx';
import { lastUser } from '../data/session.ts';
import { unsentWords } from '../unsent-words.ts';
import { CodeField } from './code-field.tsx';
import { EraseAsk } from './erase-ask.tsx';
import { Refusal } from './refusal.tsx';
import { useAsk } from './use-ask.ts';
import { useUnsent } from './use-unsent.ts';
import { WhyWiped } from './wiped.tsx';

export interface UnlockProps {
  /** Who is signed in; null without coverage, when whoever was last is meant, if that is known. */
  readonly user: VaultUser | null;
  /** There is nothing else to do on the page. */
  readonly atOnce?: boolean;
  /** It is open, or there is nothing left to open. */
  readonly onDone: () => void;
}

/** The code, or the telephone's own lock, before anything that was downloaded is shown. */
export function Unlock({ user, atOnce = false, onDone }: UnlockProps) {
  const opensBy = useOpensBy();
  const waiting = useUnsent();
  const lost = unsentWords(waiting);
  const owner = user ?? lastUser();
  const [wiped, setWiped] = useState<Wiped | null>(null);
  const [forgotten, setForgotten] = useState(false);

  const settle = (unlocked: Unlocked | null): string | null => {
    switch (unlocked?.kind) {
      case undefined:
        return 'Telefonens lås öppnades inte. Försök igen.';
      case 'wrong':
        return wrongCode(unlocked.triesLeft, lost);
      case 'wiped':
        setWiped(unlocked);
        return null;
      case 'colleagues-work':
        return 'Det som är låst hör till någon annan. Bara den som sparade det kan låsa upp.';
      case 'open':
      case 'none':
        onDone();
        return null;
      default:
        return unlocked satisfies undefined;
    }
  };
  const erase = async () => {
    await wipe('asked');
    setWiped(await lastWiped());
  };

  const goOn = () => {
    // Told to all that show what is kept: there is nothing.
    lock();
    onDone();
  };
  if (wiped) return <WhyWiped wiped={wiped} onDone={goOn} />;
  if (forgotten) return <EraseAsk unsent={waiting} onErase={erase} onCancel={() => setForgotten(false)} />;
  if (!opensBy) return null;
  return (
    <div class="nv-stack">
      {lost && <p>Det finns arbete som inte är skickat. Lås upp, så skickas det när du har täckning.</p>}
      {opensBy.kind === 'pin' ? (
        <ByCode atOnce={atOnce} tryCode={async (pin) => settle(await unlock(pin, owner))} />
      ) : (
        <ByDevice tryDevice={async () => settle(await unlockByDevice(owner))} />
      )}
      <Button kind="quiet" onClick={() => setForgotten(true)}>
        {opensBy.kind === 'pin' ? 'Jag har glömt koden' : 'Det går inte att låsa upp'}
      </Button>
    </div>
  );
}

interface ByCodeProps {
  readonly atOnce: boolean;
  /** What to say when it was not the right one. */
  readonly tryCode: (pin: string) => Promise<string | null>;
}

function ByCode({ atOnce, tryCode }: ByCodeProps) {
  const [pin, setPin] = useState('');
  const { busy, said, ask } = useAsk();
  const send = async () => {
    if (!pin) return 'Skriv din kod.';
    const wrong = await tryCode(pin);
    if (wrong !== null) setPin('');
    return wrong;
  };
  return (
    <form
      class="nv-stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        ask(send, 'kod');
      }}
    >
      <CodeField atOnce={atOnce} label="Din kod" error={said?.text ?? null} value={pin} onValue={setPin} />
      <Button type="submit" busy={busy}>
        Lås upp
      </Button>
    </form>
  );
}

function ByDevice({ tryDevice }: { readonly tryDevice: () => Promise<string | null> }) {
  const { busy, said, ask } = useAsk();
  return (
    <>
      <Button busy={busy} onClick={() => ask(tryDevice, 'telefon')}>
        Lås upp med telefonens lås
      </Button>
      <Refusal text={said?.text ?? null} />
    </>
  );
}

function wrongCode(triesLeft: number, lost: string | null): string {
  const tries = triesLeft === 1 ? 'ett försök' : `${triesLeft} försök`;
  const then = triesLeft === 1 ? 'Blir det fel igen' : 'Sedan';
  const warning = `Fel kod. Du har ${tries} kvar. ${then} raderas det som är sparat på telefonen.`;
  return lost === null ? warning : `${warning} Det här är inte skickat och försvinner då: ${lost}.`;
}

function useOpensBy(): OpensBy | null {
  const [opensBy, setOpensBy] = useState<OpensBy | null>(null);
  useEffect(() => {
    void vaultOpensBy().then(setOpensBy);
  }, []);
  return opensBy;
}
