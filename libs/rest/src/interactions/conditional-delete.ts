import { Problem } from '@naravard/fhir';
import type { Interaction } from '../call.ts';
import { conditionOf, oneOf } from '../condition.ts';
import { expectedVersion } from '../etag.ts';
import { deletedReply } from '../reply.ts';
import { failureOf } from '../written.ts';

/** http://hl7.org/fhir/R4/http.html#3.1.0.7.1: deletes the one match; none -> 204, more -> 412. */
export const conditionalDelete: Interaction = {
  name: 'delete',
  method: 'DELETE',
  route: '/:type',
  async handle(engine, { context, type, query, conditions }) {
    const condition = conditionOf(engine, type, query);
    return engine.store.transaction(context, async (transaction) => {
      const [match] = await transaction.resolve([{ query: condition, lock: true }]);
      const found = oneOf(match);
      if (!found) return deletedReply();
      const expected = expectedVersion(conditions.ifMatch) ?? found.version;
      const [written] = await transaction.write([{ kind: 'delete', type, id: found.id, expected }]);
      if (!written) throw new Problem('internal');
      const failure = failureOf(written, 'DELETE');
      if (failure) throw failure;
      return deletedReply(written);
    });
  },
};
