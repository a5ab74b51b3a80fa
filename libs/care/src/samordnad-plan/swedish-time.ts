import { parseDateRange } from '@naravard/fhir';
import { clockInWords, dayInWords } from '../contact/calendar-words.ts';
import { wallTimeOf } from '../contact/stockholm-clock.ts';

/** `tisdag 24 november 2026` of a FHIR date or instant, by the calendar in Sweden; as it stands when it is no whole date. */
export function dateInWords(text: string): string {
  const local = localOf(text);
  if (local === undefined || text.length < 'YYYY-MM-DD'.length) return text;
  return dayInWords(local.day);
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

function localOf(text: string) {
  const start = parseDateRange(text)?.start;
  return start ? wallTimeOf(Date.parse(start)) : undefined;
}
