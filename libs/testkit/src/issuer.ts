import { createIdentity, type Identity, type IdentityLookups } from '@naravard/rest';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { type PersonaId, personas } from './personas.ts';

export interface TestIssuer {
  identity: Identity;
  /** The same with granular scopes and personnummer looked up. */
  identityWith(lookups: IdentityLookups): Identity;
  /** A token of a persona for an hour; `claims` are added or replace its own. */
  token(persona: PersonaId, claims?: Record<string, unknown>): Promise<string>;
}

const issuer = 'https://issuer.test';
const audience = 'https://naravard.test/fhir';
const base = 'http://localhost:8080/fhir';

/** Signs tokens with a key of its own and accepts nothing else. */
export async function createTestIssuer(): Promise<TestIssuer> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const key = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256', use: 'sig' };
  const issuers = [{ issuer, audience, keys: { set: { keys: [key] } } }];
  return {
    identity: createIdentity({ issuers, base }),
    identityWith: (lookups) => createIdentity({ issuers, base, ...lookups }),
    token: (persona, claims = {}) => {
      const iat = Math.floor(Date.now() / 1000);
      const standard = { iss: issuer, aud: audience, iat, exp: iat + 3600 };
      return new SignJWT({ ...standard, ...personas[persona], ...claims })
        .setProtectedHeader({ alg: 'ES256', kid: 'test' })
        .sign(privateKey);
    },
  };
}
