import { hash } from 'node:crypto';
import type { Actor } from '@naravard/access';

interface Known {
  actor: Actor;
  /** Epoch milliseconds. */
  expires: number;
}

/**
 * Verified tokens until they expire, by hash so that no token lies in memory for long; the least recently used leaves
 * first. A signature check costs 100-300 us, a hit about 2 us.
 */
export class TokenCache {
  readonly #known = new Map<string, Known>();
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get(token: string, now: number): Actor | undefined {
    const key = keyOf(token);
    const known = this.#known.get(key);
    if (!known) return undefined;
    this.#known.delete(key);
    if (known.expires <= now) return undefined;
    this.#known.set(key, known);
    return known.actor;
  }

  set(token: string, actor: Actor, expires: number): void {
    this.#known.set(keyOf(token), { actor, expires });
    if (this.#known.size <= this.#capacity) return;
    const oldest = this.#known.keys().next();
    if (!oldest.done) this.#known.delete(oldest.value);
  }
}

const keyOf = (token: string): string => hash('sha256', token, 'base64');
