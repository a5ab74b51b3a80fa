import { factTypes, type Period, type StatedFact, saidOf } from '@naravard/access';
import { fullTextValue, fullTextVector, type IndexRows } from '@naravard/search';
import { type Cell, cutList } from './column.ts';
import { heldBefore } from './held-before.ts';
import type { PutWrite } from './types.ts';

/** Instants of an interval as timestamptz text, open ends as infinity. */
export const from = (start: string | null) => start ?? '-infinity';
export const until = (end: string | null) => end ?? 'infinity';

/** An index table: its columns beside (bucket, rid, type), with their SQL types, and the rows of one resource. */
export interface IndexTable {
  name: string;
  columns: readonly (readonly [name: string, type: string])[];
  /** `claim` and `fact` have no type column. */
  typed: boolean;
  /** Key (bucket, rid): at most one row a resource, replaced in place, with a digest of its own instead of `found`. */
  replaced?: true;
  /** Only resources of these types have rows, so that others do not look for any. */
  of?: readonly string[];
  /** What an index walk leaves alone: it is taken from the writer as well as from the resource. */
  kept?: true;
  /** A row may be refused because of another one: the resource's own old rows go before its new ones come. */
  exclusive?: true;
  /** SQL of whether a row `x` of the resource in `done` is left out; `moves`: of a merge. */
  unless?(moves: boolean): string;
  rows(write: PutWrite): readonly (readonly Cell[])[];
}

const pairs = (columns: string): IndexTable['columns'] =>
  columns.split(', ').map((pair) => pair.split(' ') as [string, string]);

const table = (
  name: string,
  columns: string,
  rows: (rows: IndexRows) => readonly (readonly Cell[])[],
): IndexTable => ({
  name,
  columns: pairs(columns),
  typed: true,
  rows: (write) => rows(write.rows),
});

/** What the resource's row of `full_text` is made of, as a value of type `words`; undefined for a resource without text. */
export const wordsOf = ({ rows: { fullText } }: PutWrite): string | undefined =>
  fullText && fullTextValue(fullText);

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
  table(
    'composite_value',
    'param text, tokens text[], lows numeric[], highs numeric[], starts timestamptz[], ends timestamptz[], texts text[]',
    ({ composites }) =>
      composites.map(({ param, tokens, numbers, dates, texts }) => [
        param,
        tokens,
        numbers.map(({ low }) => low ?? '-Infinity'),
        numbers.map(({ high }) => high ?? 'Infinity'),
        dates.map(({ start }) => from(start)),
        dates.map(({ end }) => until(end)),
        texts,
      ]),
  ),
  {
    name: 'full_text',
    columns: [['words', 'words']],
    typed: true,
    replaced: true,
    rows: (write) => {
      const words = wordsOf(write);
      return words === undefined ? [] : [[words]];
    },
  },
  {
    name: 'search_parameter',
    columns: [
      ['base', 'text'],
      ['code', 'text'],
      ['url', 'text'],
      ['definition', 'text'],
    ],
    typed: true,
    of: ['SearchParameter'],
    exclusive: true,
    rows: ({ parameters = [] }) =>
      parameters.map(({ base, code, url, definition }) => [base, code, url, definition]),
  },
  {
    name: 'claim',
    columns: [
      ['patient', 'text'],
      ['key', 'text'],
      ['during', 'tstzrange'],
    ],
    typed: false,
    exclusive: true,
    unless: heldBefore,
    rows: ({ rows, claims = [] }) =>
      claims.map(({ key, of, start, end }) => [
        of === 'all' ? '*' : rows.patient,
        key,
        `[${from(start)},${until(end)})`,
      ]),
  },
  {
    name: 'fact',
    columns: pairs(
      'patient text, kind text, organisation text, unit text, person text, during tstzrange, information tstzrange, types text[], about text, value text, author text, said text',
    ),
    typed: false,
    of: factTypes,
    kept: true,
    rows: ({ facts = [] }) => facts.map(factCells),
  },
];

const range = ({ start, end }: Period): string => `[${from(start)},${until(end)})`;

const factCells = (fact: StatedFact): readonly Cell[] => [
  fact.patient,
  fact.kind,
  fact.organisation,
  fact.unit,
  fact.person,
  range(fact.during),
  fact.information && range(fact.information),
  fact.types,
  fact.about,
  fact.value,
  fact.author,
  saidOf(fact),
];

/**
 * The type that a column travels as and the SQL that makes its value of what has been cut apart. Type `words` is a text
 * that becomes a tsvector.
 */
export const sentAs = (type: string): string => (type.endsWith('[]') || type === 'words' ? 'text' : type);
export function madeOf(type: string, value: string): string {
  if (type === 'words') return fullTextVector(value);
  if (!type.endsWith('[]')) return value;
  return type === 'text[]' ? cutList(value) : `${cutList(value)}::${type}`;
}

/** Whether table number `at` may hold rows of one of the types. */
export function mayHold(at: number, types: readonly { type: string }[]): boolean {
  const of = indexTables[at]?.of;
  return of === undefined || types.some(({ type }) => of.includes(type));
}

/** The rows of one resource for each of `indexTables`. */
export type IndexCells = readonly (readonly (readonly Cell[])[])[];
export const cellsOf = (write: PutWrite): IndexCells => indexTables.map(({ rows }) => rows(write));
