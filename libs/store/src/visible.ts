import { compileScope } from '@naravard/search';
import { CallBuilder, type Run } from './gathered.ts';
import { keyArrays } from './key-arrays.ts';
import type { RequestContext } from './types.ts';

/** Which of some resources, as `Type/id`, the caller may see. Shows nothing of them: it serves to hide what refers to others. */
export async function visibleKeys(
  run: Run,
  { scope }: RequestContext,
  keys: readonly { type: string; id: string }[],
): Promise<ReadonlySet<string>> {
  if (!keys.length) return new Set();
  const sql = new CallBuilder();
  const [types, ids] = keyArrays(keys, sql);
  const text = `seen as (
  select b.call, r.type || '/' || r.id as key from b cross join lateral unnest(${types}, ${ids}) as i(type, id)
  join resource r on r.type = i.type and r.id = i.id where ${compileScope(scope, 'r', sql)}
)
select call, key from seen`;
  const rows = await run<{ key: string }>(sql.statement(text));
  return new Set(rows.map(({ key }) => key));
}
