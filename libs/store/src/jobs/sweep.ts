import type { Queryable, Statements } from '../statement.ts';

/** Rows that go in one statement. */
const MOST = 10_000;

/** Removes jobs that are expired or cancelled; their items first, so that a large one goes in several steps. */
export async function sweepJobs(statements: Statements, on: Queryable): Promise<boolean> {
  const text = `with old as materialized (
  select j.id from job j where j.expires <= now() limit 100
), gone as (
  delete from job_item i where (i.job, i.file, i.seq) in (
    select o.job, o.file, o.seq from old cross join lateral (
      select o.* from job_item o where o.job = old.id limit ${MOST}
    ) o limit ${MOST}
  ) returning 1
), ended as (
  delete from job j using old where j.id = old.id and not exists (select from job_item i where i.job = old.id) returning 1
)
select (select count(*) from gone) + (select count(*) from ended) as swept`;
  const [row] = await statements.run<{ swept: string }>(on, text, []);
  return Number(row?.swept) > 0;
}
