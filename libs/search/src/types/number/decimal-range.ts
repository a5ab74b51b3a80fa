// http://hl7.org/fhir/R4/search.html#number and #prefix

import { type Prefix, splitPrefix } from '../../parse/prefix.ts';
import type { SqlBuilder } from '../../sql/sql.ts';
import { addDecimals, compareDecimals, type Decimal, decimalText, negate, parseDecimal } from './decimal.ts';

/**
 * A number as a search gives it: for eq and ne the range [low, high) that its digits imply (100 is 99.5 to 100.5), for
 * ap its surroundings [low, high]; for the other prefixes, which ignore precision, low = high = the number.
 */
export interface NumberTest {
  readonly prefix: Prefix;
  readonly low: string;
  readonly high: string;
}

/** Inclusive bounds of a stored number or range; null = open. */
export interface Bounds {
  readonly low: string | null;
  readonly high: string | null;
}

/** Undefined when the text is no decimal with an optional prefix. */
export function parseNumberTest(text: string): NumberTest | undefined {
  const { prefix, rest } = splitPrefix(text);
  const number = parseDecimal(rest);
  if (!number) return undefined;
  const margin =
    prefix === 'eq' || prefix === 'ne'
      ? halfUnit(number, ONE_DIGIT.test(rest))
      : prefix === 'ap'
        ? tenth(number)
        : null;
  return {
    prefix,
    low: decimalText(margin ? addDecimals(number, negate(margin)) : number),
    high: decimalText(margin ? addDecimals(number, margin) : number),
  };
}

/** R4 reads 1e2 as [95, 105), which are two digits; by its rule one would be [50, 150), as R5 corrects it. */
const ONE_DIGIT = /^[+-]?\d[eE]/;

const halfUnit = ({ scale }: Decimal, oneMore: boolean): Decimal => ({
  unscaled: 5n,
  scale: scale + (oneMore ? 2 : 1),
});

const tenth = ({ unscaled, scale }: Decimal): Decimal => ({
  unscaled: unscaled < 0n ? -unscaled : unscaled,
  scale: scale + 1,
});

/** The condition that columns `low` and `high` (infinite where open) meet the test. */
export function compileNumberTest(test: NumberTest, low: string, high: string, sql: SqlBuilder): string {
  const from = () => sql.param(test.low, 'numeric');
  const to = () => sql.param(test.high, 'numeric');
  switch (test.prefix) {
    case 'eq':
      return `(${low} >= ${from()} and ${low} < ${to()} and ${high} < ${to()})`;
    case 'ne':
      return `(${low} < ${from()} or ${high} >= ${to()})`;
    case 'gt':
      return `${high} > ${to()}`;
    case 'lt':
      return `${low} < ${from()}`;
    case 'ge':
      return `${high} >= ${to()}`;
    case 'le':
      return `${low} <= ${from()}`;
    case 'sa':
      return `${low} > ${to()}`;
    case 'eb':
      return `${high} < ${from()}`;
    case 'ap':
      return `(${low} <= ${to()} and ${high} >= ${from()})`;
    default:
      return test.prefix satisfies never;
  }
}

export function matchNumberTest(test: NumberTest, bounds: Bounds): boolean {
  const low = (limit: string) => (bounds.low === null ? -1 : compareDecimals(bounds.low, limit));
  const high = (limit: string) => (bounds.high === null ? 1 : compareDecimals(bounds.high, limit));
  switch (test.prefix) {
    case 'eq':
      return low(test.low) >= 0 && high(test.high) < 0;
    case 'ne':
      return !(low(test.low) >= 0 && high(test.high) < 0);
    case 'gt':
      return high(test.high) > 0;
    case 'lt':
      return low(test.low) < 0;
    case 'ge':
      return high(test.high) >= 0;
    case 'le':
      return low(test.low) <= 0;
    case 'sa':
      return low(test.high) > 0;
    case 'eb':
      return high(test.low) < 0;
    case 'ap':
      return low(test.high) <= 0 && high(test.low) >= 0;
    default:
      return test.prefix satisfies never;
  }
}

/** `ge 37.5`, `eq [99.5, 100.5)`. */
export const printNumberTest = ({ prefix, low, high }: NumberTest): string =>
  low === high ? `${prefix} ${low}` : `${prefix} [${low}, ${high})`;
