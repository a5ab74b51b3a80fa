import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PatientProblem } from '../patient/contract.ts';
import { type Context, endSession } from './context.ts';
import { answer } from './patient-answer.ts';
import { requestOf } from './patient-request.ts';
import type { Session } from './sessions.ts';
import { type Fate, isOf, keepUnsent } from './unsent-of-person.ts';

/** Tells a patient why there is no page, and keeps the form that came. */
export function createProblems(context: Context) {
  const tell = (problem: PatientProblem, request: FastifyRequest, reply: FastifyReply, form?: Fate) => {
    const { patientClient } = context.built;
    const page = patientClient.problemPage(problem, requestOf(context, request), form === 'lost');
    return answer(context, request, reply, page);
  };
  return {
    tell,
    /** Told once: without the cookie the next page is that of somebody who has not logged in. */
    tellEnded(request: FastifyRequest, reply: FastifyReply) {
      endSession(context, request, reply, 'patient');
      const form = keepUnsent(context, request, reply);
      return tell(form === 'kept' ? 'not-sent' : 'session-ended', request, reply, form);
    },
    /** Whoever is logged in now may have words of her own kept: they stay. */
    tellOtherPerson(request: FastifyRequest, reply: FastifyReply, session: Session) {
      const kept = context.unsent.open(context.cookies.unsent(request));
      const form = kept && isOf(session, kept.mark) ? 'lost' : keepUnsent(context, request, reply);
      return tell('other-person', request, reply, form);
    },
    /** @param maybeSent whether what the form asks for may have been done, though no answer says so */
    tellFailed(request: FastifyRequest, reply: FastifyReply, problem: PatientProblem, maybeSent = false) {
      const form = keepUnsent(context, request, reply, maybeSent);
      return tell(maybeSent ? 'maybe-sent' : problem, request, reply, form);
    },
  };
}
