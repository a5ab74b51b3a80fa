import { Problem } from '@naravard/fhir';
import type { Queryable, Statements } from '../statement.ts';
import { roundHashSql, sealHashSql } from './chain-form.ts';
import { rowHashSql, rowTimeSql } from './row-form.ts';

/** Held by who writes seals or checkpoints, until the end of its transaction. */
const lock = '1851880033, 1';

interface Head {
  round: string;
  xid: string;
  id: string;
  hash: string;
  behind: string;
}

const nowhere = {
  round: '0',
  xid: '0',
  id: '00000000-0000-0000-0000-000000000000',
  hash: '\\x',
  behind: 'f',
};

/** Where the last round ended; a transaction counter that is behind it makes new rows look sealed. */
const headSql = `select round, upto_xid as xid, upto_id as id, hash, upto_xid >= pg_snapshot_xmax(pg_current_snapshot()) as behind
from seal_round order by round desc limit 1`;

/**
 * Rows of finished transactions after ($1, $2), hashed and linked into the chains of their buckets. What is not below
 * the oldest running transaction waits, so that no row that commits late is passed by. One insert for all buckets.
 */
const roundStatement = `with fresh as materialized (
  select a.bucket, a.id, a.xid, ${rowTimeSql} as micros, ${rowHashSql} as hash
  from audit a
  where (a.xid, a.id) > ($1::xid8, $2::uuid) and a.xid < pg_snapshot_xmin(pg_current_snapshot())
  order by a.xid, a.id limit $5
), batch as (
  select bucket, count(*) as rows, array_agg(id order by xid, id) as ids, array_agg(micros order by xid, id) as times,
    string_agg(hash, ''::bytea order by xid, id) as hashes
  from fresh group by bucket
), link as materialized (
  select b.bucket, coalesce(s.number, 0) + 1 as number, $3::bigint + 1 as round, coalesce(s.total, 0) + b.rows as total,
    b.ids, b.times, b.hashes, coalesce(s.hash, '') as previous
  from batch b left join lateral (
    select s.number, s.total, s.hash from seal s where s.bucket = b.bucket order by s.number desc limit 1
  ) s on true
), sealed as (
  insert into seal (bucket, number, round, total, ids, times, hashes, previous, hash)
  select bucket, number, round, total, ids, times, hashes, previous, ${sealHashSql} from link
  returning bucket, hash
), last as (
  select xid, id from fresh order by xid desc, id desc limit 1
), summed as materialized (
  select $3::bigint + 1 as round, statement_timestamp() as at, last.xid as upto_xid, last.id as upto_id, s.seals,
    (select count(*) from fresh) as rows, s.root, $4::bytea as previous
  from last, (select count(*) as seals, sha256(string_agg(hash, ''::bytea order by bucket)) as root from sealed) s
), noted as (
  insert into seal_round (round, at, upto_xid, upto_id, seals, rows, root, previous, hash)
  select round, at, upto_xid, upto_id, seals, rows, root, previous, ${roundHashSql} from summed
)
select count(*) as rows from fresh`;

/**
 * One round within the caller's transaction: the number of rows sealed, at most `batch`; undefined when another
 * process is at it.
 * @throws Problem 'unavailable' when the transaction counter is behind the last round, as after loading a dump.
 */
export async function sealRound(
  statements: Statements,
  on: Queryable,
  batch: number,
): Promise<number | undefined> {
  // The place is read by a statement of its own, whose snapshot is taken when the lock is had.
  const [locked, heads] = await Promise.all([
    statements.run<{ mine: string }>(on, `select pg_try_advisory_xact_lock(${lock}) as mine`, []),
    statements.run<Head>(on, headSql, []),
    statements.run(on, `select ${inOrder('true')}`, []),
  ]);
  if (locked[0]?.mine !== 't') return undefined;
  const { round, xid, id, hash, behind } = heads[0] ?? nowhere;
  if (behind === 't') {
    throw new Problem(
      'unavailable',
      'The transaction counter of the database is behind its audit: see docs/operations.md, "After a restore".',
    );
  }
  const rows = await statements.run<{ rows: string }>(on, roundStatement, [xid, id, round, hash, batch]);
  return Number(rows[0]?.rows);
}

/**
 * Settings that make the planner walk the rows in order, whatever it thinks of their number: else it collects and sorts
 * all that wait, for each round anew. `local`: SQL of whether they end with the transaction.
 */
export const inOrder = (local: string): string =>
  ['enable_bitmapscan', 'enable_sort'].map((name) => `set_config('${name}', 'off', ${local})`).join(', ');

/** Waits for a round or checkpoint of another process to end. */
export const lockSeals = (statements: Statements, on: Queryable): Promise<unknown> =>
  statements.run(on, `select pg_advisory_xact_lock(${lock})`, []);
