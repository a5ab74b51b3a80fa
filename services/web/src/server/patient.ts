import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Receipt } from '../patient/contract.ts';
import { type Context, endSession, sessionOf } from './context.ts';
import { forgetting, isOwnForm } from './headers.ts';
import { registerLogin } from './login-routes.ts';
import { answer } from './patient-answer.ts';
import { createProblems } from './patient-problems.ts';
import { type Carried, fieldsOf, requestOf, Unreachable } from './patient-request.ts';
import { type Session, secondsLeft } from './sessions.ts';
import { isOf, unsentOf } from './unsent-of-person.ts';

/** The patient client: carries requests to its bundle, with the session's part of the API, and its answers back. */
export function registerPatient(app: FastifyInstance, context: Context): void {
  const { built, cookies, origin } = context;
  const { tell, tellEnded, tellOtherPerson, tellFailed } = createProblems(context);

  registerLogin(app, context, 'patient', (request, reply, problem) =>
    tell(problem === 'failed' ? 'login-failed' : problem, request, reply),
  );
  app.post('/patient/logout', async (request, reply) => {
    if (!isOwnForm(request, origin)) return tell('forbidden-form', request, reply);
    endSession(context, request, reply, 'patient');
    cookies.setUnsent(reply, undefined);
    return reply.headers(forgetting.patient).redirect('/patient/', 303);
  });

  const receipts = new WeakMap<Session, DueReceipt>();
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
      if (isForm && made.kind === 'html' && made.status >= 500)
        return await tellFailed(request, reply, 'unreachable', carried?.wrote);
      if (session && made.kind === 'redirect' && made.receipt)
        receipts.set(session, { to: made.to, receipt: made.receipt });
      if (session && carried?.receipt && made.kind === 'html' && made.status < 400) receipts.delete(session);
      return await answer(context, request, reply, made);
    } catch (error) {
      request.log.error({ error: { name: (error as Error).name } }, 'a page of the patient client failed');
      const problem = error instanceof Unreachable ? 'unreachable' : 'failed';
      return tellFailed(request, reply, problem, carried?.wrote);
    }
  };
  // That it is asked is what keeps the session.
  app.get('/patient/stanna', async (request, reply) => {
    const session = sessionOf(context, request, 'patient');
    if (typeof session === 'string') return reply.code(401).send({});
    return reply.send({ seconds: secondsLeft(session, context.clock()) });
  });
  for (const path of ['/patient', '/patient/*'])
    app.route({ method: ['GET', 'POST'], url: path, handler: page });
}

interface DueReceipt {
  readonly receipt: Receipt;
  /** Address of the page that tells of it, once: other tabs and files leave it. */
  readonly to: string;
}

function carriedBy(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  session: Session,
  receipts: WeakMap<Session, DueReceipt>,
): Carried {
  const due = receipts.get(session);
  const receipt = due?.to === request.url ? due.receipt : null;
  const unsent = unsentOf(context, request, reply, session);
  return { session, unsent, receipt, refused: false, wrote: false };
}
