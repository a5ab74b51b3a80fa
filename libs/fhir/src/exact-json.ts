import { readJson } from './json.ts';

/** A number as it was written: `JSON.stringify` gives back its digits, 1.50 stays 1.50. */
export interface ExactNumber {
  readonly rawJSON: string;
}

/** A JSON value whose numbers keep their digits. */
export type Exact = null | boolean | string | ExactNumber | Exact[] | ExactObject;
export interface ExactObject {
  [name: string]: Exact;
}

// ECMAScript's "JSON.parse source text access", in Node 22 and later; the compiler's library does not list it yet.
const json = JSON as unknown as {
  parse(
    text: string,
    revive: (key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): ExactNumber;
  isRawJSON(value: unknown): value is ExactNumber;
};

/**
 * Parses JSON, strictly (readJson), into values whose numbers keep their digits; `JSON.stringify` is the inverse.
 * @throws Problem 'structure'.
 */
export function readExact(text: string): Exact {
  readJson(text);
  return parseExact(text);
}

/** The same for text of our own, which is not checked. */
export function parseExact(text: string): Exact {
  return json.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined ? json.rawJSON(source) : value,
  ) as Exact;
}

/** @param digits a number as JSON writes it */
export const exactNumber = (digits: string): ExactNumber => json.rawJSON(digits);

export const isExactNumber = (value: Exact): value is ExactNumber => json.isRawJSON(value);

export const isExactObject = (value: Exact | undefined): value is ExactObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !json.isRawJSON(value);

/** A deep copy; numbers are immutable and stay shared. */
export function copyExact(value: Exact): Exact {
  if (Array.isArray(value)) return value.map(copyExact);
  if (!isExactObject(value)) return value;
  const copy: ExactObject = {};
  for (const name of Object.keys(value)) copy[name] = copyExact(value[name] as Exact);
  return copy;
}

/** Equality of JSON values (RFC 6902, section 4.6): numbers by value, objects without regard to order. */
export function sameValue(a: Exact, b: Exact): boolean {
  if (Array.isArray(a)) {
    return (
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => sameValue(item, b[index] as Exact))
    );
  }
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null || Array.isArray(b)) {
    return a === b;
  }
  if (isExactNumber(a)) return isExactNumber(b) && decimal(a.rawJSON) === decimal(b.rawJSON);
  if (isExactNumber(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && sameValue(a[name] as Exact, b[name] as Exact))
  );
}

/** One spelling of a decimal of any length: its digits without outer zeros, and its exponent. */
function decimal(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  return `${sign}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}
