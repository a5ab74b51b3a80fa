import { dateOfDay, dayNumberOf, instantOfClock, wallTimeOf } from '../../ui/dates.ts';

/** What a datetime-local field holds of an instant (milliseconds): the clock in Sweden, wherever the telephone believes it is. */
export function fieldOf(at: number): string {
  const when = new Date(at).toISOString();
  const minute = wallTimeOf(when).minute ?? 0;
  const clock = [Math.floor(minute / 60), minute % 60].map((each) => String(each).padStart(2, '0'));
  return `${dateOfDay(dayNumberOf(when))}T${clock.join(':')}`;
}

/** The instant at which clocks in Sweden show what such a field holds; NaN when it holds no time. */
export function instantOf(field: string): number {
  const utc = Date.parse(`${field}Z`);
  return Number.isNaN(utc) ? utc : instantOfClock(utc);
}
