import type { Interaction } from '../call.ts';
import { conditionOf, lockedMatch } from '../condition.ts';
import { expectedVersion } from '../etag.ts';
import { deletedReply } from '../reply.ts';
import { writeWithin } from '../written.ts';

/** http://hl7.org/fhir/R4/http.html#3.1.0.7.1: deletes the one match; none -> 204, more -> 412. */
export const conditionalDelete: Interaction = {
  name: 'delete',
  method: 'DELETE',
  route: '/:type',
  writes: true,
  async handle(engine, call) {
    const { context, type, query, conditions } = call;
    const condition = conditionOf(engine, type, query);
    const expected = expectedVersion(conditions.ifMatch);
    return engine.store.transaction(context, async (transaction) => {
      const found = await lockedMatch(transaction, condition);
      if (!found) return deletedReply();
      return deletedReply(
        await writeWithin(transaction, call, { kind: 'delete', type, id: found.id, expected }),
      );
    });
  },
};
