import { compileSort, compileWhere, type Query, SqlBuilder } from '@naravard/search';
import { auditColumns, auditRow, auditValues, scopeReason } from './audit.ts';
import { CallBuilder, type CallStatement } from './gathered.ts';
import { bucketOf } from './key-fields.ts';
import { storedOf, type VersionRow } from './read.ts';
import type { Queryable, Statements } from './statement.ts';
import type { RequestContext, SearchPage } from './types.ts';

export interface PageRow extends VersionRow {
  n: string | null;
  keys: string | null;
  total?: string | null;
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
  return pageOf(query, await statements.run<PageRow>(on, text, values));
}

/** As `searchPage`, for a search within one patient, which is cheap enough to share a statement with others. */
export async function patientPage(
  run: (statement: CallStatement) => Promise<PageRow[]>,
  context: RequestContext,
  query: Query,
  patient: string,
): Promise<SearchPage> {
  return pageOf(query, await run(patientStatement(context, query, patient)));
}

function pageOf(query: Query, rows: readonly PageRow[]): SearchPage {
  const page = rows.filter(({ n }) => n !== null).sort((a, b) => Number(a.n) - Number(b.n));
  const shown = page.slice(0, query.count);
  const keys = page.length > shown.length ? shown.at(-1)?.keys : undefined;
  return {
    resources: shown.map(storedOf),
    ...(keys && { next: JSON.parse(keys) as (string | null)[] }),
    ...(query.total && { total: Number(rows[0]?.total) }),
  };
}

const bodyColumns = 'p.n, p.type, p.id, p.version, v.last_updated, v.method, v.meta, v.body';
const target = `p.type || '/' || p.id || '/_history/' || p.version`;

/** The select of a page's key rows, and of the cursor that its last row makes. */
function pageParts(context: RequestContext, query: Query, sql: SqlBuilder) {
  const where = compileWhere(query, context.scope, 'r', sql);
  const sort = compileSort(query, 'r', sql);
  const after = query.after ? ` and ${sort.after(query.after)}` : '';
  const count = sql.param(query.count, 'integer');
  const names = sort.select.map((_, index) => `k${index}`);
  const page = `select r.bucket, r.rid, r.type, r.id, r.version, r.patient, ${sort.select.map((key, index) => `${key} as ${names[index]}`).join(', ')}, row_number() over (order by ${sort.orderBy}) as n
  from resource r where ${where}${after}
  order by ${sort.orderBy} limit case when ${count} = 0 then 0 else ${count} + 1 end`;
  const keys = `jsonb_build_array(${names.map((name) => `p.${name}`).join(', ')})::text`;
  return { where, count, page, keys };
}

function pageStatement(context: RequestContext, query: Query) {
  const sql = new SqlBuilder();
  const { where, count, page, keys } = pageParts(context, query, sql);
  const bodies = `page p left join version v on v.bucket = p.bucket and v.rid = p.rid and v.version = p.version and p.n <= ${count}`;
  const from = query.total
    ? `(select count(*) from resource r where ${where}) as t(total) left join (${bodies}) on true`
    : bodies;
  const row = auditRow(sql.param(auditValues(context), 'text[]'), {
    reason: sql.param(scopeReason(context), 'text'),
    outcome: '0',
    bucket: 'coalesce(min(p.bucket), 0)',
    type: sql.param(query.type, 'text'),
    patient: 'p.patient',
    targets: `array_remove(array_agg(${target}), null)`,
  });
  const text = `with page as (${page}), a as (
  insert into audit (${auditColumns})
  select ${row} from (select 1) as once left join page p on p.n <= ${count} group by p.patient
)
select ${bodyColumns}, case when p.n = ${count} then ${keys} end as keys${query.total ? ', t.total' : ''}
from ${from}`;
  return { text, values: sql.values };
}

function patientStatement(context: RequestContext, query: Query, patient: string): CallStatement {
  const sql = new CallBuilder();
  const { where, count, page, keys } = pageParts(context, query, sql);
  const total = query.total ? `(select count(*) from resource r where ${where})` : 'null';
  const row = auditRow(sql.param(auditValues(context), 'text[]'), {
    reason: sql.param(scopeReason(context)),
    outcome: '0',
    bucket: sql.param(bucketOf(patient), 'smallint'),
    type: sql.param(query.type),
    patient: sql.param(patient),
    targets: `array(select ${target} from page p where p.call = b.call and p.n <= ${count})`,
  });
  // `offset 0` keeps a lookup by key a lookup by key, whatever the planner thinks of the tables.
  const text = `page as (
  select b.call, ${count} as shown, ${total} as total, p.* from b left join lateral (${page}) p on true
), a as (
  insert into audit (${auditColumns}) select ${row} from b
)
select p.call, p.total, ${bodyColumns}, case when p.n = p.shown then ${keys} end as keys
from page p left join lateral (
  select * from version v where v.bucket = p.bucket and v.rid = p.rid and v.version = p.version and p.n <= p.shown offset 0
) v on true`;
  return { text, values: sql.values };
}
