import { SqlBuilder } from '@naravard/search';
import { auditColumns, auditRow, auditValues } from './audit.ts';
import type { Queryable, Statements } from './statement.ts';
import type { NationalNumber, RequestContext } from './types.ts';

/**
 * Ids of the current Patients that have one of some numbers, oldest first. Looked for without a Scope, since who may not see
 * a person yet must be able to refer to the same one as others do; nothing of them is read but that the number is theirs.
 * One statement, with an audit row for each.
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
  const text = `with m as (
  select distinct on (p.id) p.id, p.bucket, n.system, n.value from unnest(${columns.join(', ')}) n(system, value)
  join identifier i on i.value = n.value and i.type = 'Patient' and i.param = 'identifier' and i.system = n.system
  join resource p on p.bucket = i.bucket and p.rid = i.rid and not p.deleted order by p.id
), a as (
  insert into audit (${auditColumns}) select ${row} from (select) one left join m on true
)
select id, system, value from m order by id`;
  const rows = await statements.run<{ id: string } & NationalNumber>(on, text, sql.values);
  return rows.map(({ id, system, value }) => ({ id, number: { system, value } }));
}
