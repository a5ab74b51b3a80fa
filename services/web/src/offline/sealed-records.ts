import type { Box } from './box.ts';
import type { Store } from './store.ts';
import type { Unsent } from './vault.ts';

export interface SealedRecord<T> {
  readonly key: string | number;
  /** Null of one that cannot be opened: it stands in the way of no other. */
  readonly value: T | null;
}

/** What waits to be sent, in the order of writing. */
export async function openRecords<T>(
  store: Store,
  box: Box,
  area: 'queue' | 'reads',
): Promise<SealedRecord<T>[]> {
  const entries = await store.entries(area);
  return Promise.all(
    entries.map(async ([key, sealed]) => ({
      key,
      value: await box.open<T>(sealed, area).catch(() => null),
    })),
  );
}

/** How many of each cannot be opened. */
export async function unreadable(store: Store, box: Box): Promise<Unsent> {
  const count = async (area: 'queue' | 'reads') => (await unreadableIn(store, box, area)).length;
  const [writes, reads] = await Promise.all([count('queue'), count('reads')]);
  return { writes, reads };
}

export async function dropUnreadable(store: Store, box: Box): Promise<void> {
  for (const area of ['queue', 'reads'] as const)
    for (const { key } of await unreadableIn(store, box, area)) await store.delete(area, key);
}

const unreadableIn = async (store: Store, box: Box, area: 'queue' | 'reads') =>
  (await openRecords(store, box, area)).filter(({ value }) => value === null);
