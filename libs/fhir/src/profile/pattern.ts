import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../path/node.ts';
import { type Check, named, type Setting } from './check.ts';
import type { Facts } from './facts.ts';

export type Matches = (value: unknown) => boolean;

/**
 * What a value has to contain (http://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.pattern_x_): of
 * an object each member, of an array each item somewhere, of a primitive the very value.
 */
export function contains(pattern: unknown): Matches {
  if (Array.isArray(pattern)) {
    const items = pattern.map(contains);
    return (value) => Array.isArray(value) && items.every((item) => value.some(item));
  }
  if (!isObject(pattern)) return (value) => value === pattern;
  const members = Object.entries(pattern).map(([key, member]) => [key, contains(member)] as const);
  return (value) => isObject(value) && members.every(([key, member]) => member(value[key]));
}

/** The same in all of it, with members in any order. */
export const equals = (fixed: unknown): Matches =>
  typeof fixed === 'object' ? (value) => isDeepStrictEqual(value, fixed) : (value) => value === fixed;

export const fixedCheck = (setting: Setting, { fixed }: Facts): Check | undefined =>
  fixed.length
    ? matching(equals(fixed[0]), named(setting, `Expected exactly ${shown(fixed[0])}.`))
    : undefined;

export const patternCheck = (setting: Setting, { pattern }: Facts): Check | undefined =>
  pattern.length
    ? matching(contains(pattern[0]), named(setting, `Expected something with ${shown(pattern[0])} in it.`))
    : undefined;

function matching(matches: Matches, message: string): Check {
  return (value, _beside, { report }) => {
    if (!matches(value)) report.error('value', message);
  };
}

const shownLength = 300;

function shown(expected: unknown): string {
  const whole = JSON.stringify(expected);
  return whole.length > shownLength ? `${whole.slice(0, shownLength)}...` : whole;
}
