import { useState } from 'preact/hooks';
import { hasUnsent, wipe } from '../offline/index.ts';
import { Button } from '../ui/button.tsx';
import { Modal } from '../ui/modal.tsx';
import { endSession, type SessionUser } from './data/session.ts';

type Where = 'here' | 'everywhere';

/** Empties the telephone and ends the session; the page is loaded anew, so that nothing stays in memory either. */
async function leave(where: Where): Promise<void> {
  // A store that cannot be opened holds nothing that can be read.
  await wipe('logout').catch(() => undefined);
  await endSession(where);
  location.replace('/nurse/');
}

/** Who is logged in, and the quick way to the next user of a shared telephone. */
export function UserMenu({ user }: { readonly user: SessionUser }) {
  const [asked, setAsked] = useState<Where | null>(null);
  const choose = async (where: Where) => {
    if (await hasUnsent().catch(() => false)) setAsked(where);
    else await leave(where);
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
          <p>Det finns sådant som du har skrivit och som inte är skickat. Det raderas om du loggar ut nu.</p>
          <Button kind="primary" onClick={() => setAsked(null)}>
            Stanna kvar
          </Button>
          <Button kind="danger" onClick={() => leave(asked)}>
            Radera och logga ut
          </Button>
        </Modal>
      )}
    </>
  );
}
