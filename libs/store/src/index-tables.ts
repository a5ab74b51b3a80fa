import type { IndexRows } from '@naravard/search';
import type { Cell } from './column.ts';
import type { PutWrite } from './types.ts';

/** Instants of an interval as timestamptz text, open ends as infinity. */
export const from = (start: string | null) => start ?? '-infinity';
export const until = (end: string | null) => end ?? 'infinity';

/** An index table: its columns beside (bucket, rid, type), with their SQL types, and the rows of one resource. */
export interface IndexTable {
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

/** The rows of one resource for each of `indexTables`. */
export type IndexCells = readonly (readonly (readonly Cell[])[])[];
export const cellsOf = (write: PutWrite): IndexCells => indexTables.map(({ rows }) => rows(write));
