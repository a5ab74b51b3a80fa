import { SqlBuilder } from '@naravard/search';
import { auditColumns, auditRow, auditValues } from './audit.ts';
import { isInactive } from './held-before.ts';
import type { Queryable, Statements } from './statement.ts';
import type { NationalNumber, RequestContext } from './types.ts';

/**
 * Ids of the current Patients that have one of some numbers, oldest first; of one that was merged into another, the id
 * of that other one; of one that is not in use only where none in use has the number. Looked for without a Scope, since who may not see a person yet must be able to refer to the same
 * one as others do; nothing of them is read but that the number is theirs. One statement, with an audit row for each.
 */
export async function matchingPatients(
  statements: Statements,
  on: Queryable,
  context: RequestContext,
  numbers: readonly NationalNumber[],
): Promise<{ id: string; number: NationalNumber }[]> {
  const sql = new SqlBuilder();
  const columns = [
    sql.param(
      numbers.map(({ system }) => system),
      'text[]',
    ),
    sql.param(
      numbers.map(({ value }) => value),
      'text[]',
    ),
  ];
  const row = auditRow(sql.param(auditValues(context), 'text[]'), {
    reason: `case when m.id is null then 'no match' else 'person-match' end`,
    outcome: '0',
    bucket: 'coalesce(m.bucket, 0)',
    type: `'Patient'`,
    patient: 'm.id',
    targets: `case when m.id is null then '{}' else array['Patient/' || m.id] end`,
    custodians: `'{}'`,
  });
  const text = `with recursive found as (
  select p.id, p.bucket, ${isInactive('p')} as inactive, n.system, n.value, 0 as hops, ${replacedBy('p.id')} as other from unnest(${columns.join(', ')}) n(system, value)
  join identifier i on i.value = n.value and i.type = 'Patient' and i.param = 'identifier' and i.system = n.system
  join resource p on p.bucket = i.bucket and p.rid = i.rid and not p.deleted
  union all
  select p.id, p.bucket, ${isInactive('p')}, f.system, f.value, f.hops + 1, ${replacedBy('p.id')} from found f
  join resource p on p.type = 'Patient' and p.id = f.other and not p.deleted where f.hops < ${mostHops}
), m as (
  select distinct on (id) id, bucket, system, value from found where other is null
  and not (inactive and exists (select from found f where f.other is null and not f.inactive and f.system = found.system and f.value = found.value)) order by id
), a as (
  insert into audit (${auditColumns}) select ${row} from (select) one left join m on true
)
select id, system, value from m order by id`;
  const rows = await statements.run<{ id: string } & NationalNumber>(on, text, sql.values);
  return rows.map(({ id, system, value }) => ({ id, number: { system, value } }));
}

/** SQL of the id of the Patient that one has been merged into (merge.ts); null for one that stands. */
const replacedBy = (patient: string): string =>
  `(select r.about from fact r where r.patient = ${patient} and r.kind = 'replaced' limit 1)`;

/** A register merges a person a few times at most. */
const mostHops = 8;
