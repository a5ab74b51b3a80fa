import { compileScope, SqlBuilder } from '@naravard/search';
import { auditColumns, auditRow, auditValues, custodiansOf } from './audit.ts';
import { keyArrays } from './key-arrays.ts';
import { hasReplaced } from './registrations.ts';
import { instant, type Queryable, type Statements } from './statement.ts';
import type { RequestContext, Write, Written } from './types.ts';

interface FoundRow {
  found: string;
  visible: string | null;
  writable: string | null;
  deletable: string | null;
  custodian: string | null;
  bucket: string | null;
  version: string | null;
  last_updated: string | null;
  patient: string | null;
  /** Others have been merged into it. */
  replaces: string | null;
}

/**
 * Tells, for writes that changed no row, why: the current key rows are read again, and the refusal (or that nothing had
 * to change) is audited. Runs only off the fast path.
 */
export async function whyNot(
  statements: Statements,
  on: Queryable,
  context: RequestContext,
  writes: readonly Write[],
): Promise<Written[]> {
  const sql = new SqlBuilder();
  const [types, ids] = keyArrays(writes, sql);
  const text = `select r.rid is not null as found, r.bucket, ${compileScope(context.scope, 'r', sql)} as visible, ${compileScope(context.writable(), 'r', sql)} as writable, ${compileScope(context.deletable(), 'r', sql)} as deletable, r.custodian, r.version, r.last_updated, r.patient, ${hasReplaced('r')} as replaces
from unnest(${types}, ${ids}) with ordinality as i(type, id, n) left join resource r on r.type = i.type and r.id = i.id
order by n`;
  const found = await statements.run<FoundRow>(on, text, sql.values);
  const reasons = writes.map((write, index) =>
    explain(write, found[index] as FoundRow, context.actor.organisation),
  );
  await auditReasons(statements, on, context, found, reasons);
  return reasons;
}

/** What a refusal told its caller of, one row for each patient: what had been written of it was undone. */
export async function auditTold(
  statements: Statements,
  on: Queryable,
  context: RequestContext,
  { outcome, reason, type }: { outcome: number; reason: string; type: string | undefined },
  told: readonly { type: string; id: string }[],
): Promise<void> {
  const sql = new SqlBuilder();
  const [types, ids] = keyArrays(told, sql);
  const row = auditRow(sql.param(auditValues(context), 'text[]'), {
    reason: sql.param(reason, 'text'),
    outcome: sql.param(outcome, 'smallint'),
    bucket: 'k.bucket',
    type: sql.param(type ?? null, 'text'),
    patient: 'k.patient',
    targets: 'k.targets',
    custodians: 'k.custodians',
  });
  const text = `insert into audit (${auditColumns}) select ${row} from (
  select coalesce(min(r.bucket), 0) as bucket, r.patient, array_agg(i.type || '/' || i.id order by i.n) as targets, ${custodiansOf('r')} as custodians
  from unnest(${types}, ${ids}) with ordinality as i(type, id, n) left join resource r on r.type = i.type and r.id = i.id
  group by r.patient
) k`;
  await statements.run(on, text, sql.values);
}

/** One row per write: what became of it, as a minor failure unless there was nothing to change. */
async function auditReasons(
  statements: Statements,
  on: Queryable,
  context: RequestContext,
  found: readonly FoundRow[],
  reasons: readonly Written[],
): Promise<void> {
  const sql = new SqlBuilder();
  const columns = [
    sql.param(
      reasons.map(({ result }) => result),
      'text[]',
    ),
    sql.param(
      found.map(({ bucket }) => bucket ?? '0'),
      'smallint[]',
    ),
    sql.param(
      reasons.map(({ type }) => type),
      'text[]',
    ),
    sql.param(
      reasons.map(({ id }) => id),
      'text[]',
    ),
    sql.param(
      found.map(({ patient }) => patient),
      'text[]',
    ),
    sql.param(
      found.map(({ custodian }) => custodian),
      'text[]',
    ),
  ];
  const row = auditRow(sql.param(auditValues(context), 'text[]'), {
    reason: 'k.reason',
    outcome: `case when k.reason = 'unchanged' then 0 else 4 end`,
    bucket: 'k.bucket',
    type: 'k.type',
    patient: 'k.patient',
    targets: `array[k.type || '/' || k.id]`,
    custodians: 'array_remove(array[k.custodian], null)',
  });
  const text = `insert into audit (${auditColumns})
select ${row} from unnest(${columns.join(', ')}) as k(reason, bucket, type, id, patient, custodian)`;
  await statements.run(on, text, sql.values);
}

function explain(write: Write, row: FoundRow, own: string | null): Written {
  const { type, id } = write;
  const nothing = { type, id, version: 0, lastUpdated: '' };
  if (row.found !== 't') return { ...nothing, result: write.kind === 'delete' ? 'unchanged' : 'absent' };
  if (row.visible !== 't') return { ...nothing, result: 'out-of-scope' };
  const allowed = write.kind === 'delete' ? row.deletable : row.writable;
  if (allowed !== 't') return { ...nothing, result: row.custodian === own ? 'kept' : 'not-own' };
  const current = { type, id, version: Number(row.version), lastUpdated: instant(row.last_updated ?? '') };
  return { ...current, result: reason(write, row) };
}

function reason(write: Write, row: FoundRow): Written['result'] {
  if (write.expected !== undefined && write.expected !== Number(row.version)) return 'stale';
  if (write.kind === 'delete') return row.replaces === 't' ? 'replaces' : 'unchanged';
  if (write.mode === 'create') return 'exists';
  if (row.patient !== write.rows.patient) return 'subject-changed';
  return 'unchanged';
}
