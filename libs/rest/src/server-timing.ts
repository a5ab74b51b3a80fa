import type { Store, Transaction } from '@naravard/store';
import { type Engine, withStore } from './engine.ts';

/**
 * Where the time of one request goes, told to administrators alone (https://www.w3.org/TR/server-timing/): how long a search of
 * others' data took could tell what there is. Four phases, in milliseconds:
 *
 *   auth      who calls
 *   validate  all between the body and the answer that is not the database: parsing, validation, rules, rendering of rows
 *   database  waiting for the store, with what it does to its rows: the decision asked again, masking
 *   render    the answer's text in the format that was asked for
 *
 * Made for one request of one administrator: nobody else's request is measured.
 */
export class ServerTiming {
  /** The engine, over a store that is measured. */
  readonly engine: Engine;
  readonly #auth: number;
  #began: number | undefined;
  #handled: number | undefined;
  #database = 0;
  #waiting = 0;
  #since = 0;

  /** @param auth milliseconds */
  constructor(engine: Engine, auth: number) {
    this.#auth = auth;
    this.engine = withStore(engine, this.#measured(engine.store));
  }

  /** The body has come, and work begins. */
  begin(): void {
    this.#began = performance.now();
  }

  /** The answer is known, and has to be written out. */
  handled(): void {
    this.#handled = performance.now();
  }

  /** The answer is written out. @returns the header */
  rendered(): string {
    const now = performance.now();
    const handled = this.#handled ?? now;
    const working = this.#began === undefined ? 0 : handled - this.#began;
    return Object.entries({
      auth: this.#auth,
      validate: working - this.#database,
      database: this.#database,
      render: now - handled,
    })
      .map(([phase, milliseconds]) => `${phase};dur=${Math.max(0, milliseconds).toFixed(1)}`)
      .join(', ');
  }

  /** The same store; while a promise of it is waited for, time counts as the database's. */
  #measured<Target extends object>(target: Target): Target {
    return new Proxy(target, {
      get: (from, name) => {
        const found: unknown = Reflect.get(from, name);
        if (name === 'transaction') return this.#transaction(from as unknown as Store);
        if (typeof found === 'object' && found !== null) return this.#measured(found);
        if (typeof found !== 'function') return found;
        return (...given: unknown[]): unknown => this.#during(() => Reflect.apply(found, from, given));
      },
    });
  }

  /** In a transaction only its own calls count, and its begin and commit; not the work between them. */
  #transaction(store: Store): Store['transaction'] {
    return (context, work) =>
      this.#during(() =>
        store.transaction(context, async (transaction: Transaction) => {
          this.#leave();
          try {
            return await work(this.#measured(transaction));
          } finally {
            this.#enter();
          }
        }),
      );
  }

  #during<Result>(call: () => Result): Result {
    this.#enter();
    let result: Result;
    try {
      result = call();
    } catch (error) {
      this.#leave();
      throw error;
    }
    if (result instanceof Promise) return result.finally(() => this.#leave()) as Result;
    this.#leave();
    return result;
  }

  /** Calls at once count once. */
  #enter(): void {
    if (this.#waiting++ === 0) this.#since = performance.now();
  }

  #leave(): void {
    if (--this.#waiting === 0) this.#database += performance.now() - this.#since;
  }
}
