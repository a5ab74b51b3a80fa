// http://hl7.org/fhir/R4/search.html#composite

import type { SqlBuilder } from '../../sql/sql.ts';
import { compare, comparison, type DateValue } from '../date.ts';
import type { Guards } from '../face.ts';
import {
  compileNumberTest,
  matchNumberTest,
  type NumberTest,
  printNumberTest,
} from '../number/decimal-range.ts';
import { compilePrefix } from '../string/fold.ts';
import type { CompositeRow } from './composite-rows.ts';

/** What one component asks of a row; `place` counts the values of its slot from 0. */
export type ComponentTest =
  /** The row has one of the keys. `target`: they are of a reference to this resource here. */
  | {
      readonly kind: 'keys';
      readonly keys: readonly string[];
      readonly target?: { readonly type: string; readonly id: string };
    }
  | { readonly kind: 'number'; readonly place: number; readonly test: NumberTest }
  | { readonly kind: 'date'; readonly place: number; readonly value: DateValue }
  /** Begins with the folded text. */
  | { readonly kind: 'text'; readonly place: number; readonly start: string };

/** `code$value`: one element meets all tests. */
export type CompositeValue = readonly ComponentTest[];

/** Tests for one key go together, so that the GIN index intersects them. */
export function compileTests(tests: CompositeValue, sql: SqlBuilder, guards: Guards): string[] {
  const single: string[] = [];
  const others: string[] = [];
  for (const test of tests) {
    switch (test.kind) {
      case 'keys': {
        const [key, ...more] = test.keys;
        if (key !== undefined && !more.length) single.push(key);
        else others.push(`x.tokens && ${sql.param(test.keys, 'text[]')}`);
        const { target } = test;
        const shown = target && guards.target(target.type, () => sql.param(target.id, 'text'));
        if (shown) others.push(shown);
        break;
      }
      case 'number': {
        const at = test.place + 1;
        others.push(compileNumberTest(test.test, `x.lows[${at}]`, `x.highs[${at}]`, sql));
        break;
      }
      case 'date': {
        const at = test.place + 1;
        others.push(comparison(test.value, `x.starts[${at}]`, `x.ends[${at}]`, sql));
        break;
      }
      case 'text':
        others.push(compilePrefix(`x.texts[${test.place + 1}]`, test.start, sql));
        break;
      default:
        test satisfies never;
    }
  }
  return single.length ? [`x.tokens @> ${sql.param(single, 'text[]')}`, ...others] : others;
}

export function matchTest(test: ComponentTest, row: CompositeRow): boolean {
  switch (test.kind) {
    case 'keys':
      return test.keys.some((key) => row.tokens.includes(key));
    case 'number': {
      const bounds = row.numbers[test.place];
      return bounds !== undefined && matchNumberTest(test.test, bounds);
    }
    case 'date': {
      const interval = row.dates[test.place];
      return interval !== undefined && compare(test.value, interval);
    }
    case 'text':
      return row.texts[test.place]?.startsWith(test.start) ?? false;
    default:
      return test satisfies never;
  }
}

export function printTest(test: ComponentTest): string {
  switch (test.kind) {
    case 'keys':
      return test.keys.map((key) => key.slice(key.indexOf('$') + 1)).join(' or ');
    case 'number':
      return printNumberTest(test.test);
    case 'date':
      return `${test.value.prefix} [${test.value.start ?? ''}, ${test.value.end ?? ''})`;
    case 'text':
      return `${test.start}*`;
    default:
      return test satisfies never;
  }
}
