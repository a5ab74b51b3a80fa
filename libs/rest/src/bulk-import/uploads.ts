import type { Readable } from 'node:stream';
import { Problem } from '@naravard/fhir';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ndjsonFormats } from '../ndjson.ts';
import { uploadStream } from './upload-stream.ts';

/** Milliseconds that who still sends has for reading the answer. */
const LINGER = 5_000;

/**
 * Routes whose bodies are handed over as they come, of any length, in place of being read whole. Who is answered before all has
 * come is not cut off at once, since many clients read no answer before they have sent. Stopping the service ends uploads.
 */
export function receiveUploads(app: FastifyInstance, serve: (scope: FastifyInstance) => void): void {
  const arriving = new Set<Readable>();
  app.register(async (scope) => {
    scope.addContentTypeParser(Object.keys(ndjsonFormats), (request, payload: Readable, done) => {
      let failure: unknown;
      payload.on('error', (error) => {
        failure ??= error;
      });
      arriving.add(payload);
      done(
        null,
        uploadStream(payload, request.headers['content-encoding'], () => failure),
      );
    });
    scope.addHook('onSend', async ({ raw }, reply) => {
      // Else the connection ends with the answer, which is lost where more arrives.
      if (!raw.complete) reply.raw.shouldKeepAlive = true;
    });
    scope.addHook('onResponse', async ({ raw }) => {
      arriving.delete(raw);
      if (raw.complete || raw.destroyed) return;
      raw.resume();
      setTimeout(() => raw.destroy(), LINGER).unref();
    });
    serve(scope);
  });
  app.addHook('preClose', async () => {
    for (const body of arriving) body.emit('error', stopping());
  });
}

const stopping = (): Problem =>
  new Problem(
    'unavailable',
    'The service is stopping: send the file again in a minute with the same id, and it goes on where it was.',
  );

/** The body of a request to such a route, decompressed. */
export function uploadIn({ body }: FastifyRequest): AsyncIterable<Buffer> | undefined {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body
    ? (body as AsyncIterable<Buffer>)
    : undefined;
}
