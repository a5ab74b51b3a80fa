import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Fixed, fixed, sendCompressed, sendFixed } from './compressed.ts';
import { addressOf, type Context, endSession, sessionOf } from './context.ts';
import { forgetting, isOwnForm, isOwnScript, pageHeaders } from './headers.ts';
import { registerLogin } from './login-routes.ts';
import { nurseManifest, nurseNotFound, nurseShell } from './nurse-shell.ts';
import { nurseWorker } from './nurse-worker.ts';
import { outcome } from './outcome.ts';
import type { Session } from './sessions.ts';

/** The pages of the nurse client, which draws them itself. */
const pages = [
  '/nurse/',
  '/nurse/patient/:id',
  ...['plan', 'kontakter', 'besok'].map((part) => `/nurse/patient/:id/${part}`),
  '/nurse/nummer',
];

const html = 'text/html; charset=utf-8';
const json = 'application/json; charset=utf-8';
const fhirJson = 'application/fhir+json; charset=utf-8';

/** The nurse client: its shell, its session, and the API with the token of the session. */
export function registerNurse(app: FastifyInstance, context: Context): void {
  registerShell(app, context);
  registerLogin(app, context, 'nurse', (_request, reply, problem) =>
    reply.redirect(`/nurse/?login=${problem}`, 303),
  );
  registerSession(app, context);
  registerProxy(app, context);
}

function registerShell(app: FastifyInstance, context: Context): void {
  const { built, options } = context;
  const shell = fixed(html, nurseShell(built.nurse));
  const icon = built.files.get('/web/icon.svg')?.body.toString('utf8') ?? '';
  const worker = nurseWorker(built.serviceWorker, [
    shell.body.toString('utf8'),
    JSON.stringify(pageHeaders(options.issuer)),
    nurseManifest,
    icon,
  ]);
  const missing = fixed(html, nurseNotFound(built.nurse));
  const numbers = fixed(json, JSON.stringify({ numbers: options.emergencyNumbers }));
  const manifest = fixed('application/manifest+json; charset=utf-8', nurseManifest);
  const send = (file: Fixed) => (request: FastifyRequest, reply: FastifyReply) =>
    sendFixed(request, reply.header('Cache-Control', 'no-cache'), file);

  for (const path of pages) {
    app.get(path, (request, reply) => {
      // The service worker has no part in what is not below its scope, /nurse/.
      if (request.raw.url === '/nurse') return reply.redirect('/nurse/', 308);
      const session = sessionOf(context, request, 'nurse');
      if (typeof session === 'string') return send(shell)(request, reply);
      reply.type(html).header('Cache-Control', 'no-store');
      return sendCompressed(request, reply, Buffer.from(nurseShell(built.nurse, told(session))));
    });
  }
  // Neither a login nor the database is asked: a number must be found when all else is down.
  app.get('/nurse/emergency-numbers.json', send(numbers));
  app.get('/nurse/manifest.webmanifest', send(manifest));
  app.get('/nurse/sw.js', send(fixed('text/javascript; charset=utf-8', worker)));
  app.get('/nurse/*', (request, reply) => send(missing)(request, reply.code(404)));
}

/** Who is logged in, as the nurse client is told. */
function told({ user: { client: _client, ...user }, ends }: Session): object {
  return { user, expires: new Date(ends).toISOString() };
}

function registerSession(app: FastifyInstance, context: Context): void {
  const { cookies, origin, sessions } = context;
  app.get('/nurse/session', async (request, reply) => {
    const session = sessionOf(context, request, 'nurse');
    if (typeof session === 'string') return reply.code(401).send({ reason: session });
    return reply.send(told(session));
  });
  app.post('/nurse/logout', async (request, reply) => {
    if (!isOwnScript(request) && !isOwnForm(request, origin)) return refuse(reply, 403);
    endSession(context, request, reply, 'nurse');
    return reply.headers(forgetting.nurse).send({});
  });
  app.post('/nurse/logout-everywhere', async (request, reply) => {
    if (!isOwnScript(request)) return refuse(reply, 403);
    const session = sessionOf(context, request, 'nurse');
    if (typeof session === 'string') return reply.code(401).send({ reason: session });
    sessions.revoke(session.user.sub);
    cookies.setSession(reply, 'nurse', undefined);
    return reply.headers(forgetting.nurse).send({});
  });
}

const prefix = '/nurse/api';

/** `/nurse/api/...` is the API with the token of the session, for scripts of this origin alone. */
function registerProxy(app: FastifyInstance, context: Context): void {
  const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    if (!isOwnScript(request)) return refuse(reply, 403);
    const session = sessionOf(context, request, 'nurse');
    if (typeof session === 'string') return refuse(reply, 401);
    const { method, headers, body, ip: address } = request;
    // Kept work is sent in the name of who wrote it, or not now.
    if (![undefined, session.user.sub].includes(headers['x-naravard-user'] as string | undefined))
      return refuse(reply, 401);
    const { pathname, search } = addressOf(request, context.origin);
    try {
      const answer = await context.api.ask(session, {
        method,
        path: pathname.slice(prefix.length) + search,
        headers,
        body: typeof body === 'string' ? body : undefined,
        address,
      });
      // The token is not accepted any more: the login is what helps.
      if (answer.status === 401) endSession(context, request, reply, 'nurse');
      reply.code(answer.status).headers(answer.headers);
      return answer.body.length ? sendCompressed(request, reply, answer.body) : reply.send();
    } catch (error) {
      if (error instanceof RangeError) return refuse(reply, 404);
      request.log.error({ error: { name: (error as Error).name } }, 'the API does not answer');
      return refuse(reply.header('Retry-After', '5'), 503);
    }
  };
  // Batches are sent to the base itself.
  for (const url of [prefix, `${prefix}/*`])
    app.route({ method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], url, handler });
}

const refusals = { 401: 'login', 403: 'forbidden', 404: 'not-found', 503: 'transient' } as const;

const refuse = (reply: FastifyReply, status: keyof typeof refusals): FastifyReply =>
  reply.code(status).type(fhirJson).send(outcome(refusals[status]));
