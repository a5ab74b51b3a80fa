import { Problem } from '@naravard/fhir';
import type { Interaction } from '../call.ts';
import { expectedVersion } from '../etag.ts';
import { deletedReply, refusal } from '../reply.ts';
import { failureOf } from '../written.ts';

/**
 * http://hl7.org/fhir/R4/http.html#delete: a deletion is a version; earlier ones stay readable. Deleting what is absent
 * or already deleted is done as well (204).
 */
export const remove: Interaction = {
  name: 'delete',
  method: 'DELETE',
  route: '/:type/:id',
  async handle({ store }, { context, type, id, conditions }) {
    const expected = expectedVersion(conditions.ifMatch);
    const [written] = await store.write(context, [{ kind: 'delete', type, id, expected }]);
    if (!written) throw new Problem('internal');
    const failure = failureOf(written, 'DELETE');
    if (failure) return refusal(failure);
    return deletedReply(written);
  },
};
