// http://hl7.org/fhir/R4/search.html#date and #prefix
import { parseDateRange, periodRange, timingRange } from '@naravard/fhir';
import type { Parameter } from '../catalog/parameter.ts';
import { type Prefix, splitPrefix } from '../parse/prefix.ts';
import { unescapeValue } from '../parse/value-syntax.ts';
import type { IndexRows } from '../rows/index-rows.ts';
import { existsRow, extremeOf, isUnreadable, presentIn, unreadable } from '../sql/index-table.ts';
import type { SqlBuilder } from '../sql/sql.ts';
import { badModifier, badValue } from './bad-value.ts';
import type { Face, Leaf, ParseContext, RowKey } from './face.ts';

/** Half-open: [start, end) of ISO instants; null = unbounded. `ap` has been widened already. */
export interface DateValue {
  readonly prefix: Prefix;
  readonly start: string | null;
  readonly end: string | null;
}

export interface DateCondition {
  readonly kind: 'date';
  readonly parameter: Parameter;
  readonly values: readonly DateValue[];
}

interface Interval {
  readonly start: string | null;
  readonly end: string | null;
}

export const dateFace: Face<DateCondition> = {
  extract(parameter, { type: element }) {
    const read = reader(element);
    if (!read || parameter.column === 'last_updated') return undefined;
    const leaf: Leaf = (value, rows) => {
      const interval = read(value);
      if (!interval) return;
      if (parameter.column === 'period') rows.period = interval;
      else rows.dates.push({ param: parameter.code, start: interval.start, end: interval.end });
    };
    return leaf;
  },

  parse(parameter, modifier, alternatives, context) {
    if (modifier) throw badModifier(parameter, modifier, []);
    return {
      kind: 'date',
      parameter,
      values: alternatives.map((text) => parseValue(parameter, text, context)),
    };
  },

  compile({ parameter, values }, alias, sql) {
    const any = (starts: string, ends: string) =>
      `(${values.map((value) => comparison(value, starts, ends, sql)).join(' or ')})`;
    if (parameter.column === 'last_updated') {
      return `(${values.map((value) => instantComparison(value, `${alias}.last_updated`, sql)).join(' or ')})`;
    }
    if (parameter.column === 'period') return any(`${alias}.starts`, `${alias}.ends`);
    return existsRow('date_value', parameter, alias, any('x.starts', 'x.ends'), sql);
  },

  match({ parameter, values }, rows, key) {
    return intervals(parameter, rows, key).some((each) => values.some((value) => compare(value, each)));
  },

  present(parameter, alias) {
    if (parameter.column === 'last_updated') return 'true';
    if (parameter.column !== 'period') return presentIn('date_value', parameter, alias);
    return `(${alias}.starts is not null or ${unreadable(parameter, alias)})`;
  },

  isPresent(parameter, rows) {
    if (parameter.column === 'last_updated') return true;
    const any = parameter.column === 'period' ? rows.period : dates(parameter, rows)[0];
    return Boolean(any) || isUnreadable(parameter, rows);
  },

  print({ values }) {
    return values.map(({ prefix, start, end }) => `${prefix} [${start ?? ''}, ${end ?? ''})`).join(' or ');
  },

  sort(parameter, descending, alias) {
    return {
      sql:
        parameter.column === 'last_updated'
          ? { expression: `${alias}.last_updated`, type: 'timestamptz', nullable: false }
          : parameter.column === 'period'
            ? { expression: `${alias}.starts`, type: 'timestamptz', nullable: true }
            : {
                expression: extremeOf('date_value', parameter, alias, 'x.starts', descending),
                type: 'timestamptz',
                nullable: true,
              },
      value(rows, key) {
        const starts = intervals(parameter, rows, key).map((each) => each.start ?? '');
        return starts.length ? starts.reduce((a, b) => (a < b !== descending ? a : b)) : null;
      },
    };
  },
};

function reader(element: string): ((value: unknown) => Interval | undefined) | undefined {
  switch (element) {
    case 'date':
    case 'dateTime':
    case 'instant':
      return (value) => (typeof value === 'string' ? parseDateRange(value) : undefined);
    case 'Period':
      return (value) => periodRange(value as Parameters<typeof periodRange>[0]);
    case 'Timing':
      return (value) => timingRange(value as Parameters<typeof timingRange>[0]);
    default:
      // An age, a range of ages or a free text is no date, though R4 allows them beside one (Procedure.performed).
      return undefined;
  }
}

/** A `+` of a zone that was not percent-encoded arrives as a space; nothing else can be meant by it. */
const SPACED_ZONE = /(T[\d:.]+) (\d\d:\d\d)$/;

function parseValue(parameter: Parameter, text: string, context: ParseContext): DateValue {
  const { prefix, rest } = splitPrefix(unescapeValue(text).replace(SPACED_ZONE, '$1+$2'));
  const range = parseDateRange(rest);
  if (!range) {
    throw badValue(
      parameter,
      'write a date as YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm:ss with a zone, after an optional prefix' +
        ' (eq, ne, gt, lt, ge, le, sa, eb, ap).',
    );
  }
  return prefix === 'ap' ? approximate(range, context.now) : { prefix, ...range };
}

/** "Approximately" is 10 % of the time between now and the date, both ways; the limits stay within four-digit years. */
function approximate(range: Interval, now: number): DateValue {
  const start = range.start === null ? null : Date.parse(range.start);
  const end = range.end === null ? null : Date.parse(range.end);
  const margin = Math.round(Math.abs(now - (start ?? end ?? now)) / 10);
  return {
    prefix: 'ap',
    start: start === null ? null : instant(start - margin),
    end: end === null ? null : instant(end + margin),
  };
}

function instant(time: number): string | null {
  const text = new Date(time).toISOString();
  return /^(?!0000)\d{4}-/.test(text) ? text : null;
}

/** The condition that [starts, ends), where open limits are infinite, meets the value; one line per prefix of R4. */
export function comparison(
  { prefix, start, end }: DateValue,
  starts: string,
  ends: string,
  sql: SqlBuilder,
): string {
  const s = () => sql.param(start ?? '-infinity', 'timestamptz');
  const e = () => sql.param(end ?? 'infinity', 'timestamptz');
  switch (prefix) {
    case 'eq':
      // starts < e follows, and bounds the index.
      return `(${starts} >= ${s()} and ${starts} < ${e()} and ${ends} <= ${e()})`;
    case 'ne':
      return `(${starts} < ${s()} or ${ends} > ${e()})`;
    case 'gt':
      return `${ends} > ${e()}`;
    case 'lt':
      return `${starts} < ${s()}`;
    case 'ge':
      return `(${starts} >= ${s()} or ${ends} > ${e()})`;
    case 'le':
      return `(${ends} <= ${e()} or ${starts} < ${s()})`;
    case 'sa':
      return `${starts} >= ${e()}`;
    case 'eb':
      return `${ends} <= ${s()}`;
    case 'ap':
      return `(${starts} < ${e()} and ${ends} > ${s()})`;
    default:
      return prefix satisfies never;
  }
}

/** The same for an instant, which has no extent: each of the nine is one of four. */
function instantComparison({ prefix, start, end }: DateValue, at: string, sql: SqlBuilder): string {
  const s = () => sql.param(start ?? '-infinity', 'timestamptz');
  const e = () => sql.param(end ?? 'infinity', 'timestamptz');
  switch (prefix) {
    case 'eq':
    case 'ap':
      return `(${at} >= ${s()} and ${at} < ${e()})`;
    case 'ne':
      return `(${at} < ${s()} or ${at} >= ${e()})`;
    case 'gt':
    case 'sa':
      return `${at} >= ${e()}`;
    case 'lt':
    case 'eb':
      return `${at} < ${s()}`;
    case 'ge':
      return `${at} >= ${s()}`;
    case 'le':
      return `${at} < ${e()}`;
    default:
      return prefix satisfies never;
  }
}

export function compare({ prefix, start, end }: DateValue, target: Interval): boolean {
  const [s, e] = [start ?? BEFORE, end ?? AFTER];
  const [starts, ends] = [target.start ?? BEFORE, target.end ?? AFTER];
  switch (prefix) {
    case 'eq':
      return starts >= s && ends <= e;
    case 'ne':
      return !(starts >= s && ends <= e);
    case 'gt':
      return ends > e;
    case 'lt':
      return starts < s;
    case 'ge':
      return ends > e || (starts >= s && ends <= e);
    case 'le':
      return starts < s || (starts >= s && ends <= e);
    case 'sa':
      return starts >= e;
    case 'eb':
      return ends <= s;
    case 'ap':
      return starts < e && ends > s;
    default:
      return prefix satisfies never;
  }
}

/** Sort before and after every ISO instant of a four-digit year. */
const BEFORE = '';
const AFTER = '~';

function intervals(parameter: Parameter, rows: IndexRows, key: RowKey): readonly Interval[] {
  if (parameter.column === 'last_updated') {
    const start = new Date(key.lastUpdated).toISOString();
    return [{ start, end: new Date(Date.parse(start) + 1).toISOString() }];
  }
  if (parameter.column === 'period') return rows.period ? [rows.period] : [];
  return dates(parameter, rows);
}

const dates = (parameter: Parameter, rows: IndexRows): IndexRows['dates'] =>
  rows.dates.filter((row) => row.param === parameter.stored);
