import { compileScope, SqlBuilder } from '@naravard/search';
import { auditColumns, auditRow, auditValues, scopeReason } from './audit.ts';
import { instant, type Queryable, type Statements } from './statement.ts';
import type { RequestContext, Stored } from './types.ts';

/** A row of `version` as every statement that discloses bodies returns it. */
export interface VersionRow {
  type: string;
  id: string;
  version: string;
  last_updated: string;
  method: Stored['method'];
  meta: string | null;
  body: string | null;
}

export const versionColumns = 'v.type, k.id, v.version, v.last_updated, v.method, v.meta, v.body';

export const storedOf = (row: VersionRow): Stored => ({
  type: row.type,
  id: row.id,
  version: Number(row.version),
  lastUpdated: instant(row.last_updated),
  deleted: row.body === null,
  method: row.method,
  meta: row.meta,
  body: row.body,
});

/**
 * One statement: key row, Scope, audit row, body. The audit row is written whether or not there is anything to see;
 * absent and not visible take the same path. http://hl7.org/fhir/R4/http.html#read
 */
export async function readOne(
  statements: Statements,
  on: Queryable,
  context: RequestContext,
  key: { type: string; id: string; version?: number },
): Promise<Stored | undefined> {
  const sql = new SqlBuilder();
  const type = sql.param(key.type, 'text');
  const id = sql.param(key.id, 'text');
  const version = key.version === undefined ? 'k.version' : sql.param(key.version, 'integer');
  const audit = sql.param(auditValues(context), 'text[]');
  const row = auditRow(audit, {
    reason: `case when k.visible then ${sql.param(scopeReason(context), 'text')} when k.id is null then 'absent' else 'out of scope' end`,
    outcome: 'case when k.visible then 0 else 4 end',
    bucket: 'coalesce(k.bucket, 0)',
    type,
    patient: 'k.patient',
    targets: `array[${type} || '/' || ${id}]`,
  });
  const text = `with k as (
  select r.bucket, r.rid, r.id, r.version, r.patient, ${compileScope(context.scope, 'r', sql)} as visible
  from resource r where r.type = ${type} and r.id = ${id}
), a as (
  insert into audit (${auditColumns}) select ${row} from (select 1) as once left join k on true
)
select ${versionColumns}
from k join version v on v.bucket = k.bucket and v.rid = k.rid and v.version = ${version}
where k.visible`;
  const [found] = await statements.run<VersionRow>(on, text, sql.values);
  return found && storedOf(found);
}
