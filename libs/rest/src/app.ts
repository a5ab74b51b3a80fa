import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { type Definitions, Problem } from '@naravard/fhir';
import type { Store } from '@naravard/store';
import fastify, {
  type FastifyBaseLogger,
  type FastifyHttpOptions,
  type FastifyInstance,
  type FastifyServerOptions,
  LogController,
} from 'fastify';
import { baseModule } from './base-module.ts';
import { answerClientError } from './client-error.ts';
import { registerDocs } from './docs.ts';
import { createEngine, defaultLimits, type Limits } from './engine.ts';
import { problemOf } from './framework-error.ts';
import { createHealth, type Health, registerHealth } from './health.ts';
import type { Identity } from './identity/identity.ts';
import { describeError, logFailure } from './log-failure.ts';
import { logRequests } from './log-request.ts';
import type { Module } from './module.ts';
import { createPageTokens } from './page-token.ts';
import { registerInteractions } from './pipeline.ts';
import { createReindexer, type Reindexer, type ReindexerOptions } from './reindexer.ts';
import { refusal } from './reply.ts';
import { plainFormat, send } from './send.ts';
import { registerUnknownRoute } from './unknown-route.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Keeps the search catalog up to date; whoever serves requests starts it. */
    reindexer: Reindexer;
  }
}

export interface AppOptions {
  store: Store;
  definitions: Definitions;
  /** All modules; their rules hold in every process. */
  modules: readonly Module[];
  /** Names of the modules that get routes; all when left out. */
  mount?: readonly string[];
  /** Public FHIR base URL, for example `http://localhost:8080/fhir`; never taken from a Host header. */
  base: string;
  identity: Identity;
  /** Options of pino, or a logger; silent when left out. */
  logger?: FastifyServerOptions['logger'] | FastifyBaseLogger;
  /** 32 bytes that page links are encrypted with. */
  pageKey: Uint8Array;
  limits?: Partial<Limits>;
  /** Whether `_text` and `_content` can be searched; true when left out. */
  fullText?: boolean;
  /** Times of the reindexer, for tests. */
  reindexer?: Partial<ReindexerOptions>;
  /** Told by whoever stops the process; see server.ts. */
  health?: Health;
}

/** Assembles the service and nothing else: no process, no signals, no listening. */
export function buildApp(options: AppOptions): FastifyInstance {
  const limits = { ...defaultLimits, ...options.limits };
  const app = fastify({
    ...loggerOptions(options.logger),
    ...serverOptions,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: limits.bodyBytes,
    frameworkErrors: (error, _request, reply) =>
      send(reply, refusal(problemOf(error)), options.base, plainFormat),
  });
  const engine = createEngine({ ...options, limits, pages: createPageTokens(options.pageKey), log: app.log });
  const prefix = new URL(engine.base).pathname.replace(/\/$/, '');
  readBodiesAsText(app);
  // Node would answer an unknown Expect with a bare 417; RFC 9110 section 10.1.1 lets us go on without it.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));
  const health = options.health ?? createHealth();
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...safeHeaders, 'X-Request-Id': request.id });
  });
  // Otherwise close() would wait for connections that are kept alive; late, since the stop may come while one is answered.
  app.addHook('onSend', async (_request, reply) => {
    if (health.draining) reply.header('Connection', 'close');
  });
  logRequests(app);
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error);
    logFailure(request.log, problem);
    return send(reply, refusal(problem), engine.base, plainFormat);
  });
  registerUnknownRoute(app, engine, options.identity, prefix);
  registerHealth(app, options.store, health);
  registerDocs(app, engine, [baseModule, ...options.modules]);
  registerInteractions(app, engine, options.identity, prefix);
  const reindexer = createReindexer(engine, options.reindexer);
  app.decorate('reindexer', reindexer);
  app.addHook('onReady', () => reindexer.refresh());
  app.addHook('preClose', () => reindexer.stop());
  return app;
}

/** Answers hold patient data: not to be kept, framed, sniffed or run. */
const safeHeaders = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
};

/** Times in ms. A request must be here whole in 30 s and its headers in 10 s; sockets are looked at each second. */
const serverOptions = {
  requestTimeout: 30_000,
  keepAliveTimeout: 72_000,
  http: {
    headersTimeout: 10_000,
    connectionsCheckingInterval: 1_000,
    maxHeaderSize: 16_384,
    requireHostHeader: false,
  },
  requestIdHeader: false,
  genReqId: (request: { headers: Record<string, string | string[] | undefined> }) =>
    requestId(request.headers),
  return503OnClosing: false,
  clientErrorHandler: answerClientError,
  // FHIR has its own rules for bodies and parameters: nothing is parsed, coerced or stripped by the framework.
  routerOptions: { ignoreTrailingSlash: true, querystringParser: () => ({}) },
} satisfies FastifyHttpOptions<Server>;

/** The caller's X-Request-Id when it is harmless in a log, else a new one. */
function requestId(headers: Record<string, string | string[] | undefined>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[A-Za-z0-9._-]{1,64}$/.test(given) ? given : randomUUID();
}

/** Of what the framework logs itself. Its type asks for message and stack, which are what must not be logged. */
const closedErrors = {
  err: describeError as unknown as (error: Error) => { type: string; message: string; stack: string },
};

function loggerOptions(logger: AppOptions['logger']): FastifyServerOptions {
  return typeof logger === 'object' && 'child' in logger
    ? { loggerInstance: logger as FastifyBaseLogger }
    : { logger: logger ? { ...(logger !== true && logger), serializers: closedErrors } : false };
}

function readBodiesAsText(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) => {
    if (!isUtf8(body)) throw new Problem('structure', 'The body is not UTF-8.');
    return body.toString('utf8');
  });
}
