import type { Queryable, Statements } from '../statement.ts';
import { type JobRow, jobColumns, jobOf } from './job-row.ts';
import type { Held, Job } from './jobs.ts';

/** That a job is still the worker's: `$1` and `$2` are its id and the worker's. */
export const isHeld = `j.id = $1::uuid and j.worker = $2::uuid and j.state = 'running'`;

const later = (milliseconds: string): string =>
  `clock_timestamp() + ${milliseconds}::integer * interval '1 millisecond'`;

/** A worker that is killed keeps its job no longer than its lease. Jobs that are given back take turns. */
export async function takeJob(
  statements: Statements,
  on: Queryable,
  worker: string,
  lease: number,
): Promise<Job | undefined> {
  const text = `update job j set worker = $1::uuid, leased = ${later('$2')}, attempts = j.attempts + 1 where j.id = (
  select w.id from job w where w.state = 'running' and w.leased <= clock_timestamp() and w.expires > now()
  order by w.leased, w.created limit 1 for update skip locked
) returning ${jobColumns}`;
  const [row] = await statements.run<JobRow>(on, text, [worker, lease]);
  return row && jobOf(row);
}

export async function keepJob(
  statements: Statements,
  on: Queryable,
  { id, worker }: Held,
  lease: number,
): Promise<boolean> {
  const text = `update job j set leased = ${later('$3')} where ${isHeld} returning 1`;
  const rows = await statements.run(on, text, [id, worker, lease]);
  return rows.length > 0;
}

export async function releaseJob(
  statements: Statements,
  on: Queryable,
  { id, worker }: Held,
  delay: number,
): Promise<void> {
  const text = `update job j set worker = null, leased = ${later('$3')} where ${isHeld}`;
  await statements.run(on, text, [id, worker, delay]);
}

/** The body of a batch goes with its end; what it asked is told by its answers. */
export async function finishJob(
  statements: Statements,
  on: Queryable,
  { id, worker }: Held,
  state: 'done' | 'failed',
  result: string,
): Promise<void> {
  const text = `update job j set state = $3, result = $4, worker = null, ended = now(), body = case when j.kind = 'batch' then null else j.body end where ${isHeld}`;
  await statements.run(on, text, [id, worker, state, result]);
}
