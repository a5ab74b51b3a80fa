import type { DateRange } from '@naravard/fhir';

/** Half-open interval [start, end) of ISO instants (UTC `Z`, milliseconds); null = open. */
export type Period = DateRange;

/**
 * Where an instant lies to a period. `unknown` when an instant is missing or unreadable: what permits asks for `inside`,
 * what forbids is only passed by `outside`, so that a broken fact never opens anything.
 */
export function position({ start, end }: Period, at: string | null): 'inside' | 'outside' | 'unknown' {
  if (start === null && end === null) return 'inside';
  if (at === null) return 'unknown';
  if (isPlain(at) && (start === null || isPlain(start)) && (end === null || isPlain(end))) {
    return (start === null || start <= at) && (end === null || at < end) ? 'inside' : 'outside';
  }
  const from = start === null ? -Infinity : Date.parse(start);
  const to = end === null ? Infinity : Date.parse(end);
  const now = Date.parse(at);
  if (Number.isNaN(from) || Number.isNaN(to) || Number.isNaN(now)) return 'unknown';
  return from <= now && now < to ? 'inside' : 'outside';
}

/** Instants as they usually are compare as text do; reading them as dates is most of what a decision costs (0.3 us each). */
const isPlain = (instant: string): boolean => plain.test(instant);
const plain = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

export const holds = (period: Period, at: string): boolean => position(period, at) === 'inside';

/** Of exceptions that must be limited in time: one without end does not hold. */
export const holdsUntil = (period: Period, at: string): boolean => period.end !== null && holds(period, at);
