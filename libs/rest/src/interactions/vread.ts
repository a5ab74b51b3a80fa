import { Problem } from '@naravard/fhir';
import type { Interaction } from '../call.ts';
import { isUnchanged, versionNumber } from '../etag.ts';
import { refusal, resourceReply } from '../reply.ts';
import { subsetOf } from '../subset.ts';

/** http://hl7.org/fhir/R4/http.html#vread: one version; 410 for the version that is a deletion. */
export const vread: Interaction = {
  name: 'vread',
  method: 'GET',
  route: '/:type/:id/_history/:version',
  async handle(engine, call) {
    const { context, type, id, version, conditions } = call;
    const subset = subsetOf(engine, call);
    const number = versionNumber(version);
    const stored = await engine.store.readVersion(context, type, id, number);
    if (!stored) return refusal(new Problem('not-found'));
    if (stored.deleted) return refusal(new Problem('deleted'));
    const { lastUpdated } = stored;
    if (isUnchanged(conditions, number, lastUpdated)) {
      return { status: 304, version: number, lastModified: lastUpdated };
    }
    return resourceReply(stored, subset);
  },
};
