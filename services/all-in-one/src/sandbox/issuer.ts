import { importJWK, type JWK, SignJWT } from 'jose';
import { publicKey } from './kept-secrets.ts';
import type { Claims } from './personas.ts';

/** Issues access tokens to whoever asks: for the sandbox only, production has no way to make one. */
export interface SandboxIssuer {
  /** `iss` of the tokens. */
  issuer: string;
  /** `aud` of the tokens: the FHIR base. */
  audience: string;
  jwks: { keys: JWK[] };
  /** Seconds that a token is valid. */
  lifetime: number;
  sign(claims: Claims): Promise<string>;
}

/** `base` is the public FHIR base, http://localhost:8080/fhir; the issuer is its origin plus /sandbox. */
export function sandboxIssuer(signingKey: JWK, base: string, lifetime = 8 * 3600): SandboxIssuer {
  const issuer = `${new URL(base).origin}/sandbox`;
  return {
    issuer,
    audience: base,
    jwks: { keys: [publicKey(signingKey)] },
    lifetime,
    sign: async (claims) =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'ES256', kid: signingKey.kid, typ: 'JWT' })
        .setIssuer(issuer)
        .setAudience(base)
        .setIssuedAt()
        .setExpirationTime(`${lifetime}s`)
        .sign(await importJWK(signingKey, 'ES256')),
  };
}
