import { Problem } from '@naravard/fhir';
import type { PutWrite } from '@naravard/store';
import type { Call, Interaction } from '../call.ts';
import { createsOnly, expectedVersion } from '../etag.ts';
import { refusal, writtenReply } from '../reply.ts';
import { stage } from '../stage.ts';
import { chooseIdProblem, failureOf } from '../written.ts';

/**
 * http://hl7.org/fhir/R4/http.html#update: a new version, or the same one when nothing changed. Creates at an unknown id
 * only for callers that may choose ids.
 */
export const update: Interaction = {
  name: 'update',
  method: 'PUT',
  route: '/:type/:id',
  body: ['fhir'],
  async handle(engine, call) {
    const { context, type, id, body, resource, conditions, prefer } = call;
    const expected = expectedVersion(conditions.ifMatch);
    const mode = updateMode(call);
    const incoming = { type, id, text: body, resource, method: 'PUT', mode, expected } as const;
    const { write, warnings } = stage(engine, context.actor, incoming);
    const [written] = await engine.store.write(context, [write]);
    if (!written) throw new Problem('internal');
    const failure = failureOf(written, 'PUT');
    if (failure) return refusal(failure);
    return writtenReply(write, written, warnings, prefer.return);
  },
};

/** @throws Problem 'forbidden' for `If-None-Match: *` by a caller that may not choose ids: it can only fail. */
export function updateMode({ conditions, context }: Pick<Call, 'conditions' | 'context'>): PutWrite['mode'] {
  const { mayChooseIds } = context.actor;
  if (!createsOnly(conditions)) return mayChooseIds ? 'any' : 'update';
  if (!mayChooseIds) throw chooseIdProblem();
  return 'create';
}
