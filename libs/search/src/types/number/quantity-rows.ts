import type { Parameter } from '../../catalog/parameter.ts';
import type { IndexRows } from '../../rows/index-rows.ts';
import { extremeOf, isUnreadable, presentIn } from '../../sql/index-table.ts';
import type { Face, SortFace } from '../face.ts';
import { compareDecimals, exactText } from './decimal.ts';
import type { Bounds } from './decimal-range.ts';

interface QuantityElement {
  value?: unknown;
  comparator?: string;
  low?: { value?: unknown };
  high?: { value?: unknown };
}

/**
 * The inclusive bounds of a Quantity, Money or Range. A comparator opens one side and its limit counts as reached, so
 * that `<5` is found by le5 and by lt5. Undefined when there is no value, or a range that ends before it begins.
 */
export function quantityBounds(kind: 'Quantity' | 'Range', value: unknown): Bounds | undefined {
  const element = value as QuantityElement;
  if (kind === 'Range') {
    const low = exactText(element.low?.value);
    const high = exactText(element.high?.value);
    if (low === null || high === null) return low === high ? undefined : { low, high };
    return compareDecimals(low, high) > 0 ? undefined : { low, high };
  }
  const number = exactText(element.value);
  if (number === null) return undefined;
  switch (element.comparator) {
    case '<':
    case '<=':
      return { low: null, high: number };
    case '>':
    case '>=':
      return { low: number, high: null };
    default:
      return { low: number, high: number };
  }
}

export const quantityRows = (parameter: Parameter, rows: IndexRows): IndexRows['quantities'] =>
  rows.quantities.filter((row) => row.param === parameter.stored);

/** What numbers and quantities have in common: where they lie, and their order. */
export const quantityFaces: Pick<Face<never>, 'present' | 'isPresent' | 'sort'> = {
  present: (parameter, alias) => presentIn('quantity_value', parameter, alias),
  isPresent: (parameter, rows) => quantityRows(parameter, rows).length > 0 || isUnreadable(parameter, rows),
  sort: quantitySort,
};

/** By the lower bound, whatever the unit: R4 leaves it open and conversion would need UCUM. */
function quantitySort(parameter: Parameter, descending: boolean, alias: string): SortFace {
  return {
    sql: {
      expression: extremeOf('quantity_value', parameter, alias, 'x.low', descending),
      type: 'numeric',
      nullable: true,
    },
    value(rows) {
      const lows = quantityRows(parameter, rows).map((row) => row.low ?? '-Infinity');
      return lows.length ? lows.reduce((a, b) => (compareLows(a, b) < 0 !== descending ? a : b)) : null;
    },
  };
}

/** Decimals as text, and `-Infinity`, as PostgreSQL's numeric orders them. */
export function compareLows(a: string, b: string): number {
  if (a === b) return 0;
  if (a === '-Infinity') return -1;
  return b === '-Infinity' ? 1 : compareDecimals(a, b);
}
