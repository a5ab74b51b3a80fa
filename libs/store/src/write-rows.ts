import { hash, randomUUIDv7 } from 'node:crypto';
import type { IndexRows } from '@naravard/search';
import { type Cell, column, cut, cutList, listColumn } from './column.ts';
import type { Template } from './template.ts';
import type { PutWrite, RequestContext } from './types.ts';

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
  ['digest', 'bytea', ({ meta, body }) => sha(`${meta ?? ''}\n${body}`)],
  ['found', 'bytea', (write) => sha(JSON.stringify(indexTables.map(({ rows }) => rows(write))))],
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
export function inputOf(sql: Template<PutInput>, single: boolean): string {
  if (single) {
    const values = fields.map(([name, type, pick]) => {
      const value = ({ writes: [write] }: PutInput) => pick(write as PutWrite) ?? null;
      return `${sql.param(value, type)} as ${name}`;
    });
    return `select 1::bigint as n, ${values.join(', ')}`;
  }
  const columns = fields.map(([, type, pick]) =>
    type === 'text[]'
      ? cut(
          sql.param(
            ({ writes }) => listColumn(writes.map((write) => pick(write) as readonly string[])),
            'text',
          ),
          'text',
        )
      : cut(
          sql.param(({ writes }) => column(writes.map((write) => pick(write) as Cell)), 'text'),
          type,
        ),
  );
  const selected = fields.map(([name, type]) => (type === 'text[]' ? `${cutList(name)} as ${name}` : name));
  return `select n, ${selected.join(', ')} from unnest(${columns.join(', ')}) with ordinality as i(${fieldNames}, n)`;
}

/** 16 bytes of SHA-256, as bytea text. */
const sha = (text: string): string => `\\x${hash('sha256', text).slice(0, 32)}`;

/** An index table: its columns beside (bucket, rid, type), with their SQL types, and the rows of one resource. */
interface IndexTable {
  name: string;
  columns: readonly (readonly [name: string, type: string])[];
  /** `claim` has no type column. */
  typed: boolean;
  rows(write: PutWrite): readonly (readonly Cell[])[];
}

const table = (
  name: string,
  columns: string,
  rows: (rows: IndexRows) => readonly (readonly Cell[])[],
): IndexTable => ({
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
    references.map(({ param, targetType, target, system, value }) => [
      param,
      targetType,
      target,
      system,
      value,
    ]),
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
    columns: [
      ['patient', 'text'],
      ['key', 'text'],
      ['during', 'tstzrange'],
    ],
    typed: false,
    rows: ({ rows, claims = [] }) =>
      claims.map(({ key, start, end }) => [rows.patient, key, `[${from(start)},${until(end)})`]),
  },
];

/** What a put statement is fed with. */
export interface PutInput {
  context: RequestContext;
  writes: readonly PutWrite[];
  /** The rows for each of `indexTables`, their write's number first where there are several writes. */
  found: readonly (readonly (readonly Cell[])[])[];
}

/** The rows of the writes for each of `indexTables`. */
export function rowsOf(writes: readonly PutWrite[]): PutInput['found'] {
  const [only] = writes;
  return indexTables.map(({ rows }) =>
    writes.length === 1 && only
      ? rows(only)
      : writes.flatMap((write, index) => rows(write).map((cells) => [index + 1, ...cells])),
  );
}

/**
 * The CTEs that replace the rows of table number `at` for the resources in `done`: what was there goes first, so that
 * a claim can be taken anew by its holder. `empty`: there is nothing to insert, and the statement's shape is smaller.
 */
export function indexWrites(
  sql: Template<PutInput>,
  at: number,
  { single, replace, empty }: { single: boolean; replace: boolean; empty: boolean },
): string[] {
  const { name, columns, typed } = indexTables[at] as IndexTable;
  const gone = `gone_${name} as (delete from ${name} t using done where t.rid = done.rid and done.version > 1 returning 1)`;
  const ctes = replace ? [gone] : [];
  if (empty) return ctes;
  const sent = single ? columns : ([['n', 'bigint'], ...columns] as const);
  const values = sent.map(([, type], index) =>
    cut(
      sql.param(({ found }) => column((found[at] ?? []).map((row) => row[index])), 'text'),
      type,
    ),
  );
  const names = columns.map(([column]) => column);
  const source = `unnest(${values.join(', ')}) as x(${sent.map(([column]) => column).join(', ')})`;
  const join = single ? 'cross join done' : 'join done on done.n = x.n';
  const after = replace && name === 'claim' ? ` where (select count(*) from gone_${name}) >= 0` : '';
  ctes.push(`new_${name} as (insert into ${name} (bucket, rid${typed ? ', type' : ''}, ${names.join(', ')})
  select done.bucket, done.rid${typed ? ', done.type' : ''}, ${names.map((column) => `x.${column}`).join(', ')} from ${source} ${join}${after})`);
  return ctes;
}
