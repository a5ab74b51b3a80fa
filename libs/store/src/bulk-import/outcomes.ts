import type { Queryable, Statements } from '../statement.ts';
import type { LineOutcome } from './imports.ts';

export async function outcomesOf(
  statements: Statements,
  on: Queryable,
  key: string,
  after: number,
  count: number,
): Promise<LineOutcome[]> {
  const text = `select o.line, o.outcome from import_outcome o where o.import = $1::uuid and o.line > $2::bigint order by o.line limit $3::integer`;
  const rows = await statements.run<{ line: string; outcome: string }>(on, text, [key, after, count]);
  return rows.map(({ line, outcome }) => ({ line: Number(line), outcome }));
}

/** Rows that go in one statement. */
const MOST = 10_000;

/** Removes imports that are expired or forgotten; their outcomes first, so that a large one goes in several steps. */
export async function sweepImports(statements: Statements, on: Queryable): Promise<boolean> {
  const text = `with old as materialized (
  select i.key from import i where i.expires <= now() limit 100
), gone as (
  delete from import_outcome o where (o.import, o.line) in (
    select t.import, t.line from old cross join lateral (
      select t.* from import_outcome t where t.import = old.key limit ${MOST}
    ) t limit ${MOST}
  ) returning 1
), ended as (
  delete from import i using old where i.key = old.key and not exists (select from import_outcome o where o.import = old.key) returning 1
)
select (select count(*) from gone) + (select count(*) from ended) as swept`;
  const [row] = await statements.run<{ swept: string }>(on, text, []);
  return Number(row?.swept) > 0;
}
