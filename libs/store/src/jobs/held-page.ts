import { compileGround, SqlBuilder } from '@naravard/search';
import { auditColumns, auditRow, auditValues, custodiansOf, ofNobody } from '../audit.ts';
import { storedOf, type VersionRow, versioned } from '../read.ts';
import { checkSeen, factsOf, seenColumn } from '../seen.ts';
import type { Queryable, Statements } from '../statement.ts';
import type { RequestContext, Stored } from '../types.ts';
import type { HeldPage } from './jobs.ts';

interface HeldRow extends VersionRow {
  place: string;
  seq: string;
  held_type: string;
  held_id: string;
  held_version: string;
}

/**
 * One statement: the versions of a page, each as far as the Scope shows it now, by what its version says and by what its
 * resource does today; one audit row a patient. What was deleted or destroyed meanwhile is not shown.
 */
export async function heldPage(
  statements: Statements,
  on: Queryable,
  context: RequestContext,
  job: string,
  { file, after, count }: { file: number; after: string; count: number },
): Promise<HeldPage<Stored>> {
  const sql = new SqlBuilder();
  const held = `select row_number() over (order by i.seq) as place, i.seq, i.type, i.id, i.version from job_item i
  where i.job = ${sql.param(job, 'uuid')} and i.file = ${sql.param(file, 'integer')} and i.seq > ${sql.param(after || '-1', 'bigint')} order by i.seq limit ${sql.param(count, 'integer')}`;
  const rows = await statements.run<HeldRow>(on, pageStatement(context, held, sql), sql.values);
  const shown = rows.filter(({ seen }) => seen !== null);
  const places = shown.map(({ place }) => Number(place));
  return {
    resources: checkSeen(context, shown, storedOf).map((stored, index) => ({
      ...stored,
      place: places[index] ?? 0,
    })),
    missing: rows.filter(({ seen }) => seen === null).map(missingOf),
    next: rows.length < count ? undefined : rows.at(-1)?.seq,
  };
}

const missingOf = ({ place, held_type: type, held_id: id, held_version: version }: HeldRow) => ({
  type,
  id,
  version: Number(version),
  place: Number(place),
});

/** `s` are the rows that are shown; a version that has no text, or no resource any more, is none of them. */
function pageStatement(context: RequestContext, held: string, sql: SqlBuilder): string {
  const audit = sql.param(auditValues(context), 'text[]');
  const shown = auditRow(audit, {
    outcome: '0',
    bucket: 'min(s.bucket)',
    type: 'case when count(distinct s.type) = 1 then min(s.type) end',
    patient: 's.patient',
    targets: `array_agg(s.type || '/' || s.id || '/_history/' || s.version)`,
    reason: `string_agg(distinct s.ground, ' ')`,
    custodians: custodiansOf('s'),
  });
  const nothing = auditRow(audit, {
    ...ofNobody,
    outcome: '0',
    type: 'null',
    reason: `'no match'`,
  });
  const custodians = '(select array_agg(distinct o.custodian) from s o where o.patient = k.patient)';
  return `with held as materialized (
  ${held}
), k as materialized (
  select h.place, r.bucket, r.rid, r.id, h.version, w.type, w.patient, w.custodian, w.author_unit, w.labels, w.starts, ${compileGround(context.scope, 'w', sql)} as ground
  from held h cross join lateral (
    select r.* from resource r where r.type = h.type and r.id = h.id and not r.deleted offset 0
  ) r cross join lateral (
    select o.labels from version o where o.bucket = r.bucket and o.rid = r.rid and o.version = h.version and o.body is not null offset 0
  ) o cross join lateral (${versioned('r', 'o.labels')}) w
), s as materialized (
  select k.*, row_number() over (partition by k.patient order by k.place) = 1 as first from k where k.ground is not null
), a as (
  insert into audit (${auditColumns})
  select ${shown} from s group by s.patient
  union all select ${nothing} where not exists (select from s)
)
select h.place, h.seq, h.type as held_type, h.id as held_id, h.version as held_version, v.type, k.id, v.version, v.last_updated, v.method, v.meta, v.body,
  case when v.version is not null then ${seenColumn('k')} end as seen, case when k.first then ${factsOf(context, 'k.patient', custodians, sql)} end as facts
from held h left join s k on k.place = h.place
left join lateral (
  select v.* from version v where v.bucket = k.bucket and v.rid = k.rid and v.version = k.version offset 0
) v on true
order by h.place`;
}
