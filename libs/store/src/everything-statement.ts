import {
  compileGround,
  compileSights,
  type Everything,
  type EverythingAbout,
  type Query,
  type SqlBuilder,
} from '@naravard/search';
import { auditColumns, auditRow, auditValues, custodiansOf } from './audit.ts';
import { comingWith } from './everything-related.ts';
import { groundedColumns, keyColumns } from './include-statement.ts';
import { bucketOf } from './key-fields.ts';
import { factsOf, factsTold, seenColumn, toldOf } from './seen.ts';
import type { RequestContext } from './types.ts';

/**
 * The CTEs and the select of $everything over the calls `b`: one statement, hence one snapshot. `root` is the resource that is
 * asked about, whoever may see it, and `top` on which ground the caller does; what access depends on its patient for is asked
 * once (`g`). Then a page, what comes with it, the audit of all that is shown, and the bodies.
 */
export function everythingStatement(
  context: RequestContext,
  query: Query,
  everything: Everything,
  sql: SqlBuilder,
): string {
  const { scope } = context;
  const sights = compileSights(scope, 'root.about', sql, toldOf(context, sql));
  const asked = sights ? 'g' : undefined;
  const second = sights ? context.second : null;
  const [type, id] = [sql.param(everything.type, 'text'), sql.param(everything.id, 'text')];
  // A person whom the caller does not see, or who is not here, may be written about all the same.
  const about = everything.kind === 'record' ? id : 'r.patient';
  const facts = second ? factsTold('p.told') : factsOf(context, 'p.patient', disclosedCustodians, sql);
  const columns = (alias: string) =>
    `${alias}.type, ${alias}.id, ${alias}.version, v.last_updated, v.method, v.meta, v.body, ${seenColumn(alias, second?.besides(alias))} as seen`;
  const bodies = (alias: string, condition: string) => `left join lateral (
  select * from version v where v.bucket = ${alias}.bucket and v.rid = ${alias}.rid and v.version = ${alias}.version${condition} offset 0
) v on true`;
  const rows =
    everything.kind === 'record'
      ? recordPage(query, everything, compileGround(scope, 'r', sql, asked), sql)
      : `select ${keyColumns('top')}, top.ground, top.deleted, 1::bigint as n, '' as k from (select) one where top.ground is not null`;
  const { ctes, select } = comingWith(context, query, everything, asked, sql);
  return `root as materialized (
  select b.call, ${about} as about, ${keyColumns('r')}, r.tokens, r.deleted from b left join lateral (
    select r.* from resource r where r.type = ${type} and r.id = ${id} offset 0
  ) r on true
), g as materialized (select root.call${sights && ', g.*'} from root join b on b.call = root.call${sights && ` cross join lateral ${sights} g`}), top as materialized (
  select root.*, case when root.rid is not null then (select ${compileGround(scope, 'root', sql, asked, everything.type)}) end as ground
  from root join b on b.call = root.call join g on g.call = root.call
), page as (
  select top.call, ${sql.param(query.count, 'integer')} as shown, case when top.ground is not null then case when top.deleted then 'deleted' else 'seen' end end as subject,
    ${second ? 'g.told, ' : ''}p.* from top join b on b.call = top.call join g on g.call = top.call left join lateral (${rows}) p on true
)${ctes}, a as (
  ${auditInsert(context, everything, { type, id }, sql)}
)
select p.call, null::bigint as total, p.n, case when p.n in (1, p.shown) then jsonb_build_array(p.k, p.id)::text end as keys, ${columns('p')}, case when p.n = 1 then ${facts} end as facts, p.subject, null as referred
from page p join b on b.call = p.call ${bodies('p', ' and p.n <= p.shown')}
union all
select i.call, null, null, null, ${columns('i')}, null, null, null from included i ${bodies('i', '')}${select}`;
}

/** Whose all that is shown to a call is, for who takes part in SVOD. */
const disclosedCustodians = `(select ${custodiansOf('s')} from (select custodian from page where n <= shown union all select custodian from included) s)`;

/** What is about the person, the Patient first, as far as the caller sees it; one more than is shown tells that there is more. */
function recordPage(
  { cursor, count }: Query,
  { types, since, after, before }: EverythingAbout,
  ground: string,
  sql: SqlBuilder,
): string {
  const [way, beyond] = cursor?.side === 'before' ? [' desc', '<'] : ['', '>'];
  const order = (alias: string, keyed = alias) => `${keyed}.k${way}, ${alias}.id${way}`;
  const instant = (value: string | null) => sql.param(value, 'timestamptz');
  const [from, start, end] = [instant(since), instant(after), instant(before)];
  const [key, id] = (cursor?.keys ?? [null, null]).map((each) => sql.param(each, 'text'));
  // Of one patient there are few: they are sorted by what never changes, and decided on until the page is full.
  return `select ${keyColumns('u')}, u.ground, u.deleted, row_number() over (order by ${order('u')}) as n, u.k from (
    select r.*, d.ground from (
      select r.*, t.k from resource r cross join lateral (select case r.type when 'Patient' then '' else r.type end as k offset 0) t
      where r.patient = top.about and not r.deleted and r.type = any(${sql.param([...types], 'text[]')})
      and (${from} is null or r.last_updated >= ${from}) and (${end} is null or r.starts is null or r.starts < ${end}) and (${start} is null or r.ends is null or r.ends > ${start})
      and (${key} is null or (t.k, r.id) ${beyond} (${key}, ${id})) order by ${order('r', 't')} offset 0
    ) r cross join lateral (select ${ground} as ground offset 0) d where d.ground is not null order by ${order('r')} limit ${sql.param(count + 1, 'integer')}
  ) u`;
}

/** HSLF-FS 2016:40 4 kap 9 §: a row of whom data were shown, and one of what is about nobody; one as well where nothing was. */
function auditInsert(
  context: RequestContext,
  everything: Everything,
  { type, id }: Record<'type' | 'id', string>,
  sql: SqlBuilder,
): string {
  const isRecord = everything.kind === 'record';
  const row = auditRow(sql.param(auditValues(context), 'text[]'), {
    outcome: 'case when d.reason is null and top.ground is null then 4 else 0 end',
    type,
    targets: `coalesce(d.targets, case when top.ground is null then array[${type} || '/' || ${id}] else '{}' end)`,
    reason: `coalesce(d.reason, case when top.ground is not null then 'no match' when top.rid is null then 'absent' else 'out of scope' end)`,
    custodians: `coalesce(d.custodians, '{}')`,
    bucket: isRecord
      ? `coalesce(d.bucket, ${sql.param(bucketOf(everything.id), 'smallint')})`
      : 'coalesce(d.bucket, top.bucket, 0)',
    patient: 'coalesce(d.patient, top.about)',
  });
  return `insert into audit (${auditColumns}) select ${row} from top join b on b.call = top.call left join lateral (
    select s.patient, min(s.bucket) as bucket, array_agg(s.type || '/' || s.id || '/_history/' || s.version) as targets, string_agg(distinct s.ground, ' ') as reason, ${custodiansOf('s')} as custodians
    from (
      select ${groundedColumns('p')} from page p where p.call = top.call and p.n <= p.shown
      union all select ${groundedColumns('i')} from included i where i.call = top.call
    ) s group by s.patient
  ) d on true`;
}
