import { type Context, createContext, Script } from 'node:vm';

/**
 * Milliseconds, for one text and for many; an honest expression takes a microsecond each. The clock runs on while the machine
 * stands still: what takes too long is tried once more before it is believed.
 */
const ofOne = [100, 400] as const;
const ofMany = [300, 1_000] as const;

const called = new Script('work()');

/**
 * Runs regular expressions that came with a profile or a value set on texts that a caller sends. Of an expression that tries
 * for ever the clock makes an end: nothing else can, and this thread answers everybody. What looks harmless runs as it is;
 * what does not costs 0.1 ms more.
 */
export class BoundedRegex {
  #room: { work: () => unknown } | undefined;

  /** @throws SyntaxError for what is no expression, Error when it runs too long */
  test(pattern: RegExp, text: string): boolean {
    return isCheap(pattern, text) ? pattern.test(text) : this.#within(() => pattern.test(text));
  }

  /** @throws as `test` */
  replace(pattern: RegExp, text: string, by: string): string {
    return this.#within(() => text.replace(pattern, by));
  }

  /** Those of many texts that match. @throws as `test` */
  matching(pattern: RegExp, texts: Iterable<string>): ReadonlySet<string> {
    return this.#within(() => new Set([...texts].filter((text) => pattern.test(text))), ofMany);
  }

  #within<T>(work: () => T, [first, again]: readonly [number, number] = ofOne): T {
    this.#room ??= createContext({ work }) as Context & { work: () => unknown };
    this.#room.work = work;
    try {
      return called.runInContext(this.#room, { timeout: first }) as T;
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
      return called.runInContext(this.#room, { timeout: again }) as T;
    }
  }
}

/** Short texts, and nothing that repeats what repeats or has alternatives. */
function isCheap({ source }: RegExp, text: string): boolean {
  const plain = source.replace(/\([^()*+{}|?]*\)/g, 'x');
  return text.length <= 64 && !/\)[*+{]/.test(plain) && (plain.match(/[*+{]/g)?.length ?? 0) <= 3;
}
