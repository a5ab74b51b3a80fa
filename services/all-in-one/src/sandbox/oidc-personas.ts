import { narrowScope } from '@naravard/rest';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { type Claims, type Persona, personas } from './personas.ts';

/** Who may log in by an id: not the systems. */
export const personOf = (id: string): Persona | undefined =>
  personas.find((each) => each.id === id && each.claims.kind !== 'system');

/** The claims of the persona that a token is for: who logged in, or the system itself. */
export function claimsOf(token: object): Claims | undefined {
  const { accountId, clientId } = token as { accountId?: string; clientId?: string };
  const id = accountId ?? clientId;
  const claims = personas.find((each) => each.id === id)?.claims;
  if (!claims) return undefined;
  const { scope: _scope, client_id: _client, ...rest } = claims;
  return rest;
}

/** Of the scopes asked for, those that the person has. */
export async function grantFor({ oidc }: KoaContextWithOIDC, audience: string) {
  const { session, client, provider } = oidc;
  const persona = personOf(session?.accountId ?? '');
  if (!persona || !client) return undefined;
  const grant = new provider.Grant({ accountId: persona.id, clientId: client.clientId });
  grant.addOIDCScope('openid profile launch/patient');
  grant.addResourceScope(audience, narrowScope(String(oidc.params?.scope ?? ''), persona.claims.scope));
  await grant.save();
  return grant;
}

/** A token whose scopes are about one patient comes with the patient's id (SMART App Launch 2.2, launch context). */
export const tellPatient = (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> =>
  next().then(() => {
    const { AccessToken } = ctx.oidc?.entities ?? {};
    const claims = AccessToken && claimsOf(AccessToken);
    const patient = claims?.patient ?? claims?.act_for;
    if (ctx.oidc?.route === 'token' && ctx.status === 200 && patient !== undefined)
      Object.assign(ctx.body as object, { patient });
  });
