// http://hl7.org/fhir/R4/search.html#quantity

import type { Parameter } from '../../catalog/parameter.ts';
import { splitEscaped, unescapeValue } from '../../parse/value-syntax.ts';
import { indexKey } from '../../rows/index-key.ts';
import type { IndexRows } from '../../rows/index-rows.ts';
import { existsRow } from '../../sql/index-table.ts';
import type { SqlBuilder } from '../../sql/sql.ts';
import { badModifier, badValue } from '../bad-value.ts';
import type { Face } from '../face.ts';
import {
  compileNumberTest,
  matchNumberTest,
  type NumberTest,
  parseNumberTest,
  printNumberTest,
} from './decimal-range.ts';
import { quantityBounds, quantityFaces, quantityRows } from './quantity-rows.ts';

/**
 * `5.4` any unit; `5.4|system|code` that unit; `5.4|system|` any unit of the system; `5.4||mg` where the code or the
 * written unit is mg. Units are compared, never converted.
 */
interface QuantityValue {
  readonly number: NumberTest;
  readonly system: string | null;
  readonly code: string | null;
}

export interface QuantityCondition {
  readonly kind: 'quantity';
  readonly parameter: Parameter;
  readonly values: readonly QuantityValue[];
}

const CURRENCIES = 'urn:iso:std:iso:4217';

export const quantityFace: Face<QuantityCondition> = {
  extract(parameter, { type: element }) {
    switch (element) {
      case 'Quantity':
      case 'Age':
      case 'Count':
      case 'Distance':
      case 'Duration':
        return (value, rows) => {
          const bounds = quantityBounds('Quantity', value);
          if (bounds) rows.quantities.push({ param: parameter.code, ...bounds, ...unitOf(value) });
        };
      case 'Range':
        return (value, rows) => {
          const bounds = quantityBounds('Range', value);
          const { low, high } = value as { low?: unknown; high?: unknown };
          if (bounds) rows.quantities.push({ param: parameter.code, ...bounds, ...unitOf(low ?? high) });
        };
      case 'Money':
        return (value, rows) => {
          const bounds = quantityBounds('Quantity', value);
          const code = text((value as { currency?: unknown }).currency);
          if (bounds)
            rows.quantities.push({ param: parameter.code, ...bounds, system: CURRENCIES, code, unit: null });
        };
      default:
        // A series of samples has no one value (Observation.valueSampledData).
        return undefined;
    }
  },

  parse(parameter, modifier, alternatives) {
    if (modifier) throw badModifier(parameter, modifier, []);
    return { kind: 'quantity', parameter, values: alternatives.map((each) => parseValue(parameter, each)) };
  },

  compile({ parameter, values }, alias, sql) {
    const tests = values.map((value) => compileValue(value, sql));
    return existsRow('quantity_value', parameter, alias, `(${tests.join(' or ')})`, sql);
  },

  match({ parameter, values }, rows) {
    return quantityRows(parameter, rows).some((row) => values.some((value) => matchValue(value, row)));
  },

  print({ values }) {
    return values
      .map(
        ({ number, system, code }) =>
          `${printNumberTest(number)}${system || code ? ` ${system ?? ''}|${code ?? ''}` : ''}`,
      )
      .join(' or ');
  },

  ...quantityFaces,
};

function parseValue(parameter: Parameter, text: string): QuantityValue {
  const [number = '', system = '', code = '', ...more] = splitEscaped(text, '|').map(unescapeValue);
  const test = parseNumberTest(number);
  if (!test || more.length) {
    throw badValue(parameter, 'write a number, or number|system|code, or number||unit, such as ge5.4||mg.');
  }
  return { number: test, system: system ? indexKey(system) : null, code: code ? indexKey(code) : null };
}

function compileValue({ number, system, code }: QuantityValue, sql: SqlBuilder): string {
  const tests = [compileNumberTest(number, 'x.low', 'x.high', sql)];
  if (system !== null) tests.push(`x.system = ${sql.param(system)}`);
  if (code !== null) {
    tests.push(
      system === null
        ? `(x.code = ${sql.param(code)} or x.unit = ${sql.param(code)})`
        : `x.code = ${sql.param(code)}`,
    );
  }
  return `(${tests.join(' and ')})`;
}

function matchValue({ number, system, code }: QuantityValue, row: IndexRows['quantities'][number]): boolean {
  return (
    matchNumberTest(number, row) &&
    (system === null || row.system === system) &&
    (code === null || row.code === code || (system === null && row.unit === code))
  );
}

function unitOf(value: unknown): { system: string | null; code: string | null; unit: string | null } {
  const element = value as { system?: unknown; code?: unknown; unit?: unknown };
  return { system: text(element.system), code: text(element.code), unit: text(element.unit) };
}

const text = (value: unknown): string | null => (typeof value === 'string' ? indexKey(value) : null);
