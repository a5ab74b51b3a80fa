import { compileGround, compileScope, SqlBuilder } from '@naravard/search';
import { auditColumns, auditRow, auditValues, custodiansOf, ofNobody } from './audit.ts';
import type { Origin, OriginPage, OriginQuery, OriginTarget } from './origin.ts';
import { storedOf, type VersionRow, versioned } from './read.ts';
import { checkSeen, factsOf, seenColumn } from './seen.ts';
import type { Queryable, Statements } from './statement.ts';
import type { RequestContext, Stored } from './types.ts';

interface OriginRow extends VersionRow {
  bucket: string;
  rid: string;
  patient: string | null;
  by_organisation: string | null;
  by_unit: string | null;
  author: string | null;
  activity: string | null;
  keys: string;
  more: string;
  total: string | null;
}

/** One statement: the versions of the targets that the caller may see, without their bodies, and their audit rows. */
export async function originPage(
  statements: Statements,
  on: Queryable,
  context: RequestContext,
  query: OriginQuery,
): Promise<OriginPage> {
  const sql = new SqlBuilder();
  const found = await statements.run<OriginRow>(on, originStatement(context, query, sql), sql.values);
  const rows = found.filter(({ rid }) => rid !== null);
  const shown = checkSeen(context, rows, storedOf);
  const last = rows.at(-1);
  return {
    origins: rows.map((row, index) => originOf(row, shown[index] as Stored)),
    ...(found[0]?.total && { total: Number(found[0].total) }),
    ...(last?.more === 't' && { next: JSON.parse(last.keys) as (string | null)[] }),
  };
}

const originOf = (row: OriginRow, { id, type, version, lastUpdated, method, mask }: Stored): Origin => ({
  key: { bucket: Number(row.bucket), rid: row.rid, version },
  type,
  id,
  recorded: lastUpdated,
  method,
  patient: row.patient,
  custodian: row.by_organisation,
  unit: row.by_unit,
  author: row.author,
  activity: row.activity,
  mask,
});

function originStatement(context: RequestContext, query: OriginQuery, sql: SqlBuilder): string {
  const from = `from ${wanted(query, sql)} cross join lateral (${versioned('r', 'v.labels')}) w where ${compileScope(context.scope, 'w', sql)}`;
  const after =
    query.kind === 'targets' && query.after
      ? ` and (v.last_updated, v.rid, v.version) < (${query.after.map((key, index) => sql.param(key, keyTypes[index])).join(', ')})`
      : '';
  const count = sql.param(query.kind === 'one' ? 1 : query.count, 'integer');
  const total = query.kind === 'targets' && query.total ? `(select count(*) ${from})` : 'null::bigint';
  return `with page as (
  select v.bucket, v.rid, v.version, v.last_updated, v.method, v.custodian as by_organisation, v.author_unit as by_unit, v.author, v.activity,
    r.id, w.type, w.patient, w.custodian, w.author_unit, w.labels, w.starts, ${compileGround(context.scope, 'w', sql)} as ground
  ${from}${after} order by v.last_updated desc, v.rid desc, v.version desc limit case when ${count} = 0 then 0 else ${count} + 1 end
), numbered as (
  select *, row_number() over () as n, row_number() over (partition by patient) = 1 as first, jsonb_build_array(last_updated::text, rid, version::text)::text as keys from page
), s as (
  select * from numbered where n <= ${count}
), a as (
  ${auditInsert(context, query, sql)}
)
select s.bucket, s.rid, s.type, s.id, s.version, s.last_updated, s.method, null as meta, null as body, s.patient, s.by_organisation, s.by_unit, s.author, s.activity, s.keys,
  ${seenColumn('s')} as seen,
  case when s.first then ${factsOf(context, 's.patient', '(select array_agg(distinct o.custodian) from s o where o.patient = s.patient)', sql)} end as facts,
  (select count(*) from page) > ${count} as more, t.total
from (select ${total} as total) t left join s on true order by s.n`;
}

const keyTypes = ['timestamptz', 'uuid', 'integer'];

/** Key rows under `r` with the versions asked for under `v`. */
function wanted(query: OriginQuery, sql: SqlBuilder): string {
  if (query.kind === 'one') {
    const { bucket, rid, version } = query.key;
    return `resource r join version v on v.bucket = r.bucket and v.rid = r.rid and v.version = ${sql.param(version, 'integer')}
    and r.bucket = ${sql.param(bucket, 'smallint')} and r.rid = ${sql.param(rid, 'uuid')}`;
  }
  const cells = (pick: (target: OriginTarget) => unknown, type: string) =>
    sql.param(query.targets.map(pick), `${type}[]`);
  const targets = `${cells(({ type }) => type, 'text')}, ${cells(({ id }) => id, 'text')}, ${cells(({ version }) => version ?? null, 'integer')}`;
  return `unnest(${targets}) as t(type, id, version) cross join lateral (
    select * from resource r where r.type = t.type and r.id = t.id offset 0
  ) r join version v on v.bucket = r.bucket and v.rid = r.rid and (t.version is null or v.version = t.version)`;
}

/** One row per patient; the targets are the versions whose origin was shown. */
function auditInsert(context: RequestContext, query: OriginQuery, sql: SqlBuilder): string {
  const values = sql.param(auditValues(context), 'text[]');
  const type = `'Provenance'`;
  const shown = auditRow(values, {
    reason: `string_agg(distinct s.ground, ' ')`,
    outcome: '0',
    bucket: 'min(s.bucket)',
    type,
    patient: 's.patient',
    targets: `array_agg(s.type || '/' || s.id || '/_history/' || s.version)`,
    custodians: custodiansOf('s'),
  });
  const insert = `insert into audit (${auditColumns}) select ${shown} from s group by s.patient`;
  if (query.kind === 'targets') return insert;
  const missed = auditRow(values, {
    ...ofNobody,
    reason: `'absent'`,
    outcome: '4',
    type,
  });
  return `${insert} union all select ${missed} where not exists (select from s)`;
}
