import { Problem, type Subset } from '@naravard/fhir';
import { type Condition, type Query, shown } from '@naravard/search';
import type { RequestContext, Stored } from '@naravard/store';
import type { Engine } from '../engine.ts';
import { parsePairs } from '../query-pairs.ts';
import { parseSearch, reachOfType } from '../search-reach.ts';
import { bad, type ExportInput } from './export-request.ts';

/** What resources of a type must meet to be exported, all of it. */
export type ExportPlan = ReadonlyMap<string, readonly Condition[]>;

/**
 * Conditions by type: `_since`, and one of the searches of `_typeFilter` that are of the type. Made anew by who goes on with
 * an export, since conditions are no data.
 * @throws Problem 'bad-request' or 'unknown-parameter'
 */
export function exportPlan(engine: Engine, { types, since, filters }: ExportInput): ExportPlan {
  const searches = filters.map((filter) => filterOf(engine, types, filter));
  return new Map(
    types.map((type) => {
      const own = searches.filter((each) => each.type === type);
      const changed = since === null ? [] : conditionsOf(engine, type, [['_lastUpdated', `ge${since}`]]);
      const anyOf: Condition[] = own.length
        ? [{ kind: 'any', conditions: own.map(({ conditions }) => ({ kind: 'all', conditions })) }]
        : [];
      return [type, [...changed, ...anyOf]];
    }),
  );
}

function filterOf(
  engine: Engine,
  types: readonly string[],
  filter: string,
): { type: string; conditions: readonly Condition[] } {
  const [type = '', ...rest] = filter.split('?');
  if (!types.includes(type) || !rest.length) {
    throw bad(
      '_typeFilter',
      `write searches of the exported types, as Encounter?status=finished; not '${shown(type)}'.`,
    );
  }
  try {
    return { type, conditions: conditionsOf(engine, type, parsePairs(rest.join('?'))) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Problem(
      error.kind,
      error.findings.map((finding) => ({ ...finding, expression: '_typeFilter' })),
      { cause: error.cause },
    );
  }
}

function conditionsOf(
  engine: Engine,
  type: string,
  pairs: readonly (readonly [string, string])[],
): readonly Condition[] {
  const query = parseSearch(engine, reachOfType(type), pairs, { lenient: false, now: Date.now() });
  const conditions = query.parts[0]?.conditions ?? [];
  if (conditions.length && isPlain(query, pairs)) return conditions;
  throw bad(
    '_typeFilter',
    'it says which resources, and nothing of order, number, form or what comes with them.',
  );
}

/** Values of one search. */
const TOGETHER = 50;

/**
 * Ids of those among resources of a type that are masked, or about whose patient something is blocked, and that the conditions do
 * not find now: that they were found tells what is masked or blocked since (OSL 2009:400 22 kap 1 §, PDL 2008:355 4 kap 4 §).
 */
export async function lostSince(
  engine: Engine,
  context: RequestContext,
  type: string,
  conditions: readonly Condition[],
  resources: readonly Stored[],
): Promise<ReadonlySet<string>> {
  const keptBack = resources
    .filter(({ mask, blocked }) => mask === 'protected-identity' || blocked)
    .map(({ id }) => id);
  const lost = new Set(conditions.length ? keptBack : []);
  for (let at = 0; at < keptBack.length && lost.size; at += TOGETHER) {
    const pairs = [['_id', keptBack.slice(at, at + TOGETHER).join(',')]] as const;
    const query = parseSearch(engine, reachOfType(type), pairs, { lenient: false, now: Date.now() });
    const parts = query.parts.map((part) => ({ ...part, conditions: [...part.conditions, ...conditions] }));
    const finding = { ...context, scope: context.searchable() };
    const found = await engine.store.search(finding, { ...query, parts, count: TOGETHER });
    for (const { id } of found.resources) lost.delete(id);
  }
  return lost;
}

const isPlain = (
  { includes, subset, total }: Query,
  pairs: readonly (readonly [string, string])[],
): boolean =>
  !includes.length && !subset && !total && !pairs.some(([name]) => name === '_sort' || name === '_count');

/**
 * What `_elements` asks for; null: whole resources.
 * @throws Problem 'bad-request'
 */
export const exportSubset = (engine: Engine, { types, elements }: ExportInput): Subset | null =>
  elements === null
    ? null
    : parseSearch(engine, { path: '', types, choice: false }, [['_elements', elements]], {
        lenient: false,
        now: Date.now(),
      }).subset;
