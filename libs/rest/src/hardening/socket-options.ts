import type { Server } from 'node:http';
import type { FastifyHttpOptions } from 'fastify';
import type { Hardening } from './hardening.ts';
import { defaultPatience } from './patience.ts';

/**
 * How sockets behave. Headers have their time, bodies are watched by slow-bodies.ts instead of having one in all, and a
 * socket on which nothing moves for long, as when nobody reads the answer, is closed. TLS 1.2 or later.
 */
export function socketOptions({ trustedProxies, tls, patience }: Hardening): FastifyHttpOptions<Server> {
  const { headersMs, checkMs, idleMs } = { ...defaultPatience, ...patience };
  const http = {
    headersTimeout: headersMs,
    connectionsCheckingInterval: checkMs,
    maxHeaderSize: 16_384,
    requireHostHeader: false,
  };
  const secure = { handshakeTimeout: headersMs, minVersion: 'TLSv1.2' as const };
  const options = {
    requestTimeout: 0,
    keepAliveTimeout: 72_000,
    connectionTimeout: idleMs,
    ...(trustedProxies.length > 0 && { trustProxy: [...trustedProxies] }),
    ...(tls ? { https: { ...http, ...tls, ...secure } } : { http }),
  };
  // An HTTPS server is used as an HTTP server is; Fastify gives it a type of its own.
  return options as FastifyHttpOptions<Server>;
}
