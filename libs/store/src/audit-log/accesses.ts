import { SqlBuilder } from '@naravard/search';
import { instant, type Queryable, type Statements } from '../statement.ts';
import type { RequestContext } from '../types.ts';
import { compileFilter } from './log-filter.ts';
import { noteOfReading } from './log-page.ts';
import { mayRead, readable, shownTargets } from './log-rights.ts';
import type { Access, AccessPage, AccessQuery, LogReader } from './reading.ts';

interface AccessRow {
  at: string;
  key: string;
  told: string | null;
  actor_kind: string;
  actor: string | null;
  organisation: string | null;
  unit: string | null;
  title: string | null;
  reasons: string;
  done: string;
  ids: string;
  more: string;
  may: string;
}

/**
 * One statement: what was done with a patient's data, newest first, before a merge too (registrations.ts). A client may use one
 * X-Request-Id for many requests: only rows of the same minute and caller are taken together, and of reads made offline those
 * of the same time told. What showed nothing (refused, no match) is no access. Undefined when the reader may not read this log.
 */
export async function accessPage(
  statements: Statements,
  on: Queryable,
  context: RequestContext,
  reader: LogReader,
  query: AccessQuery,
): Promise<AccessPage | undefined> {
  const sql = new SqlBuilder();
  const text = accessStatement(context, reader, query, sql);
  const rows = await statements.run<AccessRow>(on, text, sql.values);
  if (rows[0]?.may !== 't') return undefined;
  const found = rows.filter(({ at }) => at !== null);
  const last = found.at(-1);
  return {
    accesses: found.map(accessOf),
    ...(last?.more === 't' && { next: [last.at, last.key] }),
  };
}

const accessOf = (row: AccessRow): Access => ({
  at: instant(row.at),
  actorKind: row.actor_kind,
  actor: row.actor,
  organisation: row.organisation,
  unit: row.unit,
  title: row.title,
  reasons: [...new Set((JSON.parse(row.reasons) as string[]).flatMap((reason) => reason.split(' ')))],
  told: row.told,
  done: JSON.parse(row.done) as Access['done'],
  ids: JSON.parse(row.ids) as string[],
});

const caller = 'a.actor_kind, a.actor, a.organisation, a.unit, a.title';
const told = `case when a.interaction = 'offline-read' then a.query end`;
/** Requests of one microsecond need an order too. */
const key = 'min(a.id::text)';

function accessStatement(
  context: RequestContext,
  reader: LogReader,
  { patient, start, end, count: asked, after }: AccessQuery,
  sql: SqlBuilder,
): string {
  const shown = shownTargets(reader, sql);
  const within = [
    compileFilter({ kind: 'patient', ids: [patient] }, shown, sql),
    compileFilter({ kind: 'time', start, end, not: false }, shown, sql),
    ...readable(reader, context, sql, true),
  ].join(' and ');
  const about = sql.param(patient, 'text');
  const position = after?.map((key, index) => sql.param(key, ['timestamptz', 'text'][index]));
  const beyond = position ? ` having (max(a.at), ${key}) < (${position.join(', ')})` : '';
  const count = sql.param(asked, 'integer');
  return `with part as (
  select a.*, ${shown} as shown from audit a where ${within} and a.outcome = 0 and (cardinality(a.targets) > 0 or a.interaction like '$%')
), access as (
  select max(a.at) as at, ${key} as key, ${told} as told, ${caller}, min(a.bucket) as bucket, to_json(array_agg(distinct a.reason))::text as reasons,
    jsonb_agg(distinct jsonb_build_array(a.interaction, coalesce(split_part(t.target, '/', 1), a.type)))::text as done,
    array_agg(distinct a.id) as ids
  from part a left join lateral unnest(a.shown) t(target) on true
  group by a.request, ${caller}, date_trunc('minute', a.at), ${told}${beyond} order by 1 desc, 2 desc limit ${count} + 1
), numbered as (
  select *, row_number() over (order by at desc, key desc) as n from access
), seen as (
  select ${about} as patient, coalesce((select p.bucket from resource p where p.type = 'Patient' and p.id = ${about}), n.bucket) as bucket, unnest(n.ids) as id from numbered n where n.n <= ${count}
), noted as (
  ${noteOfReading(context, reader, sql, 'seen')}
)
select at::text, key, told, actor_kind, actor, organisation, unit, title, reasons, done, to_json(ids)::text as ids, (select count(*) from access) > ${count} as more, m.may
from (select ${mayRead(reader, context, sql)} as may) m left join numbered on n <= ${count} order by n`;
}
