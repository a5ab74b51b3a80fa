import type { CreateCall } from './create-statement.ts';
import { instant, type Queryable, type Statements } from './statement.ts';
import type { PutWrite, RequestContext, Written } from './types.ts';

/** Statements under way at once; while they run, further creates gather for the next. */
const lanes = 2;
/** Rows and characters of bodies that one statement may take together. */
const maxRows = 500;
const maxText = 2_000_000;

interface Waiting extends CreateCall {
  resolve(written: Written[]): void;
  reject(error: unknown): void;
}

/**
 * Creates that arrive while others are on their way share the next statement and commit, as PostgreSQL's group commit
 * does for its log: 10 in one statement cost what 3 alone do. With nothing on its way, a create goes at once. Requests stay
 * apart: each has its own audit rows, and when a shared statement fails each is tried alone.
 */
export class Creates {
  readonly #statements: Statements;
  readonly #on: Queryable;
  #waiting: Waiting[] = [];
  #running = 0;

  constructor(statements: Statements, on: Queryable) {
    this.#statements = statements;
    this.#on = on;
  }

  write(context: RequestContext, writes: readonly PutWrite[]): Promise<Written[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ context, writes, resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    if (this.#running >= lanes || !this.#waiting.length) return;
    const calls = this.#take();
    this.#running++;
    this.#run(calls).finally(() => {
      this.#running--;
      this.#next();
    });
  }

  /** The longest row of callers that fits; at least one. Claims may have to wait for others, so they go alone. */
  #take(): Waiting[] {
    let rows = 0;
    let text = 0;
    let taken = 0;
    for (const { writes } of this.#waiting) {
      rows += writes.length;
      for (const { body } of writes) text += body.length;
      const alone = writes.some(({ claims }) => claims?.length);
      if (taken && (alone || rows > maxRows || text > maxText)) break;
      taken++;
      if (alone) break;
    }
    const calls = this.#waiting.slice(0, taken);
    this.#waiting = this.#waiting.slice(taken);
    return calls;
  }

  async #run(calls: readonly Waiting[]): Promise<void> {
    try {
      const lastUpdated = await createAll(this.#statements, this.#on, calls);
      for (const { writes, resolve } of calls) resolve(writtenOf(writes, lastUpdated));
    } catch (error) {
      if (calls.length === 1) calls[0]?.reject(error);
      else for (const call of calls) await this.#run([call]);
    }
  }
}

/** Runs the creates of some requests as one statement; returns their time. */
export async function createAll(
  statements: Statements,
  on: Queryable,
  calls: readonly CreateCall[],
): Promise<string> {
  const { text, values } = statements.creates.of(calls);
  const [row] = await statements.run<{ last_updated: string }>(on, text, values);
  return instant(row?.last_updated ?? '');
}

export const writtenOf = (writes: readonly PutWrite[], lastUpdated: string): Written[] =>
  writes.map(({ type, id }) => ({ result: 'created', type, id, version: 1, lastUpdated }));
