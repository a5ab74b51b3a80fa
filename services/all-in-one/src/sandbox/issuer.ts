import type { AuthorizationServer } from '@naravard/rest';
import { importJWK, type JWK, SignJWT } from 'jose';
import { publicKey } from './kept-secrets.ts';
import { type Claims, usualScope } from './personas.ts';

/** Issues access tokens to whoever asks: for the sandbox only, production has no way to make one. */
export interface SandboxIssuer {
  /** `iss` of all tokens of the sandbox, those of its login (login.ts) included. */
  issuer: string;
  /** `aud` of the tokens: the FHIR base. */
  audience: string;
  jwks: { keys: JWK[] };
  /** Seconds that a test token is valid. */
  lifetime: number;
  /** Where apps and systems get tokens. */
  server: AuthorizationServer;
  /** A test token; without `scope` it has the usual one of its kind. */
  sign(claims: Claims): Promise<string>;
}

/** `base` is the public FHIR base, http://localhost:8080/fhir; the issuer is its origin plus /sandbox/oidc. */
export function sandboxIssuer(signingKey: JWK, base: string, lifetime = 8 * 3600): SandboxIssuer {
  const issuer = `${new URL(base).origin}/sandbox/oidc`;
  return {
    issuer,
    audience: base,
    jwks: { keys: [publicKey(signingKey)] },
    lifetime,
    server: serverAt(issuer),
    sign: async (claims) =>
      new SignJWT({ scope: usualScope[claims.kind], ...claims })
        .setProtectedHeader({ alg: 'ES256', kid: signingKey.kid, typ: 'at+jwt' })
        .setIssuer(issuer)
        .setAudience(base)
        .setIssuedAt()
        .setExpirationTime(`${lifetime}s`)
        .sign(await importJWK(signingKey, 'ES256')),
  };
}

/** What login.ts does, as SMART App Launch tells apps of it. */
const serverAt = (issuer: string): AuthorizationServer => ({
  issuer,
  authorizationEndpoint: `${issuer}/auth`,
  tokenEndpoint: `${issuer}/token`,
  jwksUri: `${issuer}/jwks`,
  grantTypes: ['authorization_code', 'client_credentials'],
  authMethods: ['none', 'private_key_jwt'],
  signingAlgorithms: ['ES384', 'RS384'],
  scopes: [
    'openid',
    'profile',
    'launch/patient',
    'patient/*.rs',
    'patient/Consent.cu',
    'patient/Communication.c',
    'user/*.cruds',
    'system/*.cruds',
  ],
  capabilities: [
    'launch-standalone',
    'client-public',
    'client-confidential-asymmetric',
    'context-standalone-patient',
  ],
});
