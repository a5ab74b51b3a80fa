import type { Send } from './answers.ts';
import type { Connection, ConnectionState } from './connection.ts';
import type { Queue } from './queue.ts';
import type { Reads } from './reads.ts';
import type { Exclusive } from './store.ts';
import { VaultClosed } from './vault.ts';

export interface SyncOptions {
  readonly send: Send;
  readonly onState?: (state: ConnectionState) => void;
  /** Those the service refused are tried again too: the nurse asked for it. */
  readonly again?: boolean;
}

/** `busy`: another tab is sending. `login`: the session has ended. `locked`: what waits is sealed, and the nurse has to unlock. */
export type Synced = 'nothing' | 'done' | 'failed' | 'offline' | 'login' | 'busy' | 'locked';

export interface Syncing {
  readonly queue: Queue;
  readonly reads: Reads;
  readonly connection: Connection;
  readonly exclusive: Exclusive;
}

/** Sends what waits, writes before the log of reads, in one tab at a time. */
export async function syncAll(
  { queue, reads, connection, exclusive }: Syncing,
  options: SyncOptions,
): Promise<Synced> {
  const { send, onState, again = false } = options;
  const tell = async (state: ConnectionState['state']) => {
    connection.sending(state, await queue.count());
    onState?.(connection.value);
  };
  const synced = await exclusive('queue', false, async (): Promise<Synced> => {
    const waiting = await queue.count();
    if (waiting) await tell('syncing');
    try {
      const { sent, failed, stopped } = await queue.empty(send, again);
      const left = stopped ?? (await reads.empty(send));
      // What was put away meanwhile has not failed.
      const synced = outcomeOf(sent, Math.min(failed, await queue.count()), left);
      const isNews = waiting || synced === 'offline' || connection.value.state === 'failed';
      if (isNews) await tell(stateAfter(synced));
      return synced;
    } catch (cause) {
      if (waiting) await tell('failed');
      if (cause instanceof VaultClosed) return 'locked';
      throw cause;
    }
  });
  return synced ?? 'busy';
}

function outcomeOf(sent: number, failed: number, stopped: number | null): Synced {
  if (stopped === 401) return 'login';
  if (stopped !== null && stopped < 400) return 'offline';
  if (failed || stopped !== null) return 'failed';
  return sent ? 'done' : 'nothing';
}

function stateAfter(synced: Synced): ConnectionState['state'] {
  switch (synced) {
    case 'done':
    case 'offline':
      return synced;
    case 'failed':
    case 'login':
      return 'failed';
    case 'nothing':
    case 'busy':
    case 'locked':
      return 'online';
    default:
      return synced satisfies never;
  }
}
