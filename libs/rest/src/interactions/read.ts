import type { Interaction } from '../call.ts';
import { isUnchanged } from '../etag.ts';
import { isThere, missing, resourceReply } from '../reply.ts';
import { subsetOf } from '../subset.ts';

/**
 * http://hl7.org/fhir/R4/http.html#read: the current version; 410 when it has been deleted, 304 when the caller has it.
 * Absent and not visible answer alike.
 */
export const read: Interaction = {
  name: 'read',
  method: 'GET',
  route: '/:type/:id',
  async handle(engine, call) {
    const { context, type, id, conditions } = call;
    const subset = subsetOf(engine, call);
    const stored = await engine.store.read(context, type, id);
    if (!isThere(stored)) return missing(stored);
    const { version, lastUpdated } = stored;
    if (isUnchanged(conditions, version, lastUpdated))
      return { status: 304, version, lastModified: lastUpdated };
    return resourceReply(stored, subset);
  },
};
