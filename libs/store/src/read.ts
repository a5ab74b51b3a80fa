import { compileScope } from '@naravard/search';
import { auditColumns, auditRow, auditValues, scopeReason } from './audit.ts';
import { CallBuilder, type CallStatement } from './gathered.ts';
import { instant } from './statement.ts';
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
  run: (statement: CallStatement) => Promise<VersionRow[]>,
  context: RequestContext,
  key: { type: string; id: string; version?: number },
): Promise<Stored | undefined> {
  const sql = new CallBuilder();
  const type = sql.param(key.type);
  const id = sql.param(key.id);
  const version = key.version === undefined ? 'b.version' : sql.param(key.version, 'integer');
  const row = auditRow(sql.param(auditValues(context), 'text[]'), {
    reason: `case when b.visible then ${sql.param(scopeReason(context))} when b.id is null then 'absent' else 'out of scope' end`,
    outcome: 'case when b.visible then 0 else 4 end',
    bucket: 'coalesce(b.bucket, 0)',
    type,
    patient: 'b.patient',
    targets: `array[${type} || '/' || ${id}]`,
  });
  // `offset 0` keeps a lookup by key a lookup by key, whatever the planner thinks of the tables.
  const text = `k as (
  select b.*, r.* from b left join lateral (
    select r.bucket, r.rid, r.id, r.version, r.patient, ${compileScope(context.scope, 'r', sql)} as visible
    from resource r where r.type = ${type} and r.id = ${id} offset 0
  ) r on true
), a as (
  insert into audit (${auditColumns}) select ${row} from k b
)
select b.call, b.id, v.type, v.version, v.last_updated, v.method, v.meta, v.body
from k b cross join lateral (
  select * from version v where v.bucket = b.bucket and v.rid = b.rid and v.version = ${version} offset 0
) v
where b.visible`;
  const [found] = await run({ text, values: sql.values });
  return found && storedOf(found);
}
