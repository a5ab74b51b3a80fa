import { identifierSystems } from '@naravard/fhir';
import { compileScope, SqlBuilder } from '@naravard/search';
import type { Queryable, Statements } from '../statement.ts';
import type { RequestContext } from '../types.ts';
import type { DirectoryEntry, DirectoryKey } from './reading.ts';

/**
 * The current Organizations or Practitioners with some HSA-ids, as the caller may see them: what the legal actor itself has
 * registered, oldest first, then what administrators have. Anybody else may register an entry by that HSA-id, which names
 * nobody. The answer they are part of is audited, not their reading.
 */
export function directoryOf(
  statements: Statements,
  on: Queryable,
  context: RequestContext,
  type: 'Organization' | 'Practitioner',
  keys: readonly DirectoryKey[],
): Promise<DirectoryEntry[]> {
  const sql = new SqlBuilder();
  const wanted = [...new Map(keys.map((key) => [`${key.hsaId} ${key.of}`, key])).values()];
  const values = sql.param(
    wanted.map(({ hsaId }) => hsaId.toUpperCase()),
    'text[]',
  );
  const owners = sql.param(
    wanted.map(({ of }) => of),
    'text[]',
  );
  const named = sql.param(type, 'text');
  const system = sql.param(identifierSystems.hsaId, 'text');
  // One HSA-id may be both vårdgivare and omsorgsgivare, and is one Organization.
  const own = `r.custodian in (w.owner, 'vg:' || w.value, 'og:' || w.value)`;
  const text = `select w.value as "hsaId", v.meta, v.body
from unnest(${values}, ${owners}) as w(value, owner)
join identifier i on i.value = w.value and i.type = ${named} and i.param = 'identifier' and i.system = ${system}
join resource r on r.bucket = i.bucket and r.rid = i.rid
join version v on v.bucket = r.bucket and v.rid = r.rid and v.version = r.version
where (${own} or v.custodian is null) and not r.deleted and ${compileScope(context.scope, 'r', sql)}
order by w.value, (${own}) is not true, r.rid`;
  return statements.run<DirectoryEntry>(on, text, sql.values);
}
