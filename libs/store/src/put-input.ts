import { type Cell, column, cut, cutList } from './column.ts';
import { cellsOf, type IndexTable, indexTables, madeOf, sentAs } from './index-tables.ts';
import { type Field, keyFields } from './key-fields.ts';
import type { Template } from './template.ts';
import type { PutWrite, RequestContext } from './types.ts';

const fields: readonly Field[] = [
  ...keyFields,
  ['method', 'text', ({ method }) => method],
  ['expected', 'integer', ({ expected }) => expected],
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
    cut(
      sql.param(({ writes }) => column(writes.map((write) => pick(write))), 'text'),
      type === 'text[]' ? 'text' : type,
    ),
  );
  const selected = fields.map(([name, type]) => (type === 'text[]' ? `${cutList(name)} as ${name}` : name));
  return `select n, ${selected.join(', ')} from unnest(${columns.join(', ')}) with ordinality as i(${fieldNames}, n)`;
}

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
  if (writes.length === 1 && only) return cellsOf(only);
  return numberedRows(writes);
}

/** The same with the number of the write, from 1, before each row. */
export const numberedRows = (writes: readonly PutWrite[]): PutInput['found'] =>
  indexTables.map(({ rows }) =>
    writes.flatMap((write, index) => rows(write).map((cells) => [index + 1, ...cells])),
  );

/** Where the rows of `indexTables` become parameters of a statement. */
export interface FoundSql {
  param(pick: (input: Pick<PutInput, 'found'>) => unknown, type?: string): string;
}

/**
 * The CTEs that replace the rows of table number `at` for the resources in `done`: what was there goes first, so that
 * a claim can be taken anew by its holder. `empty`: there is nothing to insert, and the statement's shape is smaller.
 * `moves`: it is a merge.
 */
export function indexWrites(
  sql: FoundSql,
  at: number,
  { single, empty, moves = false }: { single: boolean; empty: boolean; moves?: boolean },
): string[] {
  const { name, columns, typed, replaced, exclusive, unless } = indexTables[at] as IndexTable;
  const gone = (kept = '') =>
    `gone_${name} as (delete from ${name} t using done where t.bucket = done.bucket and t.rid = done.rid and done.version > 1${kept} returning 1)`;
  if (empty) return [gone()];
  const sent = single ? columns : ([['n', 'bigint'], ...columns] as const);
  const values = sent.map(([, type], index) =>
    cut(
      sql.param(({ found }) => column((found[at] ?? []).map((row) => row[index])), 'text'),
      sentAs(type),
    ),
  );
  const names = columns.map(([column]) => column);
  const made = columns.map(([column, type]) => madeOf(type, `x.${column}`));
  const source = `unnest(${values.join(', ')}) as x(${sent.map(([column]) => column).join(', ')})`;
  const join = single ? 'cross join done' : 'join done on done.n = x.n';
  const unlessHeld = unless ? ` and not (${unless(moves)})` : '';
  const after = exclusive ? ` where (select count(*) from gone_${name}) >= 0${unlessHeld}` : '';
  const fresh = (
    conflict = '',
  ) => `new_${name} as (insert into ${name} (bucket, rid${typed ? ', type' : ''}, ${names.join(', ')})
  select done.bucket, done.rid${typed ? ', done.type' : ''}, ${made.join(', ')} from ${source} ${join}${after}${conflict})`;
  if (!replaced) return [gone(), fresh()];
  const upsert = fresh(replacing(name, names));
  return single ? [upsert] : [gone(` and done.n <> all(${values[0]})`), upsert];
}

/** A row that is there already gives way, whenever it was written; an equal one stays. */
const replacing = (name: string, columns: readonly string[]): string => ` on conflict (bucket, rid) do update
  set ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}
  where ${columns.map((column) => `${name}.${column} is distinct from excluded.${column}`).join(' or ')}`;
