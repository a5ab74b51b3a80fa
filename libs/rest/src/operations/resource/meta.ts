import { Problem } from '@naravard/fhir';
import type { Stored } from '@naravard/store';
import type { Interaction } from '../../call.ts';
import { versionNumber } from '../../etag.ts';
import { type Reply, refusal, textOf } from '../../reply.ts';
import { questionOf } from '../question.ts';

/**
 * `GET [type]/[id]/$meta` (http://hl7.org/fhir/R4/resource-operation-meta.html): profiles, tags and security labels of a resource,
 * as a read shows them.
 */
export const meta: Interaction = {
  name: '$meta',
  method: 'GET',
  route: '/:type/:id/$meta',
  async handle({ store }, call) {
    questionOf(call);
    const { context, type, id } = call;
    return metaOf(await store.read(context, type, id));
  },
};

/** `GET [type]/[id]/_history/[version]/$meta`: the same of one version. */
export const versionMeta: Interaction = {
  name: '$meta',
  method: 'GET',
  route: '/:type/:id/_history/:version/$meta',
  async handle({ store }, call) {
    questionOf(call);
    const { context, type, id, version } = call;
    return metaOf(await store.readVersion(context, type, id, versionNumber(version)));
  },
};

/**
 * `GET $meta` and `GET [type]/$meta` are refused, as R4 lets: true for one caller, they would have to look through all that this
 * caller may see.
 */
export const wideMeta: readonly Interaction[] = ['/$meta', '/:type/$meta'].map((route) => ({
  name: '$meta',
  method: 'GET',
  route,
  async handle() {
    throw new Problem('unknown-route', {
      severity: 'error',
      diagnostics:
        '$meta is answered for one resource, at [type]/[id]/$meta: search with _tag, _security or _profile for resources that have one.',
    });
  },
}));

function metaOf(stored: Stored | undefined): Reply {
  if (!stored) return refusal(new Problem('not-found'));
  return stored.deleted ? refusal(new Problem('deleted')) : metaReply(stored);
}

/** The meta of a resource as the operations on it answer. */
export function metaReply(stored: Stored): Reply {
  const { version, lastUpdated } = stored;
  const { meta: valueMeta } = JSON.parse(textOf(stored)) as { meta: object };
  return {
    status: 200,
    version,
    lastModified: lastUpdated,
    body: JSON.stringify({ resourceType: 'Parameters', parameter: [{ name: 'return', valueMeta }] }),
  };
}
