import { compileGround, compileScope, SqlBuilder } from '@naravard/search';
import { auditColumns, auditRow, auditValues, custodiansOf, ofNobody } from './audit.ts';
import { storedOf, type VersionRow, versionColumns, versioned } from './read.ts';
import { checkSeen, factsOf, seenColumn } from './seen.ts';
import type { Queryable, Statements } from './statement.ts';
import type { HistoryPage, HistoryQuery, RequestContext } from './types.ts';

interface HistoryRow extends VersionRow {
  total: string | null;
  more: string;
  known: string;
  keys: string | null;
}

/** One statement: visible versions, newest first; with their count for one resource. http://hl7.org/fhir/R4/http.html#history */
export async function historyPage(
  statements: Statements,
  on: Queryable,
  context: RequestContext,
  query: HistoryQuery,
): Promise<HistoryPage | undefined> {
  const sql = new SqlBuilder();
  const text = historyStatement(context, query, sql);
  const rows = await statements.run<HistoryRow>(on, text, sql.values);
  const last = rows.at(-1);
  if (query.id !== undefined && last?.known !== 't') return undefined;
  return {
    resources: checkSeen(context, rows, storedOf),
    ...(last?.total && { total: Number(last.total) }),
    ...(last?.keys && last.more === 't' && { next: JSON.parse(last.keys) as (string | null)[] }),
  };
}

function historyStatement(context: RequestContext, query: HistoryQuery, sql: SqlBuilder): string {
  const types = sql.param(query.types, 'text[]');
  const one = query.id === undefined ? '' : ` and r.id = ${sql.param(query.id, 'text')}`;
  const from = `from version v join resource r on r.bucket = v.bucket and r.rid = v.rid
    cross join lateral (${versioned('r', 'v.labels')}) w
    where v.type = t.type and r.type = t.type${one} and ${compileScope(context.scope, 'w', sql)}${timeCondition(query, sql)}`;
  const after = query.after
    ? ` and (v.last_updated, v.rid, v.version) < (${query.after.map((key, index) => sql.param(key, keyTypes[index])).join(', ')})`
    : '';
  const count = sql.param(query.count, 'integer');
  const newest = `order by v.last_updated desc, v.rid desc, v.version desc limit case when ${count} = 0 then 0 else ${count} + 1 end`;
  const shown = { outcome: '0' };
  const audit = sql.param(auditValues(context), 'text[]');
  const rows = auditRow(audit, {
    ...shown,
    bucket: 'min(s.bucket)',
    type: 'min(s.type)',
    patient: 's.patient',
    targets: `array_agg(s.type || '/' || s.id || '/_history/' || s.version)`,
    reason: `string_agg(distinct s.ground, ' ')`,
    custodians: custodiansOf('s'),
  });
  const nothing = auditRow(audit, {
    ...shown,
    ...ofNobody,
    type: `(${types})[1]`,
    reason: `'no match'`,
  });
  // One index over (type, last_updated) serves type and system history: the newest of each type, then of all.
  return `with page as (
  select v.* from unnest(${types}) as t(type) cross join lateral (
    select v.bucket, v.rid, v.version, v.last_updated, r.id, w.type, w.patient, w.custodian, w.author_unit, w.labels, w.starts, ${compileGround(context.scope, 'w', sql)} as ground ${from}${after} ${newest}
  ) v ${newest}
), numbered as (
  select *, row_number() over () as n, row_number() over (partition by patient) = 1 as first, jsonb_build_array(last_updated::text, rid, version::text)::text as keys from page
), s as (
  select * from numbered where n <= ${count}
), a as (
  insert into audit (${auditColumns})
  select ${rows} from s group by s.patient
  union all select ${nothing} where not exists (select from s)
)
select ${versionColumns}, k.keys, case when k.n is not null then ${seenColumn('k')} end as seen,
  case when k.first then ${factsOf(context, 'k.patient', '(select array_agg(distinct s.custodian) from s where s.patient = k.patient)', sql)} end as facts, f.*
from (
  select (select count(*) from page) > ${count} as more, ${totalOf(query, types, from)}, ${knownOf(query, types, one, compileScope(context.scope, 'r', sql))}
) f left join (s k join version v on v.bucket = k.bucket and v.rid = k.rid and v.version = k.version) on true
order by k.n`;
}

/** Counted for one resource only: a type's versions may be millions. */
const totalOf = (query: HistoryQuery, types: string, from: string): string =>
  query.id === undefined
    ? 'null as total'
    : `(select count(*) from unnest(${types}) as t(type), lateral (select 1 ${from}) v) as total`;

const knownOf = (query: HistoryQuery, types: string, one: string, visible: string): string =>
  query.id === undefined
    ? 'true as known'
    : `exists (select from resource r where r.type = any(${types})${one} and ${visible}) as known`;

const keyTypes = ['timestamptz', 'uuid', 'integer'];

/** `_since`: created at or after; `_at`: current at some time within the value's interval. */
function timeCondition(query: HistoryQuery, sql: SqlBuilder): string {
  const since = query.since ? ` and v.last_updated >= ${sql.param(query.since, 'timestamptz')}` : '';
  if (!query.at) return since;
  const start = sql.param(query.at.start, 'timestamptz');
  const end = sql.param(query.at.end, 'timestamptz');
  return `${since} and v.last_updated < ${end} and not exists (
    select from version n where n.bucket = v.bucket and n.rid = v.rid and n.version = v.version + 1 and n.last_updated <= ${start})`;
}
