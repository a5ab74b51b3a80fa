import type { Actor } from '@naravard/access';

/** Whose token it is, and the thumbprint (RFC 7638) of the key that it is bound to; null for whoever has it. */
export interface Holder {
  actor: Actor;
  boundTo: string | null;
}

interface Known extends Holder {
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

  get(token: string, now: number): Holder | undefined {
    const known = this.#known.get(token);
    if (!known) return undefined;
    this.#known.delete(token);
    if (known.expires <= now) return undefined;
    this.#known.set(token, known);
    return known;
  }

  set(token: string, { actor, boundTo }: Holder, expires: number): void {
    this.#known.set(token, { actor, boundTo, expires });
    if (this.#known.size <= this.#capacity) return;
    const oldest = this.#known.keys().next();
    if (!oldest.done) this.#known.delete(oldest.value);
  }
}
