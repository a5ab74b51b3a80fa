import { type PatientCaller, type StaffCaller, sharingWith } from '@naravard/access';
import { SqlBuilder } from '@naravard/search';
import { auditColumns, auditRow, auditValues } from './audit.ts';
import type { Queryable, Statements } from './statement.ts';
import type { RequestContext, SharedData } from './types.ts';

interface Asked {
  patient: string;
  /** Whose question it is: the end user, where a system asks for one. */
  caller: StaffCaller | PatientCaller;
  /** Whether the caller may learn who holds the data (SVOD 3 kap 5-6 §§), and not only that it is there (2 kap 4-5 §§). */
  who: boolean;
}

/**
 * What others share about a patient, in one statement with its audit row. Of blocked data only that of a vårdgivare is told
 * of (SVOD 2 kap 5 §). Where nobody is told who, the names do not leave the database.
 */
export async function sharedData(
  statements: Statements,
  on: Queryable,
  context: RequestContext,
  { patient, caller, who }: Asked,
): Promise<SharedData> {
  const sql = new SqlBuilder();
  const id = sql.param(patient, 'text');
  const { takesPart, shares, isBlocked } = sharingWith(caller, context.at, id, sql);
  const row = auditRow(sql.param(auditValues(context), 'text[]'), {
    reason: `case when not t.joined then 'not-joined' when not t.known then 'absent' else ${sql.param(who ? 'svod-emergency' : 'svod-status', 'text')} end`,
    outcome: 'case when not t.joined then 8 when not t.known then 4 else 0 end',
    bucket: 'coalesce(t.bucket, 0)',
    type: `'Patient'`,
    patient: `case when t.known then ${id} end`,
    targets: `'{}'`,
    custodians: who ? `array(select organisation from told)` : `'{}'`,
  });
  const text = `with t as (
  select p.id is not null as known, ${takesPart} as joined, p.bucket from (select) one left join resource p on p.type = 'Patient' and p.id = ${id} and not p.deleted
), held as materialized (
  select r.custodian as organisation, bool_or(not b.blocked) as open, bool_or(b.blocked) and r.custodian like 'vg:%' as blocked
  from resource r cross join lateral (select ${isBlocked('r')} as blocked offset 0) b
  where r.patient = ${id} and (select known and joined from t) and ${shares('r')} group by r.custodian
), told as (
  select * from held where open or blocked
), a as (
  insert into audit (${auditColumns}) select ${row} from t
)
select t.known, t.joined, coalesce(h.open, false) as open, coalesce(h.blocked, false) as blocked, h.holders
from t, (select bool_or(open) as open, bool_or(blocked) as blocked,
  ${who ? `coalesce(json_agg(json_build_object('organisation', organisation, 'open', open, 'blocked', blocked) order by organisation), '[]')::text` : `'[]'`} as holders from told) h`;
  const [found] = await statements.run<Record<'known' | 'joined' | 'open' | 'blocked' | 'holders', string>>(
    on,
    text,
    sql.values,
  );
  return {
    known: found?.known === 't',
    joined: found?.joined === 't',
    open: found?.open === 't',
    blocked: found?.blocked === 't',
    holders: JSON.parse(found?.holders ?? '[]') as SharedData['holders'],
  };
}
