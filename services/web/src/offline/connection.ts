import { type Settable, type Watched, watched } from './watched.ts';

export interface ConnectionState {
  readonly state: 'online' | 'offline' | 'syncing' | 'done' | 'failed';
  /** Writes that wait on this telephone. */
  readonly pending: number;
  /** ISO instant when something was fetched last; null when nothing was yet. */
  readonly updated: string | null;
}

/** What the status line says: whether the service answers, and how it goes with what waits. */
export class Connection implements Watched<ConnectionState> {
  readonly #state: Settable<ConnectionState>;

  constructor(online: boolean) {
    this.#state = watched<ConnectionState>({
      state: online ? 'online' : 'offline',
      pending: 0,
      updated: null,
    });
  }

  get value(): ConnectionState {
    return this.#state.value;
  }

  subscribe(follow: (value: ConnectionState) => void): () => void {
    return this.#state.subscribe(follow);
  }

  /** The service answered. What is said of the sending stands. */
  reached(): void {
    if (this.value.state === 'offline') this.#change({ state: 'online' });
  }

  /** No answer came. */
  unreachable(): void {
    if (this.value.state !== 'syncing') this.#change({ state: 'offline' });
  }

  /** @param at ISO instant when what is shown was fetched */
  refreshed(at: string): void {
    this.#change({ updated: at });
  }

  counted(pending: number): void {
    if (pending !== this.value.pending) this.#change({ pending });
  }

  sending(state: ConnectionState['state'], pending: number): void {
    this.#change({ state, pending });
  }

  /** That all is sent has been said long enough. */
  settled(): void {
    if (this.value.state === 'done') this.#change({ state: 'online' });
  }

  #change(part: Partial<ConnectionState>): void {
    this.#state.set({ ...this.value, ...part });
  }
}
