// http://hl7.org/fhir/R4/search.html#sort
import { Problem } from '@naravard/fhir';
import { faceOf } from './condition.ts';
import { compareCodePoints } from './fold.ts';
import type { IndexRows } from './index-rows.ts';
import type { Parameter } from './parameter.ts';
import { compareLows } from './quantity-rows.ts';
import type { Query, SortKey } from './query.ts';
import type { SqlBuilder } from './sql.ts';
import type { RowKey, SortFace } from './types/face.ts';

/** What a page statement needs to keep an order and to go on where the page before ended. */
export interface CompiledSort {
  /** One text expression per sort key and the id last; a row's values make the cursor after it. */
  readonly select: readonly string[];
  /** Without the words `order by`; missing values last in both directions, ties by id in the last key's direction. */
  readonly orderBy: string;
  /** The condition that a row comes after the cursor. Throws when the cursor is not of this order. */
  after(cursor: readonly (string | null)[]): string;
}

interface Key {
  readonly expression: string;
  readonly type: SortFace['sql']['type'];
  readonly nullable: boolean;
  readonly descending: boolean;
}

export function compileSort(query: Query, alias: string, sql: SqlBuilder): CompiledSort {
  const keys = keysOf(query, alias);
  return {
    // The text of a timestamptz names its offset and microseconds, so it reads back without loss.
    select: keys.map((key) => (key.type === 'text' ? key.expression : `${key.expression}::text`)),
    orderBy: keys.map(direction).join(', '),
    after: (cursor) => {
      if (cursor.length !== keys.length) throw badCursor();
      return afterCursor(keys, cursor, sql);
    },
  };
}

/** The id makes the order total; it follows the last key's direction, so that one index serves both. */
function keysOf(query: Query, alias: string): Key[] {
  const keys: Key[] = query.sort.map(({ parameter, descending }) => {
    const { nullable, ...sql } = faceOf(parameter).sort(parameter, descending, alias).sql;
    return { ...sql, descending, nullable: nullable && !isLimited(query, parameter) };
  });
  return [
    ...keys,
    { expression: `${alias}.id`, type: 'text', nullable: false, descending: idDescends(query) },
  ];
}

const idDescends = ({ sort }: Query): boolean => sort.at(-1)?.descending ?? false;

/** A search that is limited by its main date finds no row without one, and can then use the index both ways. */
const isLimited = (query: Query, { column }: Parameter): boolean =>
  column === 'period' && query.conditions.some((condition) => condition.parameter.column === 'period');

/** PostgreSQL's own order is nulls last upwards and nulls first downwards; said only where it is not what it does. */
const direction = ({ expression, nullable, descending }: Key): string =>
  descending ? `${expression} desc${nullable ? ' nulls last' : ''}` : expression;

/**
 * Keyset: (k1 after c1) or (k1 = c1 and ((k2 after c2) or ...)), with the first key's bound drawn out in front where
 * it has one, so that an index on that key starts at the cursor.
 */
function afterCursor(keys: readonly Key[], cursor: readonly (string | null)[], sql: SqlBuilder): string {
  const [key, ...rest] = keys;
  const [value, ...values] = cursor;
  if (!key || value === undefined) return 'false';
  if (value === null) {
    if (!key.nullable) throw badCursor();
    return `(${key.expression} is null and ${afterCursor(rest, values, sql)})`;
  }
  const bound = sql.param(value, key.type);
  const beyond = `${key.expression} ${key.descending ? '<' : '>'} ${bound}`;
  if (!rest.length) return beyond;
  const ties = `(${key.expression} = ${bound} and ${afterCursor(rest, values, sql)})`;
  return key.nullable
    ? `(${beyond} or ${ties} or ${key.expression} is null)`
    : `(${key.expression} ${key.descending ? '<=' : '>='} ${bound} and (${beyond} or ${ties}))`;
}

const badCursor = (): Problem =>
  new Problem('bad-request', 'The page link does not belong to this search; start from its first page.');

/** One row of the naive oracle that tests compare the statements with. */
export interface SortRow {
  readonly rows: IndexRows;
  readonly key: RowKey;
}

/** The order of `compileSort` over rows in memory. */
export function compareBySort(query: Query, a: SortRow, b: SortRow): number {
  for (const key of query.sort) {
    const difference = compareKey(key, a, b);
    if (difference !== 0) return difference;
  }
  const byId = compareCodePoints(a.key.id, b.key.id);
  return idDescends(query) ? -byId : byId;
}

function compareKey({ parameter, descending }: SortKey, a: SortRow, b: SortRow): number {
  const face = faceOf(parameter).sort(parameter, descending, 'r');
  const left = face.value(a.rows, a.key);
  const right = face.value(b.rows, b.key);
  if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
  const difference = face.sql.type === 'numeric' ? compareLows(left, right) : compareCodePoints(left, right);
  return descending ? -difference : difference;
}
