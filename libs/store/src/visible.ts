import { compileScope, SqlBuilder } from '@naravard/search';
import { keyArrays } from './key-arrays.ts';
import type { Queryable, Statements } from './statement.ts';
import type { RequestContext } from './types.ts';

/** Which of some resources, as `Type/id`, the caller may see. Shows nothing of them: it serves to hide what refers to others. */
export async function visibleKeys(
  statements: Statements,
  on: Queryable,
  { scope }: RequestContext,
  keys: readonly { type: string; id: string }[],
): Promise<ReadonlySet<string>> {
  if (!keys.length) return new Set();
  const sql = new SqlBuilder();
  const [types, ids] = keyArrays(keys, sql);
  const text = `select r.type || '/' || r.id as key from unnest(${types}, ${ids}) as i(type, id)
join resource r on r.type = i.type and r.id = i.id where ${compileScope(scope, 'r', sql)}`;
  const rows = await statements.run<{ key: string }>(on, text, sql.values);
  return new Set(rows.map(({ key }) => key));
}
