// https://cldr.unicode.org: collation of locale sv, å ä ö after z, case and accents only where letters are equal
import { compareCodePoints } from './fold.ts';

/** PostgreSQL has it when it is built with ICU, as the packages of all distributions are; migration 0002 looks for it. */
export const SWEDISH = 'collate "sv-x-icu"';

/** Characters of a text that count in an order. The rest is left to the ties, so that a page's cursor stays short. */
export const ORDERED_LENGTH = 200;

const collator = new Intl.Collator('sv');

/** Texts that ICU sees no difference in are ordered by code point, as PostgreSQL's deterministic collations do. */
export const compareSwedish = (a: string, b: string): number =>
  collator.compare(a, b) || compareCodePoints(a, b);

/** The beginning of a text, in code points as SQL's `left` counts them. */
export const orderedPart = (text: string): string =>
  text.length <= ORDERED_LENGTH ? text : Array.from(text).slice(0, ORDERED_LENGTH).join('');
