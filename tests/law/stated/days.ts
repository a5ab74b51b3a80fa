import type { During, Period } from '@naravard/access';
import fc from 'fast-check';

const dayOf = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' });

/** Days around 5 November 2026 and the change of the clocks on 25 October. */
export const day: fc.Arbitrary<string> = fc
  .integer({ min: 0, max: 32 })
  .map((after) => new Date(Date.UTC(2026, 9, 15 + after)).toISOString().slice(0, 10));

export const during: fc.Arbitrary<During> = fc
  .tuple(fc.option(day, { nil: undefined }), fc.option(day, { nil: undefined }))
  .map(([one, other]) =>
    one !== undefined && other !== undefined && one > other
      ? { start: other, end: one }
      : { start: one, end: other },
  );

/** What holds for a limited time has both limits, at most 30 days apart. */
export const ending: fc.Arbitrary<Required<During>> = fc
  .tuple(day, day)
  .map(([one, other]) => (one < other ? { start: one, end: other } : { start: other, end: one }))
  .filter(({ start, end }) => Date.parse(end) - Date.parse(start) <= 30 * 86_400_000);

/** Any instant of those days. */
export const instant: fc.Arbitrary<string> = fc
  .integer({ min: Date.parse('2026-10-14T20:00:00Z') / 1000, max: Date.parse('2026-11-17T04:00:00Z') / 1000 })
  .map((second) => new Date(second * 1000).toISOString());

/** Whether the day that an instant is in Stockholm is among those said. */
export function isWithin({ start, end }: During, at: string): boolean {
  const today = dayOf.format(new Date(at));
  return (start === undefined || start <= today) && (end === undefined || today <= end);
}

/** The half-open interval of days in those weeks. */
export const periodOfDays = ({ start, end }: During): Period => ({
  start: start === undefined ? null : midnight(start, 0),
  end: end === undefined ? null : midnight(end, 1),
});

const midnight = (day: string, after: number): string => {
  const utc = Date.parse(day) + after * 86_400_000;
  return new Date(utc - (utc <= Date.UTC(2026, 9, 25) ? 2 : 1) * 3_600_000).toISOString();
};
