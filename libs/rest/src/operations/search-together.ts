import { followable, type Include, type Query } from '@naravard/search';
import type { RequestContext, Stored } from '@naravard/store';
import type { Pair } from '../call.ts';
import type { Engine } from '../engine.ts';
import { parseSearch, reachOfType } from '../search-reach.ts';

/** One of several searches: of a type, by its parameters. */
export interface Sought {
  readonly type: string;
  readonly pairs: readonly Pair[];
}

interface Follow {
  readonly from: string;
  readonly to: string;
}

export interface SoughtTogether {
  /** Id of the one patient whom all that is found is about; what is about others is then left out, and nothing is included but by `follow`. */
  readonly around?: string;
  readonly searches: readonly Sought[];
  /** What resources of a type, found or included, refer to in whatever element, extensions among them. */
  readonly follow: readonly Follow[];
  /** With `around`: what is about nobody, of a type, that refers to resources of another that are found. */
  readonly back?: readonly Follow[];
  /** Matches of all searches together, the latest changed first. */
  readonly most: number;
  readonly mostIncluded: number;
}

/**
 * Searches of an operation in one statement, hence one round trip and one snapshot; all that is found is what the caller may
 * see. `complete` is false when there is more than was asked for.
 */
export async function searchTogether(
  engine: Engine,
  context: RequestContext,
  { around, searches, follow, back = [], most, mostIncluded }: SoughtTogether,
): Promise<{ resources: Stored[]; complete: boolean }> {
  const reading = { lenient: false, now: Date.parse(context.at) };
  const includes = around === undefined ? follow.flatMap((each) => includesOf(engine, each)) : [];
  const queries = searches.map(({ type, pairs }, index) =>
    parseSearch(
      engine,
      reachOfType(type),
      [...pairs, ...(index === 0 ? includes : []), ['_sort', '-_lastUpdated']],
      reading,
    ),
  );
  const query: Query = {
    parts: queries.flatMap(({ parts }) => parts),
    ...(around === undefined
      ? { includes: [...queries.flatMap((each) => each.includes), ...follow.map(following)] }
      : { includes: [], around: { patient: around, follow, back } }),
    maxIncluded: mostIncluded,
    count: most,
    total: false,
    subset: null,
    self: '',
    ignored: [],
  };
  const { resources, included, includedAll, next } = await engine.store.search(context, query);
  return { resources: [...resources, ...included], complete: includedAll && next === undefined };
}

/** By each reference parameter of its own: `*` would have to look at what it may lead to before it is followed. */
function includesOf({ catalog }: Engine, { from, to }: Follow): Pair[] {
  const leading = catalog
    .parameters(from)
    .filter((each) => followable(each) && (!each.targets.length || each.targets.includes(to)));
  const codes = new Map(leading.map(({ stored, code }) => [stored, code]));
  return [...codes.values()].map((code) => ['_include:iterate', `${from}:${code}:${to}`]);
}

/**
 * An include by the edges that no search parameter has (`furtherEdges` of libs/search), those of extensions among them, which
 * nobody can ask for; what they lead to is cut by the Scope as all that is included.
 */
const following = ({ from, to }: Follow): Include => ({
  reverse: false,
  type: from,
  parameter: {
    resourceType: from,
    code: '_refers',
    stored: '_refers',
    type: 'reference',
    url: '',
    only: null,
    targets: [to],
    column: null,
    paths: [],
  },
  target: to,
  iterate: true,
  revealing: [],
});
