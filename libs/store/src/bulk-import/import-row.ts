import { randomUUID } from 'node:crypto';
import { Problem } from '@naravard/fhir';
import type pg from 'pg';
import { auditBegun, auditValues } from '../audit.ts';
import { inHoldersTurn, MOST_KEPT, MOST_RUNNING } from '../holder-turn.ts';
import { instant, type Queryable, type Statements } from '../statement.ts';
import type { RequestContext } from '../types.ts';
import type { Import, NewImport } from './imports.ts';

interface ImportRow {
  key: string;
  id: string;
  state: 'open' | 'done';
  is_held: string;
  line: string;
  digest: string;
  created: string;
  updated: string;
  unchanged: string;
  refused: string;
  warned: string;
  begun: string;
  expires: string;
}

const columns =
  'i.key, i.id, i.state, i.worker is not null and i.leased > clock_timestamp() as is_held, i.line, i.digest, i.created, i.updated, i.unchanged, i.refused, i.warned, i.begun, i.expires';

const importOf = (row: ImportRow): Import => ({
  key: row.key,
  id: row.id,
  state: row.state === 'done' ? 'done' : row.is_held === 't' ? 'receiving' : 'interrupted',
  line: Number(row.line),
  digest: row.digest,
  created: Number(row.created),
  updated: Number(row.updated),
  unchanged: Number(row.unchanged),
  refused: Number(row.refused),
  warned: Number(row.warned),
  begun: instant(row.begun),
  expires: instant(row.expires),
});

const own = `i.holder = $1 and i.id = $2::uuid and i.state <> 'forgotten' and i.expires > now()`;

export async function findImport(
  statements: Statements,
  on: Queryable,
  id: string,
  holder: string,
): Promise<Import | undefined> {
  const text = `select ${columns} from import i where ${own}`;
  const [row] = await statements.run<ImportRow>(on, text, [holder, id]);
  return row && importOf(row);
}

/** The sweeper takes it away with its outcomes. */
export async function forgetImport(
  statements: Statements,
  on: Queryable,
  id: string,
  holder: string,
): Promise<boolean> {
  const text = `update import i set state = 'forgotten', worker = null, expires = now() where ${own} returning 1`;
  const rows = await statements.run(on, text, [holder, id]);
  return rows.length > 0;
}

/** No two uploads take one import. @throws Problem 'conflict' when another has it, 'throttled' when the holder has as many as one may */
export async function beginImport(
  statements: Statements,
  pool: pg.Pool,
  context: RequestContext,
  wanted: NewImport,
): Promise<Import> {
  const { id, holder } = wanted;
  return inHoldersTurn(statements, pool, 'import', holder, async (on) => {
    await statements.run(on, expired, [holder]);
    const known = await findImport(statements, on, id, holder);
    if (known?.state === 'receiving') throw taken();
    if (known?.state !== 'done') await checkRoom(statements, on, holder, known);
    await statements.run(on, audited, [auditValues(context)]);
    if (known?.state === 'done') return known;
    return take(statements, on, known?.key ?? randomUUID(), wanted);
  });
}

const expired = `update import i set state = 'forgotten' where i.holder = $1 and i.state <> 'forgotten' and i.expires <= now()`;

/** The lines leave audit rows of their own. */
const audited = auditBegun('an upload began');

async function take(
  statements: Statements,
  on: Queryable,
  key: string,
  { id, holder, worker, lease, hours }: NewImport,
): Promise<Import> {
  const text = `insert into import as i (key, holder, id, worker, leased, expires)
values ($1, $2, $3, $4, clock_timestamp() + $5::integer * interval '1 millisecond', now() + $6::integer * interval '1 hour')
on conflict (key) do update set worker = excluded.worker, leased = excluded.leased, expires = excluded.expires
returning ${columns}`;
  const [row] = await statements.run<ImportRow>(on, text, [key, holder, id, worker, lease, hours]);
  return importOf(row as ImportRow);
}

async function checkRoom(
  statements: Statements,
  on: Queryable,
  holder: string,
  known: Import | undefined,
): Promise<void> {
  const [found] = await statements.run<{ running: string; kept: string }>(
    on,
    `select count(*) filter (where worker is not null and leased > clock_timestamp()) as running, count(*) as kept from import where holder = $1 and state <> 'forgotten'`,
    [holder],
  );
  if (Number(found?.running) >= MOST_RUNNING) {
    throw new Problem(
      'throttled',
      `You have ${found?.running} uploads going on, and may have ${MOST_RUNNING}: wait until one has ended.`,
    );
  }
  if (!known && Number(found?.kept) >= MOST_KEPT) {
    throw new Problem(
      'throttled',
      `You have ${found?.kept} imports: DELETE those whose outcome you have fetched, at $import/[id].`,
    );
  }
}

const taken = (): Problem =>
  new Problem(
    'conflict',
    'An upload of this import goes on: wait until it has ended, or for half a minute if its connection is lost, or choose another id.',
  );
