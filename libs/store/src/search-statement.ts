import {
  compileConditions,
  compileGround,
  compileSights,
  compileSort,
  compileWhere,
  compileWhereGround,
  isBounded,
  type Part,
  patientOf,
  patientSought,
  type Query,
  type SqlBuilder,
  Statement,
} from '@naravard/search';
import { auditColumns, auditRow, auditValues, custodiansOf } from './audit.ts';
import { groundedColumns, includedRows, keyColumns } from './include-statement.ts';
import { bucketOf } from './key-fields.ts';
import type { VersionRow } from './read.ts';
import { factsOf, factsTold, seenColumn, toldOf } from './seen.ts';
import type { RequestContext, SearchPage } from './types.ts';

/** A match, where `n` numbers it; an included resource, where it does not; or neither: nothing was found. */
export interface PageRow extends VersionRow {
  n: string | null;
  /** The cursor at this row, of the first match and of the last one shown; around a patient an empty one. */
  keys: string | null;
  total: string | null;
  /** JSON of `SearchPage.referred`, in a row without a resource. */
  referred?: string | null;
  /** As `SearchPage.subject`, in a row of the page. */
  subject?: SearchPage['subject'] | null;
}

const target = `s.type || '/' || s.id || '/_history/' || s.version`;

/**
 * The CTEs and the select of a search over the calls `b`: one statement, hence one snapshot. `page` has one row more than
 * is shown, which tells that there is a further page; then what is included, the exact total after access, one audit row
 * per patient disclosed - or one that says nothing was - and the bodies.
 */
export function searchStatement(context: RequestContext, query: Query, sql: SqlBuilder): string {
  const sights = sightsOf(context, query, sql);
  // What is shown of one patient is decided on by the facts that its sights tell; of several, each patient's are read.
  const isTold = sights !== '' && !query.includes.length && context.second !== null;
  const statement = new Statement(sql, context.scope, sights ? 'g' : undefined);
  const count = sql.param(query.count, 'integer');
  const { ctes, select, keys } = pageOf(query, count, statement);
  const total = query.total ? totalOf(query, statement) : 'null::bigint';
  const included = query.includes.length ? includedRows(query, statement) : '';
  // `offset 0` keeps a lookup by key a lookup by key, whatever the planner thinks of the tables.
  const bodies = (alias: string, condition: string) => `left join lateral (
  select * from version v where v.bucket = ${alias}.bucket and v.rid = ${alias}.rid and v.version = ${alias}.version${condition} offset 0
) v on true`;
  const columns = (alias: string) =>
    `${alias}.type, ${alias}.id, ${alias}.version, v.last_updated, v.method, v.meta, v.body, ${seenColumn(alias, isTold ? context.second?.besides(alias) : undefined)} as seen`;
  const facts = isTold ? `case when p.n = 1 then ${factsTold('p.told')} end` : 'null';
  return `${ctes}page as (
  select b.call, ${count} as shown, ${total} as total, ${isTold ? 'g.told, ' : ''}p.* from b${sights && ` cross join lateral ${sights} g`} left join lateral (${select}) p on true
)${included}, a as (
  ${auditInsert(context, query, sql)}
)
select p.call, p.total, p.n, case when p.n in (1, p.shown) then ${keys} end as keys, ${columns('p')}, ${facts} as facts
from page p ${bodies('p', ' and p.n <= p.shown')}${
    included &&
    `
union all
select i.call, null, null, null, ${columns('i')}, null from included i ${bodies('i', '')}`
  }${context.second === null || isTold ? '' : factRows(context, query, sql)}`;
}

/** A search for one patient's rows asks once what access depends on the patient for. */
function sightsOf(context: RequestContext, query: Query, sql: SqlBuilder): string {
  const patient = isBounded(query) ? patientOf(query) : null;
  return patient === null
    ? ''
    : compileSights(context.scope, sql.param(patient, 'text'), sql, toldOf(context, sql));
}

/** Rows without a resource: the facts that decide on each patient whose resources are shown. */
function factRows(context: RequestContext, query: Query, sql: SqlBuilder): string {
  const facts = factsOf(context, 's.patient', 's.custodians', sql);
  return `
union all
select s.call, null, null, null, null, null, null, null, null, null, null, null, ${facts} from (
  select s.call, s.patient, ${custodiansOf('s')} as custodians from ${shownRows(query)} where s.patient is not null group by s.call, s.patient
) s join b on b.call = s.call`;
}

/** What is shown, matches and included, under alias `s`. */
const shownRows = ({ includes }: Query): string =>
  includes.length
    ? `(select p.call, ${groundedColumns('p')} from page p where p.n <= p.shown union all select i.call, ${groundedColumns('i')} from included i) s`
    : `(select * from page p where p.n <= p.shown) s`;

/** What makes a page: CTEs, the select of key rows in order, numbered, with their sort keys, and the text of a cursor. */
interface Page {
  ctes: string;
  select: string;
  keys: string;
}

function pageOf(query: Query, count: string, statement: Statement): Page {
  const { parts, cursor } = query;
  const options = { backwards: cursor?.side === 'before', several: parts.length > 1 };
  const limit = `limit case when ${count} = 0 then 0 else ${count} + 1 end`;
  const bounded = isBounded(query);
  const made = parts.map((part, index) => {
    const sort = compileSort(part, 'r', statement, options);
    const names = sort.select.map((_, key) => `k${key}`);
    const keys = sort.select.map((key, at) => `${key} as ${names[at]}`).join(', ');
    const beyond = cursor ? ` and ${sort.beyond(cursor)}` : '';
    const ground = compileGround(statement.scope, 'r', statement.sql, statement.sights, part.type);
    const select = (ground: string, from: string, where: string) =>
      `(select ${keyColumns('r')}, ${ground} as ground, ${keys} from ${from} where ${where} order by ${sort.orderBy} ${limit})`;
    const rows = (from: string, where: string) => select(ground, `${from} r`, where);
    // Of the rows of one patient the Scope is asked once, for their ground.
    const decided = () =>
      select(
        'd.ground',
        `resource r cross join lateral (select ${ground} as ground offset 0) d`,
        compileWhereGround(part, 'r', 'd.ground', statement) + beyond,
      );
    const order = sort.orderByNames(names);
    const tried = !bounded && part.conditions.length > 0 && isIndexed(part);
    const found = tried
      ? inOrderFirst(part, `head${index}`, { rows, beyond, orderBy: sort.orderBy, count, limit }, statement)
      : {
          cte: '',
          selects: [
            statement.sights ? decided() : rows('resource', compileWhere(part, 'r', statement) + beyond),
          ],
        };
    return { ...found, names, order };
  });
  const [first] = made;
  if (!first) throw new Error('a search has a part');
  const all = made.flatMap(({ selects }) => selects).join(' union all ');
  return {
    ctes: made.map(({ cte }) => cte).join(''),
    select: `select u.*, row_number() over (order by ${first.order}) as n from (${all}) u order by ${first.order} ${limit}`,
    keys: `jsonb_build_array(${first.names.map((name) => `p.${name}::text`).join(', ')})::text`,
  };
}

/** Rows that are tried in order, at least, before the matches are collected and sorted. */
const TRIED = 1_000;

/**
 * Many matches are best found by trying one row after another in the order of the page until it is full, few by index,
 * and then sorted; which of the two it is, the planner guesses wrong for rare codes and for what a relation leads to
 * (500,000 Encounters: 470 ms for a status that none has, 3 s for those of the vårdcentraler). So the first rows are
 * tried in order, and only when they do not fill the page are the matches collected; `offset 0` holds the planner to it.
 */
function inOrderFirst(
  part: Part,
  head: string,
  page: Record<'beyond' | 'orderBy' | 'count' | 'limit', string> & {
    rows(from: string, where: string): string;
  },
  statement: Statement,
): { cte: string; selects: string[] } {
  const { rows, beyond, orderBy, count, limit } = page;
  const tried = compileConditions(part, 'r', statement.trying());
  const first = `select r.* from resource r where ${statement.visible(part.type, 'r')}${beyond} order by ${orderBy} limit greatest(${TRIED}, 2 * ${count} + 2)`;
  const collected = `(select r.* from resource r where ${compileWhere(part, 'r', statement)}${beyond} offset 0)`;
  const filled = `(select count(*) from ${head}) > ${count}`;
  return {
    cte: `${head} as materialized (select r.* from (${first}) r where ${tried} order by ${orderBy} ${limit}), `,
    selects: [rows(head, filled), rows(collected, `not ${filled}`)],
  };
}

/** Whether an index gives the rows of the part's type in its order. */
const isIndexed = ({ sort: [first] }: Part): boolean =>
  !first || (first.parameter.column !== null && first.parameter.column !== 'patient');

function totalOf({ parts }: Query, statement: Statement): string {
  const counts = parts.map(
    (part: Part) => `(select count(*) from resource r where ${compileWhere(part, 'r', statement)})`,
  );
  return `(${counts.join(' + ')})`;
}

/** HSLF-FS 2016:40 4 kap 9 §: whose data were shown; one row as well where nothing was. */
function auditInsert(context: RequestContext, query: Query, sql: SqlBuilder): string {
  const patient = patientOf(query);
  const [part, ...others] = query.parts;
  const common = {
    outcome: '0',
    type: sql.param(part && !others.length ? part.type : null, 'text'),
    targets: `coalesce(d.targets, '{}')`,
    reason: `coalesce(d.reason, 'no match')`,
    custodians: `coalesce(d.custodians, '{}')`,
  };
  const values = sql.param(auditValues(context), 'text[]');
  if (patient !== null && !query.includes.length) {
    const row = auditRow(values, {
      ...common,
      bucket: sql.param(bucketOf(patient), 'smallint'),
      patient: sql.param(patient, 'text'),
    });
    return `insert into audit (${auditColumns}) select ${row} from b left join lateral (
    select ${disclosed} from page s where s.call = b.call and s.n <= s.shown
  ) d on true`;
  }
  const sought = patientSought(query);
  const row = auditRow(values, {
    ...common,
    bucket: 'coalesce(d.bucket, 0)',
    patient: sought === null ? 'd.patient' : `coalesce(d.patient, ${sql.param(sought, 'text')})`,
  });
  return `insert into audit (${auditColumns}) select ${row} from b left join lateral (
    select s.patient, min(s.bucket) as bucket, ${disclosed} from ${shownRows(query)} where s.call = b.call group by s.patient
  ) d on true`;
}

/** Of the rows that a caller is shown: which, on what grounds, and whose they are. */
const disclosed = `array_agg(${target}) as targets, string_agg(distinct s.ground, ' ') as reason, ${custodiansOf('s')} as custodians`;
