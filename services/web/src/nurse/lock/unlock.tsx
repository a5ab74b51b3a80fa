import { useEffect, useState } from 'preact/hooks';
import {
  hasUnsent,
  lock,
  type OpensBy,
  type Unlocked,
  unlock,
  unlockByDevice,
  type VaultUser,
  vaultOpensBy,
  type WipeReason,
  wipe,
} from '../../offline/index.ts';
import { Button } from '../../ui/button.tsx';
import { CodeField } from './code-field.tsx';
import { EraseAsk } from './erase-ask.tsx';
import { Refusal } from './refusal.tsx';
import { useAsk } from './use-ask.ts';
import { Wiped } from './wiped.tsx';

export interface UnlockProps {
  /** Who is signed in; null without coverage, when that is not known. */
  readonly user: VaultUser | null;
  /** It is open, or there is nothing left to open. */
  readonly onDone: () => void;
}

/** The code, or the telephone's own lock, before anything that was downloaded is shown. */
export function Unlock({ user, onDone }: UnlockProps) {
  const [opensBy, unsent] = useLocked();
  const [wiped, setWiped] = useState<WipeReason | null>(null);
  const [forgotten, setForgotten] = useState(false);

  const settle = (unlocked: Unlocked | null): string | null => {
    switch (unlocked?.kind) {
      case undefined:
        return 'Telefonens lås öppnades inte. Försök igen.';
      case 'wrong':
        return wrongCode(unlocked.triesLeft);
      case 'wiped':
        setWiped(unlocked.reason);
        return null;
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
    setWiped('asked');
  };

  const goOn = () => {
    // Told to all that show what is kept: there is nothing.
    lock();
    onDone();
  };
  if (wiped) return <Wiped reason={wiped} onDone={goOn} />;
  if (forgotten) return <EraseAsk unsent={unsent} onErase={erase} onCancel={() => setForgotten(false)} />;
  if (!opensBy) return null;
  return (
    <div class="nv-stack">
      {unsent && <p>Det finns arbete som inte är skickat. Lås upp, så skickas det när du har täckning.</p>}
      {opensBy.kind === 'pin' ? (
        <ByCode atOnce={user === null} tryCode={async (pin) => settle(await unlock(pin, user))} />
      ) : (
        <ByDevice tryDevice={async () => settle(await unlockByDevice(user))} />
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

const wrongCode = (triesLeft: number): string =>
  triesLeft === 1
    ? 'Fel kod. Du har ett försök kvar. Blir det fel igen raderas det som är sparat på telefonen.'
    : `Fel kod. Du har ${triesLeft} försök kvar. Sedan raderas det som är sparat på telefonen.`;

function useLocked(): readonly [opensBy: OpensBy | null, unsent: boolean] {
  const [locked, setLocked] = useState<readonly [OpensBy | null, boolean]>([null, false]);
  useEffect(() => {
    void Promise.all([vaultOpensBy(), hasUnsent()]).then(setLocked);
  }, []);
  return locked;
}
