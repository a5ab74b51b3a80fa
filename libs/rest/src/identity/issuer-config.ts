import type { Actor } from '@naravard/access';
import type { JSONWebKeySet } from 'jose';
import type { ClaimsAdapter } from './claims.ts';

/** Signatures that the caller cannot make: no `none`, no shared secrets. RFC 8725 section 3.1. */
export const algorithms = [
  'ES256',
  'ES384',
  'ES512',
  'PS256',
  'PS384',
  'PS512',
  'RS256',
  'RS384',
  'RS512',
] as const;

export type Algorithm = (typeof algorithms)[number];

/** An issuer whose access tokens are accepted. */
export interface IssuerConfig {
  /** Exact `iss`. */
  issuer: string;
  /** Exact `aud`: tokens for others are refused. */
  audience: string;
  /** Where its public keys are, or the keys themselves. */
  keys: { url: string } | { set: JSONWebKeySet };
  /** All of `algorithms` when left out. */
  algorithms?: readonly Algorithm[] | undefined;
  /** Whom it may issue tokens to, by `azp` or `client_id`; anybody when left out. */
  clients?: readonly string[] | undefined;
  /** Kinds of callers it may vouch for; all when left out. One alone is that of tokens that do not say. */
  kinds?: readonly Actor['kind'][] | undefined;
  /** `required` unless said: a token without SMART scopes is granted nothing. `optional`: it is not limited by scope. */
  scopes?: 'required' | 'optional' | undefined;
  claims?: ClaimsAdapter | undefined;
}
