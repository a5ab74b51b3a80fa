import { Problem } from '@naravard/fhir';
import type { Store } from '@naravard/store';
import { guardedWrites } from '../guarded-writes.ts';
import { includesProvenance, targetsOf } from './asked.ts';
import type { ProvenanceIds } from './provenance-ids.ts';
import { createRendering } from './rendering.ts';
import { searchByTarget, withProvenance } from './search-by-target.ts';

interface Options {
  ids: ProvenanceIds;
  /** Types that an id without a type may be of. */
  types: Iterable<string>;
  /** Our own FHIR base. */
  base: string;
}

/**
 * The store, in which every version has a Provenance (PDL 2008:355 3 kap 6 §) that is seen by whoever may see the version:
 * read by its id, found by its target beside those that were written, and brought along by `_revinclude`. It is rendered,
 * so that it cannot be lacking or be changed.
 */
export function provenancedStore(store: Store, { ids, types, base }: Options): Store {
  const rendering = createRendering(store, ids);
  const isRendered = (type: string, id: string) => type === 'Provenance' && rendering.isRendered(id);
  const guarded = guardedWrites(store, (_context, writes) => {
    if (writes.some(({ type, id }) => isRendered(type, id))) throw notYours();
  });
  return {
    ...guarded,
    read: (context, type, id) =>
      isRendered(type, id) ? rendering.byId(context, id) : store.read(context, type, id),
    readVersion: (context, type, id, version) =>
      version === 1 && isRendered(type, id)
        ? rendering.byId(context, id)
        : store.readVersion(context, type, id, version),
    async search(context, query) {
      const targets = targetsOf(query, types, base);
      if (targets) return searchByTarget(store.search, rendering, context, query, targets);
      const page = await store.search(context, query);
      return includesProvenance(query) ? withProvenance(rendering, context, query, page) : page;
    },
  };
}

const notYours = (): Problem =>
  new Problem(
    'forbidden',
    'This Provenance is made by the service from the version that it is about: write one of your own, with POST.',
  );
