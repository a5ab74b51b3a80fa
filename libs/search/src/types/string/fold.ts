import type { SqlBuilder } from '../../sql/sql.ts';

const MARKS = /\p{M}+/gu;
const DROPPED = /['’‘ʼ.]/g;
const SPACE = /[\s\p{P}]+/gu;
const ASCII = /^[\x20-\x7e]*$/;
const FOLDED = /^[a-z0-9]+(?: [a-z0-9]+)*$/;

/** Folded text is cut here, in UTF-16 units, so that an index row (at most 2,704 bytes) always fits. */
export const FOLDED_LENGTH = 500;

/**
 * Case, accents and punctuation do not matter in a string search (http://hl7.org/fhir/R4/search.html#string): `å` is `a`,
 * `O'Hara` and `S.E.` are `ohara` and `se`; any other punctuation, a hyphen among it, is white space, of which runs
 * count as one.
 */
export function fold(text: string): string {
  const plain = ASCII.test(text) ? text : text.normalize('NFD').replace(MARKS, '');
  const lower = plain.toLowerCase();
  return cut(FOLDED.test(lower) ? lower : lower.replace(DROPPED, '').replace(SPACE, ' ').trim());
}

/** Never ends in half a surrogate pair, which UTF-8 cannot carry. */
function cut(text: string): string {
  if (text.length <= FOLDED_LENGTH) return text;
  const last = text.charCodeAt(FOLDED_LENGTH - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? FOLDED_LENGTH - 1 : FOLDED_LENGTH);
}

/**
 * The least text that is greater than every text starting with `prefix`, by code point as collation "C" orders them:
 * a prefix search becomes a range that any plan can use. Null when there is none.
 */
export function afterPrefix(prefix: string): string | null {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    if (last < 0x10ffff) return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
  }
  return null;
}

/** The condition that a folded column begins with `prefix`. */
export function compilePrefix(column: string, prefix: string, sql: SqlBuilder): string {
  const end = afterPrefix(prefix);
  const from = `${column} >= ${sql.param(prefix)}`;
  return end === null ? from : `(${from} and ${column} < ${sql.param(end)})`;
}

/** Collation "C" of UTF-8 text: by code point, where JavaScript's own order is by UTF-16 unit. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return order(left) - order(right);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all other units. */
const order = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);

/** The greatest or least text in an order, as SQL's max and min see them. */
export function extreme(
  values: readonly string[],
  descending: boolean,
  compare: (a: string, b: string) => number = compareCodePoints,
): string | null {
  let found: string | null = null;
  for (const value of values) {
    if (found === null || compare(value, found) < 0 !== descending) found = value;
  }
  return found;
}
