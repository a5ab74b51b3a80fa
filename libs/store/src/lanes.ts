import { isOfItsCall } from './failure.ts';

interface Options<Call, Answer> {
  /** Statements under way at once; while they run, further calls wait for the next. */
  lanes: number;
  /** Calls of one key may share a statement; null goes alone. */
  key(call: Call): string | null;
  /** The share of a statement's room that a call takes; it is full at 1. */
  weight(call: Call): number;
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

  /** The longest waiting call and those that may go with it, in their order. */
  #take(): Waiting<Call, Answer>[] {
    const { key, weight } = this.#options;
    const [first] = this.#waiting;
    const shared = first && key(first.call);
    let room = 1;
    const taken: Waiting<Call, Answer>[] = [];
    const left: Waiting<Call, Answer>[] = [];
    for (const each of this.#waiting) {
      const fits = each === first || (shared !== null && room > 0 && key(each.call) === shared);
      if (fits) room -= weight(each.call);
      (fits ? taken : left).push(each);
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
