import { stockholmInstants } from './stockholm-time.ts';

/** A half-open interval [start, end) of ISO instants (UTC `Z`, milliseconds); null = unbounded. */
export interface DateRange {
  start: string | null;
  end: string | null;
}

// The union of date, dateTime and instant (http://hl7.org/fhir/R4/datatypes.html#dateTime), seconds and zone optional.
const FORM = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const FIRST = utc(1, 1, 1);
const LAST = utc(10_000, 1, 1);

/**
 * The instants that a partial date, dateTime or instant stands for, at its own precision: a year, month, day, minute,
 * second or millisecond (a fraction is exact to the millisecond, since serialisers drop trailing zeros).
 *
 * A value without zone is Europe/Stockholm time, so a day is 23 or 25 hours when the clocks change, a time in the
 * repeated hour stands for both of its occurrences and one in the skipped hour for the instant an hour later by the
 * clock. What lies outside the years 0001-9999 is unbounded. A value that is not in the calendar gives undefined.
 */
export function parseDateRange(text: string): DateRange | undefined {
  const span = spanOf(text);
  return span && { start: startText(span.start), end: endText(span.end) };
}

/** Milliseconds since 1970, half-open. */
interface Span {
  start: number;
  end: number;
}

function spanOf(text: string): Span | undefined {
  const parts = FORM.exec(text);
  if (!parts) return undefined;
  const year = Number(parts[1]);
  const month = parts[2] === undefined ? 1 : Number(parts[2]);
  const day = parts[3] === undefined ? 1 : Number(parts[3]);
  if (year === 0 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (parts[4] !== undefined) return timeSpan(parts, utc(year, month, day));
  const end =
    parts[2] === undefined
      ? utc(year + 1, 1, 1)
      : parts[3] === undefined
        ? utc(year, month + 1, 1)
        : utc(year, month, day + 1);
  return { start: stockholmInstants(utc(year, month, day)).first, end: stockholmInstants(end).first };
}

/**
 * A Period as an interval: `end` is inclusive at its precision (http://hl7.org/fhir/R4/datatypes.html#Period), an
 * absent limit is open. Undefined when it has no limit, or a limit that is no date, or ends before it starts.
 */
export function periodRange(period: { start?: string; end?: string }): DateRange | undefined {
  const { start, end } = period;
  if (start === undefined && end === undefined) return undefined;
  const from = start === undefined ? null : spanOf(start);
  const to = end === undefined ? null : spanOf(end);
  if (from === undefined || to === undefined || (from && to && from.start >= to.end)) return undefined;
  return { start: from && startText(from.start), end: to && endText(to.end) };
}

/**
 * The outer limits of a Timing, which are all that a search looks at (http://hl7.org/fhir/R4/search.html#date):
 * from its first event or the start of `boundsPeriod` to the end of the last. Undefined when it states neither.
 */
export function timingRange(timing: {
  event?: readonly (string | null)[];
  repeat?: { boundsPeriod?: { start?: string; end?: string } };
}): DateRange | undefined {
  let outer: DateRange | undefined;
  for (const event of timing.event ?? []) {
    if (event !== null) outer = union(outer, parseDateRange(event));
  }
  const bounds = timing.repeat?.boundsPeriod;
  return bounds ? union(outer, periodRange(bounds)) : outer;
}

function union(a: DateRange | undefined, b: DateRange | undefined): DateRange | undefined {
  if (!a || !b) return a ?? b;
  return {
    start: a.start === null || b.start === null ? null : a.start < b.start ? a.start : b.start,
    end: a.end === null || b.end === null ? null : a.end > b.end ? a.end : b.end,
  };
}

function timeSpan(parts: RegExpExecArray, midnight: number): Span | undefined {
  const hour = Number(parts[4]);
  const minute = Number(parts[5]);
  const second = parts[6] === undefined ? 0 : Number(parts[6]);
  // FHIR allows a leap second; it is the first instant of the next minute.
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  const fraction = parts[7];
  const millisecond = fraction === undefined ? 0 : Number(fraction.slice(0, 3).padEnd(3, '0'));
  const unit = parts[6] === undefined ? MINUTE : fraction === undefined ? SECOND : 1;
  const local = midnight + (hour * 60 + minute) * MINUTE + second * SECOND + millisecond;
  const zone = parts[8];
  if (zone === undefined) {
    const { first, last } = stockholmInstants(local);
    return { start: first, end: last + unit };
  }
  const offset = zoneOffset(zone);
  return offset === undefined ? undefined : { start: local - offset, end: local - offset + unit };
}

/** Milliseconds east of UTC; FHIR's limit is 14:00 either way. */
function zoneOffset(zone: string): number | undefined {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  if (minutes > 14 * 60 || Number(zone.slice(4, 6)) > 59) return undefined;
  return (zone[0] === '-' ? -minutes : minutes) * MINUTE;
}

// What lies outside the years 0001-9999 is unbounded; a zone can carry a value over their edge, where it then stops.
const startText = (start: number): string | null =>
  start < FIRST ? null : new Date(Math.min(start, LAST - 1)).toISOString();
const endText = (end: number): string | null =>
  end >= LAST ? null : new Date(Math.max(end, FIRST)).toISOString();

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Date.UTC, except that it takes the years 1-99 at their word. */
function utc(year: number, month: number, day: number): number {
  return year > 99
    ? Date.UTC(year, month - 1, day)
    : new Date(Date.UTC(2000, month - 1, day)).setUTCFullYear(year, month - 1, day);
}
