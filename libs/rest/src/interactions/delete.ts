import type { Interaction } from '../call.ts';
import { expectedVersion } from '../etag.ts';
import { deletedReply } from '../reply.ts';
import { writeAlone } from '../written.ts';

/**
 * http://hl7.org/fhir/R4/http.html#delete: a deletion is a version; earlier ones stay readable. Deleting what is absent
 * or already deleted is done as well (204).
 */
export const remove: Interaction = {
  name: 'delete',
  method: 'DELETE',
  route: '/:type/:id',
  writes: true,
  async handle(engine, call) {
    const { type, id, conditions } = call;
    const expected = expectedVersion(conditions.ifMatch);
    return writeAlone(engine, call, { kind: 'delete', type, id, expected }, deletedReply);
  },
};
