import { dateInWords, dayInWords, hourOfClock, weekdays } from './calendar-words.ts';
import type { Audience, ContactPath } from './contact-path.ts';
import { kindOfDay, weekdayOf } from './holidays.ts';
import type { Hours, OpenRange } from './opening-hours.ts';
import { DAY_MINUTES, dayOfDate, wallTimeOf } from './stockholm-clock.ts';

/** What is said of contacts, in plain Swedish: to the patient as "du", of the patient to others. */

const titles: Readonly<Record<string, readonly [own: string, of: string]>> = {
  '1': ['din fasta vårdkontakt', 'den fasta vårdkontakten'],
  '2': ['din fasta läkarkontakt', 'den fasta läkarkontakten'],
  '3': ['din fasta omsorgskontakt', 'den fasta omsorgskontakten'],
  '4': ['din fasta vårdkontakt', 'den fasta vårdkontakten'],
};

/** Whom to call, as an object of "ring": "din fasta vårdkontakt Maja Berg", "Hemsjukvården Söder". */
export function whoInWords({ kind, typ, name }: ContactPath, reader: Audience): string {
  if (kind !== 'fast-kontakt') return name || (kind === 'team' ? 'teamet' : 'mottagningen');
  const known = typ !== null && Object.hasOwn(titles, typ) ? titles[typ] : undefined;
  const [own, of] = known ?? ['din fasta kontakt', 'den fasta kontakten'];
  return [reader === 'patient' ? own : of, name].filter(Boolean).join(' ');
}

const WHOLE_WEEK = 0b1111111;
const WORKDAYS = 0b0011111;

export const roundTheClock = 'Svarar dygnet runt.';

/** "Svarar vardagar 08–17 och lördag 10–14." */
export const hoursInWords = ({ ranges }: Hours): string =>
  ranges.length ? `Svarar ${listed(ranges.map(rangeInWords))}.` : 'Vi vet inte när numret svarar.';

function rangeInWords(range: OpenRange): string {
  const { days, redDays } = range;
  if (days === WHOLE_WEEK && isWholeDay(range) && redDays) return 'dygnet runt';
  return `${daysInWords(days, redDays)} ${timesInWords(range)}`;
}

/** A mask of weekdays, and whether holidays among them count. */
function daysInWords(days: number, redDays: boolean): string {
  if (days === WHOLE_WEEK) return redDays ? 'alla dagar' : 'alla dagar utom helgdagar';
  if (days === WORKDAYS) return redDays ? 'måndag–fredag, även helgdagar,' : 'vardagar';
  const named = weekdays.filter((_day, index) => days & (1 << index));
  const first = weekdays.indexOf(named[0] ?? '');
  const inRow = days === ((1 << named.length) - 1) << first;
  const words = inRow && named.length > 2 ? `${named[0]}–${named.at(-1)}` : listed(named);
  return redDays || (days & WORKDAYS) === 0 ? words : `${words}, inte helgdagar,`;
}

const timesInWords = (range: OpenRange): string =>
  isWholeDay(range) ? 'hela dygnet' : `${hourOfClock(range.start)}–${hourOfClock(range.end)}`;

const isWholeDay = ({ start, end }: OpenRange): boolean => start === 0 && end === DAY_MINUTES;

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} och ${words.at(-1)}`;

/** Why somebody is the first to call: "Vardag 08–17: ring din fasta vårdkontakt Maja Berg." */
export function reasonInWords(range: OpenRange, began: number, who: string): string {
  return `${capital(timeInWords(range, began))}: ring ${who}.`;
}

function timeInWords(range: OpenRange, day: number): string {
  const { days, redDays, start, end } = range;
  if (days === WHOLE_WEEK && redDays && isWholeDay(range)) return 'dygnet runt';
  const word = end > start ? kindInWords(day) : start >= 20 * 60 ? 'natt' : 'kväll och natt';
  return `${word} ${timesInWords(range)}`;
}

/** "vardag", "lördag", "julafton". */
function kindInWords(day: number): string {
  const { kind, name } = kindOfDay(day);
  return name ?? (kind === 'vardag' ? 'vardag' : (weekdays[weekdayOf(day)] ?? ''));
}

/** What to do when the first does not answer; `next` is who answers too, and is given with the number. */
export const ifNoAnswerInWords = (next: { who: string; value: string } | undefined): string =>
  next
    ? `Svarar ingen? Ring ${next.who === next.value ? next.value : `${next.who}, ${next.value}`}.`
    : 'Svarar ingen? Försök igen om en stund. Blir det värre: ring 112.';

export const nobodyAnswers = (reader: Audience, who: string): string =>
  `${reader === 'patient' ? 'Ingen av dina kontakter' : 'Ingen av patientens kontakter'} svarar just nu. Ring ${who}.`;

export const noContacts = (reader: Audience, who: string): string =>
  `${reader === 'patient' ? 'Du har' : 'Patienten har'} ingen kontakt med telefonnummer här. Ring ${who}.`;

export const dangerInWords = (limited: boolean): string =>
  limited
    ? 'Följ planen när det blir sämre. Är det fara för livet av något annat? Ring 112.'
    : 'Är det fara för livet? Ring 112.';

/** Of a date; one without a day is said as it was written. */
export function checkedLongAgo(date: string): string {
  const words = date.length === 'YYYY-MM-DD'.length ? dateInWords(dayOfDate(date)) : date;
  return `Numret kontrollerades senast ${words}. Det kan ha ändrats.`;
}

export const gapInWords = (at: string, reader: Audience, fallback: string): string =>
  `${reader === 'patient' ? 'Ingen av dina kontakter' : 'Ingen av patientens kontakter'} svarar ${hourInWords(at)}. Ring då ${fallback}.`;

/**
 * An instant (ISO) by calendar and clock in Sweden: "torsdag 24 december 2026 (julafton) kl. 17", and before six in the morning
 * "natten till ... kl. 03".
 */
export function hourInWords(at: string): string {
  const { day, minute } = wallTimeOf(Date.parse(at));
  const { name } = kindOfDay(day);
  const date = `${dayInWords(day)}${name === undefined ? '' : ` (${name})`}`;
  return `${minute < 6 * 60 ? 'natten till ' : ''}${date} kl. ${hourOfClock(minute)}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
