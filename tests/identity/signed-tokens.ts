import { createHash, randomUUID } from 'node:crypto';
import { createIdentity, type Identity, type IdentityOptions, type IssuerConfig } from '@naravard/rest';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose';

export const NOW = Date.parse('2026-11-12T08:00:00Z');
const base = 'https://naravard.test/fhir';

export interface Signer {
  identity: Identity;
  /** A token with exactly these claims besides iss, aud, sub and exp; undefined leaves one out. */
  token(claims: Record<string, unknown>, header?: Record<string, unknown>): Promise<string>;
}

/** An issuer with its own key, and an identity that accepts it, on Thursday 12 November 2026 at nine. */
export async function signer(
  config: Partial<IssuerConfig> = {},
  options: Partial<IdentityOptions> = {},
): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const key = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' };
  const issuer = 'https://issuer.test';
  const identity = createIdentity({
    issuers: [{ issuer, audience: base, keys: { set: { keys: [key] } }, ...config }],
    base,
    now: () => NOW,
    ...options,
  });
  const standard = { iss: issuer, aud: base, sub: 'somebody', exp: NOW / 1000 + 300 };
  return {
    identity,
    token: (claims, header = {}) =>
      new SignJWT({ ...standard, ...claims })
        .setProtectedHeader({ alg: 'ES256', kid: 'k', ...header })
        .sign(privateKey),
  };
}

/** What the identity says of a plain Bearer token. */
export const actorOf = async (identity: Identity, token: string) =>
  identity.actorOf({ token, scheme: 'bearer', proof: undefined, method: 'GET', path: '/fhir/Patient' });

/** A key of a caller, and proofs that it has it (RFC 9449). */
export async function holderKey() {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk = await exportJWK(publicKey);
  return {
    jkt: await calculateJwkThumbprint(jwk),
    proof: (token: string, claims: Record<string, unknown> = {}, header: Record<string, unknown> = {}) =>
      new SignJWT({
        htm: 'GET',
        htu: `${base}/Patient/1`,
        iat: NOW / 1000,
        jti: randomUUID(),
        ath: createHash('sha256').update(token).digest('base64url'),
        ...claims,
      })
        .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk, ...header })
        .sign(privateKey),
  };
}
