import { setTimeout as wait } from 'node:timers/promises';
import { Problem } from '@naravard/fhir';
import type pg from 'pg';
import { openPool } from '../database.ts';
import { problemOf } from '../failure.ts';
import { Statements } from '../statement.ts';
import { inTransaction } from '../transaction.ts';
import { type CheckpointBody, writeCheckpoint } from './checkpoint.ts';
import { monthsAhead } from './months.ts';
import type { SealKey } from './seal-key.ts';
import { lockSeals, sealRound } from './seal-round.ts';

/** What an operator should know of. */
export type SealerEvent =
  | { kind: 'failed'; problem: Problem }
  | { kind: 'recovered' }
  | { kind: 'checkpoint'; checkpoint: CheckpointBody }
  /** Months of the audit that are open from now on are few, or rows lie in none of them. */
  | { kind: 'months-short'; open: number; astray: boolean };

export interface SealerOptions {
  /** A login that may act as `naravard_service`. */
  url: string;
  key: SealKey;
  /** Milliseconds between two looks for new rows, default 1,000: a row is sealed within two seconds. */
  poll?: number;
  /** Most rows of a round, default 5,000: what a verifier holds in memory. */
  batch?: number;
  /** Milliseconds between two checkpoints while there is something new, default an hour. */
  checkpointEvery?: number;
  report?: (event: SealerEvent) => void;
}

/**
 * Seals the rows of the audit and signs checkpoints. Any number of processes may run one on a database: a lock decides
 * which of them makes a round.
 */
export interface Sealer {
  /** Seals until it is stopped. */
  start(): void;
  /** Seals what there is, signs a checkpoint when there is something new, and lets the connection go. */
  stop(): Promise<void>;
  /**
   * Seals every row that is committed when it is called; waits for transactions that were open then.
   * @throws Problem 'unavailable' when one of them is still open after 30 s.
   */
  finish(): Promise<void>;
  /** Signs a checkpoint now; undefined when no round came since the last one. */
  checkpoint(): Promise<CheckpointBody | undefined>;
}

const defaults = { poll: 1_000, batch: 5_000, checkpointEvery: 60 * 60_000, report: () => {} };
const patience = 30_000;
const minute = 60_000;

/** Seals and checkpoints are nobody's record: no setting tells the database who asks. */
const asItIs = () => {};

export function createSealer(options: SealerOptions): Sealer {
  const worker = new Worker({ ...defaults, ...options });
  let stopping: AbortController | undefined;
  let running: Promise<void> | undefined;
  return {
    start() {
      stopping ??= new AbortController();
      running ??= worker.run(stopping.signal);
    },
    async stop() {
      stopping?.abort();
      await running;
      await worker.end(running !== undefined);
    },
    finish: () => worker.finish(),
    checkpoint: () => worker.checkpoint(0),
  };
}

class Worker {
  readonly #options: Required<SealerOptions>;
  readonly #pool: pg.Pool;
  readonly #statements = new Statements();
  /** Everything below this transaction is sealed: nothing is to be done until the oldest running one is another. */
  #sealedBelow = '';
  #checkpointed = 0;
  #months = 0;
  #failing = false;

  constructor(options: Required<SealerOptions>) {
    this.#options = options;
    this.#pool = openPool({ url: options.url, connections: 1 });
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#step(signal).catch((error: unknown) => this.#failed(error));
      await wait(this.#options.poll, undefined, { signal }).catch(() => {});
    }
  }

  async #step(signal: AbortSignal): Promise<void> {
    await this.#seal(signal);
    const { checkpointEvery } = this.#options;
    if (Date.now() - this.#checkpointed >= Math.min(minute, checkpointEvery)) {
      await this.checkpoint(checkpointEvery);
      this.#checkpointed = Date.now();
    }
    if (Date.now() - this.#months >= 60 * minute) await this.#lookAtMonths();
    if (this.#failing) this.#options.report({ kind: 'recovered' });
    this.#failing = false;
  }

  /** Rounds until nothing is left; when nothing was written since the last look, this is one statement that reads no table. */
  async #seal(signal?: AbortSignal): Promise<string> {
    const below = await this.#oldestRunning();
    if (below === this.#sealedBelow) return below;
    for (;;) {
      const rows = await inTransaction(
        this.#pool,
        (on) => sealRound(this.#statements, on, this.#options.batch),
        asItIs,
      );
      if (rows === undefined || signal?.aborted) return below;
      if (rows < this.#options.batch) break;
    }
    this.#sealedBelow = below;
    return below;
  }

  async #oldestRunning(): Promise<string> {
    const text = 'select pg_snapshot_xmin(pg_current_snapshot()) as xmin';
    const [row] = await this.#statements.run<{ xmin: string }>(this.#pool, text, []);
    return row?.xmin ?? '';
  }

  async finish(): Promise<void> {
    const text = 'select pg_snapshot_xmax(pg_current_snapshot()) as xmax';
    const [row] = await this.#statements.run<{ xmax: string }>(this.#pool, text, []);
    const until = BigInt(row?.xmax ?? 0);
    for (const started = Date.now(); ; await wait(20)) {
      const below = BigInt(await this.#seal());
      if (below >= until && String(below) === this.#sealedBelow) return;
      if (Date.now() - started > patience)
        throw new Problem('unavailable', 'A transaction has been open for long: end it, then seal again.');
    }
  }

  async checkpoint(due: number): Promise<CheckpointBody | undefined> {
    const checkpoint = await inTransaction(
      this.#pool,
      async (on) => {
        await lockSeals(this.#statements, on);
        return writeCheckpoint(this.#statements, on, this.#options.key, { kind: 'regular' }, due);
      },
      asItIs,
    );
    if (checkpoint) this.#options.report({ kind: 'checkpoint', checkpoint });
    return checkpoint;
  }

  async #lookAtMonths(): Promise<void> {
    const { open, astray } = await monthsAhead(this.#statements, this.#pool);
    this.#months = Date.now();
    if (open < 3 || astray) this.#options.report({ kind: 'months-short', open, astray });
  }

  /** Told once, not each second. */
  #failed(error: unknown): void {
    if (!this.#failing) this.#options.report({ kind: 'failed', problem: problemOf(error) });
    this.#failing = true;
  }

  async end(last: boolean): Promise<void> {
    if (last) {
      await this.#seal()
        .then(() => this.checkpoint(0))
        .catch((error: unknown) => this.#failed(error));
    }
    await this.#pool.end();
  }
}
