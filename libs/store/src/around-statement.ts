import {
  type Around,
  compileConditions,
  compileGround,
  compileHiding,
  compileScope,
  compileSights,
  compileSort,
  compileUnmasked,
  type Query,
  type SqlBuilder,
  Statement,
} from '@naravard/search';
import { auditColumns, auditRow, auditValues, custodiansOf } from './audit.ts';
import { groundedColumns, keyColumns } from './include-statement.ts';
import { bucketOf } from './key-fields.ts';
import { factsOf, factsTold, seenColumn, toldOf } from './seen.ts';
import type { RequestContext } from './types.ts';

/**
 * The statement of a search around one patient: parts of several types, and what they include. What access depends on the patient
 * for is asked once (`g`), and the Scope stands once for the parts, once for the includes and once for what is only referred
 * to, so that the text stays short enough to be kept by name: five types with their staff and units are 17,000 characters,
 * against 110,000.
 */
export function aroundStatement(
  context: RequestContext,
  query: Query,
  around: Around,
  sql: SqlBuilder,
): string {
  const { parts, count } = query;
  const patient = sql.param(around.patient, 'text');
  const sights = compileSights(context.scope, patient, sql, toldOf(context, sql));
  const statement = new Statement(sql, context.scope, sights ? 'g' : undefined);
  const limit = `${sql.param(count, 'integer')}`;
  const made = parts.map((part) => {
    const sort = compileSort(part, 'r', statement, { several: true });
    const keys = sort.select.map((key, at) => `${key} as k${at}`).join(', ');
    const where = `${statement.current(part.type, 'r')} and r.patient = ${patient} and ${compileConditions(part, 'r', statement)}`;
    return { select: `select ${keyColumns('r')}, ${keys} from resource r where ${where}`, sort };
  });
  const [first] = made;
  if (!first) throw new Error('a search has a part');
  const order = first.sort.orderByNames(first.sort.select.map((_, at) => `k${at}`));
  const ground = compileGround(context.scope, 'u', sql, statement.sights);
  const second = sights ? context.second : null;
  const custodians = `(select ${custodiansOf('s')} from (${disclosed('p.call')}) s)`;
  const facts = second ? factsTold('p.told') : factsOf(context, patient, custodians, sql);
  const columns = (alias: string) =>
    `${alias}.type, ${alias}.id, ${alias}.version, v.last_updated, v.method, v.meta, v.body, ${seenColumn(alias, second?.besides(alias))} as seen`;
  const bodies = (alias: string, condition: string) => `left join lateral (
  select * from version v where v.bucket = ${alias}.bucket and v.rid = ${alias}.rid and v.version = ${alias}.version${condition} offset 0
) v on true`;
  return `g as materialized (select b.call${sights && ', g.*'} from b${sights && ` cross join lateral ${sights} g`}), page as (
  select g.call, ${limit} as shown, ${second ? 'g.told, ' : ''}p.* from b join g on g.call = b.call left join lateral (
    select u.*, d.ground, row_number() over (order by ${order}) as n from (${made.map(({ select }) => `(${select})`).join(' union all ')}) u
    cross join lateral (select ${ground} as ground offset 0) d where d.ground is not null order by ${order} limit ${limit} + 1
  ) p on true
)${followed(around, query.maxIncluded, patient, statement)}, a as (
  insert into audit (${auditColumns}) select ${auditRow(sql.param(auditValues(context), 'text[]'), {
    outcome: '0',
    type: 'null::text',
    targets: `coalesce(d.targets, '{}')`,
    reason: `coalesce(d.reason, 'no match')`,
    custodians: `coalesce(d.custodians, '{}')`,
    bucket: sql.param(bucketOf(around.patient), 'smallint'),
    patient,
  })} from b left join lateral (
    select array_agg(s.type || '/' || s.id || '/_history/' || s.version) as targets, string_agg(distinct s.ground, ' ') as reason, ${custodiansOf('s')} as custodians from (${disclosed('b.call')}) s
  ) d on true
)
select p.call, null::bigint as total, p.n, '[]' as keys, ${columns('p')}, case when p.n = 1 then ${facts} end as facts, null as referred
from page p join b on b.call = p.call ${bodies('p', ' and p.n <= p.shown')}
union all
select i.call, null, null, null, ${columns('i')}, null, null from included i ${bodies('i', '')}${referred(patient, statement)}`;
}

/** What a call is shown, whatever it is about. */
const disclosed = (call: string): string => `
      select ${disclosedColumns('p')} from page p where p.call = ${call} and p.n <= p.shown
      union all select ${disclosedColumns('i')} from included i where i.call = ${call}`;

const disclosedColumns = (alias: string): string =>
  ['bucket', 'rid', 'type', 'id', 'version', 'ground', 'custodian']
    .map((name) => `${alias}.${name}`)
    .join(', ');

/**
 * A row without a resource, where references may be hidden: of what is shown refers to and may be hidden, whether the caller
 * sees it. What is about another patient is not told of, since the sights are of this one.
 */
function referred(patient: string, { scope, sql, sights }: Statement): string {
  const { hiding } = scope;
  const hides = compileHiding(scope, 'g', sql, sights);
  if (!hiding || hides === null) return '';
  const never = sql.param([...hiding.never], 'text[]');
  return `
union all
select g.call, ${'null, '.repeat(12)}n.referred from b join g on g.call = b.call cross join lateral (
  select json_object_agg(n.target_type || '/' || n.target, coalesce(t.seen, false))::text as referred from (
    select distinct x.target_type, x.target from (${disclosed('b.call')}) s join reference x on x.rid = s.rid and x.bucket = s.bucket
    where x.target is not null and x.target_type <> all(${never})
  ) n left join lateral (
    select t.patient, ${compileScope(scope, 't', sql, sights)} as seen from resource t where t.type = n.target_type and t.id = n.target offset 0
  ) t on true where t.patient is null or t.patient = ${patient}
) n where ${hides}`;
}

/**
 * What the shown rows of `page` refer to, and what that refers to, or what refers `back` to it, each once; one more than `most` tells that there are more.
 * What is masked is not followed (OSL 2009:400 22 kap 1 §).
 */
function followed(
  { follow, back = [] }: Around,
  most: number,
  patient: string,
  { scope, sql, sights }: Statement,
): string {
  if (follow.some(({ to }) => to === PLACE)) throw new Error('places are not followed');
  const unmasked = compileUnmasked(scope, 's', sql, sights);
  const ways = sql.param(
    follow.map(({ from, to }) => `${from}>${to}`),
    'text[]',
  );
  const ground = `cross join lateral (select ${compileGround(scope, 'i', sql, sights)} as ground offset 0) d`;
  const param = (types: readonly string[]) => sql.param([...new Set(types)], 'text[]');
  const referring = back.length
    ? ` union all select i.* from reference x join resource i on i.rid = x.rid and i.bucket = x.bucket
      where s.type = any(${param(back.map(({ to }) => to))}) and x.target = s.id and x.target_type = s.type and x.type = any(${param(back.map(({ from }) => from))})
      and x.type || '>' || x.target_type = any(${param(back.map(({ from, to }) => `${from}>${to}`))})
      and i.patient is null`
    : '';
  return `, related as (
  (select s.call, ${groundedColumns('s')}, true as matched from page s where s.n <= s.shown)
  union
  (select s.call, ${keyColumns('i')}, d.ground, false from related s join b on b.call = s.call join g on g.call = s.call cross join lateral (
      select i.* from reference x join resource i on i.type = x.target_type and i.id = x.target
      where x.rid = s.rid and x.bucket = s.bucket and x.type || '>' || x.target_type = any(${ways})${unmasked === null ? '' : ` and ${unmasked}`}
      and (i.patient is null or i.patient = ${patient})${referring}
    ) i ${ground} where not i.deleted and d.ground is not null)
), included as (
  select i.* from b cross join lateral (
    select i.* from related i where i.call = b.call and not i.matched and not exists (
      select from page s where s.call = i.call and s.rid = i.rid and s.n <= s.shown
    ) limit ${most + 1}
  ) i
)`;
}

/** References to it are masked wherever they stand. */
const PLACE = 'Location';
