// http://hl7.org/fhir/R4/search.html#sort
import { Problem } from '@naravard/fhir';
import type { Parameter } from '../catalog/parameter.ts';
import { faceOf } from '../query/condition.ts';
import { guardOf, guardsFor } from '../query/guards.ts';
import type { Cursor, Part, SortKey } from '../query/query.ts';
import type { IndexRows } from '../rows/index-rows.ts';
import { nothingHidden, type RowKey, type SortFace } from '../types/face.ts';
import { compareLows } from '../types/number/quantity-rows.ts';
import { compareCodePoints } from '../types/string/fold.ts';
import type { SqlBuilder } from './sql.ts';
import type { Statement } from './statement.ts';

/** What a page statement needs to keep an order and to go on from a row of another page. */
export interface CompiledSort {
  /** One SQL expression per sort key and the id last; their texts in a row make the cursor there. */
  readonly select: readonly string[];
  /** Without the words `order by`; missing values last in both directions, ties by id in the last key's direction. */
  readonly orderBy: string;
  /** The same by the names that the expressions were given. */
  orderByNames(names: readonly string[]): string;
  /** The condition that a row lies beyond the cursor. Throws when the cursor is not of this order. */
  beyond(cursor: Cursor): string;
}

interface Key {
  readonly expression: string;
  readonly type: SortFace['sql']['type'];
  readonly nullable: boolean;
  readonly descending: boolean;
}

/**
 * The order of a query's part. `backwards` turns it round, to look for the page before a row. Of `several` parts rows may
 * share an id, so the type stands behind it.
 */
export function compileSort(
  part: Part,
  alias: string,
  statement: Statement,
  { backwards = false, several = false } = {},
): CompiledSort {
  const { sql } = statement;
  const keys = keysOf(part, alias, several, statement);
  return {
    select: keys.map(({ expression }) => expression),
    orderBy: keys.map((key) => direction(key, key.expression, backwards)).join(', '),
    orderByNames: (names) =>
      keys.map((key, index) => direction(key, names[index] ?? '', backwards)).join(', '),
    beyond: ({ keys: values }) => {
      if (values.length !== keys.length) throw badCursor();
      return beyond(keys, values, backwards, sql);
    },
  };
}

/** The id makes the order total; it follows the last key's direction, so that one index serves both. */
function keysOf(part: Part, alias: string, several: boolean, statement: Statement): Key[] {
  const keys: Key[] = part.sort.map(({ parameter, descending }) => {
    const guards = guardsFor(parameter, alias, statement);
    const { nullable, ...sql } = faceOf(parameter).sort(parameter, descending, alias, guards).sql;
    const open = guardOf(parameter, alias, statement, mayHoldReference(parameter));
    if (open === null) return { ...sql, descending, nullable: nullable && !isLimited(part, parameter) };
    // What is hidden is as if it were missing.
    return { ...sql, expression: `case when ${open} then ${sql.expression} end`, descending, nullable: true };
  });
  const last = { type: 'text', nullable: false, descending: idDescends(part) } as const;
  return [
    ...keys,
    { ...last, expression: `${alias}.id` },
    ...(several ? [{ ...last, expression: `${alias}.type` }] : []),
  ];
}

/** A URL may be that of a resource here. */
const mayHoldReference = ({ type, paths }: Parameter): boolean =>
  type === 'uri' && paths.some(({ parent }) => parent !== 'Meta');

const idDescends = ({ sort }: Part): boolean => sort.at(-1)?.descending ?? false;

/** A search that is limited by its main date finds no row without one, and can then use the index both ways. */
const isLimited = ({ conditions }: Part, { column }: Parameter): boolean =>
  column === 'period' &&
  conditions.some((condition) => condition.kind === 'date' && condition.parameter.column === 'period');

/** PostgreSQL's own order is nulls last upwards and nulls first downwards; said only where it is not what it does. */
function direction({ nullable, descending }: Key, expression: string, backwards: boolean): string {
  const down = descending !== backwards;
  const nulls = nullable && down !== backwards ? ` nulls ${backwards ? 'first' : 'last'}` : '';
  return `${expression}${down ? ' desc' : ''}${nulls}`;
}

/**
 * Keyset: (k1 beyond c1) or (k1 = c1 and ((k2 beyond c2) or ...)), with the first key's bound drawn out in front where
 * it has one, so that an index on that key starts at the cursor.
 */
function beyond(
  [key, ...rest]: readonly Key[],
  [value, ...values]: readonly (string | null)[],
  backwards: boolean,
  sql: SqlBuilder,
): string {
  if (!key || value === undefined) return 'false';
  const { expression, nullable } = key;
  if (value === null) {
    if (!nullable) throw badCursor();
    const ties = `(${expression} is null and ${beyond(rest, values, backwards, sql)})`;
    return backwards ? `(${expression} is not null or ${ties})` : ties;
  }
  const bound = sql.param(value, key.type);
  const sign = key.descending !== backwards ? '<' : '>';
  const past = `${expression} ${sign} ${bound}`;
  if (!rest.length) return past;
  const ties = `(${expression} = ${bound} and ${beyond(rest, values, backwards, sql)})`;
  return nullable && !backwards
    ? `(${past} or ${ties} or ${expression} is null)`
    : `(${expression} ${sign}= ${bound} and (${past} or ${ties}))`;
}

const badCursor = (): Problem =>
  new Problem('bad-request', 'The page link does not belong to this search; start from its first page.');

/** One row of the naive oracle that tests compare the statements with. */
export interface SortRow {
  readonly rows: IndexRows;
  readonly key: RowKey;
}

/** The order of `compileSort` over rows in memory. */
export function compareBySort(part: Part, a: SortRow, b: SortRow): number {
  for (const key of part.sort) {
    const difference = compareKey(key, a, b);
    if (difference !== 0) return difference;
  }
  const byId = compareCodePoints(a.key.id, b.key.id);
  return idDescends(part) ? -byId : byId;
}

function compareKey({ parameter, descending }: SortKey, a: SortRow, b: SortRow): number {
  const face = faceOf(parameter).sort(parameter, descending, 'r', nothingHidden);
  const left = face.value(a.rows, a.key);
  const right = face.value(b.rows, b.key);
  if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
  const compare = face.compare ?? (face.sql.type === 'numeric' ? compareLows : compareCodePoints);
  const difference = compare(left, right);
  return descending ? -difference : difference;
}
