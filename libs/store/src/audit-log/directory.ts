import { identifierSystems } from '@naravard/fhir';
import { compileScope, SqlBuilder } from '@naravard/search';
import type { Queryable, Statements } from '../statement.ts';
import type { RequestContext } from '../types.ts';
import type { DirectoryEntry } from './reading.ts';

/**
 * The current Organizations or Practitioners with some HSA-ids, as the caller may see them; the oldest where several have
 * the same. The answer they are part of is audited, not their reading.
 */
export function directoryOf(
  statements: Statements,
  on: Queryable,
  context: RequestContext,
  type: 'Organization' | 'Practitioner',
  hsaIds: readonly string[],
): Promise<DirectoryEntry[]> {
  const sql = new SqlBuilder();
  const values = sql.param([...new Set(hsaIds.map((each) => each.toUpperCase()))], 'text[]');
  const named = sql.param(type, 'text');
  const system = sql.param(identifierSystems.hsaId, 'text');
  const text = `select distinct on (i.value) i.value as "hsaId", v.meta, v.body
from identifier i join resource r on r.bucket = i.bucket and r.rid = i.rid
join version v on v.bucket = r.bucket and v.rid = r.rid and v.version = r.version
where i.value = any(${values}) and i.type = ${named} and i.param = 'identifier' and i.system = ${system}
  and not r.deleted and ${compileScope(context.scope, 'r', sql)}
order by i.value, r.id`;
  return statements.run<DirectoryEntry>(on, text, sql.values);
}
