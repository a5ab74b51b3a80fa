import { periodRange } from '@naravard/fhir';
import { extensions } from '../codes.ts';
import { isRed, kindOfDay, weekdayOf } from './holidays.ts';
import { DAY_MINUTES, wallTimeOf } from './stockholm-clock.ts';

/** Hours that return every week, by the clock in Sweden. */
export interface OpenRange {
  /** Weekdays on which it begins: bit 0 = Monday. */
  readonly days: number;
  /** Minutes since midnight; an `end` that is not after `start` is of the day after (22:00-07:00). */
  readonly start: number;
  readonly end: number;
  /** Whether it holds when it would begin on a public holiday or an eve. */
  readonly redDays: boolean;
}

/** Milliseconds since 1970, half-open; infinite = no limit. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** When a number is answered. */
export interface Hours {
  /** Empty: nobody has said, so that the number is never counted on. */
  readonly ranges: readonly OpenRange[];
  /** When nobody answers whatever the week says. */
  readonly closed: readonly Span[];
}

interface Extension {
  readonly url?: string;
  readonly extension?: readonly Extension[];
  readonly valueCode?: string;
  readonly valueTime?: string;
  readonly valueBoolean?: boolean;
}

/** Hours as FHIR has them, of a HealthcareService or PractitionerRole. */
export interface Available {
  readonly availableTime?: readonly {
    readonly daysOfWeek?: readonly string[];
    readonly allDay?: boolean;
    readonly availableStartTime?: string;
    readonly availableEndTime?: string;
  }[];
  readonly notAvailable?: readonly { readonly during?: { start?: string; end?: string } }[];
}

/** From `tillganglighet` (codes.ts) of a ContactPoint, as many as it has. */
export const rangesOfExtensions = (given: readonly Extension[] = []): OpenRange[] =>
  given
    .filter(({ url }) => url === extensions.tillganglighet)
    .flatMap(({ extension: parts = [] }) => {
      const of = (url: string) => parts.find((part) => part.url === url);
      return rangeOf({
        days: parts.filter(({ url }) => url === 'daysOfWeek').map(({ valueCode = '' }) => valueCode),
        allDay: of('allDay')?.valueBoolean === true,
        start: of('startTime')?.valueTime,
        end: of('endTime')?.valueTime,
        redDays: of('redDays')?.valueCode,
      });
    });

/** http://hl7.org/fhir/R4/healthcareservice-definitions.html#HealthcareService.availableTime; without days it is every day. */
export const rangesOfAvailable = ({ availableTime = [] }: Available): OpenRange[] =>
  availableTime.flatMap(({ daysOfWeek = WEEK, allDay = false, availableStartTime, availableEndTime }) =>
    rangeOf({ days: daysOfWeek, allDay, start: availableStartTime, end: availableEndTime }),
  );

/** One without limits says nothing of when it is, so that it closes nothing. */
export const closedOfAvailable = ({ notAvailable = [] }: Available): Span[] =>
  notAvailable.flatMap(({ during = {} }) => spanOf(during) ?? []);

/** A Period in milliseconds; undefined without limits. */
export function spanOf(period: { start?: string; end?: string }): Span | undefined {
  const range = periodRange(period);
  return (
    range && {
      start: range.start === null ? Number.NEGATIVE_INFINITY : Date.parse(range.start),
      end: range.end === null ? Number.POSITIVE_INFINITY : Date.parse(range.end),
    }
  );
}

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const SUNDAY = 1 << 6;

interface Stated {
  days: readonly string[];
  allDay: boolean;
  start?: string | undefined;
  end?: string | undefined;
  redDays?: string | undefined;
}

/**
 * What states no times is left out. On public holidays and eves hours hold that are stated for Sundays, which are holidays too
 * (lag 1989:253), or for whole days; `redDays` says otherwise.
 */
function rangeOf({ days, allDay, start: from, end: to, redDays }: Stated): OpenRange[] {
  const mask = days.reduce((sum, day) => sum | (WEEK.includes(day) ? 1 << WEEK.indexOf(day) : 0), 0);
  const start = allDay ? 0 : minutesOf(from);
  const end = allDay ? 0 : minutesOf(to);
  if (mask === 0 || start === undefined || end === undefined) return [];
  const byDefault = allDay || (mask & SUNDAY) !== 0;
  const onRedDays = redDays === 'open' || (redDays !== 'closed' && byDefault);
  return [{ days: mask, start, end: end === 0 || end === LAST ? DAY_MINUTES : end, redDays: onRedDays }];
}

/** 23:59 is written where midnight is meant: a time of FHIR ends at 23:59:59. */
const LAST = DAY_MINUTES - 1;

function minutesOf(time = ''): number | undefined {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)/.exec(time) ?? [];
  return hour === undefined ? undefined : Number(hour) * 60 + Number(minute);
}

/** Whether a range begins on a day. */
const beginsOn = ({ days, redDays }: OpenRange, day: number): boolean =>
  (days & (1 << weekdayOf(day))) !== 0 && (redDays || !isRed(kindOfDay(day)));

/** The range that a number is answered by at an instant (milliseconds), and the day that it began. */
export function openRange(
  { ranges, closed }: Hours,
  instant: number,
  { day, minute } = wallTimeOf(instant),
): { range: OpenRange; began: number } | undefined {
  if (closed.some(({ start, end }) => start <= instant && instant < end)) return undefined;
  for (const range of ranges) {
    const overnight = range.end <= range.start;
    if (minute >= range.start && (overnight || minute < range.end) && beginsOn(range, day)) {
      return { range, began: day };
    }
    if (overnight && minute < range.end && beginsOn(range, day - 1)) return { range, began: day - 1 };
  }
  return undefined;
}

/** Whether a number is answered at an instant, ISO. */
export const isOpen = (hours: Hours, at: string): boolean => openRange(hours, Date.parse(at)) !== undefined;

/** Minutes of a day, by the clock, in which one of the ranges holds, as [from, to) in any order. */
export const openMinutes = (ranges: readonly OpenRange[], day: number): [from: number, to: number][] =>
  ranges.flatMap((range) => {
    const { start, end } = range;
    const today = beginsOn(range, day);
    if (end > start) return today ? [[start, end] as [number, number]] : [];
    return [
      ...(today ? [[start, DAY_MINUTES] as [number, number]] : []),
      ...(beginsOn(range, day - 1) ? [[0, end] as [number, number]] : []),
    ];
  });
