import { compileRelation } from '@naravard/search';
import { CallBuilder, type Run } from './gathered.ts';
import type { RequestContext } from './types.ts';

/** Which of some patients the caller has an own relation to now. Discloses nothing: a refusal is audited by who asks. */
export async function relatedPatients(
  run: Run,
  { scope }: RequestContext,
  patients: readonly string[],
): Promise<ReadonlySet<string>> {
  const sql = new CallBuilder();
  const ids = sql.param([...new Set(patients)], 'text[]');
  const text = `asked as (
  select b.call, p.id from b cross join lateral unnest(${ids}) as p(id) where ${compileRelation(scope, 'p.id', sql)}
)
select call, id from asked`;
  const rows = await run<{ id: string }>(sql.statement(text));
  return new Set(rows.map(({ id }) => id));
}
