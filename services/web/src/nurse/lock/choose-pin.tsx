import { useEffect, useState } from 'preact/hooks';
import {
  createVault,
  createVaultByDevice,
  hasDeviceKey,
  leastPinLength,
  type PinFault,
  pinFault,
  type VaultUser,
} from '../../offline/index.ts';
import { Button } from '../../ui/button.tsx';
import { CodeField } from './code-field.tsx';
import { Refusal } from './refusal.tsx';
import { useAsk } from './use-ask.ts';

const faults: Readonly<Record<PinFault, string>> = {
  short: `Koden är för kort. Välj minst ${leastPinLength} siffror.`,
  trivial: 'Koden är för lätt att gissa. Undvik datum, upprepade siffror och siffror i följd.',
};

export interface ChoosePinProps {
  readonly user: VaultUser;
  readonly onDone: () => void;
}

/** A code for what is to be read without coverage, or the telephone's own lock in its place. */
export function ChoosePin({ user, onDone }: ChoosePinProps) {
  const [pin, setPin] = useState('');
  const { busy, said, ask } = useAsk();
  const canUseDevice = useDeviceKey();

  const choose = async () => {
    const fault = pinFault(pin);
    if (fault) return faults[fault];
    await createVault(pin, user);
    onDone();
    return null;
  };
  const useDevice = async () => {
    if (!(await createVaultByDevice(user)))
      return 'Telefonens lås kunde inte användas. Välj en kod i stället.';
    onDone();
    return null;
  };
  return (
    <form
      class="nv-stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        ask(choose, 'kod');
      }}
    >
      <p>
        Välj en kod för att kunna läsa utan täckning. Det som sparas på telefonen raderas efter 12 timmar.
      </p>
      <CodeField
        label="Ny kod"
        hint={`Minst ${leastPinLength} siffror. Fler siffror skyddar bättre. Dela inte koden med någon.`}
        error={said?.about === 'kod' ? said.text : null}
        value={pin}
        onValue={setPin}
        atOnce
      />
      <Button type="submit" busy={busy}>
        Spara koden
      </Button>
      {canUseDevice && (
        <>
          <Button kind="secondary" busy={busy} onClick={() => ask(useDevice, 'telefon')}>
            Använd telefonens lås
          </Button>
          <p class="nv-hint">Det skyddar bäst. Välj det bara om ingen annan kan låsa upp telefonen.</p>
        </>
      )}
      <Refusal text={said?.about === 'telefon' ? said.text : null} />
    </form>
  );
}

function useDeviceKey(): boolean {
  const [has, setHas] = useState(false);
  useEffect(() => {
    void hasDeviceKey().then(setHas);
  }, []);
  return has;
}
