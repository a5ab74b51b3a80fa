import type { Server } from 'node:http';
import type { Actor, Rights } from '@naravard/access';
import type { Definitions } from '@naravard/fhir';
import type { Store } from '@naravard/store';
import fastify, {
  type FastifyBaseLogger,
  type FastifyHttpOptions,
  type FastifyInstance,
  type FastifyServerOptions,
  LogController,
} from 'fastify';
import { baseModule } from './base-module.ts';
import { sweepImports } from './bulk-import/sweep-imports.ts';
import type { Interaction } from './call.ts';
import { answerClientErrors } from './client-error.ts';
import { registerDocs } from './docs.ts';
import { createEngine, defaultLimits, type Engine, type Limits } from './engine.ts';
import { problemOf } from './framework-error.ts';
import { type Hardening, noHardening } from './hardening/hardening.ts';
import { readBodies } from './hardening/read-bodies.ts';
import { registerHardening } from './hardening/register.ts';
import { requestId } from './hardening/request-id.ts';
import { securityHeaders } from './hardening/security-headers.ts';
import { socketOptions } from './hardening/socket-options.ts';
import { createHealth, type Health, registerHealth } from './health.ts';
import { granularKeys } from './identity/granular-keys.ts';
import type { Identity } from './identity/identity.ts';
import type { IdentityLookups } from './identity/issuers.ts';
import { patientOf } from './identity/person-lookup.ts';
import { type AuthorizationServer, registerSmartConfiguration } from './identity/smart-configuration.ts';
import { operations, statementWith } from './interactions/table.ts';
import type { JobRunnerOptions } from './jobs/job-runner.ts';
import { registerJobs } from './jobs/register-jobs.ts';
import { describeError, logFailure } from './log-failure.ts';
import { logRequests } from './log-request.ts';
import { definitionsOf } from './operation-definition.ts';
import { followingGuide } from './packages/guide-follower.ts';
import { readPackages } from './packages/package-body.ts';
import { capabilityPublisher } from './packages/publish-capability.ts';
import { createPageTokens } from './page-token.ts';
import { registerInteractions } from './pipeline.ts';
import { createProvenanceIds } from './provenance/provenance-ids.ts';
import type { ReferencePolicy } from './references/reference-policy.ts';
import { createReindexer, type Reindexer, type ReindexerOptions } from './reindexer.ts';
import { refusal } from './reply.ts';
import type { Guide } from './rules/guide.ts';
import { publishGuide } from './rules/publish-guide.ts';
import { plainFormat, send } from './send.ts';
import type { ServiceModule } from './service-module.ts';
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
  modules: readonly ServiceModule[];
  /** Names of the modules that get routes; all when left out. */
  mount?: readonly string[];
  /** Public FHIR base URL, for example `http://localhost:8080/fhir`; never taken from a Host header. */
  base: string;
  /** Who callers are; a function is given what the service can look up for it. */
  identity: Identity | ((lookups: IdentityLookups) => Identity);
  /** Where clients get tokens, for discovery. */
  authorizationServer?: AuthorizationServer;
  /** Options of pino, or a logger; silent when left out. */
  logger?: FastifyServerOptions['logger'] | FastifyBaseLogger;
  /** 32 bytes that page links are encrypted with. */
  pageKey: Uint8Array;
  limits?: Partial<Limits>;
  /** Whether `_text` and `_content` can be searched; true when left out. */
  fullText?: boolean;
  /** Whether a person is told names of staff in the log; false when left out. */
  showStaffNames?: boolean;
  /** Minutes that a nödöppning lasts, at most 24 hours; 60 when left out. */
  emergencyMinutes?: number;
  /** Hours that asynchronous requests and their results are kept; 24 when left out. */
  jobHours?: number;
  /** Times and sizes of the work at them, for tests. */
  jobs?: Partial<JobRunnerOptions>;
  /** What a caller may do; by law and scopes of the token when left out. Tests and benches set it. */
  rights?: (actor: Actor) => Rights;
  /** Rate limit, CORS, TLS, proxies; none when left out. */
  hardening?: Partial<Hardening>;
  /** Profiles that resources are checked against, and what is served of them; none when left out. */
  guide?: Guide;
  /** What becomes of a write that refers to what is not there; no references are looked at when left out. */
  references?: ReferencePolicy;
  /** Times of the reindexer, for tests. */
  reindexer?: Partial<ReindexerOptions>;
  /** Told by whoever stops the process; see server.ts. */
  health?: Health;
}

/** Assembles the service and nothing else: no process, no signals, no listening. */
export function buildApp(options: AppOptions): FastifyInstance {
  const limits = { ...defaultLimits, ...options.limits };
  const hardening = { ...noHardening, ...options.hardening };
  const headers = securityHeaders(hardening.hstsSeconds);
  const app = fastify({
    ...loggerOptions(options.logger),
    ...socketOptions(hardening),
    ...requestOptions,
    clientErrorHandler: answerClientErrors(headers),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: limits.bodyBytes,
    frameworkErrors: (error, { id }, reply) => {
      reply.headers({ ...headers, 'X-Request-Id': id });
      return send(reply, refusal(problemOf(error)), options.base, plainFormat);
    },
  });
  const engine = createEngine({
    ...options,
    limits,
    pages: createPageTokens(options.pageKey),
    provenanceIds: createProvenanceIds(options.pageKey),
    log: app.log,
  });
  const prefix = new URL(engine.base).pathname.replace(/\/$/, '');
  readBodies(app, limits.bodyBytes);
  readPackages(app);
  // Node would answer an unknown Expect with a bare 417; RFC 9110 section 10.1.1 lets us go on without it.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));
  const health = options.health ?? createHealth();
  const identity = identityOf(options.identity, engine);
  const count = registerHardening(app, hardening, identity, engine.base);
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
  registerUnknownRoute(app, engine, identity, prefix, mountedOperations(options));
  registerHealth(app, options.store, health);
  registerDocs(app, engine, [baseModule, ...options.modules], mountedOperations(options));
  registerInteractions(app, engine, { identity, count }, prefix, mountedOperations(options));
  if (options.authorizationServer) registerSmartConfiguration(app, prefix, options.authorizationServer);
  const capability = capabilityPublisher(engine, () => statementWith(engine, mountedOperations(options)));
  const followed = options.guide ? capability : async () => {};
  const reindexer = followingGuide(createReindexer(engine, options.reindexer), engine, followed);
  app.decorate('reindexer', reindexer);
  app.addHook('onReady', () => reindexer.refresh());
  const guide = publishedGuide(options);
  if (guide) app.addHook('onReady', () => publishGuide(engine, guide));
  app.addHook('onReady', followed);
  app.addHook('preClose', () => reindexer.stop());
  registerJobs(app, engine, mountedOperations(options), options.jobs);
  sweepImports(app, engine);
  return app;
}

const mountedOperations = ({ modules, mount }: AppOptions): readonly Interaction[] =>
  modules.flatMap(({ name, operations = [] }) => (!mount || mount.includes(name) ? operations : []));

/** The guide, and with it the definitions by others of the operations that are served. */
function publishedGuide(options: AppOptions): Guide | undefined {
  const { guide, definitions } = options;
  const standard = definitionsOf([...operations, ...mountedOperations(options)], definitions.operations);
  return guide && { ...guide, definitions: [...guide.definitions, ...standard] };
}

const identityOf = (identity: AppOptions['identity'], engine: Engine): Identity =>
  typeof identity === 'function'
    ? identity({
        patientOf: (personnummer) => patientOf(engine, personnummer),
        granularKeys: granularKeys(() => engine.catalog, engine.base),
      })
    : identity;

const requestOptions = {
  requestIdHeader: false,
  genReqId: (request: { headers: Record<string, string | string[] | undefined> }) =>
    requestId(request.headers['x-request-id']),
  return503OnClosing: false,
  // FHIR has its own rules for bodies and parameters: nothing is parsed, coerced or stripped by the framework.
  routerOptions: { ignoreTrailingSlash: true, querystringParser: () => ({}) },
} satisfies FastifyHttpOptions<Server>;

/** Of what the framework logs itself. Its type asks for message and stack, which are what must not be logged. */
const closedErrors = {
  err: describeError as unknown as (error: Error) => { type: string; message: string; stack: string },
};

function loggerOptions(logger: AppOptions['logger']): FastifyServerOptions {
  return typeof logger === 'object' && 'child' in logger
    ? { loggerInstance: logger as FastifyBaseLogger }
    : { logger: logger ? { ...(logger !== true && logger), serializers: closedErrors } : false };
}
