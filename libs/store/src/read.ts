import { compileGround } from '@naravard/search';
import { auditColumns, auditRow, auditValues } from './audit.ts';
import { CallBuilder, type Run } from './gathered.ts';
import { checkNet } from './net.ts';
import { checkSeen, factsOf, type SeenRow, seenColumn } from './seen.ts';
import { instant } from './statement.ts';
import type { RequestContext, Stored } from './types.ts';

/** A row of `version` as every statement that discloses bodies returns it. */
export interface VersionRow extends SeenRow {
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
  mask: 'none',
  blocked: false,
});

/**
 * One statement: key row, Scope, audit row, body. The audit row is written whether or not there is anything to see;
 * absent and not visible take the same path. http://hl7.org/fhir/R4/http.html#read
 */
export async function readOne(
  run: Run,
  context: RequestContext,
  key: { type: string; id: string; version?: number },
): Promise<Stored | undefined> {
  const sql = new CallBuilder();
  const type = sql.param(key.type);
  const id = sql.param(key.id);
  const version = key.version === undefined ? 'b.version' : sql.param(key.version, 'integer');
  const row = auditRow(sql.param(auditValues(context), 'text[]'), {
    reason: `case when b.ground is not null then b.ground when b.id is null then 'absent' else 'out of scope' end`,
    outcome: 'case when b.ground is not null then 0 else 4 end',
    bucket: 'coalesce(b.bucket, 0)',
    type,
    patient: 'b.patient',
    targets: `array[${type} || '/' || ${id}]`,
    custodians: `case when b.custodian is null then '{}' else array[b.custodian] end`,
  });
  const [from, decided] =
    key.version === undefined
      ? ['', 'r']
      : [` cross join lateral (${versioned('r', versionLabels('r', version))}) w`, 'w'];
  // `offset 0` keeps a lookup by key a lookup by key, whatever the planner thinks of the tables.
  const text = `k as (
  select b.*, r.* from b left join lateral (
    select r.bucket, r.rid, r.id, r.version, r.patient, r.custodian, ${seenColumn(decided)} as seen, ${compileGround(context.scope, decided, sql)} as ground
    from resource r${from} where r.type = ${type} and r.id = ${id} offset 0
  ) r on true
), a as (
  insert into audit (${auditColumns}) select ${row} from k b
)
select b.call, b.id, v.type, v.version, v.last_updated, v.method, v.meta, v.body, b.seen, ${factsOf(context, 'b.patient', 'array[b.custodian]', sql)} as facts
from k b ${key.version === undefined ? 'left' : 'inner'} join lateral (
  select * from version v where v.bucket = b.bucket and v.rid = b.rid and v.version = ${version} offset 0
) v on true
where b.ground is not null`;
  const found = checkNet(await run<VersionRow>({ text, values: sql.values }));
  return checkSeen(context, found, storedOf)[0];
}

/** A key row with the labels of one of its versions besides its own: what either keeps back is kept back. */
export const versioned = (row: string, labels: string): string =>
  `select ${row}.type, ${row}.patient, ${row}.custodian, ${row}.author_unit, ${row}.starts, ${row}.tokens, ${row}.labels || ${labels} as labels`;

const versionLabels = (row: string, version: string): string =>
  `coalesce((select o.labels from version o where o.bucket = ${row}.bucket and o.rid = ${row}.rid and o.version = ${version}), '{}')`;
