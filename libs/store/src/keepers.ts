import { compileScope, SqlBuilder } from '@naravard/search';
import { keyArrays } from './key-arrays.ts';
import type { Queryable, Statements } from './statement.ts';
import type { KeptBy, RequestContext } from './types.ts';

/** Who first wrote some resources, by `Type/id`; none for what is absent. For a rule on a write to judge by. */
export async function keepersOf(
  statements: Statements,
  on: Queryable,
  { writable }: RequestContext,
  keys: readonly { type: string; id: string }[],
): Promise<ReadonlyMap<string, KeptBy>> {
  if (!keys.length) return new Map();
  const sql = new SqlBuilder();
  const [types, ids] = keyArrays(keys, sql);
  const text = `select r.type || '/' || r.id as key, r.custodian, r.author_unit as unit, ${compileScope(writable(), 'r', sql)} as writable from unnest(${types}, ${ids}) as i(type, id)
join resource r on r.type = i.type and r.id = i.id`;
  const rows = await statements.run<Omit<KeptBy, 'writable'> & { key: string; writable: string | null }>(
    on,
    text,
    sql.values,
  );
  return new Map(
    rows.map(({ key, custodian, unit, writable }) => [key, { custodian, unit, writable: writable === 't' }]),
  );
}
