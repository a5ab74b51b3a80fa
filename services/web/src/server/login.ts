import * as oidc from 'openid-client';
import type { ClientName, WebOptions } from './options.ts';
import { claimsIn, type User, userOf } from './user.ts';

/** What is asked for, in all: the API narrows it to what the person has. */
const scopes: Readonly<Record<ClientName, string>> = {
  nurse: 'openid profile user/*.cruds',
  patient: 'openid profile launch/patient patient/*.rs patient/Consent.cu patient/Communication.c',
};

/** What the browser keeps of a login that is under way, in a cookie that scripts cannot read. */
export interface PendingLogin {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Where the person was on the way to. */
  readonly to: string;
}

export interface LoggedIn {
  readonly user: User;
  readonly token: string;
  /** How long the token is good. */
  readonly seconds: number;
}

/** Authorization code with PKCE (RFC 6749, 7636; OpenID Connect Core 1.0), by the server part, so that no browser sees a token. */
export interface Login {
  /** `again`: the issuer is to ask who it is even if it thinks it knows, as on a telephone that several share. */
  start(client: ClientName, to: string, again: boolean): Promise<{ address: string; pending: PendingLogin }>;
  /** @param query of the address that the issuer sent the browser back to. Throws when it is no good. */
  finish(client: ClientName, query: string, pending: PendingLogin): Promise<LoggedIn>;
}

/** A person came to the client of staff, or staff to that of persons. */
export class OtherClient extends Error {
  override readonly name = 'OtherClient';
}

/** How long a token is taken to be good that does not say it. */
const unsaidSeconds = 300;

export function createLogin(options: WebOptions): Login {
  const { origin } = new URL(options.base);
  const configurations = new Map<ClientName, oidc.Configuration>();

  // At the first login: the issuer may be this very process, or be down when this one starts.
  const configurationOf = async (client: ClientName): Promise<oidc.Configuration> => {
    const known = configurations.get(client);
    if (known) return known;
    const found = await discovered(client, options);
    configurations.set(client, found);
    return found;
  };

  return {
    async start(client, to, again) {
      const pending = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
        to,
      };
      const address = oidc.buildAuthorizationUrl(await configurationOf(client), {
        redirect_uri: callback(origin, client),
        scope: scopes[client],
        resource: options.audience,
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(pending.verifier),
        code_challenge_method: 'S256',
        ...(again && { prompt: 'login' }),
      });
      return { address: address.href, pending };
    },
    async finish(client, query, { state, nonce, verifier }) {
      const tokens = await oidc.authorizationCodeGrant(
        await configurationOf(client),
        new URL(`${callback(origin, client)}${query}`),
        { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true },
        { resource: options.audience },
      );
      const { patient } = tokens as { patient?: unknown };
      const claims = {
        ...tokens.claims(),
        ...(patient !== undefined && { patient }),
        ...claimsIn(tokens.access_token),
      };
      const user = userOf(client, claims);
      if (user === 'other-client') throw new OtherClient('This client is not made for who logged in.');
      if (!user) throw new Error('The token does not say who logged in.');
      return { user, token: tokens.access_token, seconds: tokens.expiresIn() ?? unsaidSeconds };
    },
  };
}

const callback = (origin: string, client: ClientName): string => `${origin}/${client}/callback`;

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

function discovered(client: ClientName, options: WebOptions): Promise<oidc.Configuration> {
  const issuer = new URL(options.issuer);
  const { clientSecret: secret } = options;
  return oidc.discovery(
    issuer,
    client === 'nurse' ? options.nurseClientId : options.patientClientId,
    undefined,
    secret === undefined ? oidc.None() : oidc.ClientSecretBasic(secret),
    // TLS may be left out on one's own machine alone.
    loopback.test(issuer.hostname) ? { execute: [oidc.allowInsecureRequests] } : {},
  );
}
