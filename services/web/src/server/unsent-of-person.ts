import type { FastifyReply, FastifyRequest } from 'fastify';
import { puttingAway } from '../patient/contract.ts';
import { addressOf, type Context } from './context.ts';
import { addressBelow, cameFrom, fieldsOf } from './patient-request.ts';
import type { Session } from './sessions.ts';
import { markOf, type Unsent } from './unsent.ts';

/** What became of a form that was not carried out; undefined where none came. */
export type Fate = 'kept' | 'lost' | undefined;

/** Keeps a form for who wrote it. */
export function keepUnsent(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  maybeSent = false,
): Fate {
  const fields = fieldsOf(request);
  const mark = fields.get('person');
  if (!mark) return undefined;
  const at = addressBelow(request, context.origin);
  const sealed = context.unsent.seal({ mark, at, fields: fields.toString(), maybeSent });
  context.cookies.setUnsent(reply, sealed);
  return sealed === undefined ? 'lost' : 'kept';
}

/** What this person has not sent. It goes when she sends a form or puts it away, and when another opens a page. */
export function unsentOf(
  { cookies, unsent, origin }: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  session: Session,
): Unsent | undefined {
  const sealed = cookies.unsent(request);
  if (sealed === undefined) return undefined;
  const found = unsent.open(sealed);
  const isPutAway =
    addressOf(request, origin).searchParams.has(puttingAway) && cameFrom(request, origin) === found?.at;
  if (found && !isPutAway && request.method === 'GET' && isOf(session, found.mark)) return found;
  cookies.setUnsent(reply, undefined);
  return undefined;
}

/** Whether `mark` is of the person who is logged in, or of the child whom she acts for. */
export const isOf = ({ user }: Session, mark: string | null): boolean =>
  user.client === 'patient' && mark === markOf(user);
