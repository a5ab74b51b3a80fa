import type { ClientMetadata } from 'oidc-provider';
import { type KeptSecrets, publicKey } from './kept-secrets.ts';
import { personas, usualScope } from './personas.ts';

interface AppOfPeople {
  id: string;
  scope: string;
  /** Exact addresses that a login returns to: of the app that the service itself serves, and of one in development. */
  redirects: readonly string[];
}

/** The web apps: public clients, since a page cannot keep a secret. `origin` is that of the service. */
const apps = (origin: string): readonly AppOfPeople[] => [
  {
    id: 'web-nurse',
    scope: usualScope.staff,
    redirects: [`${origin}/nurse/callback`, 'http://localhost:5173/callback'],
  },
  {
    id: 'web-patient',
    scope: usualScope.patient,
    redirects: [`${origin}/patient/callback`, 'http://localhost:5174/callback'],
  },
];

/** Whom the sandbox's login lets in, as apps and systems: all by hand, nobody registers. */
export function oidcClients(origin: string, clientKeys: KeptSecrets['clientKeys']): ClientMetadata[] {
  const people = apps(origin).map(
    ({ id, redirects }): ClientMetadata => ({
      client_id: id,
      redirect_uris: [...redirects],
      grant_types: ['authorization_code'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    }),
  );
  const systems = Object.entries(clientKeys).map(
    ([id, keys]): ClientMetadata => ({
      client_id: id,
      redirect_uris: [],
      grant_types: ['client_credentials'],
      response_types: [],
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: keys.map(publicKey) as NonNullable<ClientMetadata['jwks']>['keys'] },
    }),
  );
  return [...people, ...systems];
}

/** The widest scope that a client may be given. */
export const registeredScope = (origin: string, clientId: string): string =>
  apps(origin).find(({ id }) => id === clientId)?.scope ??
  personas.find(({ id, claims }) => id === clientId && claims.kind === 'system')?.claims.scope ??
  '';
