import type { Actor } from '@naravard/access';

interface Known {
  actor: Actor;
  /** Epoch milliseconds. */
  expires: number;
}

/**
 * Verified tokens until they expire; the least recently used leaves first. A signature check costs 100-300 us, a hit less
 * than one; hashing the token to keep it out of memory would cost three on every request.
 */
export class TokenCache {
  readonly #known = new Map<string, Known>();
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get(token: string, now: number): Actor | undefined {
    const known = this.#known.get(token);
    if (!known) return undefined;
    this.#known.delete(token);
    if (known.expires <= now) return undefined;
    this.#known.set(token, known);
    return known.actor;
  }

  set(token: string, actor: Actor, expires: number): void {
    this.#known.set(token, { actor, expires });
    if (this.#known.size <= this.#capacity) return;
    const oldest = this.#known.keys().next();
    if (!oldest.done) this.#known.delete(oldest.value);
  }
}
