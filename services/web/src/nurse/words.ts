import { datesSv } from '../text/dates-sv.ts';
import * as dates from '../ui/dates.ts';

const iso = (now: number): string => new Date(now).toISOString();

/** `i dag`, `tisdag 24 november`. */
export const dayWords = (when: string, now: number): string => dates.dayInWords(when, iso(now), datesSv);

/** `för 5 minuter sedan`, `i dag kl. 14.30`. */
export const sinceWords = (when: string, now: number): string => dates.sinceInWords(when, iso(now), datesSv);

/** `14.30`. */
export const clockWords = (when: string): string => dates.clockInWords(when, datesSv);

/** `85 år`; null where the day of birth is not known. */
export function ageWords(born: string | null, now: number): string | null {
  const age = born === null ? null : dates.ageAt(born, iso(now));
  return age === null ? null : `${age} år`;
}
