import type { FastifyReply } from 'fastify';
import { etagOf, httpDate } from './etag.ts';
import { fhirJson } from './media.ts';
import { prettyJson } from './pretty.ts';
import type { Reply } from './reply.ts';

/** How the caller wants the answer. */
export interface Format {
  contentType: string;
  pretty: boolean;
}

/** Where the caller has not said, or not been heard yet. */
export const plainFormat: Format = { contentType: fhirJson, pretty: false };

/** Puts a Reply on the wire; the only place that knows headers of answers. */
export function send(to: FastifyReply, reply: Reply, base: string, format: Format): FastifyReply {
  to.code(reply.status);
  if (reply.version !== undefined) to.header('ETag', etagOf(reply.version));
  if (reply.lastModified !== undefined) to.header('Last-Modified', httpDate(reply.lastModified));
  if (reply.location !== undefined) to.header('Location', `${base}/${reply.location}`);
  if (reply.problem?.kind === 'login') to.header('WWW-Authenticate', 'Bearer realm="naravard"');
  if (reply.problem?.kind === 'unavailable' || reply.problem?.kind === 'throttled')
    to.header('Retry-After', String(reply.retryAfter ?? 1));
  if (reply.body === undefined) return to.send();
  to.header('Content-Type', `${format.contentType}; charset=utf-8`);
  return to.send(format.pretty ? prettyJson(reply.body) : reply.body);
}
