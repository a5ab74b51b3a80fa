// http://hl7.org/fhir/R4/search_filter.html
import { Problem } from '@naravard/fhir';
import type { ParameterType } from '../catalog/parameter.ts';
import { parseFullText } from '../full-text/full-text-condition.ts';
import { type FullTextField, isFullTextField } from '../full-text/full-text-syntax.ts';
import { type Condition, faceOf } from '../query/condition.ts';
import {
  type Filter,
  type FilterOperator,
  type FilterTest,
  filterProblem,
  parseFilter,
} from './filter-syntax.ts';
import {
  followLink,
  isUnknown,
  parseLeaf,
  type Reading,
  switchedOff,
  type Unknown,
  unknown,
} from './parse-condition.ts';
import type { Prefix } from './prefix.ts';
import { shown } from './shown.ts';
import { escapeValue, splitEscaped } from './value-syntax.ts';

/**
 * Reads the value of `_filter` to conditions on a type, by the same parameters and values as the rest of the search.
 * @throws Problem that names `_filter`: for what cannot be read, an unknown parameter (lenient or not: a part of a
 * filter cannot be left out), an operator that the parameter cannot have.
 */
export function parseFilterCondition(reading: Reading, type: string, text: string): Condition {
  const filter = parseFilter(text);
  try {
    const condition = conditionOf({ reading, type, links: 0 }, filter);
    if (!isUnknown(condition)) return condition;
    throw new Problem('unknown-parameter', { severity: 'error', diagnostics: condition.reason });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const findings = error.findings.map((finding) => ({ ...finding, expression: '_filter' }));
    throw new Problem(error.kind, findings, { cause: error.cause });
  }
}

/** Where a filter stands: the type that it is about and the links of a chain that lead there. */
interface Place {
  readonly reading: Reading;
  readonly type: string;
  readonly links: number;
}

function conditionOf(place: Place, filter: Filter): Condition | Unknown {
  switch (filter.kind) {
    case 'test':
      return testAt(place, filter, 0);
    case 'not': {
      const condition = conditionOf(place, filter.filter);
      return isUnknown(condition) ? condition : { kind: 'not', condition };
    }
    case 'and':
      return together(
        'all',
        filter.filters.map((each) => conditionOf(place, each)),
      );
    case 'or':
      return together(
        'any',
        filter.filters.map((each) => conditionOf(place, each)),
      );
    default:
      return filter satisfies never;
  }
}

function together(kind: 'all' | 'any', parsed: readonly (Condition | Unknown)[]): Condition | Unknown {
  const conditions: Condition[] = [];
  for (const each of parsed) {
    if (isUnknown(each)) return each;
    conditions.push(each);
  }
  return { kind, conditions };
}

/** The test from step number `at` of its path on; a filter on a step holds for the same resource as what follows it. */
function testAt(place: Place, test: FilterTest, at: number): Condition | Unknown {
  const { reading, type, links } = place;
  const step = test.path[at];
  if (!step) throw filterProblem('names no parameter.');
  if (at === test.path.length - 1) return leafOf(place, step.name, test.operator, test.value);
  const link = step.type === null ? step.name : `${step.name}:${step.type}`;
  const { filter } = step;
  return followLink(reading, type, link, links + 1, (target) => {
    const there = { reading, type: target, links: links + 1 };
    const rest = testAt(there, test, at + 1);
    return filter ? together('all', [conditionOf(there, filter), rest]) : rest;
  });
}

/** Reads a value as one alternative of the parameter, escaped where it has to be, with or without a modifier. */
type Leaf = (modifier: string | null, value: string) => Condition;
type Operators = { readonly [Name in FilterOperator]?: (leaf: Leaf, value: string) => Condition };

function leafOf(
  { reading, type }: Place,
  name: string,
  operator: FilterOperator,
  value: string,
): Condition | Unknown {
  if (isFullTextField(name))
    return reading.catalog.fullText ? textOf(name, type, operator, value) : switchedOff(name);
  const parameter = reading.catalog.parameter(type, name);
  if (!parameter) return unknown(reading.catalog, type, name);
  if (operator === 'pr') {
    if (value !== 'true' && value !== 'false') throw filterProblem(`needs true or false after pr.`);
    return parseLeaf(reading, parameter, 'missing', value === 'true' ? 'false' : 'true');
  }
  if (value === '') throw filterProblem(`has an empty value for '${name}'; test for absence with pr false.`);
  const operators = byType[parameter.type];
  const read = operators[operator];
  if (!read) throw badOperator(name, operator, [...Object.keys(operators), 'pr']);
  return read((modifier, text) => faceOf(parameter).parse(parameter, modifier, [text], reading), value);
}

function textOf(field: FullTextField, type: string, operator: FilterOperator, value: string): Condition {
  if (operator !== 'co') throw badOperator(field, operator, ['co']);
  return parseFullText(field, type, [value]);
}

const not = (condition: Condition): Condition => ({ kind: 'not', condition });

/** Text stands for itself in a filter, so what separates values elsewhere is escaped. */
const equality: Operators = {
  eq: (leaf, value) => leaf(null, escapeValue(value)),
  ne: (leaf, value) => not(leaf(null, escapeValue(value))),
};

const inMode =
  (mode: 'equals' | 'ends') =>
  (leaf: Leaf, value: string): Condition => {
    const condition = leaf(null, escapeValue(value));
    return condition.kind === 'string' ? { ...condition, mode } : condition;
  };

const text: Operators = {
  eq: inMode('equals'),
  ne: (leaf, value) => not(inMode('equals')(leaf, value)),
  co: (leaf, value) => leaf('contains', escapeValue(value)),
  sw: (leaf, value) => leaf(null, escapeValue(value)),
  ew: inMode('ends'),
};

/** Tokens, and composites below, keep their own syntax, escapes included: `system|code`, `code$value`. */
const token: Operators = {
  eq: (leaf, value) => leaf(null, named(value)),
  ne: (leaf, value) => leaf('not', named(value)),
  // "The value subsumes a concept in the set": the concept is the value or below it.
  ss: (leaf, value) => leaf('below', named(value)),
  sb: (leaf, value) => leaf('above', named(value)),
  in: (leaf, value) => leaf('in', escapeValue(value)),
  ni: (leaf, value) => leaf('not-in', escapeValue(value)),
};

const reference: Operators = { ...equality, re: (leaf, value) => leaf(null, escapeValue(value)) };

const composite: Operators = {
  eq: (leaf, value) => leaf(null, value),
  ne: (leaf, value) => not(leaf(null, value)),
};

/** The prefixes of search, http://hl7.org/fhir/R4/search.html#prefix: `ne` and the like hold for one of several values. */
const compared: Operators = Object.fromEntries(
  (['eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap'] as const).map((prefix) => [
    prefix,
    (leaf: Leaf, value: string) => leaf(null, prefix + value),
  ]),
);

/** What `ap` compares, once it has been widened. */
const OVERLAPS: Prefix = 'ap';

const date: Operators = {
  ...compared,
  po: (leaf, value) => {
    const condition = leaf(null, `eq${value}`);
    if (condition.kind !== 'date') return condition;
    return { ...condition, values: condition.values.map((each) => ({ ...each, prefix: OVERLAPS })) };
  },
};

const byType: { readonly [Type in ParameterType]: Operators } = {
  string: text,
  token,
  reference,
  date,
  number: compared,
  quantity: compared,
  uri: equality,
  composite,
};

/** Names that R4 lets stand for code systems within a filter. */
const systems: ReadonlyMap<string, string> = new Map([
  ['loinc', 'http://loinc.org'],
  ['snomed', 'http://snomed.info/sct'],
  ['rxnorm', 'http://www.nlm.nih.gov/research/umls/rxnorm'],
  ['ucum', 'http://unitsofmeasure.org'],
]);

function named(value: string): string {
  const [first = '', ...rest] = splitEscaped(value, '|');
  return rest.length ? [systems.get(first) ?? first, ...rest].join('|') : value;
}

const badOperator = (name: string, operator: FilterOperator, allowed: readonly string[]): Problem =>
  filterProblem(`compares '${shown(name)}' by '${operator}', which it cannot be: use ${allowed.join(', ')}.`);
