import { compileGround, SqlBuilder } from '@naravard/search';
import { auditColumns, auditRow, auditValues } from '../audit.ts';
import type { Queryable, Statements } from '../statement.ts';
import type { RequestContext } from '../types.ts';
import type { OfflineRead, OfflineResult } from './reading.ts';

/** HSLF-FS 2016:40 4 kap 9 §: one audit row each, in one statement; results in the order of the reads. */
export async function writeOfflineReads(
  statements: Statements,
  on: Queryable,
  context: RequestContext,
  reads: readonly OfflineRead[],
): Promise<OfflineResult[]> {
  if (!reads.length) return [];
  const sql = new SqlBuilder();
  const text = offlineStatement(context, reads, sql);
  const rows = await statements.run<{ result: OfflineResult }>(on, text, sql.values);
  return rows.map(({ result }) => result);
}

const noted = { interaction: 'offline-read' };

function offlineStatement(context: RequestContext, reads: readonly OfflineRead[], sql: SqlBuilder): string {
  const { kind, id } = context.actor;
  const column = (pick: (read: OfflineRead) => string | null, type: string) =>
    sql.param(reads.map(pick), `${type}[]`);
  const columns = [
    column(({ type }) => type, 'text'),
    column(({ id }) => id, 'text'),
    column(({ version }) => version, 'text'),
    column(({ at }) => at, 'timestamptz'),
    column(({ query }) => query, 'text'),
    column(({ reader }) => (reader === null ? kind : 'staff'), 'text'),
    column(({ reader }) => reader ?? id, 'text'),
  ];
  return `with b as (
  select * from unnest(${columns.join(', ')}) with ordinality b(type, id, version, at, query, actor_kind, actor, n)
), k as (
  select b.*, b.type || '/' || b.id as key, b.type || '/' || b.id || coalesce('/_history/' || b.version, '') as target, r.bucket, r.patient, r.custodian, r.ground
  from b left join lateral (
    select r.bucket, r.patient, r.custodian, ${compileGround(context.scope, 'r', sql)} as ground
    from resource r where r.type = b.type and r.id = b.id offset 0
  ) r on true
), s as (
  select k.*, ${wasShown(context, sql)} as was_shown, ${isKnown(context, sql)} or row_number() over (partition by k.target, k.query, k.actor order by k.n) > 1 as known from k
), m as (
  select s.*, s.at is not null and (s.ground is not null or s.was_shown) as may from s
), d as (
  select m.*, m.known and m.may as again from m
), a as (
  insert into audit (${auditColumns}) select ${rowOfRead(context, sql)} from d where not d.again
)
select case when d.again then 'known' when d.may then 'recorded' else 'refused' end as result from d order by d.n`;
}

/** The row of a read of CTE `d`, each with a reader and a query of its own. */
const rowOfRead = (context: RequestContext, sql: SqlBuilder): string =>
  auditRow(
    sql.param(auditValues({ ...context, ...noted }), 'text[]'),
    {
      reason: `case when d.at is null then 'untimely' else coalesce(d.ground, case when d.was_shown then 'shown-before' when d.bucket is null then 'absent' else 'out of scope' end) end`,
      outcome: 'case when d.may then 0 else 4 end',
      bucket: 'coalesce(d.bucket, 0)',
      type: 'd.type',
      patient: 'd.patient',
      targets: 'array[d.target]',
      custodians: `case when d.custodian is null then '{}' else array[d.custodian] end`,
    },
    { actor_kind: 'd.actor_kind', actor: 'd.actor', query: 'd.query' },
  );

/** Of one of some readers, in the caller's organisation. */
const by = (readers: string, { actor }: RequestContext, sql: SqlBuilder): string =>
  `(a.actor_kind, a.actor) in (${readers}) and a.organisation is not distinct from ${sql.named('organisation', actor.organisation, 'text')}`;

const reader = '(k.actor_kind, k.actor)';

/** The audit itself tells what the device can have had: what the service showed the reader, or who tells, before the time given. */
function wasShown(context: RequestContext, sql: SqlBuilder): string {
  const { kind, id } = context.actor;
  const caller = `(${sql.named('kind', kind, 'text')}, ${sql.named('actor', id, 'text')})`;
  return `exists (select from audit a where a.patient = k.patient and a.at > k.at - interval '14 days' and a.at < k.at + interval '1 minute'
    and a.outcome = 0 and a.interaction <> 'offline-read' and ${by(`${reader}, ${caller}`, context, sql)}
    and exists (select from unnest(a.targets) target where split_part(target, '/_history/', 1) = k.key))`;
}

/** A client that got no answer sends again; the time given is part of `query`. */
const isKnown = (context: RequestContext, sql: SqlBuilder): string =>
  `exists (select from audit a where a.patient = k.patient and a.at > k.at - interval '1 minute' and a.interaction = 'offline-read'
    and a.outcome = 0 and a.query = k.query and ${by(reader, context, sql)} and a.targets = array[k.target])`;
