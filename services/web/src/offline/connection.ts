import { type Settable, type Watched, watched } from './watched.ts';

export interface ConnectionState {
  readonly state: 'online' | 'offline' | 'syncing' | 'done' | 'failed';
  /** Writes that wait on this telephone. */
  readonly pending: number;
  /** ISO instant when something was fetched last; null when nothing was yet. */
  readonly updated: string | null;
  /** Reads that should have been kept for the log, and could not be. */
  readonly unkept: number;
}

/** What the status line says: whether the service answers, and how it goes with what waits. */
export class Connection implements Watched<ConnectionState> {
  readonly #state: Settable<ConnectionState>;

  constructor(online: boolean) {
    this.#state = watched<ConnectionState>({
      state: online ? 'online' : 'offline',
      pending: 0,
      updated: null,
      unkept: 0,
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

  /** What could not be sent is not said any longer than there is something to send. */
  counted(pending: number): void {
    const isOver = pending === 0 && this.value.state === 'failed';
    if (isOver || pending !== this.value.pending)
      this.#change({ pending, ...(isOver && { state: 'online' }) });
  }

  /** What was read is kept for the log again: what is lost has been said. */
  kept(): void {
    if (this.value.unkept > 0) this.#change({ unkept: 0 });
  }

  /** What was read could not be kept for the log. */
  notKept(): void {
    this.#change({ unkept: this.value.unkept + 1 });
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
