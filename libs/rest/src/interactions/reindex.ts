import { Problem } from '@naravard/fhir';
import type { CatalogState, CustomRow } from '@naravard/store';
import type { Interaction } from '../call.ts';
import { percentOf } from '../live-catalog.ts';
import { isThere, missing, textOf } from '../reply.ts';

/**
 * How far the resources of its types are indexed by a custom search parameter, as Parameters: one `index` a type, with
 * its state (`building` or `active`), the resources done and to do, and, where the last step of this process failed, kind
 * of problem and constraint as `failure` (the log has more). For administrators.
 */
export const reindexProgress: Interaction = {
  name: 'operation',
  method: 'GET',
  route: '/SearchParameter/:id/$reindex',
  async handle({ store, live }, { context, id }) {
    if (context.actor.kind !== 'administrator') {
      throw new Problem('forbidden', 'Only an administrator may see how far an index is.');
    }
    const stored = await store.read(context, 'SearchParameter', id);
    if (!isThere(stored)) return missing(stored);
    const { url } = JSON.parse(textOf(stored)) as { url: string };
    const state = await store.catalog();
    const own = state.parameters.filter((parameter) => parameter.url === url);
    const parameter = [
      { name: 'url', valueUri: url },
      ...own.map((each) => ({ name: 'index', part: partsOf(each, state, live.failures.get(each.base)) })),
    ];
    return { status: 200, body: JSON.stringify({ resourceType: 'Parameters', parameter }) };
  },
};

function partsOf(
  { base, code, version }: CustomRow,
  { types }: CatalogState,
  failure: string | undefined,
): object[] {
  const { ready = 0, done = 0, total = 0 } = types.find(({ type }) => type === base) ?? {};
  const isActive = version <= ready;
  return [
    { name: 'base', valueCode: base },
    { name: 'code', valueCode: code },
    { name: 'state', valueCode: isActive ? 'active' : 'building' },
    { name: 'percent', valueInteger: isActive ? 100 : percentOf(done, total) },
    { name: 'done', valueUnsignedInt: done },
    { name: 'total', valueUnsignedInt: total },
    ...(failure === undefined ? [] : [{ name: 'failure', valueString: failure }]),
  ];
}
