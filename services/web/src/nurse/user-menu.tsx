import { useState } from 'preact/hooks';
import { tellLeft, type Unsent, unsent, wipe } from '../offline/index.ts';
import { Button } from '../ui/button.tsx';
import { Modal } from '../ui/modal.tsx';
import { endSession, type SessionUser } from './data/session.ts';
import { unsentWords } from './unsent-words.ts';

type Where = 'here' | 'everywhere';

/** Empties the telephone, ends the session and empties the page, which is loaded anew, so that nothing stays in memory either. */
async function leave(where: Where, onLeft: () => void): Promise<void> {
  // A store that cannot be opened holds nothing that can be read.
  await wipe('logout').catch(() => undefined);
  await endSession(where);
  onLeft();
  tellLeft();
  location.replace('/nurse/');
}

interface UserMenuProps {
  readonly user: SessionUser;
  /** The session has ended: nothing of the user is to be seen, also where the page is not left. */
  readonly onLeft: () => void;
}

/** Who is logged in, and the quick way to the next user of a shared telephone. */
export function UserMenu({ user, onLeft }: UserMenuProps) {
  const [asked, setAsked] = useState<{ readonly where: Where; readonly lost: string } | null>(null);
  const choose = async (where: Where) => {
    const lost = unsentWords(await unsent().catch((): Unsent => ({ writes: 0, reads: 0 })));
    if (lost === null) await leave(where, onLeft);
    else setAsked({ where, lost });
  };
  return (
    <>
      <details class="nv-user nv-details">
        <summary>
          <span class="nv-user-name">{user.name}</span>
        </summary>
        <div class="nv-user-menu">
          <p>{[user.title, user.unit].filter(Boolean).join(', ')}</p>
          <Button kind="secondary" onClick={() => choose('here')}>
            Byt användare
          </Button>
          <Button kind="quiet" onClick={() => choose('everywhere')}>
            Logga ut på alla enheter
          </Button>
        </div>
      </details>
      {asked && (
        <Modal title="Allt är inte skickat" open onClose={() => setAsked(null)}>
          <p>Det här är inte skickat och raderas om du loggar ut nu: {asked.lost}.</p>
          <Button kind="primary" onClick={() => setAsked(null)}>
            Stanna kvar
          </Button>
          <Button kind="danger" onClick={() => leave(asked.where, onLeft)}>
            Radera och logga ut
          </Button>
        </Modal>
      )}
    </>
  );
}
