import { weekdayOf } from './holidays.ts';
import { monthDayOf } from './stockholm-clock.ts';

/** Days of the week in Swedish, from Monday. */
export const weekdays = ['måndag', 'tisdag', 'onsdag', 'torsdag', 'fredag', 'lördag', 'söndag'];
const months = 'januari februari mars april maj juni juli augusti september oktober november december'.split(
  ' ',
);

/** `24 december 2026` of a day counted from 1970-01-01. */
export function dateInWords(day: number): string {
  const { year, monthDay } = monthDayOf(day);
  return `${monthDay % 100} ${months[Math.floor(monthDay / 100) - 1]} ${year}`;
}

/** `torsdag 24 december 2026`. */
export const dayInWords = (day: number): string => `${weekdays[weekdayOf(day)]} ${dateInWords(day)}`;

/** `09.30` of minutes since midnight. */
export const clockInWords = (minutes: number): string =>
  `${twoDigits(minutes / 60)}.${twoDigits(minutes % 60)}`;

/** The same, with whole hours as `08`. */
export const hourOfClock = (minutes: number): string =>
  minutes % 60 < 1 ? twoDigits(minutes / 60) : clockInWords(minutes);

const twoDigits = (number: number): string => String(Math.floor(number)).padStart(2, '0');
