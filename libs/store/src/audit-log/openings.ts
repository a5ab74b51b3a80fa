import { SqlBuilder } from '@naravard/search';
import { instant, type Queryable, type Statements } from '../statement.ts';
import type { RequestContext } from '../types.ts';
import { isByOpening } from './by-opening.ts';
import { noteOfReading } from './log-page.ts';
import { shownTargets } from './log-rights.ts';
import type { Opening, OpeningQuery } from './reading.ts';

type OpeningRow = Omit<Opening, 'reads'> & { reads: string };

/**
 * SVOD (2022:913) 4 kap 4 §: the nödöppningar by an organisation's own staff, and those of others that met its data, newest
 * first, each with what was read under it: up to the next by the same employee about the same patient. The audit tells of
 * them, so that none is missing when its Consent has been ended or deleted. Why it was made is shown to the own
 * organisation alone, and of what was read in others' openings the own data.
 */
export async function openings(
  statements: Statements,
  on: Queryable,
  context: RequestContext,
  query: OpeningQuery,
): Promise<Opening[]> {
  const sql = new SqlBuilder();
  const text = openingsStatement(context, query, sql);
  const rows = await statements.runOnce<OpeningRow>(on, text, sql.values);
  return rows.map(({ at, reads, ...row }) => ({
    ...row,
    at: instant(at),
    reads: (JSON.parse(reads) as { at: string; targets: string[] }[]).map((each) => ({
      at: new Date(each.at).toISOString(),
      targets: each.targets,
    })),
  }));
}

/** Of one commission about one patient. */
const same = (one: string, other: string): string =>
  ['actor', 'organisation', 'unit', 'patient']
    .map((name) => `${one}.${name} is not distinct from ${other}.${name}`)
    .join(' and ');

function openingsStatement(
  context: RequestContext,
  { organisation, start, end, count }: OpeningQuery,
  sql: SqlBuilder,
): string {
  const reader = { kind: 'reviewer', organisation } as const;
  const own = sql.param(organisation, 'text');
  const from = sql.param(start, 'timestamptz');
  return `with opened as materialized (
  select a.id, a.bucket, a.at, a.request, a.actor, a.organisation, a.unit, a.title, a.patient, t.consent,
    lead(a.at) over (partition by a.actor, a.organisation, a.unit, a.patient order by a.at) as until
  from audit a cross join lateral (
    select split_part(target, '/', 2) as consent from unnest(a.targets) target where target like 'Consent/%/\\_history/1' limit 1
  ) t where a.interaction = '$nodoppning' and a.outcome = 0 and a.at >= ${from}
), shown as (
  select o.*, r.rows as reads, r.ids as read from opened o cross join lateral (
    select coalesce(json_agg(json_build_object('at', a.at, 'targets', ${shownTargets(reader, sql)}) order by a.at), '[]')::text as rows,
      array_agg(a.id) as ids
    from audit a where a.patient = o.patient and a.at >= o.at and a.at < coalesce(o.until, 'infinity') and a.at < o.at + interval '24 hours'
      and a.outcome = 0 and a.interaction <> '$nodoppning' and ${isByOpening('a.reason')} and ${same('a', 'o')}
      and (o.organisation = ${own} or a.custodians @> array[${own}])
  ) r
  where o.at < ${sql.param(end, 'timestamptz')} and (o.organisation = ${own} or r.ids is not null or exists (
    select from audit a where a.patient = o.patient and a.request = o.request and a.interaction = '$nodoppning' and a.custodians @> array[${own}]
  )) order by o.at desc, o.id desc limit ${sql.param(count, 'integer')}
), seen as (
  select s.patient, s.bucket, unnest(s.id || coalesce(s.read, '{}')) as id from shown s
), noted as (
  ${noteOfReading(context, reader, sql, 'seen')}
)
select s.at::text, s.actor, s.organisation, s.unit, s.title, s.patient, s.consent, s.reads, v.body
from shown s left join resource k on k.type = 'Consent' and k.id = s.consent and s.organisation = ${own}
left join version v on v.bucket = k.bucket and v.rid = k.rid and v.version = 1 order by s.at desc, s.id desc`;
}
