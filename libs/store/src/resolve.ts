import { hash } from 'node:crypto';
import {
  compileGround,
  compileScope,
  compileWhere,
  isRevealing,
  printCondition,
  type Query,
  SqlBuilder,
  Statement,
} from '@naravard/search';
import { auditColumns, auditRow, auditValues, custodiansOf } from './audit.ts';
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
export async function lockConditions(
  statements: Statements,
  on: Queryable,
  conditions: readonly Condition[],
) {
  const keys = conditions.filter(({ lock }) => lock).map(({ query }) => lockKey(query));
  if (!keys.length) return;
  const sorted = [...new Set(keys)].sort((a, b) => (a < b ? -1 : 1));
  await statements.run(on, 'select pg_advisory_xact_lock(k) from unnest($1::bigint[]) as k', [
    sorted.map(String),
  ]);
}

/** The same for the same conditions in any order; how the answer is sorted or counted does not matter. */
function lockKey({ parts }: Query): bigint {
  const text = parts
    .flatMap(({ type, conditions }) => [type, ...conditions.map((each) => printCondition(each)).sort()])
    .join('\n');
  return BigInt.asIntN(64, BigInt(`0x${hash('sha256', text).slice(0, 16)}`));
}

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

interface OneIdentifier {
  param: string;
  system: string | null | undefined;
  value: string;
}

/** The identifier of a condition that asks for exactly one, with or without its system; undefined for any other. */
function identifierOf({ parts }: Query): OneIdentifier | undefined {
  const conditions = parts.length === 1 ? (parts[0]?.conditions ?? []) : [];
  const [condition] = conditions;
  if (conditions.length !== 1 || condition?.kind !== 'token' || condition.values.length !== 1)
    return undefined;
  const [identifier] = condition.identifiers;
  if (condition.identifiers.length !== 1 || !identifier?.code || identifier.system === null) return undefined;
  if (!condition.parameter.paths.every(({ type }) => type === 'Identifier')) return undefined;
  // matchIdentifiers asks without the guard that such a parameter needs.
  if (isRevealing(condition.parameter)) return undefined;
  return { param: condition.parameter.stored, system: identifier.system, value: identifier.code };
}

async function matchIdentifiers(
  statements: Statements,
  on: Queryable,
  context: RequestContext,
  conditions: readonly Condition[],
  asked: readonly number[],
): Promise<MatchRow[]> {
  const sql = new SqlBuilder();
  const found = asked.map((n) => identifierOf((conditions[n] as Condition).query) as OneIdentifier);
  const columns = [
    sql.param(asked, 'integer[]'),
    sql.param(
      asked.map((n) => conditions[n]?.query.parts[0]?.type),
      'text[]',
    ),
    sql.param(
      found.map(({ param }) => param),
      'text[]',
    ),
    sql.param(
      found.map(({ system }) => system ?? null),
      'text[]',
    ),
    sql.param(
      found.map(({ value }) => value),
      'text[]',
    ),
  ];
  const text = `select c.n, m.* from unnest(${columns.join(', ')}) as c(n, type, param, system, value)
cross join lateral (
  select distinct r.type, r.id, r.version, r.patient, r.custodian, ${compileGround(context.scope, 'r', sql)} as ground from identifier i join resource r on r.bucket = i.bucket and r.rid = i.rid
  where i.value = c.value and i.type = c.type and i.param = c.param and (c.system is null or i.system = c.system)
    and not r.deleted and ${compileScope(context.scope, 'r', sql)} limit 2
) m`;
  return statements.run<MatchRow>(on, audited(context, text, sql), sql.values);
}

async function matchOthers(
  statements: Statements,
  on: Queryable,
  context: RequestContext,
  conditions: readonly Condition[],
  asked: readonly number[],
): Promise<MatchRow[]> {
  const sql = new SqlBuilder();
  const statement = new Statement(sql, context.scope);
  const selects = asked.map((n) => {
    const [part] = (conditions[n] as Condition).query.parts;
    const where = part ? compileWhere(part, 'r', statement) : 'false';
    return `(select ${sql.param(n, 'integer')} as n, r.type, r.id, r.version, r.patient, r.custodian, ${compileGround(context.scope, 'r', sql)} as ground from resource r where ${where} limit 2)`;
  });
  return statements.run<MatchRow>(on, audited(context, selects.join('\nunion all '), sql), sql.values);
}

/** What a condition finds, or that it finds nothing, is disclosed to its caller: one audit row per patient. */
function audited(context: RequestContext, matches: string, sql: SqlBuilder): string {
  const row = auditRow(sql.param(auditValues(context), 'text[]'), {
    reason: `coalesce(string_agg(distinct m.ground, ' '), 'no match')`,
    outcome: '0',
    bucket: '0',
    type: 'min(m.type)',
    patient: 'm.patient',
    targets: `array_remove(array_agg(m.type || '/' || m.id), null)`,
    custodians: custodiansOf('m'),
  });
  return `with m as (${matches}), a as (
  insert into audit (${auditColumns}) select ${row} from (select 1) as once left join m on true group by m.patient
)
select n, type, id, version from m`;
}
