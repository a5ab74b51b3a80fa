import { SqlBuilder } from '@naravard/search';
import { auditColumns, auditRow, auditValues } from '../audit.ts';
import type { Queryable, Statements } from '../statement.ts';
import type { RequestContext } from '../types.ts';
import { type LogTexts, logColumns, logRowOf, logTexts } from './log-columns.ts';
import { compileFilter } from './log-filter.ts';
import { groundOf, mayRead, readable, shownTargets } from './log-rights.ts';
import type { LogFilter, LogPage, LogQuery, LogReader, LogRow } from './reading.ts';

/** One statement: the newest rows that the reader may see, and the audit rows of having seen them, one a patient. */
export async function logPage(
  statements: Statements,
  on: Queryable,
  context: RequestContext,
  reader: LogReader,
  query: LogQuery,
): Promise<LogPage> {
  const sql = new SqlBuilder();
  const text = pageStatement(context, reader, query, sql);
  const rows = await statements.run<LogTexts & { more: string; key: string }>(on, text, sql.values);
  const last = rows.at(-1);
  return {
    rows: rows.map(logRowOf),
    ...(last?.more === 't' && { next: [last.key, last.id] }),
  };
}

/** The row with an id; undefined where there is none, or none that the reader may see. */
export async function logRow(
  statements: Statements,
  on: Queryable,
  context: RequestContext,
  reader: LogReader,
  id: string,
): Promise<LogRow | undefined> {
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
  const filters: LogFilter[] = [{ kind: 'id', ids: isId ? [id] : [] }];
  const { rows } = await logPage(statements, on, context, reader, { filters, count: 1 });
  return rows[0];
}

function pageStatement(
  context: RequestContext,
  reader: LogReader,
  { filters, count: asked, after }: LogQuery,
  sql: SqlBuilder,
): string {
  const shown = shownTargets(reader, sql);
  const isOfPatient = filters.some(({ kind }) => kind === 'patient' || kind === 'id');
  const conditions = filters.map((filter) => ` and ${compileFilter(filter, shown, sql)}`).join('');
  const position = after?.map((key, index) => sql.param(key, ['timestamptz', 'uuid'][index]));
  const beyond = position ? ` and (a.at, a.id) < (${position.join(', ')})` : '';
  const count = sql.param(asked, 'integer');
  const newest = `order by at desc, id desc limit ${count} + 1`;
  const branches = readable(reader, context, sql, isOfPatient).map(
    (rows) => `(select a.* from audit a where ${rows}${conditions}${beyond} ${newest})`,
  );
  return `with page as (
  select a.*, row_number() over (order by a.at desc, a.id desc) as n from (select u.* from (${branches.join(' union all ')}) u ${newest}) a
), seen as (
  select ${logColumns('a', shown)}, a.n, a.bucket from page a where a.n <= ${count}
), noted as (
  ${noteOfReading(context, reader, sql, 'seen')}
)
select ${logTexts('s')}, s.at::text as key, (select count(*) from page) > ${count} as more from seen s order by s.n`;
}

/**
 * SQL of the audit rows of reading the rows of a CTE, one for each patient: reading the log is an access like any other.
 * What was asked for and not found leaves a row too.
 */
export function noteOfReading(
  context: RequestContext,
  reader: LogReader,
  sql: SqlBuilder,
  cte: string,
): string {
  const values = sql.param(auditValues(context), 'text[]');
  const read = auditRow(values, {
    reason: sql.param(groundOf(reader), 'text'),
    outcome: '0',
    bucket: 'min(s.bucket)',
    type: `'AuditEvent'`,
    patient: 's.patient',
    targets: `array_agg('AuditEvent/' || s.id)`,
    custodians: `'{}'::text[]`,
  });
  const may = mayRead(reader, context, sql);
  const nothing = auditRow(values, {
    reason: `case when ${may} then 'no match' else 'out of scope' end`,
    outcome: `case when ${may} then 0 else 4 end`,
    bucket: '0',
    type: `'AuditEvent'`,
    patient: 'null',
    targets: `'{}'::text[]`,
    custodians: `'{}'::text[]`,
  });
  return `insert into audit (${auditColumns})
  select ${read} from ${cte} s group by s.patient
  union all select ${nothing} where not exists (select from ${cte})`;
}
