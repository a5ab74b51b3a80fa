import type { Queryable, Statements } from '../statement.ts';
import type { Held, HeldVersion } from './jobs.ts';
import { isHeld } from './lease.ts';

/** A request that is run again after its worker was lost begins with nothing. */
export async function clearFound(statements: Statements, on: Queryable, { id, worker }: Held): Promise<void> {
  const text = `with mine as (update job j set done = 0 where ${isHeld} returning j.id)
delete from job_item i using mine where i.job = mine.id`;
  await statements.run(on, text, [id, worker]);
}

export async function holdFound(
  statements: Statements,
  on: Queryable,
  { id, worker }: Held,
  file: number,
  found: readonly HeldVersion[],
): Promise<void> {
  const text = `with mine as (
  update job j set done = j.done + cardinality($4::text[]) where ${isHeld} returning j.id
)
insert into job_item (job, file, seq, type, id, version)
select mine.id, $3::integer, f.n, f.type, f.id, f.version
from mine cross join unnest($4::text[], $5::text[], $6::integer[]) with ordinality as f(type, id, version, n)`;
  await statements.run(on, text, [
    id,
    worker,
    file,
    found.map((each) => each.type),
    found.map((each) => each.id),
    found.map((each) => each.version),
  ]);
}

export async function countsOf(
  statements: Statements,
  on: Queryable,
  id: string,
): Promise<ReadonlyMap<number, number>> {
  const text = 'select i.file, count(*) as held from job_item i where i.job = $1::uuid group by i.file';
  const rows = await statements.run<{ file: string; held: string }>(on, text, [id]);
  return new Map(rows.map(({ file, held }) => [Number(file), Number(held)]));
}
