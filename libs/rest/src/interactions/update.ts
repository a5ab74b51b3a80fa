import { Problem } from '@naravard/fhir';
import type { Call, Interaction } from '../call.ts';
import type { Engine } from '../engine.ts';
import { createsOnly, expectedVersion } from '../etag.ts';
import { writtenReply } from '../reply.ts';
import { type Staged, stage } from '../stage.ts';
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
    const { write, warnings } = stageUpdate(engine, call);
    if (write.mode === 'create' && !call.context.actor.mayChooseIds) await refuseNewId(engine, call);
    const [written] = await engine.store.write(call.context, [write]);
    if (!written) throw new Problem('internal');
    const failure = failureOf(written, 'PUT');
    if (failure) throw failure;
    return writtenReply(write, written, warnings, call.prefer.return);
  },
};

function stageUpdate(engine: Engine, { context, type, id, body, conditions }: Call): Staged {
  const any = context.actor.mayChooseIds ? 'any' : 'update';
  const mode = createsOnly(conditions) ? 'create' : any;
  const expected = expectedVersion(conditions.ifMatch);
  return stage(engine, context.actor, { type, id, text: body, method: 'PUT', mode, expected });
}

/** If-None-Match: * by a caller that may not choose ids can only fail; which way depends on what is there. */
async function refuseNewId({ store }: Engine, { context, type, id }: Call): Promise<never> {
  const [current] = await store.transaction(context, (transaction) => transaction.current([{ type, id }]));
  if (!current || current.deleted) throw chooseIdProblem();
  throw new Problem('stale-version', 'There is such a resource already: leave If-None-Match out to update it.');
}
