import { narrowScope, type ReplayGuard } from '@naravard/rest';
import {
  type Configuration,
  errors,
  interactionPolicy,
  type KoaContextWithOIDC,
  Provider,
} from 'oidc-provider';
import type { SandboxIssuer } from './issuer.ts';
import type { KeptSecrets } from './kept-secrets.ts';
import { oidcClients, registeredScope } from './oidc-clients.ts';
import { oidcMemory } from './oidc-memory.ts';
import { claimsOf, grantFor, personOf, tellPatient } from './oidc-personas.ts';

/** Seconds. */
const USER_TOKEN = 3600;
/** SMART App Launch 2.2, Backend Services: a token for at most five minutes, an assertion likewise. */
const SYSTEM_TOKEN = 300;
const ASSERTION = 300;
const SKEW = 5;

/**
 * The authorization server of the sandbox: authorization code with PKCE for people, client credentials with
 * private_key_jwt for systems, JWT access tokens with the claims of a persona. RFC 6749, 7636, 7523, 8707, 9068, 9449.
 */
export function oidcServer(issuer: SandboxIssuer, secrets: KeptSecrets, replays: ReplayGuard): Provider {
  const { origin } = new URL(issuer.issuer);
  const provider = new Provider(issuer.issuer, {
    ...fixed,
    adapter: oidcMemory(),
    clients: oidcClients(origin, secrets.clientKeys),
    jwks: { keys: [secrets.signingKey as NonNullable<Configuration['jwks']>['keys'][number]] },
    cookies: { keys: [secrets.cookieKey] },
    interactions: {
      policy: alwaysAsk(),
      url: (_ctx, { uid }) => `${new URL(issuer.issuer).pathname}/interaction/${uid}`,
    },
    loadExistingGrant: (ctx) => grantFor(ctx, issuer.audience),
    assertJwtClientAuthClaimsAndHeader: (_ctx, claims) => checkAssertion(claims, issuer.server.tokenEndpoint),
    features: {
      ...features,
      resourceIndicators: {
        enabled: true,
        defaultResource: () => issuer.audience,
        useGrantedResource: () => true,
        getResourceServerInfo: (ctx, resource, client) => {
          if (resource !== issuer.audience) throw new errors.InvalidTarget();
          return resourceServer(
            issuer.audience,
            narrowScope(requested(ctx), registeredScope(origin, client.clientId)),
            ctx,
          );
        },
      },
    },
  });
  // login.ts says by which protocol the service is reached.
  provider.proxy = true;
  provider.ReplayDetection.unique = (iss, jti, exp) => replays.firstTime(iss, jti, exp * 1000);
  provider.use(tellPatient);
  return provider;
}

const features = {
  devInteractions: { enabled: false },
  clientCredentials: { enabled: true },
  userinfo: { enabled: false },
  rpInitiatedLogout: { enabled: false },
  dPoP: { enabled: true },
} satisfies Configuration['features'];

const fixed: Configuration = {
  scopes: ['openid', 'profile', 'launch/patient'],
  claims: { openid: ['sub'], profile: ['name'] },
  conformIdTokenClaims: false,
  responseTypes: ['code'],
  subjectTypes: ['public'],
  pkce: { required: () => true },
  clientAuthMethods: ['none', 'private_key_jwt'],
  clientDefaults: { id_token_signed_response_alg: 'ES256' },
  enabledJWA: {
    clientAuthSigningAlgValues: ['ES384', 'RS384'],
    idTokenSigningAlgValues: ['ES256'],
    dPoPSigningAlgValues: ['ES256', 'ES384', 'PS256'],
  },
  clockTolerance: SKEW,
  expiresWithSession: () => false,
  ttl: {
    AccessToken: USER_TOKEN,
    AuthorizationCode: 60,
    ClientCredentials: SYSTEM_TOKEN,
    Grant: USER_TOKEN,
    IdToken: USER_TOKEN,
    Interaction: 600,
    Session: USER_TOKEN,
  },
  clientBasedCORS: (_ctx, origin, client) =>
    client.redirectUris?.some((uri) => URL.parse(uri)?.origin === origin) ?? false,
  findAccount: (_ctx, id) => {
    const persona = personOf(id);
    return persona && { accountId: id, claims: () => ({ sub: id, name: persona.claims.name }) };
  },
  extraTokenClaims: (_ctx, token) => ({ ...claimsOf(token) }),
  formats: {
    customizers: {
      jwt: (_ctx, token, jwt) => {
        const claims = claimsOf(token);
        if (claims) jwt.payload.sub = claims.sub;
      },
    },
  },
  renderError: (ctx, { error, error_description: description }) => {
    ctx.type = 'text/plain; charset=utf-8';
    ctx.body = [error, description].filter(Boolean).join(': ');
  },
};

/** Who you are is asked each time, and nothing is consented to: the persons are made up, and many take turns. */
function alwaysAsk(): interactionPolicy.Prompt[] {
  const policy = interactionPolicy.base();
  policy.remove('consent');
  const check = new interactionPolicy.Check('each_time', 'a persona is chosen each time', (ctx) =>
    ctx.oidc.result?.login
      ? interactionPolicy.Check.NO_NEED_TO_PROMPT
      : interactionPolicy.Check.REQUEST_PROMPT,
  );
  policy.get('login')?.checks.add(check);
  return policy;
}

/** The scopes asked for, at the authorization or for the code that is redeemed. */
const requested = ({ oidc }: KoaContextWithOIDC): string =>
  String(oidc.params?.scope ?? oidc.entities.AuthorizationCode?.scope ?? '');

function resourceServer(audience: string, scope: string, ctx: KoaContextWithOIDC) {
  const isSystem = ctx.oidc.params?.grant_type === 'client_credentials';
  if (isSystem && scope === '')
    throw new errors.InvalidScope('ask for scopes that the client has', requested(ctx));
  return {
    scope,
    audience,
    accessTokenTTL: isSystem ? SYSTEM_TOKEN : USER_TOKEN,
    accessTokenFormat: 'jwt' as const,
    jwt: { sign: { alg: 'ES256' as const } },
  };
}

/** RFC 7523 section 3, SMART App Launch 2.2: for this address, five minutes at most. */
function checkAssertion(
  { aud, exp, iss, sub }: Readonly<Record<string, unknown>>,
  tokenEndpoint: string,
): void {
  if (![aud].flat().includes(tokenEndpoint))
    throw new errors.InvalidClientAuth('aud must be the token endpoint');
  if (typeof exp !== 'number' || exp > Date.now() / 1000 + ASSERTION + SKEW)
    throw new errors.InvalidClientAuth('exp must be at most five minutes away');
  if (iss !== sub) throw new errors.InvalidClientAuth('iss and sub must be the client_id');
}
