import { periodRange } from '@naravard/fhir';
import type { Period as Limits } from '../period.ts';
import type { Period } from './elements.ts';
import { notSo } from './refusal.ts';

export const always: Limits = { start: null, end: null };

const absent = ['_start', '_end', 'extension'];

/**
 * A FHIR Period as [start, end) in whole milliseconds; its end is inclusive at its own precision, so that an end date is
 * the whole day in Europe/Stockholm (http://hl7.org/fhir/R4/datatypes.html#Period). Without a Period, always.
 * @throws Problem 'business-rule' when a limit cannot be read: what is unknown is never stored as an open limit
 */
export function limitsOf(period: Period | undefined, expression: string): Limits {
  if (period === undefined) return always;
  const { start, end } = period;
  const hidden = absent.some((member) => member in period);
  const complete = start !== undefined && end !== undefined;
  if (start === undefined && end === undefined && !hidden) return always;
  const limits = hidden && !complete ? undefined : periodRange(period);
  if (limits) return limits;
  throw notSo(
    expression,
    'A limit of this period cannot be read, or it ends before it starts: give dates or instants, or leave an open limit out.',
  );
}

/** What two periods share; undefined when that is nothing. ISO instants are in the order of time. */
export function overlap(one: Limits, other: Limits): Limits | undefined {
  const start = later(one.start, other.start);
  const end = earlier(one.end, other.end);
  return start !== null && end !== null && start >= end ? undefined : { start, end };
}

const later = (a: string | null, b: string | null) => (a === null || b === null ? (a ?? b) : a > b ? a : b);
const earlier = (a: string | null, b: string | null) => (a === null || b === null ? (a ?? b) : a < b ? a : b);

/**
 * What holds for a limited time, by which section, and for how many days at most, the last one included: a year, or 30
 * days. The law gives no numbers; these are the project's, so that each exception is looked at anew (docs/access.md). How long
 * a nödöppning lasts the service says itself.
 */
const exceptions = {
  need: { days: 367, section: 'PDL 2008:355 4 kap. 1 §' },
  incapacity: { days: 367, section: 'SVOD 2022:913 3 kap. 3-4 §§' },
  child: { days: 367, section: 'SVOD 2022:913 3 kap. 1 §' },
  lift: { days: 31, section: 'PDL 2008:355 4 kap. 5 §, SVOD 2022:913 3 kap. 5 §' },
  emergency: { days: null, section: 'SVOD 2022:913 3 kap. 6 §' },
} as const;

/** @throws Problem 'business-rule' when a limit is lacking, or the end lies too far from the start */
export function limited(exception: keyof typeof exceptions, limits: Limits, expression: string): Limits {
  const { days, section } = exceptions[exception];
  const { start, end } = limits;
  const lacking = end === null ? 'end' : start === null ? 'start' : undefined;
  if (lacking !== undefined) {
    throw notSo(
      `${expression}.${lacking}`,
      `Give a start and an end: this holds for a limited time only (${section}).`,
    );
  }
  if (days === null) return limits;
  const last = new Date(start ?? '');
  last.setUTCDate(last.getUTCDate() + days);
  // The clocks may change in between.
  if (Date.parse(end ?? '') <= last.getTime() + 3_600_000) return limits;
  throw notSo(
    `${expression}.end`,
    `This holds for at most ${days} days, the last one included, and is then looked at anew: give an earlier end (${section}).`,
  );
}
