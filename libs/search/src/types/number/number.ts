// http://hl7.org/fhir/R4/search.html#number

import type { Parameter } from '../../catalog/parameter.ts';
import { unescapeValue } from '../../parse/value-syntax.ts';
import { existsRow } from '../../sql/index-table.ts';
import { badModifier, badValue } from '../bad-value.ts';
import type { Face } from '../face.ts';
import { exactText } from './decimal.ts';
import {
  compileNumberTest,
  matchNumberTest,
  type NumberTest,
  parseNumberTest,
  printNumberTest,
} from './decimal-range.ts';
import { quantityBounds, quantityFaces, quantityRows } from './quantity-rows.ts';

export interface NumberCondition {
  readonly kind: 'number';
  readonly parameter: Parameter;
  readonly values: readonly NumberTest[];
}

export const numberFace: Face<NumberCondition> = {
  extract(parameter, { type: element }) {
    switch (element) {
      case 'decimal':
      case 'integer':
      case 'positiveInt':
      case 'unsignedInt':
        return (value, rows) => {
          const number = exactText(value);
          if (number !== null)
            rows.quantities.push({ ...NO_UNIT, param: parameter.code, low: number, high: number });
        };
      case 'Range':
        return (value, rows) => {
          const bounds = quantityBounds('Range', value);
          if (bounds) rows.quantities.push({ ...NO_UNIT, param: parameter.code, ...bounds });
        };
      default:
        return undefined;
    }
  },

  parse(parameter, modifier, alternatives) {
    if (modifier) throw badModifier(parameter, modifier, []);
    const values = alternatives.map((text) => {
      const test = parseNumberTest(unescapeValue(text));
      if (!test) throw badValue(parameter, 'write a decimal number such as 100 or ge0.25.');
      return test;
    });
    return { kind: 'number', parameter, values };
  },

  compile({ parameter, values }, alias, sql) {
    const tests = values.map((test) => compileNumberTest(test, 'x.low', 'x.high', sql));
    return existsRow('quantity_value', parameter, alias, `(${tests.join(' or ')})`, sql);
  },

  match({ parameter, values }, rows) {
    return quantityRows(parameter, rows).some((row) => values.some((test) => matchNumberTest(test, row)));
  },

  print({ values }) {
    return values.map(printNumberTest).join(' or ');
  },

  ...quantityFaces,
};

const NO_UNIT = { system: null, code: null, unit: null };
