import type { Server } from 'node:http';
import type { FastifyHttpOptions } from 'fastify';
import type { Hardening } from './hardening.ts';

/**
 * How sockets behave, times in ms: a request must be here whole in 30 s and its headers in 10 s, sockets are looked at each
 * second, and one on which nothing moves for 2 minutes, as when nobody reads the answer, is closed. TLS 1.2 or later.
 */
export function socketOptions({ trustedProxies, tls }: Hardening): FastifyHttpOptions<Server> {
  const http = {
    headersTimeout: 10_000,
    connectionsCheckingInterval: 1_000,
    maxHeaderSize: 16_384,
    requireHostHeader: false,
  };
  const options = {
    requestTimeout: 30_000,
    keepAliveTimeout: 72_000,
    connectionTimeout: 120_000,
    ...(trustedProxies.length > 0 && { trustProxy: [...trustedProxies] }),
    ...(tls ? { https: { ...http, ...tls, minVersion: 'TLSv1.2' as const } } : { http }),
  };
  // An HTTPS server is used as an HTTP server is; Fastify gives it a type of its own.
  return options as FastifyHttpOptions<Server>;
}
