import { isBounded, type Query } from '@naravard/search';
import { sentAlone } from './gathered.ts';
import { boundedSearch, plannedSearch } from './search.ts';
import type { Queryable, Statements } from './statement.ts';
import type { RequestContext } from './types.ts';

/** A literal as EXPLAIN prints it. */
const literal = /'(?:[^']|'')*'/g;

/**
 * PostgreSQL's plan of a search, line by line; the search is not run. Literals that are not part of the statement's own
 * text came from the caller's values, or were made of them, and are shown as `'?'`.
 */
export async function explainSearch(
  statements: Statements,
  on: Queryable,
  context: RequestContext,
  query: Query,
): Promise<string[]> {
  const { text, values } = explained(context, query);
  const own = new Set(text.match(literal));
  const rows = await statements.runOnce<{ 'QUERY PLAN': string }>(on, text, values);
  // A value may hold a line break, so the lines are one text here.
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  return plan.replace(literal, (found) => (own.has(found) ? found : "'?'")).split('\n');
}

/** Bounded searches have one plan for all values, the others one for theirs. */
function explained(context: RequestContext, query: Query): { text: string; values: unknown[] } {
  if (isBounded(query)) {
    return { text: `explain (generic_plan) ${sentAlone(boundedSearch(context, query)).text}`, values: [] };
  }
  const { text, values } = plannedSearch(context, query);
  return { text: `explain ${text}`, values };
}
