import type { Actor } from '@naravard/access';
import { Problem } from '@naravard/fhir';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import { type ClaimsAdapter, commissionClaims } from './claims.ts';
import type { Identity } from './identity.ts';
import { TokenCache } from './token-cache.ts';

/** An issuer whose access tokens are accepted. */
export interface IssuerConfig {
  /** Exact `iss`. */
  issuer: string;
  /** Exact `aud`: tokens for others are refused. */
  audience: string;
  /** Where its public keys are, or the keys themselves. */
  keys: { url: string } | { set: JSONWebKeySet };
  claims?: ClaimsAdapter;
}

export interface IdentityOptions {
  issuers: readonly IssuerConfig[];
  /** Epoch milliseconds; tests set it. */
  now?: () => number;
  /** Verified tokens kept. */
  cacheSize?: number;
}

/** No `none`, no shared secrets: only signatures that the caller cannot make. RFC 8725 section 3.1. */
const algorithms = [
  'ES256',
  'ES384',
  'ES512',
  'PS256',
  'PS384',
  'PS512',
  'RS256',
  'RS384',
  'RS512',
  'EdDSA',
  'Ed25519',
];
const clockSkewSeconds = 60;
const maxTokenLength = 8192;

interface Issuer extends IssuerConfig {
  key: JWTVerifyGetKey;
}

/** Bearer JWTs of the configured issuers. RFC 9068; header keys (`jku`, `x5u`, `jwk`) are never followed. */
export function createIdentity(options: IdentityOptions): Identity {
  const now = options.now ?? Date.now;
  const cache = new TokenCache(options.cacheSize ?? 10_000);
  const issuers = new Map<string, Issuer>(
    options.issuers.map((one) => [one.issuer, { ...one, key: keyOf(one) }]),
  );
  return {
    actorOf(token) {
      return cache.get(token, now()) ?? verify(token);
    },
  };

  async function verify(token: string): Promise<Actor> {
    const issuer = issuers.get(claimedIssuer(token));
    if (!issuer) throw new Problem('login', 'The access token is not from an issuer that is accepted here.');
    const { payload } = await verified(token, issuer, now());
    const actor = (issuer.claims ?? commissionClaims)(payload);
    if (!actor) throw new Problem('login', 'The access token does not say who calls: check its claims.');
    cache.set(token, actor, (payload.exp ?? 0) * 1000);
    return actor;
  }
}

const keyOf = ({ keys }: IssuerConfig): JWTVerifyGetKey =>
  'url' in keys
    ? createRemoteJWKSet(new URL(keys.url), { cooldownDuration: 30_000, timeoutDuration: 5_000 })
    : createLocalJWKSet(keys.set);

async function verified(token: string, { issuer, audience, key }: Issuer, now: number) {
  try {
    return await jwtVerify(token, key, {
      issuer,
      audience,
      algorithms,
      clockTolerance: clockSkewSeconds,
      currentDate: new Date(now),
      requiredClaims: ['exp', 'sub'],
    });
  } catch (cause) {
    if (isOutage(cause))
      throw new Problem('unavailable', 'The issuer of the token does not answer.', { cause });
    const expired = cause instanceof errors.JWTExpired;
    throw new Problem('login', expired ? 'The access token has expired: get a new one.' : [], { cause });
  }
}

/** The keys could not be fetched: says nothing about the token. */
const isOutage = (cause: unknown): boolean =>
  !(cause instanceof errors.JOSEError) ||
  cause instanceof errors.JWKSTimeout ||
  cause.code === 'ERR_JOSE_GENERIC';

/** `iss` before verification: only chooses whose keys verify. */
function claimedIssuer(token: string): string {
  const payload = token.length <= maxTokenLength ? token.split('.')[1] : undefined;
  try {
    const { iss } = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()) as { iss?: unknown };
    return typeof iss === 'string' ? iss : '';
  } catch {
    return '';
  }
}
