import { Problem } from '@naravard/fhir';
import type { Interaction } from '../call.ts';
import { isUnchanged } from '../etag.ts';
import { refusal, resourceReply } from '../reply.ts';
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
    if (!stored) return refusal(new Problem('not-found'));
    if (stored.deleted) return { ...refusal(new Problem('deleted')), version: stored.version };
    const { version, lastUpdated } = stored;
    if (isUnchanged(conditions, version, lastUpdated))
      return { status: 304, version, lastModified: lastUpdated };
    return resourceReply(stored, subset);
  },
};
