import { randomUUIDv7 } from 'node:crypto';
import { Problem } from '@naravard/fhir';
import type pg from 'pg';
import { auditBegun, auditValues } from '../audit.ts';
import { inHoldersTurn, MOST_KEPT, MOST_RUNNING } from '../holder-turn.ts';
import { instant, type Queryable, type Statements } from '../statement.ts';
import type { RequestContext } from '../types.ts';
import type { Job, JobKind, NewJob } from './jobs.ts';

export interface JobRow {
  id: string;
  kind: JobKind;
  actor: string;
  request: string;
  body: string | null;
  state: Job['state'];
  result: string | null;
  attempts: string;
  file: string;
  position: string;
  done: string;
  created: string;
  expires: string;
}

export const jobColumns = [
  'id',
  'kind',
  'actor',
  'request',
  'body',
  'state',
  'result',
  'attempts',
  'file',
  'position',
  'done',
  'created',
  'expires',
]
  .map((name) => `j.${name}`)
  .join(', ');

export const jobOf = (row: JobRow): Job => ({
  ...row,
  attempts: Number(row.attempts),
  file: Number(row.file),
  done: Number(row.done),
  created: instant(row.created),
  expires: instant(row.expires),
});

/** @throws Problem 'throttled' when the holder has as many as one may */
export async function createJob(
  statements: Statements,
  pool: pg.Pool,
  context: RequestContext,
  job: NewJob,
): Promise<string> {
  const { kind, holder, actor, request, body, hours } = job;
  return inHoldersTurn(statements, pool, 'job', holder, async (on) => {
    const [kept] = await statements.run<{ running: string; all: string }>(
      on,
      `select count(*) filter (where state = 'running') as running, count(*) as all from job where holder = $1 and expires > now()`,
      [holder],
    );
    checkRoom(Number(kept?.running), Number(kept?.all));
    const id = randomUUIDv7();
    await statements.run(
      on,
      `insert into job (id, holder, kind, actor, request, body, expires) values ($1, $2, $3, $4, $5, $6, now() + $7::integer * interval '1 hour')`,
      [id, holder, kind, actor, request, body, hours],
    );
    await statements.run(on, asked, [auditValues(context)]);
    return id;
  });
}

/** Nothing is shown yet: what is found is audited when it is fetched. */
const asked = auditBegun('to be answered later');

function checkRoom(running: number, all: number): void {
  if (running >= MOST_RUNNING) {
    throw new Problem(
      'throttled',
      `You have ${running} asynchronous requests running, and may have ${MOST_RUNNING}: wait until one is done, or DELETE one at its status address.`,
    );
  }
  if (all >= MOST_KEPT) {
    throw new Problem(
      'throttled',
      `You have ${all} asynchronous requests: DELETE those that you have fetched, at their status addresses.`,
    );
  }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const own = `j.id = $1::uuid and j.holder = $2 and j.state <> 'cancelled' and j.expires > now()`;

export async function findJob(
  statements: Statements,
  on: Queryable,
  id: string,
  holder: string,
): Promise<Job | undefined> {
  if (!uuid.test(id)) return undefined;
  const text = `select ${jobColumns} from job j where ${own}`;
  const [row] = await statements.run<JobRow>(on, text, [id, holder]);
  return row && jobOf(row);
}

/** The sweeper takes it away with what it holds. */
export async function forgetJob(
  statements: Statements,
  on: Queryable,
  id: string,
  holder: string,
): Promise<boolean> {
  if (!uuid.test(id)) return false;
  const text = `update job j set state = 'cancelled', body = null, result = null, worker = null, expires = now() where ${own} returning 1`;
  const rows = await statements.run(on, text, [id, holder]);
  return rows.length > 0;
}
