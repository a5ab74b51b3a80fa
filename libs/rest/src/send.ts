import type { Readable } from 'node:stream';
import type { Xml } from '@naravard/fhir';
import type { FastifyReply } from 'fastify';
import { etagOf, httpDate } from './etag.ts';
import { fhirJson, isFhirFormat, patchFormats } from './media.ts';
import { prettyJson } from './pretty.ts';
import type { Reply } from './reply.ts';
import type { ServerTiming } from './server-timing.ts';
import { WrongMethod } from './wrong-place.ts';

/** How the caller wants the answer. */
export interface Format {
  contentType: string;
  pretty: boolean;
  /** How the address, or the form of a search, has asked for it; absent where it has not. */
  asked?: string;
  /** Present when `contentType` is one of XML: how FHIR JSON becomes it. */
  xml?: Xml;
}

/** Where the caller has not said, or not been heard yet. */
export const plainFormat: Format = { contentType: fhirJson, pretty: false };

/** Puts a Reply on the wire; the only place that knows headers of answers. `timing`: of a caller that is told it. */
export function send(
  to: FastifyReply,
  reply: Reply,
  base: string,
  format: Format,
  timing?: ServerTiming,
): FastifyReply {
  to.code(reply.status);
  if (reply.version !== undefined) to.header('ETag', etagOf(reply.version));
  if (reply.lastModified !== undefined) to.header('Last-Modified', httpDate(reply.lastModified));
  if (reply.location !== undefined) to.header('Location', `${base}/${reply.location}`);
  if (reply.problem?.kind === 'login') to.header('WWW-Authenticate', 'Bearer realm="naravard"');
  if (reply.problem?.kind === 'unsupported-media' && to.request.method === 'PATCH')
    to.header('Accept-Patch', patchFormats.join(', '));
  if (reply.problem instanceof WrongMethod) to.header('Allow', reply.problem.allowed.join(', '));
  if (reply.problem?.kind === 'unavailable' || reply.problem?.kind === 'throttled')
    to.header('Retry-After', String(reply.retryAfter ?? 1));
  if (reply.headers) to.headers(reply.headers);
  if (reply.stream) return streamed(to.type(reply.shown?.as ?? fhirJson), reply.stream);
  timing?.handled();
  const body = rendered(reply, format);
  if (timing) to.header('Server-Timing', timing.rendered());
  if (body === undefined) return to.send();
  if (reply.shown?.policy !== undefined) to.header('Content-Security-Policy', reply.shown.policy);
  to.header('Content-Type', `${body.as}; charset=utf-8`);
  return to.send(body.text);
}

/** What HEAD does not send is not read. */
function streamed(to: FastifyReply, stream: Readable): FastifyReply {
  if (to.request.method !== 'HEAD') return to.send(stream);
  stream.destroy();
  return to.send();
}

/**
 * A Reply's body in the format that is wanted. What XML cannot say (`Xml.write`) is said in JSON, as RFC 9110 section 12.5.1
 * lets a server do: the answer to a write must not be lost over a character.
 */
function rendered(
  { body, shown }: Reply,
  { contentType, pretty, xml }: Format,
): { text: string; as: string } | undefined {
  if (body === undefined) return undefined;
  if (shown) return { text: body, as: shown.as };
  const text = xml?.write(body, pretty);
  if (text !== undefined) return { text, as: contentType };
  // A refusal is FHIR whatever was asked for.
  const as = isFhirFormat(contentType) && !xml ? contentType : fhirJson;
  return { text: pretty ? prettyJson(body) : body, as };
}
