import { parseDateRange } from '@naravard/fhir';
import { wallTimeOf } from '../contact/stockholm-clock.ts';

const WEEKDAYS = ['måndag', 'tisdag', 'onsdag', 'torsdag', 'fredag', 'lördag', 'söndag'];
const MONTHS = [
  'januari',
  'februari',
  'mars',
  'april',
  'maj',
  'juni',
  'juli',
  'augusti',
  'september',
  'oktober',
  'november',
  'december',
];
const DAY = 86_400_000;

/** `tisdag 24 november 2026` of a FHIR date or instant, by the calendar in Sweden; as it stands when it is no whole date. */
export function dateInWords(text: string): string {
  const local = localOf(text);
  if (local === undefined || text.length < 'YYYY-MM-DD'.length) return text;
  const { day } = local;
  const date = new Date(day * DAY);
  // 1970-01-01 was a Thursday.
  const weekday = WEEKDAYS[(((day + 3) % 7) + 7) % 7];
  return `${weekday} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** `tisdag 24 november 2026 kl. 09.30`; the date alone where no time is said. */
export function timeInWords(text: string): string {
  const local = text.includes('T') ? localOf(text) : undefined;
  return local ? `${dateInWords(text)} kl. ${clockInWords(local.minute)}` : dateInWords(text);
}

/** `kl. 09.30–10.00` after the same day, else both in whole. */
export function periodInWords(start: string, end: string | null): string {
  const from = localOf(start);
  const to = end === null ? undefined : localOf(end);
  if (end === null || !from || !to || !end.includes('T')) return timeInWords(start);
  return from.day === to.day
    ? `${timeInWords(start)}–${clockInWords(to.minute)}`
    : `${timeInWords(start)} till ${timeInWords(end)}`;
}

/** `09.30` of minutes since midnight. */
export const clockInWords = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}.${String(Math.floor(minute % 60)).padStart(2, '0')}`;

function localOf(text: string) {
  const start = parseDateRange(text)?.start;
  return start ? wallTimeOf(Date.parse(start)) : undefined;
}
