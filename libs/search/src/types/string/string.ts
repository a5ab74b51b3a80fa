// http://hl7.org/fhir/R4/search.html#string

import type { Parameter } from '../../catalog/parameter.ts';
import { unescapeValue } from '../../parse/value-syntax.ts';
import type { IndexRows } from '../../rows/index-rows.ts';
import { existsRow, extremeOf, isUnreadable, presentIn } from '../../sql/index-table.ts';
import type { SqlBuilder } from '../../sql/sql.ts';
import { badModifier, badValue } from '../bad-value.ts';
import type { Face, Leaf } from '../face.ts';
import { compilePrefix, extreme, fold } from './fold.ts';
import { furtherWays } from './further-ways.ts';
import { compareSwedish, ORDERED_LENGTH, orderedPart, SWEDISH } from './swedish-order.ts';

/**
 * `starts`, `contains`, `ends` and `equals` look at the folded text, `exact` at the text as it is written. `ends` and
 * `equals` serve `_filter`. Folded text has no punctuation, so nothing that LIKE reads as a pattern.
 */
type StringMode = 'starts' | 'contains' | 'ends' | 'equals' | 'exact';

export interface StringCondition {
  readonly kind: 'string';
  readonly parameter: Parameter;
  readonly mode: StringMode;
  /** Folded, but for `exact`. */
  readonly values: readonly string[];
}

/** Every part of a name or an address is found on its own; `name=test` finds the family name Testberg. */
const parts: Readonly<Record<string, readonly string[]>> = {
  HumanName: ['text', 'family', 'given', 'prefix', 'suffix'],
  Address: ['text', 'line', 'city', 'district', 'state', 'postalCode', 'country'],
};

export const stringFace: Face<StringCondition> = {
  extract({ code: param }, { type: element, parent }) {
    const names = parts[element];
    if (!names) {
      if (element !== 'string' && element !== 'markdown') return undefined;
      return parent === 'HumanName' ? nameLeaf(param) : textLeaf(param);
    }
    const leaves = names.map((name) => [name, isName(name) ? nameLeaf(param) : textLeaf(param)] as const);
    return (value, rows) => {
      for (const [name, add] of leaves) {
        const part = (value as Record<string, unknown>)[name];
        if (Array.isArray(part)) for (const each of part) add(each, rows);
        else add(part, rows);
      }
    };
  },

  parse(parameter, modifier, alternatives) {
    const mode = modeOf(parameter, modifier);
    const texts = alternatives.map(unescapeValue);
    const folded = texts.map(fold);
    if (folded.includes('')) throw badValue(parameter, 'write at least one letter or digit.');
    return { kind: 'string', parameter, mode, values: mode === 'exact' ? texts : folded };
  },

  compile({ parameter, mode, values }, alias, sql) {
    const tests = values.map((value) => compileText(mode, value, sql));
    return existsRow('text_value', parameter, alias, `(${tests.join(' or ')})`, sql);
  },

  match({ parameter, mode, values }, rows) {
    return texts(parameter, rows).some((row) => values.some((value) => matchText(mode, value, row)));
  },

  present(parameter, alias) {
    return presentIn('text_value', parameter, alias);
  },

  isPresent(parameter, rows) {
    return texts(parameter, rows).length > 0 || isUnreadable(parameter, rows);
  },

  print({ mode, values }) {
    return values.map((value) => printed[mode](value)).join(' or ');
  },

  sort(parameter, descending, alias) {
    return {
      sql: {
        expression: extremeOf(
          'text_value',
          parameter,
          alias,
          `left(x.exact, ${ORDERED_LENGTH}) ${SWEDISH}`,
          descending,
        ),
        type: 'text',
        nullable: true,
      },
      value: (rows) =>
        extreme(
          texts(parameter, rows).flatMap(({ exact }) => (exact === null ? [] : [orderedPart(exact)])),
          descending,
          compareSwedish,
        ),
      compare: compareSwedish,
    };
  },
};

/** R4: "servers should search the parts of a family name independently"; so here given names as well. */
const isName = (part: string): boolean => part === 'family' || part === 'given';

const textLeaf =
  (param: string): Leaf =>
  (value, rows) => {
    const folded = typeof value === 'string' ? fold(value) : '';
    if (folded) rows.texts.push({ param, folded, exact: value as string });
  };

function nameLeaf(param: string): Leaf {
  const whole = textLeaf(param);
  return (value, rows) => {
    if (typeof value !== 'string') return;
    whole(value, rows);
    for (const folded of furtherWays(value)) rows.texts.push({ param, folded, exact: null });
  };
}

function modeOf(parameter: Parameter, modifier: string | null): StringMode {
  if (modifier === null) return 'starts';
  if (modifier === 'exact' || modifier === 'contains') return modifier;
  throw badModifier(parameter, modifier, ['exact', 'contains']);
}

type Row = IndexRows['texts'][number];

const texts = (parameter: Parameter, rows: IndexRows): Row[] =>
  rows.texts.filter((row) => row.param === parameter.stored);

function compileText(mode: StringMode, value: string, sql: SqlBuilder): string {
  switch (mode) {
    case 'starts':
      return compilePrefix('x.folded', value, sql);
    case 'exact':
      return `(x.folded = ${sql.param(fold(value))} and x.exact = ${sql.param(value)})`;
    case 'equals':
      return `(x.folded = ${sql.param(value)} and ${WHOLE})`;
    case 'contains':
      return `(x.folded like ${sql.param(`%${value}%`)} and ${WHOLE})`;
    case 'ends':
      return `(x.folded like ${sql.param(`%${value}`)} and ${WHOLE})`;
    default:
      return mode satisfies never;
  }
}

/** A text itself, not a further way into it: what index text_value_trigrams holds (0002_search.sql). */
const WHOLE = 'x.exact is not null';

function matchText(mode: StringMode, value: string, { folded, exact }: Row): boolean {
  switch (mode) {
    case 'starts':
      return folded.startsWith(value);
    case 'exact':
      return exact === value;
    case 'equals':
      return exact !== null && folded === value;
    case 'contains':
      return exact !== null && folded.includes(value);
    case 'ends':
      return exact !== null && folded.endsWith(value);
    default:
      return mode satisfies never;
  }
}

const printed: Readonly<Record<StringMode, (value: string) => string>> = {
  starts: (value) => `${value}*`,
  exact: (value) => JSON.stringify(value),
  equals: (value) => value,
  contains: (value) => `*${value}*`,
  ends: (value) => `*${value}`,
};
