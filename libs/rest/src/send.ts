import type { FastifyReply } from 'fastify';
import { etagOf, httpDate } from './etag.ts';
import { fhirJson, isFhirFormat } from './media.ts';
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
  if (reply.shown?.policy !== undefined) to.header('Content-Security-Policy', reply.shown.policy);
  to.header('Content-Type', `${reply.shown?.as ?? fhirFormat(format)}; charset=utf-8`);
  return to.send(format.pretty && !reply.shown ? prettyJson(reply.body) : reply.body);
}

/** A refusal is FHIR JSON whatever was asked for. */
const fhirFormat = ({ contentType }: Format): string => (isFhirFormat(contentType) ? contentType : fhirJson);
