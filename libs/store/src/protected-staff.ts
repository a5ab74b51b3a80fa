import { protectedStaff } from '@naravard/access';
import { identifierSystems } from '@naravard/fhir';
import { SqlBuilder } from '@naravard/search';
import type { Queryable, Statements } from './statement.ts';
import type { ProtectedStaff } from './types.ts';

/** The staff whose names nobody is shown: few, and read from the labels of the directory alone. */
export async function namelessStaff(statements: Statements, on: Queryable): Promise<ProtectedStaff> {
  const sql = new SqlBuilder();
  const system = sql.param(identifierSystems.hsaId, 'text');
  const text = `select p.type, p.id, i.value as "hsaId" from (${protectedStaff}) p(type, id)
join resource r on r.type = p.type and r.id = p.id
left join identifier i on i.bucket = r.bucket and i.rid = r.rid and i.param = 'identifier' and i.system = ${system}`;
  const rows = await statements.run<{ type: string; id: string; hsaId: string | null }>(on, text, sql.values);
  return {
    keys: new Set(rows.map(({ type, id }) => `${type}/${id}`)),
    hsaIds: new Set(rows.flatMap(({ hsaId }) => hsaId ?? [])),
  };
}
