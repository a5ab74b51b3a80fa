import { randomUUID } from 'node:crypto';
import { Problem } from '@naravard/fhir';
import pg from 'pg';
import { problemOf } from './failure.ts';
import { indexTables } from './index-tables.ts';

/** All that is about a patient, the Patient among it, or one resource. */
export type Doomed =
  | { readonly kind: 'patient'; readonly id: string }
  | { readonly kind: 'resource'; readonly type: string; readonly id: string };

export interface Destruction {
  what: Doomed;
  /** IVO's decision, by its number: kept in the audit. */
  decision: string;
  /** Who carries it out: kept in the audit. */
  by: string;
}

/** What a destruction meets, or has met. */
export interface Destroyed {
  types: { type: string; resources: number; versions: number }[];
  /** Keys of the legal actors that answer for it. */
  custodians: string[];
  /** Resources that are kept and refer to it. */
  referredFrom: number;
}

/** What `destroy` would destroy; nothing is changed. `url` is the owner's, not the service's. */
export const weighDestruction = (url: string, what: Doomed): Promise<Destroyed> =>
  asOwner(url, async (client) => summary(client, await doomedRows(client, what)));

/**
 * PDL (2008:355) 8 kap 4 §: a record is destroyed by IVO's decision alone, and otherwise kept (3 kap 17 §). Every version with
 * its text, what it is found by and what it states for access are removed in one transaction; the key rows stay, deleted
 * and marked, so that their ids answer 410 and are not taken for new. The audit is kept and tells of it.
 * @throws Problem 'business-rule' without a decision, 'not-found' where there is nothing, 'forbidden' for another login
 */
export async function destroy(url: string, { what, decision, by }: Destruction): Promise<Destroyed> {
  if (!/\d/.test(decision)) throw refused('Give the number of the decision by IVO.');
  if (!by.trim()) throw refused('Give the name of who carries out the decision.');
  return asOwner(url, async (client) => {
    await client.query('begin');
    const rows = await doomedRows(client, what);
    if (!rows.length)
      throw new Problem('not-found', 'There is nothing to destroy, or it has been destroyed.');
    const destroyed = await summary(client, rows);
    for (const { name } of indexTables) await client.query(`delete from ${name} ${chosen}`, keysOf(rows));
    if (what.kind === 'patient') await client.query('delete from fact where patient = $1', [what.id]);
    await client.query(`delete from version ${chosen}`, keysOf(rows));
    await client.query(marking, keysOf(rows));
    await client.query(auditing, [...keysOf(rows), randomUUID(), by, decision]);
    await client.query('commit');
    // What was deleted lies in the files until it is vacuumed.
    await client.query(`vacuum version, ${indexTables.map(({ name }) => name).join(', ')}`);
    return destroyed;
  });
}

const refused = (advice: string) => new Problem('business-rule', advice);

interface KeyRow {
  bucket: number;
  rid: string;
}

async function asOwner<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query(`select has_table_privilege('version', 'delete') as may`);
    if (!rows[0].may)
      throw new Problem('forbidden', 'Use the login that owns the schema, as `npm run migrate` does.');
    return await work(client);
  } catch (error) {
    throw problemOf(error);
  } finally {
    await client.end();
  }
}

/** Locked in the order of every writer. What was destroyed and is empty since is left alone. */
async function doomedRows(client: pg.Client, what: Doomed): Promise<KeyRow[]> {
  const [where, values] =
    what.kind === 'patient' ? ['patient = $1', [what.id]] : ['type = $1 and id = $2', [what.type, what.id]];
  const { rows } = await client.query<KeyRow>(
    `select bucket, rid from resource where ${where} and not (deleted and destroyed is not null) order by type, id for update`,
    values,
  );
  return rows;
}

const keysOf = (rows: readonly KeyRow[]) => [rows.map(({ bucket }) => bucket), rows.map(({ rid }) => rid)];

const chosen = 'where (bucket, rid) in (select * from unnest($1::smallint[], $2::uuid[]))';

async function summary(client: pg.Client, rows: readonly KeyRow[]): Promise<Destroyed> {
  const values = keysOf(rows);
  const types = await client.query<Destroyed['types'][number]>(
    `select type, count(distinct rid)::int as resources, count(*)::int as versions from version ${chosen} group by type order by type`,
    values,
  );
  const { rows: found } = await client.query<{ custodians: string[]; referred: number }>(
    `with d as (select type, id, custodian from resource ${chosen})
select (select coalesce(array_agg(distinct custodian) filter (where custodian is not null), '{}') from d) as custodians,
  (select count(distinct x.rid)::int from d join reference x on x.target = d.id and x.target_type = d.type
    where not (x.bucket, x.rid) in (select * from unnest($1::smallint[], $2::uuid[]))) as referred`,
    values,
  );
  return { types: types.rows, custodians: found[0]?.custodians ?? [], referredFrom: found[0]?.referred ?? 0 };
}

/**
 * The key row keeps whose it was and its labels, so that nobody sees more of what is left than of what there was. A last
 * version without a body tells that it is gone, and an event tells it to whoever follows.
 */
const marking = `with gone as (
  update resource set version = version + 1, deleted = true, destroyed = now(), xid = pg_current_xact_id(),
    last_updated = greatest(date_trunc('milliseconds', now()), last_updated + interval '1 millisecond'),
    digest = '', found = '', words = null, starts = null, ends = null, tokens = '{}'
  ${chosen} returning *
), told as (
  insert into outbox (bucket, rid, version, type, id, method, patient)
  select bucket, rid, version, type, id, 'DELETE', patient from gone
)
insert into version (bucket, rid, version, type, method, last_updated, custodian, labels)
select bucket, rid, version, type, 'DELETE', last_updated, custodian, labels from gone`;

/** HSLF-FS 2016:40 4 kap 9 §: one row a patient, as for any other change. */
const auditing = `insert into audit (request, interaction, actor_kind, actor, query, reason, outcome, bucket, type, patient, targets, custodians)
select $3, '$destroy', 'administrator', $4, $5, 'destruction', 0, min(bucket), min(type), patient,
  array_agg(type || '/' || id || '/_history/' || version), coalesce(array_agg(distinct custodian) filter (where custodian is not null), '{}')
from resource ${chosen} group by patient`;
