import { compileScope, SqlBuilder } from '@naravard/search';
import { auditColumns, auditRow, auditValues } from './audit.ts';
import { instant, type Queryable, type Statements } from './statement.ts';
import type { RequestContext, Write, Written } from './types.ts';

interface FoundRow {
  found: string;
  visible: string | null;
  deleted: string | null;
  version: string | null;
  last_updated: string | null;
  patient: string | null;
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
  const types = sql.param(
    writes.map(({ type }) => type),
    'text[]',
  );
  const ids = sql.param(
    writes.map(({ id }) => id),
    'text[]',
  );
  const audit = sql.param(auditValues(context), 'text[]');
  const row = auditRow(audit, {
    reason: `'nothing changed'`,
    outcome: '4',
    bucket: 'coalesce(bucket, 0)',
    type: 'type',
    patient: 'patient',
    targets: `array[type || '/' || id]`,
  });
  const text = `with k as (
  select i.n, i.type, i.id, r.rid is not null as found, r.bucket, ${compileScope(context.scope, 'r', sql)} as visible, r.deleted, r.version, r.last_updated, r.patient
  from unnest(${types}, ${ids}) with ordinality as i(type, id, n) left join resource r on r.type = i.type and r.id = i.id
), a as (insert into audit (${auditColumns}) select ${row} from k)
select found, visible, deleted, version, last_updated, patient from k order by n`;
  const found = await statements.run<FoundRow>(on, text, sql.values);
  return writes.map((write, index) => explain(write, found[index] as FoundRow));
}

function explain(write: Write, row: FoundRow): Written {
  const { type, id } = write;
  const nothing = { type, id, version: 0, lastUpdated: '' };
  if (row.found !== 't') return { ...nothing, result: write.kind === 'delete' ? 'unchanged' : 'absent' };
  if (row.visible !== 't') return { ...nothing, result: 'out-of-scope' };
  const current = { type, id, version: Number(row.version), lastUpdated: instant(row.last_updated ?? '') };
  return { ...current, result: reason(write, row) };
}

function reason(write: Write, row: FoundRow): Written['result'] {
  if (write.expected !== undefined && write.expected !== Number(row.version)) return 'stale';
  if (write.kind === 'delete') return 'unchanged';
  if (write.mode === 'create') return 'exists';
  if (row.patient !== null && row.patient !== write.rows.patient) return 'subject-changed';
  return 'unchanged';
}
