import { isOfItsCall } from './failure.ts';

interface Options<Call, Answer> {
  /** Statements under way at once; while they run, further calls wait for the next. */
  lanes: number;
  /** Whether a call may join those already taken for a statement; the first always may. */
  joins(call: Call, taken: readonly Call[]): boolean;
  /** Runs one statement for the calls: an answer for each, in their order. */
  run(calls: readonly Call[]): Promise<readonly Answer[]>;
}

interface Waiting<Call, Answer> {
  call: Call;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/**
 * Calls that arrive while others are on their way share the next statement and its commit, as PostgreSQL's group commit
 * does for its log; with nothing on its way, a call goes at once. What fails for the data of one call fails for it alone:
 * the calls of such a statement are then tried one by one. Any other failure is everybody's, since nobody knows whether the
 * statement was committed.
 */
export class Lanes<Call, Answer> {
  readonly #options: Options<Call, Answer>;
  #waiting: Waiting<Call, Answer>[] = [];
  #running = 0;

  constructor(options: Options<Call, Answer>) {
    this.#options = options;
  }

  answer(call: Call): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ call, resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    if (this.#running >= this.#options.lanes || !this.#waiting.length) return;
    this.#running++;
    this.#run(this.#take()).finally(() => {
      this.#running--;
      this.#next();
    });
  }

  #take(): Waiting<Call, Answer>[] {
    const taken: Waiting<Call, Answer>[] = [];
    const calls: Call[] = [];
    const left: Waiting<Call, Answer>[] = [];
    for (const each of this.#waiting) {
      const joins = !taken.length || this.#options.joins(each.call, calls);
      (joins ? taken : left).push(each);
      if (joins) calls.push(each.call);
    }
    this.#waiting = left;
    return taken;
  }

  async #run(taken: readonly Waiting<Call, Answer>[]): Promise<void> {
    try {
      const answers = await this.#options.run(taken.map(({ call }) => call));
      for (const [index, { resolve }] of taken.entries()) resolve(answers[index] as Answer);
    } catch (error) {
      if (taken.length > 1 && isOfItsCall(error)) for (const each of taken) await this.#run([each]);
      else for (const { reject } of taken) reject(error);
    }
  }
}
