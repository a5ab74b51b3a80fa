import type { IncomingHttpHeaders } from 'node:http';
import type { Actor } from '@naravard/access';
import { Problem } from '@naravard/fhir';
import type { Identity } from './identity.ts';

/** What is looked at of a request; Node's IncomingMessage is one. */
export interface RequestHead {
  readonly method?: string | undefined;
  /** Target as sent, with its query. */
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/**
 * The caller of a request, from `Authorization: Bearer` (RFC 6750 section 2.1) or `Authorization: DPoP` (RFC 9449
 * section 7.1).
 * @throws Problem 'login'; 'bad-request' for a token in the address; whatever `actorOf` throws
 */
export function callerOf(identity: Identity, request: RequestHead): Actor | Promise<Actor> {
  const { headers, method = '', url = '' } = request;
  const at = url.indexOf('?');
  if (at >= 0) refuseTokenIn(url.slice(at + 1));
  const [, scheme, token] = credentials.exec(headers.authorization ?? '') ?? [];
  if (scheme === undefined || token === undefined)
    throw new Problem('login', 'Send an access token: Authorization: Bearer <token>.');
  return identity.actorOf({
    token,
    scheme: scheme.toLowerCase() === 'dpop' ? 'dpop' : 'bearer',
    proof: [headers.dpop].flat()[0],
    method,
    path: at >= 0 ? url.slice(0, at) : url,
  });
}

const credentials = /^(Bearer|DPoP) +([A-Za-z0-9._~+/=-]+)$/i;

/**
 * Addresses end up in logs and histories, so a token in one (RFC 6750 section 2.3), or in a form (section 2.2), is refused
 * rather than overlooked. `pairs` is a query string or a form body.
 * @throws Problem 'bad-request'
 */
export function refuseTokenIn(pairs: string): void {
  if (tokenParameter.test(pairs))
    throw new Problem(
      'bad-request',
      'Send the access token in the header Authorization alone, and get a new one: this one has been in an address or a form.',
    );
}

/** However its letters are percent-encoded. */
const tokenParameter = new RegExp(
  `(?:^|&)${[...'access_token']
    .map((letter) => `(?:${letter}|%${letter.charCodeAt(0).toString(16)})`)
    .join('')}(?:=|&|$)`,
  'i',
);
