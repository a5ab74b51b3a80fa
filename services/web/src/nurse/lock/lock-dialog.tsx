import { useEffect, useState } from 'preact/hooks';
import { type VaultState, type VaultUser, vaultState } from '../../offline/index.ts';
import { Modal } from '../../ui/modal.tsx';
import { ChoosePin } from './choose-pin.tsx';
import { Unlock } from './unlock.tsx';

export interface LockDialogProps {
  readonly user: VaultUser;
  readonly open: boolean;
  readonly onClose: () => void;
  /** What is to be kept can be kept now. */
  readonly onOpen: () => void;
}

/** What a form asks for when it has to keep something and no vault is open: a new code, or the code that there is. */
export function LockDialog({ user, open, onClose, onOpen }: LockDialogProps) {
  const [state, setState] = useState<VaultState | null>(null);
  const look = () => vaultState().then((now) => (now === 'open' ? onOpen() : setState(now)));
  useEffect(() => {
    if (open) void look();
    else setState(null);
  }, [open]);
  return (
    <Modal
      title={state === 'locked' ? 'Lås upp för att spara' : 'Välj en kod för att spara'}
      open={open && state !== null}
      onClose={onClose}
    >
      {state === 'locked' ? <Unlock user={user} onDone={look} /> : <ChoosePin user={user} onDone={onOpen} />}
    </Modal>
  );
}
