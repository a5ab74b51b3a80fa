import { compileRelation, SqlBuilder } from '@naravard/search';
import type { Queryable, Statements } from './statement.ts';
import type { RequestContext } from './types.ts';

/** Which of some patients the caller has an own relation to now. Discloses nothing: a refusal is audited by who asks. */
export async function relatedPatients(
  statements: Statements,
  on: Queryable,
  { scope }: RequestContext,
  patients: readonly string[],
): Promise<ReadonlySet<string>> {
  const sql = new SqlBuilder();
  const ids = sql.param([...new Set(patients)], 'text[]');
  const text = `select p.id from unnest(${ids}) as p(id) where ${compileRelation(scope, 'p.id', sql)}`;
  const rows = await statements.run<{ id: string }>(on, text, sql.values);
  return new Set(rows.map(({ id }) => id));
}
