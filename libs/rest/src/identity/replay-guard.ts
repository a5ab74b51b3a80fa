import { hash } from 'node:crypto';
import { Problem } from '@naravard/fhir';

/**
 * Remembers ids of JWTs that may be used once: client assertions (RFC 7523 section 3) and DPoP proofs (RFC 9449 section
 * 11.1). Where several processes take them, all must share one.
 */
export interface ReplayGuard {
  /**
   * True the first time that the id of this issuer is shown, and false from then on until it expires.
   * @param expires epoch milliseconds after which the JWT is refused for its age alone
   */
  firstTime(iss: string, jti: string, expires: number): Promise<boolean>;
}

/** Ids of the two minutes that a proof is valid, at 8,000 requests a second; about 150 bytes each. */
const MOST = 1_000_000;

/** For one process. When it is full it refuses rather than forgets. */
export function replayGuardInMemory(now: () => number = Date.now, most: number = MOST): ReplayGuard {
  const seen = new Map<string, number>();
  let swept = 0;
  return {
    async firstTime(iss, jti, expires) {
      const at = now();
      if (at - swept > 1000) {
        swept = at;
        sweep(seen, at);
      }
      const key = hash('sha256', JSON.stringify([iss, jti]), 'base64url');
      if ((seen.get(key) ?? 0) > at) return false;
      if (seen.size >= most) throw new Problem('unavailable', 'Too many tokens at once: try again.');
      seen.set(key, expires);
      return true;
    },
  };
}

function sweep(seen: Map<string, number>, at: number): void {
  for (const [key, expires] of seen) if (expires <= at) seen.delete(key);
}
