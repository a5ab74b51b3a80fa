import { Problem } from '@naravard/fhir';
import type { CatalogState, CustomRow } from '@naravard/store';
import type { Interaction } from '../call.ts';
import { percentOf } from '../live-catalog.ts';
import { refusal, textOf } from '../reply.ts';

/**
 * How far the resources of its types are indexed by a custom search parameter, as Parameters: one `index` a type, with
 * its state (`building` or `active`) and the resources done and to do. For administrators.
 */
export const reindexProgress: Interaction = {
  name: 'operation',
  method: 'GET',
  route: '/SearchParameter/:id/$reindex',
  async handle({ store }, { context, id }) {
    if (context.actor.kind !== 'administrator') {
      throw new Problem('forbidden', 'Only an administrator may see how far an index is.');
    }
    const stored = await store.read(context, 'SearchParameter', id);
    if (!stored) return refusal(new Problem('not-found'));
    if (stored.deleted) return { ...refusal(new Problem('deleted')), version: stored.version };
    const { url } = JSON.parse(textOf(stored)) as { url: string };
    const state = await store.catalog();
    const own = state.parameters.filter((parameter) => parameter.url === url);
    const parameter = [
      { name: 'url', valueUri: url },
      ...own.map((each) => ({ name: 'index', part: partsOf(each, state) })),
    ];
    return { status: 200, body: JSON.stringify({ resourceType: 'Parameters', parameter }) };
  },
};

function partsOf({ base, code, version }: CustomRow, { types }: CatalogState): object[] {
  const { ready = 0, done = 0, total = 0 } = types.find(({ type }) => type === base) ?? {};
  const isActive = version <= ready;
  return [
    { name: 'base', valueCode: base },
    { name: 'code', valueCode: code },
    { name: 'state', valueCode: isActive ? 'active' : 'building' },
    { name: 'percent', valueInteger: isActive ? 100 : percentOf(done, total) },
    { name: 'done', valueUnsignedInt: done },
    { name: 'total', valueUnsignedInt: total },
  ];
}
