import { compileSort, compileWhere, type Query, SqlBuilder } from '@naravard/search';
import { auditColumns, auditRow, auditValues, scopeReason } from './audit.ts';
import { storedOf, type VersionRow } from './read.ts';
import type { Queryable, Statements } from './statement.ts';
import type { RequestContext, SearchPage } from './types.ts';

interface PageRow extends VersionRow {
  total: string | null;
  more: string;
  keys: string | null;
}

/**
 * One statement, hence one snapshot: the page (one row more than asked tells whether there is a next one), the exact
 * total after access, one audit row per patient disclosed - or one that says nothing was - and the bodies.
 */
export async function searchPage(
  statements: Statements,
  on: Queryable,
  context: RequestContext,
  query: Query,
): Promise<SearchPage> {
  const sql = new SqlBuilder();
  const { text, values } = pageStatement(context, query, sql);
  const rows = await statements.run<PageRow>(on, text, values);
  const resources = rows.filter(({ type }) => type !== null).map(storedOf);
  const last = rows.at(-1);
  return {
    resources,
    ...(last?.keys && last.more === 't' && { next: JSON.parse(last.keys) as (string | null)[] }),
    ...(query.total && { total: Number(rows[0]?.total) }),
  };
}

function pageStatement(context: RequestContext, query: Query, sql: SqlBuilder) {
  const where = compileWhere(query, context.scope, 'r', sql);
  const sort = compileSort(query, 'r', sql);
  const after = query.after ? ` and ${sort.after(query.after)}` : '';
  const count = sql.param(query.count, 'integer');
  const reason = sql.param(scopeReason(context), 'text');
  const shown = { reason, outcome: '0', type: sql.param(query.type, 'text') };
  const audit = sql.param(auditValues(context), 'text[]');
  const rows = auditRow(audit, {
    ...shown,
    bucket: 'min(s.bucket)',
    patient: 's.patient',
    targets: `array_agg(s.type || '/' || s.id || '/_history/' || s.version)`,
  });
  const nothing = auditRow(audit, { ...shown, bucket: '0', patient: 'null', targets: `'{}'` });
  const text = `with page as (
  select r.bucket, r.rid, r.type, r.id, r.version, r.patient, jsonb_build_array(${sort.select.join(', ')})::text as keys
  from resource r where ${where}${after}
  order by ${sort.orderBy} limit case when ${count} = 0 then 0 else ${count} + 1 end
), numbered as (
  select *, row_number() over () as n from page
), s as (
  select * from numbered where n <= ${count}
), a as (
  insert into audit (${auditColumns})
  select ${rows} from s group by s.patient
  union all select ${nothing} where not exists (select from s)
)
select v.type, s.id, v.version, v.last_updated, v.method, v.meta, v.body, s.keys, f.more, f.total
from (
  select (select count(*) from page) > ${count} as more, ${query.total ? `(select count(*) from resource r where ${where})` : 'null'} as total
) f left join (s join version v on v.bucket = s.bucket and v.rid = s.rid and v.version = s.version) on true
order by s.n`;
  return { text, values: sql.values };
}
