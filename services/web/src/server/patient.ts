import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { PatientAnswer, PatientProblem, Receipt } from '../patient/contract.ts';
import { sendCompressed } from './compressed.ts';
import { type Context, endSession, sessionOf } from './context.ts';
import { forgetting, isOwnForm } from './headers.ts';
import { registerLogin } from './login-routes.ts';
import { addressBelow, type Carried, fieldsOf, requestOf, Unreachable } from './patient-request.ts';
import type { Session } from './sessions.ts';
import { markOf, type Unsent } from './unsent.ts';

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
    cookies.setUnsent(reply, undefined);
    return reply.headers(forgetting.patient).redirect('/patient/', 303);
  });

  /** Told once: without the cookie the next page is that of somebody who has not logged in. */
  const tellEnded = (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    endSession(context, request, reply, 'patient');
    return tell(keepUnsent(context, request, reply) ? 'not-sent' : 'session-ended', request, reply);
  };

  /** Whoever is logged in now may have words of her own kept: they stay. */
  const tellOtherPerson = (
    request: FastifyRequest,
    reply: FastifyReply,
    session: Session,
  ): Promise<unknown> => {
    const kept = context.unsent.open(cookies.unsent(request));
    if (!kept || !isOf(session, kept.mark)) keepUnsent(context, request, reply);
    return tell('other-person', request, reply);
  };

  const receipts = new WeakMap<Session, Receipt>();
  const page = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const isForm = request.method === 'POST';
    if (isForm && !isOwnForm(request, origin)) return tell('forbidden-form', request, reply);
    const found = sessionOf(context, request, 'patient');
    if (typeof found === 'string' && (found !== 'none' || isForm)) return tellEnded(request, reply);
    const session = typeof found === 'string' ? undefined : found;
    if (isForm && session && !isOf(session, fieldsOf(request).get('person')))
      return tellOtherPerson(request, reply, session);
    const carried = session && carriedBy(context, request, reply, session, receipts);
    try {
      const made = await built.patientClient.handle(requestOf(context, request, carried));
      if (carried?.refused) return await tellEnded(request, reply);
      if (made.kind === 'html' && made.status >= 500) keepUnsent(context, request, reply);
      if (session && made.kind === 'redirect' && made.receipt) receipts.set(session, made.receipt);
      return await answer(context, request, reply, made);
    } catch (error) {
      keepUnsent(context, request, reply);
      request.log.error({ error: { name: (error as Error).name } }, 'a page of the patient client failed');
      return tell(error instanceof Unreachable ? 'unreachable' : 'failed', request, reply);
    }
  };
  for (const path of ['/patient', '/patient/*'])
    app.route({ method: ['GET', 'POST'], url: path, handler: page });
}

/** Whether `mark` is of the person who is logged in, or of the child whom she acts for. */
const isOf = ({ user }: Session, mark: string | null): boolean =>
  user.client === 'patient' && mark === markOf(user);

/** A receipt is carried once. */
function carriedBy(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  session: Session,
  receipts: WeakMap<Session, Receipt>,
): Carried {
  const receipt = receipts.get(session) ?? null;
  receipts.delete(session);
  return { session, unsent: unsentOf(context, request, reply, session), receipt, refused: false };
}

/** Whether a form that was not carried out is kept for who wrote it. */
function keepUnsent(context: Context, request: FastifyRequest, reply: FastifyReply): boolean {
  const fields = fieldsOf(request);
  const mark = fields.get('person');
  if (!mark) return false;
  const at = addressBelow(request, context.origin);
  const sealed = context.unsent.seal({ mark, at, fields: fields.toString() });
  context.cookies.setUnsent(reply, sealed);
  return sealed !== undefined;
}

/** What this person has not sent. It goes when she sends a form, and when another logs in. */
function unsentOf(
  { cookies, unsent }: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  session: Session,
): Unsent | undefined {
  const sealed = cookies.unsent(request);
  if (sealed === undefined) return undefined;
  const found = unsent.open(sealed);
  if (found && request.method === 'GET' && isOf(session, found.mark)) return found;
  cookies.setUnsent(reply, undefined);
  return undefined;
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
