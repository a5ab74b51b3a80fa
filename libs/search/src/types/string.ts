// http://hl7.org/fhir/R4/search.html#string
import { afterPrefix, extreme, fold } from '../fold.ts';
import type { IndexRows } from '../index-rows.ts';
import { existsRow, extremeOf } from '../index-table.ts';
import type { Parameter } from '../parameter.ts';
import { unescapeValue } from '../value-syntax.ts';
import { badModifier, badValue } from './bad-value.ts';
import type { Face, Leaf } from './face.ts';

export interface StringCondition {
  readonly kind: 'string';
  readonly parameter: Parameter;
  /** Folded: a value is found by any of its beginnings. */
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
    if (modifier) throw badModifier(parameter, modifier);
    const values = alternatives.map((text) => fold(unescapeValue(text)));
    if (values.includes('')) throw badValue(parameter, 'write at least one letter or digit.');
    return { kind: 'string', parameter, values };
  },

  compile({ parameter, values }, alias, sql) {
    const ranges = values.map((folded) => {
      const end = afterPrefix(folded);
      const from = `x.folded >= ${sql.param(folded)}`;
      return end === null ? `(${from})` : `(${from} and x.folded < ${sql.param(end)})`;
    });
    return existsRow('text_value', parameter, alias, `(${ranges.join(' or ')})`);
  },

  match({ parameter, values }, rows) {
    return texts(parameter, rows).some((folded) => values.some((value) => folded.startsWith(value)));
  },

  print({ values }) {
    return values.map((value) => `${value}*`).join(' or ');
  },

  sort(parameter, descending, alias) {
    return {
      sql: {
        expression: extremeOf('text_value', parameter, alias, 'x.folded', descending),
        type: 'text',
        nullable: true,
      },
      value: (rows) => extreme(texts(parameter, rows), descending),
    };
  },
};

const texts = (parameter: Parameter, rows: IndexRows): string[] =>
  rows.texts.filter((row) => row.param === parameter.stored).map((row) => row.folded);
