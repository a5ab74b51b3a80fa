import { SqlBuilder } from '@naravard/search';
import type pg from 'pg';
import type { ReindexOptions, ReindexProgress } from './catalog-state.ts';
import { type Cell, column, cut, cutList } from './column.ts';
import { indexTables, mayHold } from './index-tables.ts';
import { keyFields } from './key-fields.ts';
import type { Net } from './net.ts';
import { type FoundSql, indexWrites, numberedRows } from './put-input.ts';
import { storedOf, type VersionRow, versionColumns } from './read.ts';
import type { Queryable, Statements } from './statement.ts';
import { inTransaction } from './transaction.ts';
import type { PutWrite, Restage, Stored } from './types.ts';

interface Job {
  type: string;
  version: string;
  position: string;
  walked: string;
  started: string | null;
  swept: string;
}

interface KeyRow {
  bucket: string;
  rid: string;
  id: string;
  deleted: string;
  catalog: string;
  found: string;
  words: string | null;
}

/**
 * One step of the walk over a type, in a transaction of its own: rows, and how far it has come, are committed together,
 * so a walk that is broken off goes on where it was. First all resources in the order of their ids, then again and
 * again those written meanwhile by a process that did not know the new catalog, until there is none.
 */
export function reindexStep(
  statements: Statements,
  pool: pg.Pool,
  net: Net,
  type: string,
  known: number,
  restage: Restage,
  options: ReindexOptions,
): Promise<ReindexProgress> {
  return inTransaction(
    pool,
    async (on) => {
      const job = await takeJob(statements, on, type, options.grace);
      if (!job) return 'waiting';
      const version = Number(job.version);
      if (known < version) return 'behind';
      if (job.started === null) await begin(statements, on, type);
      const walking = job.walked !== 't';
      const rows = walking
        ? await nextRows(statements, on, type, job.position, options.batch)
        : await lateRows(statements, on, job, options.batch);
      await rewrite(statements, on, type, version, rows, restage);
      return walking
        ? walkedOn(statements, on, type, rows, options.batch)
        : swept(statements, on, type, version, rows.length);
    },
    net.leave,
  );
}

/**
 * The job, locked; undefined when another process has it, or while a transaction is open that began before every
 * process could know the catalog's version.
 */
async function takeJob(statements: Statements, on: Queryable, type: string, grace: number) {
  const text = `select j.type, j.version, j.position, j.walked, j.started, j.swept from reindex j, search_catalog s
where j.type = $1 and s.changed <= now() - $2::double precision * interval '1 millisecond'
  and s.xid < pg_snapshot_xmin(pg_current_snapshot())
for update of j skip locked`;
  const [job] = await statements.run<Job>(on, text, [type, grace]);
  return job;
}

const begin = (statements: Statements, on: Queryable, type: string) =>
  statements.run(
    on,
    'update reindex set started = now(), total = (select count(*) from resource r where r.type = $1 and not r.deleted) where type = $1',
    [type],
  );

const keyColumns = 'r.bucket, r.rid, r.id, r.deleted, r.catalog, r.found, r.words';

/** Locked in the order of every writer, and skipped by none: a writer that holds one is waited for. */
const nextRows = (statements: Statements, on: Queryable, type: string, position: string, batch: number) =>
  statements.run<KeyRow>(
    on,
    `select ${keyColumns} from resource r where r.type = $1 and r.id > $2 order by r.type, r.id limit $3 for update`,
    [type, position, batch],
  );

/**
 * A minute before the last look is more than any of our transactions lasts. The rows are picked before they are locked,
 * and planned for their time, so that they are found by it and not by walking the type in the order of its ids.
 */
const lateRows = (statements: Statements, on: Queryable, job: Job, batch: number) =>
  statements.runOnce<KeyRow>(
    on,
    `with late as materialized (
  select bucket, rid from resource where type = $1 and not deleted and catalog < $2
    and last_updated >= $3::timestamptz - interval '1 minute' limit $4
)
select ${keyColumns} from late join resource r on r.bucket = late.bucket and r.rid = late.rid order by r.id for update of r`,
    [job.type, job.version, job.swept, batch],
  );

async function walkedOn(
  statements: Statements,
  on: Queryable,
  type: string,
  rows: readonly KeyRow[],
  batch: number,
): Promise<ReindexProgress> {
  const counted = rows.filter(({ deleted }) => deleted !== 't').length;
  await statements.run(
    on,
    `update reindex set position = $2, done = done + $3::bigint, walked = $4::boolean, updated = now() where type = $1`,
    [type, rows.at(-1)?.id ?? '', counted, rows.length < batch],
  );
  return 'more';
}

async function swept(
  statements: Statements,
  on: Queryable,
  type: string,
  version: number,
  found: number,
): Promise<ReindexProgress> {
  if (found) return 'more';
  await statements.run(
    on,
    `update reindex set updated = case when ready < $2 then now() else updated end, ready = $2, swept = now(),
  done = greatest(done, total) where type = $1`,
    [type, version],
  );
  await forget(statements, on, type);
  return 'done';
}

/** Nobody looks for late writers any more ten minutes after the last parameter of the type is gone. */
const forget = (statements: Statements, on: Queryable, type: string) =>
  statements.run(
    on,
    `delete from reindex j where j.type = $1 and j.updated < now() - interval '10 minutes'
  and not exists (select from custom_parameter c where c.base = j.type)`,
    [type],
  );

/** Takes the rows anew of those that lack the version. Locks come first: what is read after them is current. */
async function rewrite(
  statements: Statements,
  on: Queryable,
  type: string,
  version: number,
  rows: readonly KeyRow[],
  restage: Restage,
): Promise<void> {
  const old = rows.filter(({ deleted, catalog }) => deleted !== 't' && Number(catalog) < version);
  if (!old.length) return;
  const stored = await currentBodies(statements, on, type, old);
  const restaged: Restaged[] = [];
  const passed: KeyRow[] = [];
  for (const key of old) {
    const body = stored.get(key.id);
    const write = body && restage(body);
    if (write) restaged.push({ key, write });
    else passed.push(key);
  }
  if (restaged.length) {
    const { text, values } = writeStatement(restaged);
    await statements.run(on, text, values);
  }
  if (passed.length) await passOver(statements, on, passed, version);
}

/** A resource that cannot be read keeps its rows, so that it does not hold up all others. */
const passOver = (statements: Statements, on: Queryable, keys: readonly KeyRow[], version: number) =>
  statements.run(
    on,
    `update resource r set catalog = $3 from unnest($1::smallint[], $2::uuid[]) as i(bucket, rid)
where r.bucket = i.bucket and r.rid = i.rid`,
    [keys.map(({ bucket }) => bucket), keys.map(({ rid }) => rid), version],
  );

async function currentBodies(
  statements: Statements,
  on: Queryable,
  type: string,
  keys: readonly KeyRow[],
): Promise<ReadonlyMap<string, Stored>> {
  const text = `select ${versionColumns}, k.custodian from unnest($1::smallint[], $2::uuid[]) as i(bucket, rid)
join resource k on k.bucket = i.bucket and k.rid = i.rid
join version v on v.bucket = k.bucket and v.rid = k.rid and v.version = k.version and v.type = $3`;
  const rows = await statements.run<VersionRow & Pick<Stored, 'custodian'>>(on, text, [
    keys.map(({ bucket }) => bucket),
    keys.map(({ rid }) => rid),
    type,
  ]);
  return new Map(rows.map((row) => [row.id, { ...storedOf(row), custodian: row.custodian }]));
}

interface Restaged {
  key: KeyRow;
  write: PutWrite;
}

/** Not the digest of any rows: the next PUT compares all. */
const UNKNOWN = '\\x';

const holdsKept = (write: PutWrite): boolean =>
  indexTables.some(({ kept }, at) => kept && mayHold(at, [write]));

const rewritten = new Set(['found', 'words', 'starts', 'ends', 'labels', 'tokens', 'catalog']);
const fields = keyFields.filter(([name]) => rewritten.has(name));

/**
 * Key rows get what they are found by, and the index tables the rows of those that changed; version, time and text stay
 * as they are.
 */
function writeStatement(restaged: readonly Restaged[]): { text: string; values: unknown[] } {
  const sql = new SqlBuilder();
  const cells = restaged.map(({ key, write }) => {
    const found = fields.map(([name, , pick]) =>
      name === 'found' && holdsKept(write) ? UNKNOWN : pick(write),
    );
    return [key.bucket, key.rid, isChanged(key, found), ...found];
  });
  const columns = [['bucket', 'smallint'], ['rid', 'uuid'], ['changed', 'boolean'], ...fields] as const;
  const sent = columns.map(([, type], at) =>
    cut(sql.param(column(cells.map((row) => row[at])), 'text'), type === 'text[]' ? 'text' : type),
  );
  const set = fields.map(
    ([name, type]) => `${name} = ${type === 'text[]' ? cutList(`i.${name}`) : `i.${name}`}`,
  );
  const writes = restaged.map(({ write }) => write);
  const found = numberedRows(writes);
  const fed: FoundSql = { param: (pick, type) => sql.param(pick({ found }), type) };
  const tables = found.flatMap(({ length }, at) =>
    mayHold(at, writes) && !indexTables[at]?.kept
      ? indexWrites(fed, at, { single: false, empty: length === 0 })
      : [],
  );
  const text = `with i as (
  select * from unnest(${sent.join(', ')}) with ordinality as i(${columns.map(([name]) => name).join(', ')}, n)
), k as (
  update resource r set ${set.join(', ')} from i where r.bucket = i.bucket and r.rid = i.rid
  returning r.bucket, r.rid, r.type, i.n, i.changed
), done as materialized (
  select bucket, rid, type, n, 2 as version from k where changed
), ${tables.join(',\n')}
select 1`;
  return { text, values: sql.values };
}

/** Whether a digest of the rows in the index tables differs. */
const isChanged = (key: KeyRow, found: readonly Cell[]): boolean =>
  fields.some(([name], at) => (name === 'found' || name === 'words') && (found[at] ?? null) !== key[name]);
