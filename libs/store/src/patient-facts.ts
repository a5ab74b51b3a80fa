import { factsSaid } from '@naravard/access';
import { SqlBuilder } from '@naravard/search';
import type { Queryable, Statements } from './statement.ts';
import type { KnownFact } from './types.ts';

/**
 * All facts about a patient, of every organisation, and who takes part in SVOD, with the resources that state them; undefined
 * when there is no such Patient. For an operation to judge by: it tells its caller nothing of them, so they are no access,
 * and what it then does, shows or refuses is audited where it is done.
 */
export async function patientFacts(
  statements: Statements,
  on: Queryable,
  patient: string,
): Promise<KnownFact[] | undefined> {
  const sql = new SqlBuilder();
  const text = `select f.source, f.said from resource p left join lateral (
  select s.type || '/' || s.id as source, f.said from (
    select * from fact f where f.patient = p.id union all select * from fact f where f.patient is null and f.kind = 'joined'
  ) f join resource s on s.bucket = f.bucket and s.rid = f.rid
) f on true where p.type = 'Patient' and p.id = ${sql.param(patient, 'text')} and not p.deleted`;
  type Row = { source: string | null; said: string | null };
  const rows = await statements.run<Row>(on, text, sql.values);
  if (!rows.length) return undefined;
  return rows.flatMap(({ source, said }) =>
    source === null || said === null ? [] : factsSaid(`[${said}]`).map((fact) => ({ ...fact, source })),
  );
}
