import { Problem } from '@naravard/fhir';
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
  /** Those of the ids, each once, in their order. @throws Problem 'too-costly' for very many */
  ofIds(context: RequestContext, ids: readonly string[], page: Page): Promise<RenderedPage>;
}

type Position = readonly (string | null)[];

export interface Page {
  count: number;
  total: boolean;
  after?: Position | undefined;
}

export interface RenderedPage {
  resources: Stored[];
  next?: Position;
  total?: number;
}

/** Each is looked up by itself. */
const mostIds = 100;

export const createRendering = (store: Pick<Store, 'origins'>, ids: ProvenanceIds): Rendering => ({
  isRendered: (id) => ids.open(id) !== undefined,
  async byId(context, id) {
    const key = ids.open(id);
    if (!key) return undefined;
    const { origins } = await store.origins(context, { kind: 'one', key });
    return origins[0] && renderedProvenance(origins[0], id);
  },
  async ofIds(context, asked, { count, total, after }) {
    if (asked.length > mostIds) throw tooMany();
    const start = Number(after?.[0] ?? 0);
    const end = start + count;
    const found = new Map<string, Stored>();
    for (const id of total ? asked : asked.slice(start, end)) {
      const made = await this.byId(context, id);
      if (made) found.set(id, made);
    }
    return {
      resources: asked.slice(start, end).flatMap((id) => found.get(id) ?? []),
      ...(count > 0 && end < asked.length && { next: [String(end)] }),
      ...(total && { total: found.size }),
    };
  },
  async ofTargets(context, targets, page) {
    if (!targets.length || (!page.count && !page.total)) return { resources: [], total: 0 };
    const { origins, ...rest } = await store.origins(context, { kind: 'targets', targets, ...page });
    return { ...rest, resources: origins.map((origin) => renderedProvenance(origin, ids.seal(origin.key))) };
  },
});

const tooMany = (): Problem =>
  new Problem('too-costly', {
    severity: 'error',
    expression: '_id',
    diagnostics: `Ask for at most ${mostIds} Provenance resources by _id at a time.`,
  });
