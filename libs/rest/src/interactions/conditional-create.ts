import { Problem } from '@naravard/fhir';
import type { Call } from '../call.ts';
import { conditionOf, oneOf } from '../condition.ts';
import type { Engine } from '../engine.ts';
import { existingReply, type Reply, writtenReply } from '../reply.ts';
import { stage } from '../stage.ts';
import { writeWithin } from '../written.ts';

/**
 * http://hl7.org/fhir/R4/http.html#ccreate: none -> 201, one -> 200 and nothing is written, more -> 412. Callers with
 * an equal condition wait for each other, so that racing ones make one resource.
 */
export async function conditionalCreate(engine: Engine, call: Call): Promise<Reply> {
  const { type, body, resource, context, conditions, prefer } = call;
  const query = conditionOf(engine, type, conditions.ifNoneExist ?? '');
  const id = engine.store.newId();
  const incoming = { type, id, text: body, resource, method: 'POST', mode: 'create' } as const;
  const { write, warnings } = stage(engine, context, incoming);
  return engine.store.transaction(context, async (transaction) => {
    const [match] = await transaction.resolve([{ query, lock: true }]);
    const found = oneOf(match);
    if (found) {
      const stored = await transaction.read(found.type, found.id);
      if (!stored || stored.deleted)
        throw new Problem('conflict', 'The match was deleted meanwhile: send the request again.');
      return existingReply(stored, prefer.return);
    }
    return writtenReply(write, await writeWithin(transaction, call, write), warnings, prefer.return);
  });
}
