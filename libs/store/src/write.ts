import { compileScope, SqlBuilder } from '@naravard/search';
import { auditColumns, auditRow, scopeReason } from './audit.ts';
import { instant, type Queryable, type Statements } from './statement.ts';
import type { DeleteWrite, PutWrite, RequestContext, Write, Written } from './types.ts';
import { indexTables, indexWrites, inputOf } from './write-rows.ts';
import { whyNot } from './write-refused.ts';

interface DoneRow {
  n: string;
  version: string;
  last_updated: string;
  was_absent: string;
}

const now = `date_trunc('milliseconds', clock_timestamp())`;
const later = `greatest(${now}, r.last_updated + interval '1 millisecond')`;

/**
 * All writes of one kind in one statement: version, key row, index rows, claims, audit and outbox; rows in (type, id)
 * order, so that two writers of the same rows never wait for each other in a circle.
 * Under READ COMMITTED a row that another transaction has just changed is judged anew (If-Match, digest), because every
 * condition stands on the key row itself.
 */
export async function writeAll(
  statements: Statements,
  on: Queryable,
  context: RequestContext,
  writes: readonly Write[],
): Promise<Written[]> {
  const written = new Map<Write, Written>();
  const puts = ordered(writes.filter((write) => write.kind === 'put'));
  const deletes = ordered(writes.filter((write) => write.kind === 'delete'));
  for (const mode of ['create', 'update', 'any'] as const) {
    const group = puts.filter((write) => (write.mode === 'any' && write.expected ? 'update' : write.mode) === mode);
    if (group.length) await run(group, putStatement(context, group, mode));
  }
  if (deletes.length) await run(deletes, deleteStatement(context, deletes));
  const refused = writes.filter((write) => !written.has(write));
  const reasons = refused.length ? await whyNot(statements, on, context, refused) : [];
  for (const [index, reason] of reasons.entries()) written.set(refused[index] as Write, reason);
  return writes.map((write) => written.get(write) as Written);

  async function run(group: readonly Write[], { text, values }: { text: string; values: unknown[] }) {
    for (const row of await statements.run<DoneRow>(on, text, values)) {
      const write = group[Number(row.n) - 1] as Write;
      const { type, id } = write;
      const result = write.kind === 'delete' ? 'deleted' : row.was_absent === 't' ? 'created' : 'updated';
      written.set(write, { result, type, id, version: Number(row.version), lastUpdated: instant(row.last_updated) });
    }
  }
}

const ordered = <T extends Write>(writes: T[]): T[] =>
  writes.sort((a, b) => (a.type < b.type ? -1 : a.type > b.type ? 1 : a.id < b.id ? -1 : 1));

function putStatement(context: RequestContext, writes: readonly PutWrite[], mode: PutWrite['mode']) {
  const sql = new SqlBuilder();
  const input = inputOf(writes, sql);
  const custodian = sql.param(context.actor.organisation, 'text');
  const unit = sql.param(context.actor.unit, 'text');
  const replace = mode !== 'create';
  const ctes = [
    `input as (${input})`,
    `w as (${keyRows(context, mode, writes.length === 1, custodian, unit, sql)})`,
    `done as materialized (select w.*, i.n, i.method, i.meta, i.body from w join input i on ${writes.length === 1 ? 'true' : 'i.type = w.type and i.id = w.id'})`,
    `new_version as (insert into version (bucket, rid, version, type, method, last_updated, custodian, author_unit, meta, body)
  select bucket, rid, version, type, method, last_updated, ${custodian}, ${unit}, meta, body from done)`,
    ...indexTables.flatMap((target) => indexWrites(target, writes, replace, sql)),
    ...traces(context, 'method', sql),
  ];
  const wasAbsent = replace
    ? 'coalesce((select o.deleted from resource o where o.bucket = done.bucket and o.rid = done.rid), true)'
    : 'true';
  const text = `with ${ctes.join(',\n')}\nselect n, version, last_updated, ${wasAbsent} as was_absent from done`;
  return { text, values: sql.values };
}

const columns =
  'bucket, rid, type, id, version, deleted, last_updated, digest, patient, custodian, author_unit, labels, starts, ends, tokens';
const returned = 'returning r.bucket, r.rid, r.type, r.id, r.version, r.last_updated, r.patient';

/** The key rows that may change: visible, unchanged since If-Match, about the same patient, and with a new text. */
function keyRows(
  context: RequestContext,
  mode: PutWrite['mode'],
  single: boolean,
  custodian: string,
  unit: string,
  sql: SqlBuilder,
): string {
  const order = single ? '' : ' order by i.n';
  const insert = `insert into resource as r (${columns})
  select i.bucket, i.rid, i.type, i.id, 1, false, ${now}, i.digest, i.patient, ${custodian}, ${unit}, i.labels, i.starts, i.ends, i.tokens
  from input i${order} on conflict on constraint resource_type_id`;
  if (mode === 'create') return `${insert} do nothing ${returned}`;
  const source = mode === 'any' ? 'excluded' : 'i';
  const set = ['digest', 'patient', 'labels', 'starts', 'ends', 'tokens'].map((name) => `${name} = ${source}.${name}`);
  const change = `set version = r.version + 1, deleted = false, last_updated = ${later}, xid = pg_current_xact_id(), author_unit = ${unit}, ${set.join(', ')}`;
  const allowed = `${compileScope(context.scope, 'r', sql)} and (r.deleted or r.digest <> ${source}.digest) and (r.patient is null or r.patient is not distinct from ${source}.patient)`;
  return mode === 'any'
    ? `${insert} do update ${change} where ${allowed} ${returned}`
    : `update resource r ${change} from input i where r.type = i.type and r.id = i.id and (i.expected is null or r.version = i.expected) and ${allowed} ${returned}`;
}

function deleteStatement(context: RequestContext, writes: readonly DeleteWrite[]) {
  const sql = new SqlBuilder();
  const cells = (pick: (write: DeleteWrite) => unknown, type: string) => sql.param(writes.map(pick), `${type}[]`);
  const unit = sql.param(context.actor.unit, 'text');
  const custodian = sql.param(context.actor.organisation, 'text');
  const ctes = [
    `input as materialized (select * from unnest(${cells(({ type }) => type, 'text')}, ${cells(({ id }) => id, 'text')}, ${cells(({ expected }) => expected ?? null, 'integer')}) with ordinality as i(type, id, expected, n))`,
    `done as (update resource r set version = r.version + 1, deleted = true, last_updated = ${later}, xid = pg_current_xact_id(), author_unit = ${unit}, tokens = '{}', starts = null, ends = null
  from input i where r.type = i.type and r.id = i.id and not r.deleted and (i.expected is null or r.version = i.expected) and ${compileScope(context.scope, 'r', sql)}
  ${returned}, i.n)`,
    `new_version as (insert into version (bucket, rid, version, type, method, last_updated, custodian, author_unit)
  select bucket, rid, version, type, 'DELETE', last_updated, ${custodian}, ${unit} from done)`,
    ...indexTables.map(({ name }) => `gone_${name} as (delete from ${name} t using done where t.rid = done.rid)`),
    ...traces(context, `'DELETE'`, sql),
  ];
  const text = `with ${ctes.join(',\n')}\nselect n, version, last_updated, 'f' as was_absent from done`;
  return { text, values: sql.values };
}

/** What every change leaves: audit, one row per patient, and an event for whoever follows the outbox. */
function traces(context: RequestContext, method: string, sql: SqlBuilder): string[] {
  const row = auditRow(context, sql, {
    reason: sql.param(scopeReason(context), 'text'),
    outcome: '0',
    bucket: 'min(bucket)',
    type: 'min(type)',
    patient: 'patient',
    targets: `array_agg(type || '/' || id || '/_history/' || version)`,
  });
  return [
    `audited as (insert into audit (${auditColumns}) select ${row} from done group by patient)`,
    `told as (insert into outbox (bucket, rid, version, type, id, method, patient) select bucket, rid, version, type, id, ${method}, patient from done)`,
  ];
}
