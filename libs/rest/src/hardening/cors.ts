import cors, { type FastifyCorsOptions } from '@fastify/cors';
import type { FastifyInstance } from 'fastify';

/**
 * CORS for browser apps: the API answers scripts of the given origins, exactly as written, and what describes it answers
 * all. http://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html#considerations-for-cross-origin-resource-sharing-cors-support
 * Never with credentials: there are no cookies, and a token is sent by the script itself.
 * @param prefix path of the FHIR base, without a slash at its end
 */
export function registerCors(app: FastifyInstance, origins: readonly string[], prefix: string): void {
  if (!origins.length) return;
  const allowed = new Set(origins);
  const discovery = new Set([
    `${prefix}/metadata`,
    `${prefix}/.well-known/smart-configuration`,
    '/.well-known/smart-configuration',
  ]);
  app.register(cors, {
    delegator: ({ headers, raw }, done) => {
      const path = (raw.url ?? '').split('?', 1)[0] ?? '';
      const { origin } = headers;
      if (discovery.has(path)) done(null, described);
      else done(null, { ...called, origin: origin !== undefined && allowed.has(origin) ? origin : false });
    },
  });
}

const shared: FastifyCorsOptions = {
  strictPreflight: false,
  allowedHeaders: [
    'Accept',
    'Authorization',
    'Content-Type',
    'DPoP',
    'If-Match',
    'If-Modified-Since',
    'If-None-Exist',
    'If-None-Match',
    'Prefer',
    'X-Request-Id',
  ],
  exposedHeaders: [
    'Content-Location',
    'ETag',
    'Expires',
    'Last-Modified',
    'Location',
    'Retry-After',
    'WWW-Authenticate',
    'X-Progress',
    'X-Request-Id',
  ],
  maxAge: 600,
};

const described: FastifyCorsOptions = { ...shared, origin: '*', methods: ['GET', 'HEAD'] };

const called: FastifyCorsOptions = {
  ...shared,
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
};
