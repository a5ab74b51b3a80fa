import { compileSort, compileWhere, patientOf, type Query, SqlBuilder } from '@naravard/search';
import { auditColumns, auditRow, auditValues, scopeReason } from './audit.ts';
import { bucketOf } from './key-fields.ts';
import { storedOf, type VersionRow } from './read.ts';
import type { Queryable, Statements } from './statement.ts';
import type { RequestContext, SearchPage } from './types.ts';

interface PageRow extends VersionRow {
  n: string | null;
  keys: string | null;
  total?: string;
}

/**
 * One statement, hence one snapshot: the page (one row more than asked, without its body, tells that there is a next
 * one), the exact total after access, one audit row per patient disclosed - or one that says nothing was - and bodies.
 */
export async function searchPage(
  statements: Statements,
  on: Queryable,
  context: RequestContext,
  query: Query,
): Promise<SearchPage> {
  const { text, values } = pageStatement(context, query);
  const rows = await statements.run<PageRow>(on, text, values);
  const page = rows.filter(({ n }) => n !== null).sort((a, b) => Number(a.n) - Number(b.n));
  const shown = page.slice(0, query.count);
  const keys = page.length > shown.length ? shown.at(-1)?.keys : undefined;
  return {
    resources: shown.map(storedOf),
    ...(keys && { next: JSON.parse(keys) as (string | null)[] }),
    ...(query.total && { total: Number(rows[0]?.total) }),
  };
}

function pageStatement(context: RequestContext, query: Query) {
  const sql = new SqlBuilder();
  const where = compileWhere(query, context.scope, 'r', sql);
  const sort = compileSort(query, 'r', sql);
  const after = query.after ? ` and ${sort.after(query.after)}` : '';
  const count = sql.param(query.count, 'integer');
  const keys = sort.select.map((_, index) => `k${index}`);
  const bodies = `page p left join version v on v.bucket = p.bucket and v.rid = p.rid and v.version = p.version and p.n <= ${count}`;
  const from = query.total
    ? `(select count(*) from resource r where ${where}) as t(total) left join (${bodies}) on true`
    : bodies;
  const text = `with page as (
  select r.bucket, r.rid, r.type, r.id, r.version, r.patient, ${sort.select.map((key, index) => `${key} as ${keys[index]}`).join(', ')}, row_number() over (order by ${sort.orderBy}) as n
  from resource r where ${where}${after}
  order by ${sort.orderBy} limit case when ${count} = 0 then 0 else ${count} + 1 end
), a as (
  insert into audit (${auditColumns}) ${auditSelect(context, query, count, sql)}
)
select p.n, p.type, p.id, p.version, v.last_updated, v.method, v.meta, v.body,
  case when p.n = ${count} then jsonb_build_array(${keys.map((key) => `p.${key}`).join(', ')})::text end as keys${query.total ? ', t.total' : ''}
from ${from}`;
  return { text, values: sql.values };
}

/** One row per patient on the page, or one without; a search within one patient needs no grouping (a fifth of its cost). */
function auditSelect(context: RequestContext, query: Query, count: string, sql: SqlBuilder): string {
  const patient = patientOf(query);
  const target = `p.type || '/' || p.id || '/_history/' || p.version`;
  const shown = `page p${patient === null ? ' on' : ' where'} p.n <= ${count}`;
  const row = auditRow(sql.param(auditValues(context), 'text[]'), {
    reason: sql.param(scopeReason(context), 'text'),
    outcome: '0',
    bucket: patient === null ? 'coalesce(min(p.bucket), 0)' : sql.param(bucketOf(patient), 'smallint'),
    type: sql.param(query.type, 'text'),
    patient: patient === null ? 'p.patient' : sql.param(patient, 'text'),
    targets:
      patient === null ? `array_remove(array_agg(${target}), null)` : `array(select ${target} from ${shown})`,
  });
  return patient === null
    ? `select ${row} from (select 1) as once left join ${shown} group by p.patient`
    : `select ${row}`;
}
