import { allows } from '@naravard/access';
import { Problem } from '@naravard/fhir';
import type { HistoryPage, HistoryQuery, Store, Stored } from '@naravard/store';
import { guardedWrites } from '../guarded-writes.ts';
import { idsOf, includesProvenance, targetsOf } from './asked.ts';
import type { ProvenanceIds } from './provenance-ids.ts';
import { renderedFirst, withProvenance } from './rendered-search.ts';
import { createRendering } from './rendering.ts';

interface Options {
  ids: ProvenanceIds;
  /** Types that an id without a type may be of. */
  types: Iterable<string>;
  /** Our own FHIR base. */
  base: string;
}

/**
 * The store, in which every version has a Provenance (PDL 2008:355 3 kap 6 §) that is seen by whoever may see the version:
 * read by its id, with the one version that it has, found by its target or `_id` beside those that were written, and brought
 * along by `_revinclude`. It is rendered, so that it cannot be lacking or be changed.
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
    async history(context, query) {
      const { types, id } = query;
      if (id === undefined || !isRendered(types[0] ?? '', id)) return store.history(context, query);
      const made = await rendering.byId(context, id);
      return made && onlyVersion(made, query);
    },
    async search(context, query) {
      const targets = targetsOf(query, types, base);
      if (targets) {
        return renderedFirst(store.search, context, query, (page) =>
          rendering.ofTargets(context, targets, page),
        );
      }
      const ids = idsOf(query)?.filter(rendering.isRendered);
      if (ids?.length) {
        return renderedFirst(store.search, context, query, (page) => rendering.ofIds(context, ids, page));
      }
      const page = await store.search(context, query);
      // Scopes of the token cut what is included, and this is no row for the Scope to cut.
      const brings = includesProvenance(query) && allows(context.actor.grants, 'Provenance', 's', []);
      return brings ? withProvenance(rendering, context, query, page) : page;
    },
  };
}

/** http://hl7.org/fhir/R4/http.html#history: `_since` and `_at` may leave it out. */
function onlyVersion(made: Stored, { since, at, count }: HistoryQuery): HistoryPage {
  const time = Date.parse(made.lastUpdated);
  const isAsked = !(since && time < Date.parse(since)) && !(at && time >= Date.parse(at.end));
  return { resources: isAsked && count > 0 ? [made] : [], total: isAsked ? 1 : 0 };
}

const notYours = (): Problem =>
  new Problem(
    'forbidden',
    'This Provenance is made by the service from the version that it is about: write one of your own, with POST.',
  );
