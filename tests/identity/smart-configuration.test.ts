import {
  type AuthorizationServer,
  replayGuardInMemory,
  restSecurity,
  smartConfiguration,
} from '@naravard/rest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SandboxApp, startSandboxApp } from './sandbox-app.ts';

/** What SMART App Launch 2.2 names; nothing else may stand there. */
const members = [
  'issuer',
  'jwks_uri',
  'authorization_endpoint',
  'grant_types_supported',
  'token_endpoint',
  'token_endpoint_auth_methods_supported',
  'token_endpoint_auth_signing_alg_values_supported',
  'registration_endpoint',
  'smart_app_state_endpoint',
  'user_access_brand_bundle',
  'user_access_brand_identifier',
  'scopes_supported',
  'response_types_supported',
  'management_endpoint',
  'introspection_endpoint',
  'revocation_endpoint',
  'capabilities',
  'code_challenge_methods_supported',
];

const systemsOnly: AuthorizationServer = {
  issuer: 'https://idp.test',
  tokenEndpoint: 'https://idp.test/token',
  grantTypes: ['client_credentials'],
  authMethods: ['private_key_jwt'],
  signingAlgorithms: ['ES384'],
  scopes: ['system/*.rs'],
  capabilities: ['client-confidential-asymmetric'],
};

let sandbox: SandboxApp;
beforeAll(async () => {
  sandbox = await startSandboxApp(replayGuardInMemory());
});
afterAll(() => sandbox.close());

describe('.well-known/smart-configuration', () => {
  it('stands below the FHIR base and at the origin, for everybody, pages of other origins included', async () => {
    const [below, above] = await Promise.all(
      ['/fhir', ''].map((place) => fetch(`${sandbox.origin}${place}/.well-known/smart-configuration`)),
    );
    expect(below?.headers.get('content-type')).toMatch(/^application\/json/);
    expect(below?.headers.get('access-control-allow-origin')).toBe('*');
    expect(await below?.text()).toBe(await above?.text());
  });

  it('has what is required, S256 alone, and nothing that SMART does not name', async () => {
    const said = await (await fetch(`${sandbox.origin}/fhir/.well-known/smart-configuration`)).json();
    expect(said).toMatchObject({
      authorization_endpoint: `${sandbox.issuer.issuer}/auth`,
      token_endpoint: `${sandbox.issuer.issuer}/token`,
      grant_types_supported: ['authorization_code', 'client_credentials'],
      code_challenge_methods_supported: ['S256'],
      response_types_supported: ['code'],
    });
    expect(Object.keys(said as object).filter((name) => !members.includes(name))).toEqual([]);
    expect(said, 'no issuer without sso-openid-connect').not.toHaveProperty('issuer');
  });

  it('agrees with what the authorization server says of itself', async () => {
    const said = (await (
      await fetch(`${sandbox.origin}/fhir/.well-known/smart-configuration`)
    ).json()) as Record<string, string[]>;
    const itself = (await (
      await fetch(`${sandbox.issuer.issuer}/.well-known/openid-configuration`)
    ).json()) as typeof said;
    for (const name of ['authorization_endpoint', 'token_endpoint', 'jwks_uri'])
      expect(said[name]).toBe(itself[name]);
    for (const name of [
      'grant_types_supported',
      'token_endpoint_auth_methods_supported',
      'token_endpoint_auth_signing_alg_values_supported',
    ])
      expect(itself[name]?.toSorted()).toEqual(expect.arrayContaining(said[name]?.toSorted() ?? []));
    expect(itself.issuer).toBe(sandbox.issuer.issuer);
  });

  it('names no login where only systems get tokens', () => {
    const said = smartConfiguration(systemsOnly);
    expect(said).not.toHaveProperty('authorization_endpoint');
    expect(said).not.toHaveProperty('response_types_supported');
    expect(said).toMatchObject({ capabilities: expect.arrayContaining(['permission-v2']) });
  });

  it('names the issuer where people log in by SMART’s profile of OpenID Connect', () => {
    const openid = {
      ...systemsOnly,
      capabilities: ['sso-openid-connect'],
      authorizationEndpoint: 'https://idp.test/auth',
      jwksUri: 'https://idp.test/jwks',
      scopes: ['openid', 'fhirUser', 'user/*.rs'],
    };
    const claimed = {
      issuer: 'https://idp.test',
      capabilities: expect.arrayContaining(['sso-openid-connect']),
    };
    expect(smartConfiguration(openid)).toMatchObject(claimed);
    for (const without of [
      { jwksUri: undefined },
      { authorizationEndpoint: undefined },
      { scopes: ['openid', 'profile', 'user/*.rs'] },
    ]) {
      const said = smartConfiguration({ ...openid, ...without });
      expect(said).toMatchObject({ capabilities: expect.not.arrayContaining(['sso-openid-connect']) });
      expect(said).not.toHaveProperty('issuer');
    }
  });
});

describe('CapabilityStatement.rest.security', () => {
  it('tells where to get tokens', () => {
    expect(restSecurity(sandbox.issuer.server)).toMatchObject({
      extension: [
        {
          url: 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris',
          extension: [
            { url: 'authorize', valueUri: `${sandbox.issuer.issuer}/auth` },
            { url: 'token', valueUri: `${sandbox.issuer.issuer}/token` },
          ],
        },
      ],
      service: [{ coding: [{ code: 'SMART-on-FHIR' }] }],
    });
    expect(restSecurity(undefined)).not.toHaveProperty('extension');
  });
});
