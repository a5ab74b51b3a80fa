import { hash } from 'node:crypto';
import { compileScope, compileWhere, printQuery, type Query, SqlBuilder } from '@naravard/search';
import type { Queryable, Statements } from './statement.ts';
import type { Match, RequestContext } from './types.ts';

export interface Condition {
  query: Query;
  lock: boolean;
}

interface MatchRow {
  n: string;
  type: string;
  id: string;
  version: string;
}

/**
 * Callers with an equal condition wait here for each other until the commit. It must be a statement of its own: the
 * snapshot of one that both locks and looks is older than its lock (measured: 2,765 rows where 200 were right).
 */
export async function lockConditions(statements: Statements, on: Queryable, conditions: readonly Condition[]) {
  const keys = conditions.filter(({ lock }) => lock).map(({ query }) => lockKey(query));
  if (!keys.length) return;
  const sorted = [...new Set(keys)].sort((a, b) => (a < b ? -1 : 1));
  await statements.run(on, 'select pg_advisory_xact_lock(k) from unnest($1::bigint[]) as k', [sorted.map(String)]);
}

const lockKey = (query: Query): bigint =>
  BigInt.asIntN(64, BigInt(`0x${hash('sha256', printQuery(query)).slice(0, 16)}`));

/**
 * What each condition matches, at most two: conditions on one identifier, the usual case, are answered together in one
 * statement (one Synthea transaction has 230 of them), the others in one statement of the rest.
 */
export async function resolveConditions(
  statements: Statements,
  on: Queryable,
  context: RequestContext,
  conditions: readonly Condition[],
): Promise<Match[]> {
  const byIdentifier: number[] = [];
  const others: number[] = [];
  conditions.forEach(({ query }, n) => {
    (identifierOf(query) ? byIdentifier : others).push(n);
  });
  const rows = [
    ...(byIdentifier.length ? await matchIdentifiers(statements, on, context, conditions, byIdentifier) : []),
    ...(others.length ? await matchOthers(statements, on, context, conditions, others) : []),
  ];
  const matches = conditions.map((): MatchRow[] => []);
  for (const row of rows) matches[Number(row.n)]?.push(row);
  return matches.map((found) => ({
    matches: found.map(({ type, id, version }) => ({ type, id, version: Number(version) })),
  }));
}
