import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { PatientAnswer, PatientProblem, PatientRequest } from '../patient/contract.ts';
import { sendCompressed } from './compressed.ts';
import { addressOf, type Context, endSession, sessionOf } from './context.ts';
import { forgetting, isOwnForm } from './headers.ts';
import { registerLogin } from './login-routes.ts';
import type { Session } from './sessions.ts';

/** The patient client: carries requests to its bundle, with the session's part of the API, and its answers back. */
export function registerPatient(app: FastifyInstance, context: Context): void {
  const { built, cookies, origin } = context;
  const tell = (problem: PatientProblem, request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const page = built.patientClient.problemPage(problem, requestOf(context, request));
    return answer(context, request, reply, page);
  };

  registerLogin(app, context, 'patient', (request, reply, problem) =>
    tell(problem === 'failed' ? 'login-failed' : problem, request, reply),
  );
  app.post('/patient/logout', async (request, reply) => {
    if (!isOwnForm(request, origin)) return tell('forbidden-form', request, reply);
    endSession(context, request, reply, 'patient');
    return reply.headers(forgetting.patient).redirect('/patient/', 303);
  });

  const page = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    if (request.method === 'POST' && !isOwnForm(request, origin))
      return tell('forbidden-form', request, reply);
    const session = sessionOf(context, request, 'patient');
    if (typeof session === 'string' && session !== 'none') {
      // Told once: without the cookie the next page is that of somebody who has not logged in.
      cookies.setSession(reply, 'patient', undefined);
      return tell('session-ended', request, reply);
    }
    const asked = { refused: false };
    try {
      const found = await built.patientClient.handle(
        requestOf(context, request, typeof session === 'string' ? undefined : session, asked),
      );
      if (!asked.refused) return await answer(context, request, reply, found);
      endSession(context, request, reply, 'patient');
      return await tell('session-ended', request, reply);
    } catch (error) {
      request.log.error({ error: { name: (error as Error).name } }, 'a page of the patient client failed');
      return tell(error instanceof Unreachable ? 'unreachable' : 'failed', request, reply);
    }
  };
  for (const path of ['/patient', '/patient/*'])
    app.route({ method: ['GET', 'POST'], url: path, handler: page });
}

/** Nothing answers for the API. */
class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** @param asked is told when the API does not accept the token any more */
function requestOf(
  context: Context,
  request: FastifyRequest,
  session?: Session,
  asked = { refused: false },
): PatientRequest {
  const { built, clock, cookies, options, origin } = context;
  const { pathname, searchParams } = addressOf(request, origin);
  const { method, body, ip: address } = request;
  const user = session?.user;
  return {
    method: method === 'POST' ? 'POST' : 'GET',
    path: pathname.slice('/patient'.length).replace(/\/$/, '') || '/',
    query: searchParams,
    form: new URLSearchParams(method === 'POST' && typeof body === 'string' ? body : ''),
    preferences: cookies.preferences(request),
    user:
      user?.client === 'patient' && user.patient !== null
        ? { name: user.name, patient: user.patient, actsFor: user.actsFor }
        : null,
    api: async (path, init = {}) => {
      if (!session) throw new Error('Nobody is logged in.');
      const {
        status,
        headers,
        body: content,
      } = await context.api
        .ask(session, {
          method: init.method ?? 'GET',
          path,
          headers: init.headers ?? {},
          body: init.body,
          address,
        })
        .catch((cause: unknown) => {
          throw cause instanceof RangeError ? cause : new Unreachable('', { cause });
        });
      asked.refused ||= status === 401;
      return new Response(content.length ? new Uint8Array(content) : null, {
        status,
        headers: headers as Record<string, string>,
      });
    },
    now: new Date(clock()),
    emergencyNumbers: options.emergencyNumbers.filter(({ staff }) => !staff),
    accessibilityContact: options.accessibilityContact ?? null,
    assets: built.patient,
  };
}

async function answer(
  { cookies, origin }: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  found: PatientAnswer,
): Promise<unknown> {
  switch (found.kind) {
    case 'html':
      if (found.policy !== undefined) reply.header('Content-Security-Policy', found.policy);
      reply.code(found.status).type('text/html; charset=utf-8');
      return sendCompressed(request, reply, Buffer.from(found.html));
    case 'redirect': {
      if (found.preferences) cookies.setPreferences(reply, found.preferences);
      const to = new URL(found.to, origin);
      return reply.redirect(to.origin === origin ? to.pathname + to.search + to.hash : '/patient/', 303);
    }
    case 'file':
      return reply
        .type(found.contentType)
        .header('Content-Disposition', `attachment; filename="${found.fileName.replace(/[^\w.-]/g, '_')}"`)
        .send(found.content);
    default:
      return found satisfies never;
  }
}
