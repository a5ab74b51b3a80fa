import { useEffect, useState } from 'preact/hooks';
import {
  connection,
  forgetLostRecords,
  lostRecords,
  onVaultChange,
  type PendingWrite,
  pending,
  type Unsent,
  withdraw,
} from '../../offline/index.ts';
import { useConnection } from '../../offline/use-connection.ts';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { useNow } from '../hooks.ts';
import { unsentWords } from '../unsent-words.ts';
import { sinceWords } from '../words.ts';

/** What is written but not sent, and why the service refused it: nothing is lost in silence. */
export function PendingCard({ onSync }: { readonly onSync: () => void }) {
  const { pending: count, state } = useConnection(connection);
  const { items, lost, read } = useWaiting();
  const now = useNow();
  useEffect(() => void read(), [count, state]);
  if (count === 0 && !lost) return null;
  return (
    <section class="nv-card" aria-labelledby="vantar">
      <h2 id="vantar">Väntar på att skickas</h2>
      {!items && <p>Lås upp det som finns på telefonen, så skickas det.</p>}
      {lost && <Lost lost={lost} onForget={() => forgetLostRecords().then(read)} />}
      <ul class="nv-list">
        {items?.map(({ id, label, at, failed }) => (
          <li key={id} class="nv-pending">
            <span>
              {label}, {sinceWords(at, now)}
            </span>
            {failed && (
              <>
                <strong>Togs inte emot: {failed.reason || 'något är fel i uppgiften'}</strong>
                <Button kind="quiet" onClick={() => withdraw(id)}>
                  Ta bort
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
      {items && items.length > 0 && state !== 'offline' && (
        <Button kind="secondary" onClick={onSync}>
          Skicka nu
        </Button>
      )}
    </section>
  );
}

/** What this telephone has damaged: said until the nurse has seen it. */
const Lost = ({ lost, onForget }: { readonly lost: Unsent; readonly onForget: () => void }) => (
  <Callout kind="warning" title="Något på telefonen är skadat och kan inte skickas" role="alert">
    <p>
      Det gäller: {unsentWords(lost)}.
      {lost.writes > 0 && ' Titta efter vad som saknas hos patienterna och registrera det igen.'}
    </p>
    <Button kind="secondary" onClick={onForget}>
      Ta bort det skadade
    </Button>
  </Callout>
);

interface Waiting {
  /** Null while the vault is closed. */
  readonly items: readonly PendingWrite[] | null;
  /** What cannot be opened; null where there is nothing such. */
  readonly lost: Unsent | null;
}

function useWaiting(): Waiting & { readonly read: () => Promise<void> } {
  const [waiting, setWaiting] = useState<Waiting>({ items: null, lost: null });
  const read = () =>
    Promise.all([pending(), lostRecords()]).then(
      ([items, lost]) => setWaiting({ items, lost: lost.writes + lost.reads > 0 ? lost : null }),
      () => setWaiting({ items: null, lost: null }),
    );
  useEffect(() => onVaultChange(() => void read()), []);
  return { ...waiting, read };
}
