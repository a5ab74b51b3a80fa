import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTHeaderParameters, SignJWT } from 'jose';
import { Provider } from 'oidc-provider';

export interface OwnIssuer {
  /** Its `iss`, and where it is. */
  url: string;
  clientSecret: string;
  /** A token as it would sign it after a login of a person. */
  token(claims: Record<string, unknown>, header?: Partial<JWTHeaderParameters>): Promise<string>;
  stop(): Promise<void>;
}

const clientSecret = 'a-secret-of-the-journalsystem';

/**
 * An issuer of the reader's own: a certified OpenID Provider behind HTTP that signs with RS256, gives system tokens by client
 * credentials, and knows nothing of the service but the claims that its administrator has set.
 */
export async function startIssuer(
  audience: string,
  systemClaims: Record<string, unknown>,
): Promise<OwnIssuer> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: 'first', alg: 'RS256', use: 'sig' };
  const server = createServer();
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(url, {
    clients: [
      {
        client_id: 'journalsystem',
        client_secret: clientSecret,
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
        scope: 'system/*.rs',
      },
    ],
    jwks: { keys: [key as never] },
    scopes: ['system/*.rs'],
    extraTokenClaims: () => systemClaims,
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: () => ({
          scope: 'system/*.rs',
          audience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 300,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  });
  server.on('request', provider.callback());
  return {
    url,
    clientSecret,
    token: (claims, header = {}) => {
      const iat = Math.floor(Date.now() / 1000);
      return new SignJWT({ iss: url, aud: audience, sub: 'somebody', iat, exp: iat + 300, ...claims })
        .setProtectedHeader({ alg: 'RS256', kid: 'first', ...header })
        .sign(privateKey);
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
