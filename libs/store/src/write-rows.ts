import { hash, randomUUIDv7 } from 'node:crypto';
import type { IndexRows, SqlBuilder } from '@naravard/search';
import { type Cell, column, cut, cutList, listColumn } from './column.ts';
import type { PutWrite } from './types.ts';

/** Keys of the big tables are led by a bucket of the patient, or of the resource's own id where there is none. */
export const buckets = 1024;

/** FNV-1a of the id, so that the same patient has the same bucket everywhere. */
export function bucketOf(id: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) value = Math.imul(value ^ id.charCodeAt(at), 0x01000193);
  return (value >>> 0) % buckets;
}

/** Instants of an interval as timestamptz text, open ends as infinity. */
const from = (start: string | null) => start ?? '-infinity';
const until = (end: string | null) => end ?? 'infinity';

type Field = readonly [name: string, type: string, pick: (write: PutWrite) => Cell | readonly string[]];

/** What a write says about its key row and version. */
const fields: readonly Field[] = [
  ['bucket', 'smallint', ({ rows, id }) => bucketOf(rows.patient ?? id)],
  ['rid', 'uuid', () => randomUUIDv7()],
  ['type', 'text', ({ type }) => type],
  ['id', 'text', ({ id }) => id],
  ['method', 'text', ({ method }) => method],
  ['expected', 'integer', ({ expected }) => expected],
  ['digest', 'bytea', (write) => digest(write)],
  ['patient', 'text', ({ rows }) => rows.patient],
  ['starts', 'timestamptz', ({ rows }) => rows.period && from(rows.period.start)],
  ['ends', 'timestamptz', ({ rows }) => rows.period && until(rows.period.end)],
  ['labels', 'text[]', ({ rows }) => rows.labels],
  ['tokens', 'text[]', ({ rows }) => rows.tokens],
  ['meta', 'text', ({ meta }) => meta],
  ['body', 'text', ({ body }) => body],
];
const fieldNames = fields.map(([name]) => name).join(', ');

/** SQL of the CTE `input`: one row per write, numbered from 1 by `n`. One write needs no arrays: its values stand bare. */
export function inputOf(writes: readonly PutWrite[], sql: SqlBuilder): string {
  const [only] = writes;
  if (writes.length === 1 && only) {
    return `select 1::bigint as n, ${fields.map(([name, type, pick]) => `${sql.param(pick(only) ?? null, type)} as ${name}`).join(', ')}`;
  }
  const columns = fields.map(([, type, pick]) =>
    type === 'text[]'
      ? cut(sql.param(listColumn(writes.map((write) => pick(write) as readonly string[])), 'text'), 'text')
      : cut(sql.param(column(writes.map((write) => pick(write) as Cell)), 'text'), type),
  );
  const selected = fields.map(([name, type]) => (type === 'text[]' ? `${cutList(name)} as ${name}` : name));
  return `select n, ${selected.join(', ')} from unnest(${columns.join(', ')}) with ordinality as i(${fieldNames}, n)`;
}

/** What tells that an update changes nothing: 16 bytes of SHA-256 over the stored text. */
const digest = ({ meta, body }: PutWrite): string => `\\x${hash('sha256', `${meta ?? ''}\n${body}`).slice(0, 32)}`;

/** An index table: its columns beside (bucket, rid, type), with their SQL types, and the rows of one resource. */
interface IndexTable {
  name: string;
  columns: readonly (readonly [name: string, type: string])[];
  /** `claim` has no type column. */
  typed: boolean;
  rows(write: PutWrite): readonly (readonly Cell[])[];
}

const table = (name: string, columns: string, rows: (rows: IndexRows) => readonly (readonly Cell[])[]): IndexTable => ({
  name,
  columns: columns.split(', ').map((pair) => pair.split(' ') as [string, string]),
  typed: true,
  rows: (write) => rows(write.rows),
});

export const indexTables: readonly IndexTable[] = [
  table('identifier', 'param text, system text, value text', ({ identifiers }) =>
    identifiers.map(({ param, system, value }) => [param, system, value]),
  ),
  table('reference', 'param text, target_type text, target text, system text, value text', ({ references }) =>
    references.map(({ param, targetType, target, system, value }) => [param, targetType, target, system, value]),
  ),
  table('text_value', 'param text, folded text, exact text', ({ texts }) =>
    texts.map(({ param, folded, exact }) => [param, folded, exact]),
  ),
  table('date_value', 'param text, starts timestamptz, ends timestamptz', ({ dates }) =>
    dates.map(({ param, start, end }) => [param, from(start), until(end)]),
  ),
  table(
    'quantity_value',
    'param text, low numeric, high numeric, system text, code text, unit text',
    ({ quantities }) =>
      quantities.map(({ param, low, high, system, code, unit }) => [
        param,
        low ?? '-Infinity',
        high ?? 'Infinity',
        system,
        code,
        unit,
      ]),
  ),
  {
    name: 'claim',
    columns: [['patient', 'text'], ['key', 'text'], ['during', 'tstzrange']],
    typed: false,
    rows: ({ rows, claims = [] }) =>
      claims.map(({ key, start, end }) => [rows.patient, key, `[${from(start)},${until(end)})`]),
  },
];

/**
 * The CTEs that replace a table's rows of the resources in `done`: what was there goes first, so that a claim can be
 * taken anew by its holder. No rows, no insert: the statement's shape is then smaller.
 */
export function indexWrites(target: IndexTable, writes: readonly PutWrite[], replace: boolean, sql: SqlBuilder): string[] {
  const { name, columns, typed } = target;
  const gone = `gone_${name}`;
  const ctes: string[] = [];
  if (replace) {
    ctes.push(`${gone} as (delete from ${name} t using done where t.rid = done.rid and done.version > 1 returning 1)`);
  }
  const found = writes.flatMap((write, index) =>
    target.rows(write).map((cells) => (writes.length === 1 ? cells : [index + 1, ...cells])),
  );
  if (!found.length) return ctes;
  // The rows of one write all belong to it; else a leading column tells whose they are.
  const typedColumns = writes.length === 1 ? columns : ([['n', 'bigint'], ...columns] as const);
  const values = typedColumns.map(([, type], at) => cut(sql.param(column(found.map((row) => row[at])), 'text'), type));
  const names = columns.map(([column]) => column).join(', ');
  const extra = typed ? ', type' : '';
  const order = replace && name === 'claim' ? ` where (select count(*) from ${gone}) >= 0` : '';
  ctes.push(
    `new_${name} as (insert into ${name} (bucket, rid${extra}, ${names}) select done.bucket, done.rid${typed ? ', done.type' : ''}, ${columns.map(([column]) => `x.${column}`).join(', ')} from unnest(${values.join(', ')}) as x(${typedColumns.map(([column]) => column).join(', ')}) ${writes.length === 1 ? 'cross join done' : 'join done on done.n = x.n'}${order})`,
  );
  return ctes;
}
