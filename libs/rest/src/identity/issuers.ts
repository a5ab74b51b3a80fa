import type { Actor, Grant } from '@naravard/access';
import { Problem } from '@naravard/fhir';
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { commissionClaims, kindOf } from './claims.ts';
import { checkProof } from './dpop.ts';
import type { Identified } from './identified.ts';
import type { Identity, Presented } from './identity.ts';
import { algorithms, type IssuerConfig } from './issuer-config.ts';
import { issuerKeys } from './issuer-keys.ts';
import type { PatientOf } from './person-claims.ts';
import { RefusedCaller, refusedActor } from './refused-caller.ts';
import { type ReplayGuard, replayGuardInMemory } from './replay-guard.ts';
import { type GranularKeys, grantsOf } from './smart-scopes.ts';
import { type Holder, TokenCache } from './token-cache.ts';
import { verifyToken } from './verify-token.ts';

/** What is looked up where the data is. */
export interface IdentityLookups {
  /** Finds the Patient of a personnummer; nobody is found when left out. */
  patientOf?: PatientOf | undefined;
  /** What a granular scope asks for; granular scopes grant nothing when left out. */
  granularKeys?: GranularKeys | undefined;
}

export interface IdentityOptions extends IdentityLookups {
  issuers: readonly IssuerConfig[];
  /** Public FHIR base: proofs are for addresses at its origin. Without it tokens bound to a key are refused. */
  base?: string | undefined;
  /** Shared by all processes that take proofs; this process's own when left out. */
  replays?: ReplayGuard | undefined;
  /** Epoch milliseconds; tests set it. */
  now?: (() => number) | undefined;
  /** Verified tokens kept. */
  cacheSize?: number | undefined;
}

const maxTokenLength = 8192;

interface Issuer extends IssuerConfig {
  key: JWTVerifyGetKey;
}

/** JWT access tokens of the configured issuers, by whoever has them or bound to a key. RFC 9068, RFC 6750, RFC 9449. */
export function createIdentity(options: IdentityOptions): Identity {
  const { now = Date.now, base, cacheSize = 10_000 } = options;
  const guard = options.replays ?? replayGuardInMemory(now);
  const origin = base === undefined ? undefined : new URL(base).origin;
  const cache = new TokenCache(cacheSize);
  const issuers = new Map(
    options.issuers.map((one) => [one.issuer, { ...checked(one), key: issuerKeys(one) }]),
  );
  return {
    actorOf(presented) {
      const holder = cache.get(presented.token, now());
      if (holder && holder.boundTo === null && presented.scheme === 'bearer') return holder.actor;
      return admitted(presented, holder);
    },
    remembers: (token) => cache.get(token, now()) !== undefined,
  };

  async function admitted(presented: Presented, known: Holder | undefined): Promise<Actor> {
    const { actor, boundTo } = known ?? (await verify(presented.token));
    if (boundTo === null && presented.scheme === 'dpop')
      throw new Problem('login', 'The token is not bound to a key: send Authorization: Bearer <token>.');
    if (boundTo !== null) {
      if (origin === undefined) throw new Problem('login', 'Tokens bound to a key are not accepted here.');
      await checkProof(presented, boundTo, { origin, guard, now: now() });
    }
    return actor;
  }

  async function verify(token: string): Promise<Holder> {
    const issuer = issuers.get(claimedIssuer(token));
    if (!issuer) throw new Problem('login', 'The access token is not from an issuer that is accepted here.');
    const payload = await verifyToken(token, issuer, issuer.key, now());
    const holder = { actor: await actorFrom(payload, issuer, options), boundTo: boundTo(payload) };
    cache.set(token, holder, (payload.exp ?? 0) * 1000);
    return holder;
  }
}

/** A type keeps secrets and `none` out of the code, not out of a configuration. */
function checked(issuer: IssuerConfig): IssuerConfig {
  const unknown = issuer.algorithms?.filter((each) => !algorithms.includes(each)) ?? [];
  if (unknown.length) throw new Error(`${issuer.issuer} may not sign with ${unknown.join(', ')}.`);
  return issuer;
}

async function actorFrom(payload: JWTPayload, issuer: Issuer, options: IdentityOptions): Promise<Actor> {
  const { kinds, scopes = 'required' } = issuer;
  const who = await identifiedBy(payload, issuer, options);
  if (!who) throw new Problem('login', 'The access token does not say who calls: check its claims.');
  // Whose token it is: an end user whom a client names is vouched for by the client.
  const { kind } = who.caller;
  if (kinds && !kinds.includes(kind))
    throw new Problem('login', `The issuer of the token may not vouch for callers of kind ${kind}.`);
  const unlimited = payload.scope === undefined && scopes === 'optional';
  const grants: Grant[] | null = unlimited
    ? null
    : grantsOf(payload.scope, kind, options.granularKeys ?? (() => undefined));
  const client = who.client ?? (typeof payload.azp === 'string' ? payload.azp : null);
  return { ...who, client, grants };
}

/** @throws RefusedCaller for who is known and may not enter */
async function identifiedBy(
  payload: JWTPayload,
  { claims = commissionClaims, kinds }: Issuer,
  { patientOf = async () => undefined }: IdentityOptions,
): Promise<Identified | undefined> {
  const kind = kinds?.length === 1 ? kinds[0] : undefined;
  try {
    return await claims(payload, patientOf, kind);
  } catch (error) {
    if (!(error instanceof Problem) || error.kind !== 'forbidden') throw error;
    throw new RefusedCaller(error, refusedActor(payload, kindOf(payload, kind) ?? null));
  }
}

/** RFC 9449 section 6. A token that is bound in a way not known here must not pass for one that is not bound. */
function boundTo({ cnf }: JWTPayload): string | null {
  if (cnf === undefined) return null;
  const { jkt } = (cnf ?? {}) as { jkt?: unknown };
  if (typeof jkt === 'string' && jkt !== '') return jkt;
  throw new Problem(
    'login',
    'The token is bound to its caller in a way that is not accepted here: use DPoP.',
  );
}

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
