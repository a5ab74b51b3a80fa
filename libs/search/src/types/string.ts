// http://hl7.org/fhir/R4/search.html#string
import { compilePrefix, extreme, fold } from '../fold.ts';
import type { IndexRows } from '../index-rows.ts';
import { existsRow, extremeOf, isUnreadable, presentIn } from '../index-table.ts';
import type { Parameter } from '../parameter.ts';
import type { SqlBuilder } from '../sql.ts';
import { compareSwedish, ORDERED_LENGTH, orderedPart, SWEDISH } from '../swedish-order.ts';
import { unescapeValue } from '../value-syntax.ts';
import { badModifier, badValue } from './bad-value.ts';
import type { Face, Leaf } from './face.ts';

/**
 * `starts`, `contains`, `ends` and `equals` look at the folded text, `exact` at the text as it is written. `ends` and
 * `equals` serve `_filter`.
 */
export type StringMode = 'starts' | 'contains' | 'ends' | 'equals' | 'exact';

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
  extract(parameter, { type: element }) {
    const add: Leaf = (value, rows) => {
      if (typeof value !== 'string') return;
      const folded = fold(value);
      if (folded) rows.texts.push({ param: parameter.code, folded, exact: value });
    };
    const names = parts[element];
    if (!names) return element === 'string' || element === 'markdown' ? add : undefined;
    return (value, rows) => {
      for (const name of names) {
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
          texts(parameter, rows).map(({ exact }) => orderedPart(exact)),
          descending,
          compareSwedish,
        ),
      compare: compareSwedish,
    };
  },
};

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
      return `x.folded = ${sql.param(value)}`;
    case 'contains':
      return `(x.folded like ${sql.param(`%${escapeLike(value)}%`)} and ${IN_TRIGRAMS})`;
    case 'ends':
      return `(x.folded like ${sql.param(`%${escapeLike(value)}`)} and ${IN_TRIGRAMS})`;
    default:
      return mode satisfies never;
  }
}

/** What index text_value_trigrams holds (0002_search.sql), said again so that the planner sees that it may be used. */
const IN_TRIGRAMS = "x.param not like '%:text'";

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

function matchText(mode: StringMode, value: string, { folded, exact }: Row): boolean {
  switch (mode) {
    case 'starts':
      return folded.startsWith(value);
    case 'exact':
      return exact === value;
    case 'equals':
      return folded === value;
    case 'contains':
      return folded.includes(value);
    case 'ends':
      return folded.endsWith(value);
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
