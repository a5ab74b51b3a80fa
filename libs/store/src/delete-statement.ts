import { custodianOf } from '@naravard/access';
import { compileScope, SqlBuilder } from '@naravard/search';
import { auditValues, scopeReason } from './audit.ts';
import { indexTables, mayHold } from './index-tables.ts';
import { later, returned, type Statement, traces } from './put-statement.ts';
import { hasReplaced } from './registrations.ts';
import type { DeleteWrite, RequestContext } from './types.ts';

/** Versions without a body; their index rows go, their key rows stay. http://hl7.org/fhir/R4/http.html#delete */
export function deleteStatement(context: RequestContext, writes: readonly DeleteWrite[]): Statement {
  const sql = new SqlBuilder();
  const cells = (pick: (write: DeleteWrite) => unknown, type: string) =>
    sql.param(writes.map(pick), `${type}[]`);
  const unit = sql.param(context.actor.unit, 'text');
  const custodian = sql.param(custodianOf(context.actor), 'text');
  const author = sql.param(context.actor.id, 'text');
  const ctes = [
    `input as materialized (select * from unnest(${cells(({ type }) => type, 'text')}, ${cells(({ id }) => id, 'text')}, ${cells(({ expected }) => expected ?? null, 'integer')}) with ordinality as i(type, id, expected, n))`,
    `done as (update resource r set version = r.version + 1, deleted = true, last_updated = ${later}, xid = pg_current_xact_id(), tokens = '{}', starts = null, ends = null
  from input i where r.type = i.type and r.id = i.id and not r.deleted and (i.expected is null or r.version = i.expected) and ${compileScope(context.deletable(), 'r', sql)}${writes.some(({ type }) => type === 'Patient') ? ` and not (${hasReplaced('r')})` : ''}
  ${returned}, r.labels, i.n)`,
    `new_version as (insert into version (bucket, rid, version, type, method, last_updated, custodian, author_unit, author, labels)
  select bucket, rid, version, type, 'DELETE', last_updated, ${custodian}, ${unit}, ${author}, labels from done)`,
    ...indexTables
      .filter((_, at) => mayHold(at, writes))
      .map(
        ({ name }) =>
          `gone_${name} as (delete from ${name} t using done where t.bucket = done.bucket and t.rid = done.rid)`,
      ),
    ...traces(
      sql.param(auditValues(context), 'text[]'),
      sql.param(scopeReason(context), 'text'),
      `'DELETE'`,
      writes.length === 1,
    ),
  ];
  const text = `with ${ctes.join(',\n')}\nselect n, version, last_updated from done`;
  return { text, values: sql.values };
}
