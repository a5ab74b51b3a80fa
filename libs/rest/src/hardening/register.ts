import type { FastifyInstance } from 'fastify';
import type { Identity } from '../identity/identity.ts';
import { checkHeads } from './checked-head.ts';
import { registerCors } from './cors.ts';
import type { Hardening } from './hardening.ts';
import { defaultPatience } from './patience.ts';
import { type CountRequest, registerRateLimit } from './rate-limit.ts';
import { securityHeaders } from './security-headers.ts';
import { endSlowBodies } from './slow-bodies.ts';

/**
 * Headers, what is doubtful, CORS and rate limit, in this order: a refusal has the headers, and a browser app may read it.
 * Gives what counts a request once its caller is known.
 */
export function registerHardening(
  app: FastifyInstance,
  hardening: Hardening,
  identity: Identity,
  base: string,
): CountRequest {
  const headers = securityHeaders(hardening.hstsSeconds);
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(headers).header('X-Request-Id', request.id);
    done();
  });
  checkHeads(app);
  endSlowBodies(app, { ...defaultPatience, ...hardening.patience });
  registerCors(app, hardening.allowedOrigins, new URL(base).pathname.replace(/\/$/, ''));
  return registerRateLimit(app, { perMinute: hardening.requestsPerMinute, identity });
}
