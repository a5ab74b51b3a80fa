import { useEffect, useState } from 'preact/hooks';
import { connection, type PendingWrite, pending, withdraw } from '../../offline/index.ts';
import { useConnection } from '../../offline/use-connection.ts';
import { Button } from '../../ui/button.tsx';
import { useNow } from '../hooks.ts';
import { sinceWords } from '../words.ts';

/** What is written but not sent, and why the service refused it: nothing is lost in silence. */
export function PendingCard({ onSync }: { readonly onSync: () => void }) {
  const { pending: count, state } = useConnection(connection);
  const [items, setItems] = useState<readonly PendingWrite[]>([]);
  const now = useNow();
  useEffect(() => {
    pending().then(setItems, () => setItems([]));
  }, [count, state]);
  if (count === 0) return null;
  return (
    <section class="nv-card" aria-labelledby="vantar">
      <h2 id="vantar">Väntar på att skickas</h2>
      {items.length === 0 && <p>Lås upp det som finns på telefonen, så skickas det.</p>}
      <ul class="nv-list">
        {items.map(({ id, label, at, failed }) => (
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
      {items.length > 0 && state !== 'offline' && (
        <Button kind="secondary" onClick={onSync}>
          Skicka nu
        </Button>
      )}
    </section>
  );
}
