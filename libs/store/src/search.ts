import { compileSort, compileWhere, type Query, SqlBuilder } from '@naravard/search';
import { auditColumns, auditRow, auditValues, scopeReason } from './audit.ts';
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
  const audit = auditRow(sql.param(auditValues(context), 'text[]'), {
    reason: sql.param(scopeReason(context), 'text'),
    outcome: '0',
    bucket: 'coalesce(min(p.bucket), 0)',
    type: sql.param(query.type, 'text'),
    patient: 'p.patient',
    targets: `array_remove(array_agg(p.type || '/' || p.id || '/_history/' || p.version), null)`,
  });
  const bodies = `page p left join version v on v.bucket = p.bucket and v.rid = p.rid and v.version = p.version and p.n <= ${count}`;
  const from = query.total
    ? `(select count(*) from resource r where ${where}) as t(total) left join (${bodies}) on true`
    : bodies;
  const text = `with page as (
  select r.bucket, r.rid, r.type, r.id, r.version, r.patient, jsonb_build_array(${sort.select.join(', ')})::text as keys, row_number() over (order by ${sort.orderBy}) as n
  from resource r where ${where}${after}
  order by ${sort.orderBy} limit case when ${count} = 0 then 0 else ${count} + 1 end
), a as (
  insert into audit (${auditColumns})
  select ${audit} from (select 1) as once left join page p on p.n <= ${count} group by p.patient
)
select p.n, p.type, p.id, p.version, v.last_updated, v.method, v.meta, v.body, p.keys${query.total ? ', t.total' : ''}
from ${from}`;
  return { text, values: sql.values };
}
