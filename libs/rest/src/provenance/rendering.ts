import type { OriginTarget, RequestContext, Store, Stored } from '@naravard/store';
import type { ProvenanceIds } from './provenance-ids.ts';
import { renderedProvenance } from './rendered.ts';

/** Provenance resources made of versions, of those that the caller may see. */
export interface Rendering {
  /** Whether the id is of one that is made, by anybody's data. */
  isRendered(id: string): boolean;
  /** Undefined when absent or not visible. */
  byId(context: RequestContext, id: string): Promise<Stored | undefined>;
  /** Newest first. */
  ofTargets(context: RequestContext, targets: readonly OriginTarget[], page: Page): Promise<RenderedPage>;
}

type Position = readonly (string | null)[];

interface Page {
  count: number;
  total: boolean;
  after?: Position | undefined;
}

export interface RenderedPage {
  resources: Stored[];
  next?: Position;
  total?: number;
}

export const createRendering = (store: Pick<Store, 'origins'>, ids: ProvenanceIds): Rendering => ({
  isRendered: (id) => ids.open(id) !== undefined,
  async byId(context, id) {
    const key = ids.open(id);
    if (!key) return undefined;
    const { origins } = await store.origins(context, { kind: 'one', key });
    return origins[0] && renderedProvenance(origins[0], id);
  },
  async ofTargets(context, targets, page) {
    if (!targets.length || (!page.count && !page.total)) return { resources: [], total: 0 };
    const { origins, ...rest } = await store.origins(context, { kind: 'targets', targets, ...page });
    return { ...rest, resources: origins.map((origin) => renderedProvenance(origin, ids.seal(origin.key))) };
  },
});
