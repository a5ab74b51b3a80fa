import { SqlBuilder } from '@naravard/search';
import { auditColumns, auditRow, auditValues, custodiansOf } from '../audit.ts';
import type { Queryable, Statements } from '../statement.ts';
import type { RequestContext } from '../types.ts';
import { type DoneLines, type HeldImport, lostImport } from './imports.ts';
import { isHeld } from './lease.ts';

/**
 * Within the transaction that writes some lines: how far the import is, what is told of them, and an audit row for each that was
 * refused, or one for each patient that its refusal tells of. A line is done with all of it, or not at all.
 * @throws Problem 'conflict' when the import is lost
 */
export async function linesDone(
  statements: Statements,
  on: Queryable,
  context: RequestContext,
  { key, worker }: HeldImport,
  done: DoneLines,
): Promise<void> {
  const sql = new SqlBuilder();
  sql.param(key, 'uuid');
  sql.param(worker, 'uuid');
  const column = (values: readonly unknown[], type: string) => sql.param(values, `${type}[]`);
  const { outcomes, refusals, line, digest } = done;
  const counted = (['created', 'updated', 'unchanged', 'refused', 'warned'] as const).map(
    (name) => `${name} = i.${name} + ${sql.param(done[name], 'integer')}`,
  );
  const numbers = outcomes.map((each) => each.line);
  const texts = outcomes.map(({ outcome }) => outcome);
  const ctes = [
    `mine as (update import i set line = ${sql.param(line, 'bigint')}, digest = ${sql.param(digest, 'text')}, ${counted.join(', ')} where ${isHeld} returning i.key)`,
    `told as (insert into import_outcome (import, line, outcome) select mine.key, o.line, o.outcome from mine cross join unnest(${column(numbers, 'bigint')}, ${column(texts, 'text')}) as o(line, outcome))`,
    ...(refusals.length ? [audited(context, refusals, sql)] : []),
  ];
  const rows = await statements.run(on, `with ${ctes.join(',\n')}\nselect 1 from mine`, sql.values);
  if (!rows.length) throw lostImport();
}

function audited(context: RequestContext, refusals: DoneLines['refusals'], sql: SqlBuilder): string {
  const told = refusals.flatMap(({ told: each }, index) => each.map((key) => ({ ...key, n: index + 1 })));
  const column = (values: readonly unknown[], type: string) => sql.param(values, `${type}[]`);
  const row = auditRow(sql.param(auditValues(context), 'text[]'), {
    reason: 'f.reason',
    outcome: 'f.outcome',
    bucket: 'coalesce(k.bucket, 0)',
    type: 'f.type',
    patient: 'k.patient',
    targets: `coalesce(k.targets, '{}')`,
    custodians: `coalesce(k.custodians, '{}')`,
  });
  const refused = [
    column(
      refusals.map(({ reason }) => reason),
      'text',
    ),
    column(
      refusals.map(({ outcome }) => outcome),
      'smallint',
    ),
    column(
      refusals.map(({ type }) => type),
      'text',
    ),
  ];
  const keys = [
    column(
      told.map(({ n }) => n),
      'bigint',
    ),
    column(
      told.map(({ type }) => type),
      'text',
    ),
    column(
      told.map(({ id }) => id),
      'text',
    ),
  ];
  return `audited as (insert into audit (${auditColumns}) select ${row}
  from unnest(${refused.join(', ')}) with ordinality as f(reason, outcome, type, n) left join (
    select t.n, min(r.bucket) as bucket, r.patient, array_agg(t.type || '/' || t.id) as targets, ${custodiansOf('r')} as custodians
    from unnest(${keys.join(', ')}) as t(n, type, id) left join resource r on r.type = t.type and r.id = t.id
    group by t.n, r.patient
  ) k on k.n = f.n)`;
}
