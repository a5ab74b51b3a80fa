import type { Actor } from '@naravard/access';
import { Problem } from '@naravard/fhir';
import type { Identity } from './identity.ts';

/**
 * The caller of a request, from `Authorization: Bearer`. RFC 6750 section 2.1; tokens in URLs or bodies are not read.
 * @throws Problem 'login'
 */
export function callerOf(identity: Identity, authorization: string | undefined): Actor | Promise<Actor> {
  const token = /^Bearer +([A-Za-z0-9._~+/=-]+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw new Problem('login', 'Send an access token: Authorization: Bearer <token>.');
  return identity.actorOf(token);
}
