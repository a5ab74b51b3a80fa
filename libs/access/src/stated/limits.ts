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
 * Limits with an end; the year 9999 is how registers write that there is none.
 * @throws Problem 'business-rule' that says by which section the exception must be limited in time
 */
export function limited(limits: Limits, expression: string, section: string): Limits {
  if (limits.end !== null && limits.end < '9999') return limits;
  throw notSo(`${expression}.end`, `Give an end: this holds for a limited time only (${section}).`);
}
