import type { IncomingMessage, ServerResponse } from 'node:http';
import { Problem } from '@naravard/fhir';
import type { FastifyInstance } from 'fastify';
import type { Patience } from './patience.ts';

/** A body that is on its way. */
interface Arriving {
  response: ServerResponse;
  /** When, and at how many bytes of its socket, it last had come on far enough; ms. */
  since: number;
  bytes: number;
}

/**
 * Ends requests whose bodies do not come on: each `bodyBytes`, or the rest, must be here within `bodyMs`. The times of
 * Node are for a request as a whole, and a time that lets a large body through a slow line lets a small one drip for as long.
 * It looks at the counters of the sockets now and then, so a body that is here at once costs two hooks and nothing else.
 */
export function endSlowBodies(app: FastifyInstance, patience: Patience): void {
  const arriving = new Map<IncomingMessage, Arriving>();
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    for (const [request, body] of arriving) {
      if (request.complete || request.destroyed) arriving.delete(request);
      else if (hasComeOn(request, body, patience)) {
        body.since = performance.now();
        body.bytes = request.socket.bytesRead;
      } else if (performance.now() - body.since >= patience.bodyMs) {
        arriving.delete(request);
        end(request, body.response);
      }
    }
    if (arriving.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
  app.addHook('onRequest', (request, reply, done) => {
    const { raw } = request;
    if (hasBody(raw) && typeof raw.socket.bytesRead === 'number') {
      arriving.set(raw, { response: reply.raw, since: performance.now(), bytes: raw.socket.bytesRead });
      timer ??= setInterval(look, patience.checkMs).unref();
    }
    done();
  });
  app.addHook('preValidation', (request, _reply, done) => {
    if (request.raw.complete) arriving.delete(request.raw);
    done();
  });
  app.addHook('onClose', async () => clearInterval(timer));
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** Also where the service itself is what is slow: bytes wait that it has not read. */
const hasComeOn = (
  { socket, readableLength }: IncomingMessage,
  { bytes }: Arriving,
  { bodyBytes }: Patience,
): boolean => readableLength > 0 || socket.bytesRead - bytes >= bodyBytes;

/** As an error of the body, whoever reads it, so that the refusal is logged and audited like others. */
function end(request: IncomingMessage, response: ServerResponse): void {
  if (response.headersSent || request.listenerCount('error') === 0) request.destroy();
  else request.emit('error', new Problem('timeout', 'Send the whole request without long pauses.'));
}
