import { dateOfDay, dayNumberOf, instantOfClock, wallTimeOf } from '../../ui/dates.ts';

/** The instant (milliseconds) at which clocks in Sweden show `date` (YYYY-MM-DD) and a full hour. */
export const swedishHour = (date: string, hour: number): number =>
  instantOfClock(Date.parse(`${date}T00:00:00Z`) + hour * hourMs);

/** `date` and full hour in Sweden at an instant. */
export function swedishNow(at: number): { readonly date: string; readonly hour: number } {
  const when = new Date(at).toISOString();
  return { date: dateOfDay(dayNumberOf(when)), hour: Math.floor((wallTimeOf(when).minute ?? 0) / 60) };
}

export const daysAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T12:00:00Z`) + days * 24 * hourMs).toISOString().slice(0, 10);

const hourMs = 3_600_000;
