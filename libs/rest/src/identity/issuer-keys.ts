import { Problem } from '@naravard/fhir';
import { createLocalJWKSet, createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import type { IssuerConfig } from './issuer-config.ts';

/** Milliseconds between two fetches of an issuer's keys, however many unknown `kid` come. */
const COOLDOWN = 30_000;
/** Milliseconds for which an issuer that did not answer is not asked again. */
const REST = 2_000;

/**
 * The public keys of an issuer; its own address alone is ever fetched, whatever a token's `jku`, `x5u` or `jwk` say.
 * Throws what jose throws, or Problem 'unavailable' while the issuer does not answer.
 */
export function issuerKeys({ keys }: IssuerConfig): JWTVerifyGetKey {
  if ('set' in keys) return createLocalJWKSet(keys.set);
  const fetched = createRemoteJWKSet(new URL(keys.url), {
    cooldownDuration: COOLDOWN,
    timeoutDuration: 5_000,
  });
  let resting = 0;
  return async (header, token) => {
    if (Date.now() < resting) throw outage(undefined);
    try {
      return await fetched(header, token);
    } catch (cause) {
      if (!isOutage(cause)) throw cause;
      resting = Date.now() + REST;
      throw outage(cause);
    }
  };
}

const outage = (cause: unknown): Problem =>
  new Problem('unavailable', 'The issuer of the token does not answer.', { cause });

/** The keys could not be fetched: says nothing about the token. */
const isOutage = (cause: unknown): boolean =>
  !(cause instanceof errors.JOSEError) ||
  cause instanceof errors.JWKSTimeout ||
  cause.code === 'ERR_JOSE_GENERIC';
