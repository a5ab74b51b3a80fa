import type { DateRange } from '@naravard/fhir';

/** Half-open interval [start, end) of ISO instants (UTC `Z`, milliseconds); null = open. */
export type Period = DateRange;

/**
 * Where an instant lies to a period. `unknown` when an instant is missing or unreadable: what permits asks for `inside`,
 * what forbids is only passed by `outside`, so that a broken fact never opens anything.
 */
export function position({ start, end }: Period, at: string | null): 'inside' | 'outside' | 'unknown' {
  if (start === null && end === null) return 'inside';
  const from = start === null ? -Infinity : Date.parse(start);
  const to = end === null ? Infinity : Date.parse(end);
  const now = at === null ? NaN : Date.parse(at);
  if (Number.isNaN(from) || Number.isNaN(to) || Number.isNaN(now)) return 'unknown';
  return from <= now && now < to ? 'inside' : 'outside';
}

export const holds = (period: Period, at: string): boolean => position(period, at) === 'inside';

/** Of exceptions that must be limited in time: one without end does not hold. */
export const holdsUntil = (period: Period, at: string): boolean => period.end !== null && holds(period, at);
