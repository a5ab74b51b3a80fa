import { Problem } from '@naravard/fhir';
import pg from 'pg';
import { loginRefused } from '../login-refused.ts';
import { appliedTo, migrationTable } from '../migrations.ts';
import { copyTable, type MovedTable } from './copy-table.ts';
import { advanceCounter } from './counter.ts';

export interface MoveOrder {
  /** The database that is left, on the schema of the other; nothing in it is changed. */
  from: string;
  /** The login of the owner of a database that is migrated and holds no data. */
  to: string;
  onProgress?: (done: number, total: number) => void;
}

/** What a text says must not depend on whose session writes or reads it. */
const options = '-c timezone=UTC -c datestyle=ISO -c bytea_output=hex -c jit=off -c lock_timeout=5000';

/**
 * Moves all data into another database, as it is: ids, versions, times, audit with its seals. One snapshot is read and one
 * transaction writes, so it arrives as a whole or not at all; then the transaction counter comes beyond the old one.
 * What is written to the old database meanwhile stays there: no service may run on it.
 * @returns rows by table
 * @throws Problem 'conflict' when the schemas differ or the new database holds data
 */
export async function moveDatabase({
  from,
  to,
  onProgress = () => {},
}: MoveOrder): Promise<Record<string, number>> {
  const source = new pg.Client({ connectionString: from, options });
  const target = new pg.Client({ connectionString: to, options });
  try {
    await Promise.all([source.connect(), target.connect()]);
    await source.query('begin isolation level repeatable read read only');
    await target.query('begin');
    await refuseDifferent(source, target);
    const copied = await copyAll(source, target, onProgress);
    const beyond = await snapshotEnd(source);
    await target.query('commit');
    await target.query('analyze');
    await advanceCounter({ url: to, beyond });
    return copied;
  } catch (error) {
    throw loginRefused(error) ?? error;
  } finally {
    await Promise.all([source.end(), target.end()]);
  }
}

async function copyAll(
  source: pg.Client,
  target: pg.Client,
  onProgress: (done: number, total: number) => void,
) {
  const tables = await tablesOf(target);
  const counts = new Map<string, number>();
  for (const { name } of tables) counts.set(name, await countOf(source, name));
  const total = [...counts.values()].reduce((sum, rows) => sum + rows, 0);
  await openMonthsOf(source, target);
  // What the migrations themselves put into a table is in the old database too, and newer.
  await target.query(`truncate ${tables.map(({ name }) => name).join(', ')}`);
  const copied: Record<string, number> = {};
  let done = 0;
  for (const table of tables) {
    const rows = await copyTable(source, target, table, (more) => {
      done += more;
      onProgress(done, total);
    });
    if (rows !== counts.get(table.name) || rows !== (await countOf(target, table.name)))
      throw new Problem('internal', `Rows of ${table.name} were lost on the way: nothing was changed.`);
    copied[table.name] = rows;
  }
  await continueSequences(target);
  return copied;
}

async function refuseDifferent(source: pg.Client, target: pg.Client): Promise<void> {
  const [old, now] = [await appliedTo(source), await appliedTo(target)];
  const differing = [...new Set(old).symmetricDifference(new Set(now))];
  if (differing.length)
    throw new Problem(
      'conflict',
      `The databases differ by ${differing.join(', ')}: migrate both with the same release first.`,
    );
  for (const name of ['resource', 'version', 'audit']) {
    const { rows } = await target.query(`select from ${name} limit 1`);
    if (rows.length)
      throw new Problem('conflict', `Table ${name} of the new database holds data: move into an empty one.`);
  }
}

/** Tables with what can be written of them; partitions are part of theirs. */
async function tablesOf(client: pg.Client): Promise<MovedTable[]> {
  const { rows } = await client.query<MovedTable>(
    `select c.oid::regclass::text as name, array_agg(quote_ident(a.attname) order by a.attnum) as columns
from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> $1
group by c.oid order by 1`,
    [migrationTable],
  );
  return rows;
}

async function countOf(client: pg.Client, table: string): Promise<number> {
  const { rows } = await client.query<{ rows: string }>(`select count(*) as rows from ${table}`);
  return Number(rows[0]?.rows);
}

/** Months of the audit that were over before the new database was made. */
async function openMonthsOf(source: pg.Client, target: pg.Client): Promise<void> {
  const { rows } = await source.query<{ first: string | null; months: number }>(
    `select min(at)::date::text as first,
  (extract(year from age(date_trunc('month', now()), date_trunc('month', min(at)))) * 12
    + extract(month from age(date_trunc('month', now()), date_trunc('month', min(at)))))::int + 1 as months
from audit`,
  );
  const [{ first, months } = { first: null, months: 0 }] = rows;
  if (first !== null) await target.query('select open_audit_partitions($1::date, $2)', [first, months]);
}

async function continueSequences(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ text: string }>(
    `select format('select setval(%L, greatest((select max(%I) from %s), 1))', pg_get_serial_sequence(c.oid::regclass::text, a.attname), a.attname, c.oid::regclass) as text
from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attidentity <> ''
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`,
  );
  for (const { text } of rows) await client.query(text);
}

async function snapshotEnd(client: pg.Client): Promise<bigint> {
  const { rows } = await client.query<{ next: string }>(
    'select pg_snapshot_xmax(pg_current_snapshot())::text as next',
  );
  return BigInt(rows[0]?.next ?? 0);
}
