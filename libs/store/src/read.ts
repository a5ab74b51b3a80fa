import { compileGround, compileSights, SEVERAL_PATIENTS } from '@naravard/search';
import { auditColumns, auditRow, auditValues } from './audit.ts';
import { CallBuilder, type CallStatement, type Run } from './gathered.ts';
import { checkNet } from './net.ts';
import { checkSeen, factsOf, factsTold, type SeenRow, seenColumn, toldOf } from './seen.ts';
import { instant, type Statements } from './statement.ts';
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
  custodian: null,
  mask: 'none',
  blocked: false,
});

/** What is read; `version`: that one, and otherwise the current one. */
interface ReadKey {
  type: string;
  id: string;
  version?: number;
}

/**
 * One statement: key row, Scope, audit row, body. The audit row is written whether or not there is anything to see;
 * absent and not visible take the same path. http://hl7.org/fhir/R4/http.html#read
 */
export async function readOne(
  composed: Statements['composed'],
  run: Run,
  context: RequestContext,
  key: ReadKey,
): Promise<Stored | undefined> {
  const found = checkNet(await run<VersionRow>(statementOf(composed, context, key)));
  return checkSeen(context, found, storedOf)[0];
}

/** Callers of one shape of rights, about types of one kind, share a text, which takes longer to compose than all else of a read. */
function statementOf(composed: Statements['composed'], context: RequestContext, key: ReadKey): CallStatement {
  const { values, shape: rights, kindOf } = context.scope;
  const shape = `read ${key.version !== undefined} ${context.second !== null} ${kindOf(key.type)} ${rights}`;
  const known = values && composed.get(shape);
  if (known) {
    const own = ownValues(context, key).values();
    const valueNamed = (name: string | undefined) => (name === undefined ? own.next().value : values[name]);
    return { text: known.text, types: known.types, values: known.names.map(valueNamed) };
  }
  const sql = new CallBuilder();
  const statement = sql.statement(readStatement(context, key, sql));
  if (values) composed.set(shape, { ...statement, names: sql.values.map((_, at) => sql.names[at]) });
  return statement;
}

/** The values that are of a read and not of its caller, in the order of their placeholders. */
const ownValues = (context: RequestContext, { type, id, version }: ReadKey): unknown[] => [
  type,
  id,
  ...(version === undefined ? [] : [version]),
  auditValues(context),
];

function readStatement(context: RequestContext, key: ReadKey, sql: CallBuilder): string {
  const isVersion = key.version !== undefined;
  const own = ownValues(context, key).map((value, at) =>
    sql.param(value, Array.isArray(value) ? 'text[]' : at === 2 ? 'integer' : 'text'),
  );
  const [type = '', id = '', ...rest] = own;
  const values = rest.at(-1) ?? '';
  const version = isVersion ? (rest[0] ?? '') : 'b.version';
  const row = auditRow(values, {
    reason: `case when b.ground is not null then b.ground when b.id is null then 'absent' else 'out of scope' end`,
    outcome: 'case when b.ground is not null then 0 else 4 end',
    bucket: 'coalesce(b.bucket, 0)',
    type,
    patient: 'b.patient',
    targets: `array[${type} || '/' || ${id}]`,
    custodians: `case when b.custodian is null then '{}' else array[b.custodian] end`,
  });
  const [from, decided] = isVersion
    ? [` cross join lateral (${versioned('r', versionLabels('r', version))}) w`, 'w']
    : ['', 'r'];
  const sights = compileSights(context.scope, 'r.patient', sql, toldOf(context, sql));
  const ground = compileGround(context.scope, decided, sql, sights ? 'g' : undefined, key.type);
  // What the sights have told of the patient need not be asked again.
  const second = sights ? context.second : null;
  const told = second ? 'g.told' : 'null::text';
  const facts = second ? factsTold('b.told') : factsOf(context, 'b.patient', 'array[b.custodian]', sql);
  // What is known of the caller is read beside the row alone, unless the facts are still to be asked for.
  const carried = second ? ['b.call', ...own].join(', ') : 'b.*';
  // `offset 0` keeps a lookup by key a lookup by key, whatever the planner thinks of the tables.
  return `k as (
  select ${carried}, r.* from b left join lateral (
    select r.bucket, r.rid, r.id, r.version, ${decided}.patient, r.custodian, ${seenColumn(decided, second?.besides(decided))} as seen, ${told} as told, ${ground} as ground
    from resource r${sights && ` cross join lateral ${sights} g`}${from} where r.type = ${type} and r.id = ${id} offset 0
  ) r on true
), a as (
  insert into audit (${auditColumns}) select ${row} from k b
)
select b.call, b.id, v.type, v.version, v.last_updated, v.method, v.meta, v.body, b.seen, ${facts} as facts
from k b ${isVersion ? 'inner' : 'left'} join lateral (
  select * from version v where v.bucket = b.bucket and v.rid = b.rid and v.version = ${version} offset 0
) v on true
where b.ground is not null`;
}

/**
 * A key row with the labels of one of its versions besides its own: what either keeps back is kept back. A version that was
 * about several patients is about none of them alone, whomever the row is about now (PDL 2008:355 4 kap 1 §).
 */
export const versioned = (row: string, labels: string): string =>
  `select ${row}.type, case when '${SEVERAL_PATIENTS}' = any(${labels}) then null else ${row}.patient end as patient, ${row}.custodian, ${row}.author_unit, ${row}.starts, ${row}.tokens, ${row}.labels || ${labels} as labels`;

const versionLabels = (row: string, version: string): string =>
  `coalesce((select o.labels from version o where o.bucket = ${row}.bucket and o.rid = ${row}.rid and o.version = ${version}), '{}')`;
