import type { Queryable, Statements } from '../statement.ts';
import type { BatchAnswer, Held } from './jobs.ts';
import { isHeld } from './lease.ts';

/**
 * An entry is marked before it is run, and answered after: one that is marked and not answered when its worker is lost may
 * have been stored, and is not run a second time.
 */
export async function beginEntries(
  statements: Statements,
  on: Queryable,
  { id, worker }: Held,
  entries: readonly number[],
): Promise<boolean> {
  const text = `with mine as (select j.id from job j where ${isHeld} for update), begun as (
  insert into job_item (job, file, seq) select mine.id, 0, n from mine cross join unnest($3::bigint[]) as n
)
select 1 from mine`;
  const rows = await statements.run(on, text, [id, worker, entries]);
  return rows.length > 0;
}

export async function answerEntries(
  statements: Statements,
  on: Queryable,
  { id, worker }: Held,
  answers: readonly BatchAnswer[],
): Promise<void> {
  const text = `with mine as (
  update job j set done = j.done + cardinality($3::bigint[]), attempts = 0 where ${isHeld} returning j.id
)
update job_item i set answer = a.answer from mine cross join unnest($3::bigint[], $4::text[]) as a(entry, answer)
where i.job = mine.id and i.file = 0 and i.seq = a.entry`;
  await statements.run(on, text, [
    id,
    worker,
    answers.map(({ entry }) => entry),
    answers.map(({ answer }) => answer),
  ]);
}

export async function answersOf(statements: Statements, on: Queryable, id: string): Promise<BatchAnswer[]> {
  const text =
    'select i.seq as entry, i.answer from job_item i where i.job = $1::uuid and i.file = 0 order by i.seq';
  const rows = await statements.run<{ entry: string; answer: string | null }>(on, text, [id]);
  return rows.map(({ entry, answer }) => ({ entry: Number(entry), answer }));
}
