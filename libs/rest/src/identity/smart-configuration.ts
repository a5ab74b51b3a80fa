import type { FastifyInstance } from 'fastify';

/** The authorization server that clients of this service are sent to: one of those whose tokens are accepted. */
export interface AuthorizationServer {
  issuer: string;
  tokenEndpoint: string;
  /** Where people log in; left out where only systems get tokens. */
  authorizationEndpoint?: string | undefined;
  jwksUri?: string | undefined;
  introspectionEndpoint?: string | undefined;
  revocationEndpoint?: string | undefined;
  grantTypes: readonly string[];
  /** Of the token endpoint, as `private_key_jwt`. */
  authMethods: readonly string[];
  /** Algorithms of client assertions. */
  signingAlgorithms: readonly string[];
  /** Each of them works. */
  scopes: readonly string[];
  /** What it can do of http://hl7.org/fhir/smart-app-launch/STU2.2/conformance.html#capability-sets; ours are added. */
  capabilities: readonly string[];
}

/** What holds whoever issues the tokens, since it is done with their scopes here. */
const own = ['permission-v1', 'permission-v2', 'permission-user', 'permission-patient'];

/**
 * The members that SMART App Launch 2.2 requires and recommends, of those that there are.
 * http://hl7.org/fhir/smart-app-launch/STU2.2/conformance.html#metadata
 */
export function smartConfiguration(server: AuthorizationServer): object {
  const capabilities = server.capabilities.filter((each) => each !== OPENID || supportsOpenId(server));
  const openid = capabilities.includes(OPENID);
  return {
    ...(openid && { issuer: server.issuer }),
    ...(server.jwksUri !== undefined && { jwks_uri: server.jwksUri }),
    ...(server.authorizationEndpoint !== undefined && {
      authorization_endpoint: server.authorizationEndpoint,
      response_types_supported: ['code'],
    }),
    token_endpoint: server.tokenEndpoint,
    token_endpoint_auth_methods_supported: server.authMethods,
    token_endpoint_auth_signing_alg_values_supported: server.signingAlgorithms,
    grant_types_supported: server.grantTypes,
    scopes_supported: server.scopes,
    ...(server.introspectionEndpoint !== undefined && {
      introspection_endpoint: server.introspectionEndpoint,
    }),
    ...(server.revocationEndpoint !== undefined && { revocation_endpoint: server.revocationEndpoint }),
    code_challenge_methods_supported: ['S256'],
    capabilities: [...capabilities, ...own],
  };
}

const OPENID = 'sso-openid-connect';

/**
 * SMART's profile of OpenID Connect is more than a login with ID tokens: apps ask for `openid fhirUser`, get the claim
 * `fhirUser`, and find the keys. A server that is not configured for that, as the sandbox, does not claim it.
 * http://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#scopes-for-requesting-identity-data
 */
const supportsOpenId = ({ authorizationEndpoint, jwksUri, scopes }: AuthorizationServer): boolean =>
  authorizationEndpoint !== undefined &&
  jwksUri !== undefined &&
  ['openid', 'fhirUser'].every((scope) => scopes.includes(scope));

/**
 * `/.well-known/smart-configuration` below the FHIR base, where SMART has it, and at the origin; open to all, to pages of
 * other origins too. `prefix` is the path of the FHIR base, `/fhir`.
 */
export function registerSmartConfiguration(
  app: FastifyInstance,
  prefix: string,
  server: AuthorizationServer,
): void {
  const text = JSON.stringify(smartConfiguration(server));
  for (const place of new Set([prefix, ''])) {
    app.get(`${place}/.well-known/smart-configuration`, (_request, reply) =>
      reply.header('Access-Control-Allow-Origin', '*').type('application/json; charset=utf-8').send(text),
    );
  }
}

/** `CapabilityStatement.rest.security`, with the older of the two ways to find the authorization server. */
export function restSecurity(server: AuthorizationServer | undefined): object {
  const endpoints = server && [
    ...(server.authorizationEndpoint === undefined
      ? []
      : [{ url: 'authorize', valueUri: server.authorizationEndpoint }]),
    { url: 'token', valueUri: server.tokenEndpoint },
    ...(server.introspectionEndpoint === undefined
      ? []
      : [{ url: 'introspect', valueUri: server.introspectionEndpoint }]),
    ...(server.revocationEndpoint === undefined
      ? []
      : [{ url: 'revoke', valueUri: server.revocationEndpoint }]),
  ];
  return {
    ...(endpoints && { extension: [{ url: OAUTH_URIS, extension: endpoints }] }),
    service: [
      {
        coding: [{ system: SECURITY_SERVICE, code: 'SMART-on-FHIR' }],
        text: 'OAuth 2.0, SMART App Launch 2.2',
      },
    ],
    description:
      'An access token of a configured issuer is required for everything but this statement and .well-known/smart-configuration.',
  };
}

const OAUTH_URIS = 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris';
const SECURITY_SERVICE = 'http://terminology.hl7.org/CodeSystem/restful-security-service';
