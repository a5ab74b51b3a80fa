import { protectedStaff } from '@naravard/access';
import { identifierSystems } from '@naravard/fhir';
import { SqlBuilder } from '@naravard/search';
import type { Queryable, Statements } from './statement.ts';
import type { ProtectedStaff } from './types.ts';

/**
 * The staff whose names nobody is shown: few, and read from the labels of the directory alone. Any organisation may register
 * anybody by HSA-id, whose beginning does not tell whose it is: so a label is that of who wrote the entry last.
 */
export async function namelessStaff(statements: Statements, on: Queryable): Promise<ProtectedStaff> {
  const sql = new SqlBuilder();
  const system = sql.param(identifierSystems.hsaId, 'text');
  const text = `select p.type, p.id, i.value as "hsaId", v.custodian from (${protectedStaff}) p(type, id)
join resource r on r.type = p.type and r.id = p.id
join version v on v.bucket = r.bucket and v.rid = r.rid and v.version = r.version
left join identifier i on i.bucket = r.bucket and i.rid = r.rid and i.param = 'identifier' and i.system = ${system}`;
  type Row = { type: string; id: string; hsaId: string | null; custodian: string | null };
  const rows = await statements.run<Row>(on, text, sql.values);
  const byHsaId = Map.groupBy(rows, ({ hsaId }) => hsaId);
  return {
    keys: new Set(rows.map(({ type, id }) => `${type}/${id}`)),
    hsaIds: new Map(
      [...byHsaId].flatMap(([hsaId, said]) =>
        hsaId === null ? [] : [[hsaId, new Set(said.map(({ custodian }) => custodian))]],
      ),
    ),
  };
}
