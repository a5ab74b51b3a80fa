import type { DateWords } from '../text/dates-sv.ts';

/** A day of the calendar in Sweden, with the time of day where one is known. */
interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Minutes after midnight by the clock; null of a date. */
  readonly minute: number | null;
}

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Stockholm',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
});

/** What the calendar and the clock on a wall in Sweden show at a FHIR date or instant. */
export function wallTimeOf(when: string): WallTime {
  if (!when.includes('T')) {
    const [year = 0, month = 1, day = 1] = when.split('-').map(Number);
    return { year, month, day, minute: null };
  }
  const part = Object.fromEntries(
    clock.formatToParts(new Date(when)).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = part;
  return { year, month, day, minute: hour * 60 + minute };
}

/** Days since 1970 of the calendar in Sweden. */
export function dayNumberOf(when: string): number {
  const { year, month, day } = wallTimeOf(when);
  return Date.UTC(year, month - 1, day) / dayMs;
}

/** YYYY-MM-DD of a day that `dayNumberOf` gave. */
export const dateOfDay = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** The instant at which clocks in Sweden show what a clock in UTC shows at `utc`; milliseconds, as the answer. */
export function instantOfClock(utc: number): number {
  const first = utc - offsetAt(utc);
  return utc - offsetAt(first);
}

/** How far clocks in Sweden are before UTC at an instant. */
function offsetAt(at: number): number {
  const { year, month, day, minute } = wallTimeOf(new Date(at).toISOString());
  return Date.UTC(year, month - 1, day, 0, minute ?? 0) - Math.floor(at / 60_000) * 60_000;
}

/** `i dag`, `tisdag 24 november`, `24 november 2027`; a date without a day is said as it is known: `november 2026`. */
export function dayInWords(when: string, at: string, words: DateWords): string {
  const { date, weekday } = dayOf(when, at, words);
  return weekday === null ? date : words.withWeekday(weekday, date);
}

/** The same without the weekday. */
export const dateInWords = (when: string, at: string, words: DateWords): string =>
  dayOf(when, at, words).date;

interface NamedDay {
  readonly date: string;
  /** Null where it is not said: of a day near by, one half a year away in another year, and a date without a day. */
  readonly weekday: string | null;
}

function dayOf(when: string, at: string, words: DateWords): NamedDay {
  const { year, month, day } = wallTimeOf(when);
  const name = words.months[month - 1] ?? '';
  if (/^\d{4}$/.test(when)) return { date: when, weekday: null };
  if (/^\d{4}-\d\d$/.test(when)) return { date: `${name} ${year}`, weekday: null };
  const number = dayNumberOf(when);
  const away = number - dayNumberOf(at);
  const near = { [-1]: words.yesterday, 0: words.today, 1: words.tomorrow }[away];
  if (near !== undefined) return { date: near, weekday: null };
  if (Math.abs(away) > halfYear && year !== wallTimeOf(at).year) {
    return { date: words.date(day, name, year), weekday: null };
  }
  // 1 January 1970, day 0, was a Thursday.
  return { date: words.date(day, name, null), weekday: words.weekdays[(((number + 4) % 7) + 7) % 7] ?? null };
}

/** `i dag kl. 14.30`; of a date the day alone. */
export function timeInWords(when: string, at: string, words: DateWords): string {
  const time = clockInWords(when, words);
  const day = dayInWords(when, at, words);
  return time ? `${day} ${words.at(time)}` : day;
}

/** `i dag kl. 14.30–15.00`, and the later day where it ends on another. */
export function spanInWords(start: string, end: string | null, at: string, words: DateWords): string {
  const begins = timeInWords(start, at, words);
  if (!end || end === start) return begins;
  const sameDay = dayNumberOf(start) === dayNumberOf(end);
  if (!sameDay) return `${begins} – ${timeInWords(end, at, words)}`;
  const ends = clockInWords(end, words);
  return ends ? `${begins}–${ends}` : begins;
}

/** `nyss`, `för 5 minuter sedan`; from six hours on the time itself. */
export function sinceInWords(when: string, at: string, words: DateWords): string {
  const minutes = Math.floor((Date.parse(at) - Date.parse(when)) / 60_000);
  if (!when.includes('T') || minutes < 0 || minutes >= 6 * 60) return timeInWords(when, at, words);
  if (minutes < 1) return words.justNow;
  return minutes < 60 ? words.minutesAgo(minutes) : words.hoursAgo(Math.floor(minutes / 60));
}

/** `14.30`; '' of a date. */
export function clockInWords(when: string, words: DateWords): string {
  const { minute } = wallTimeOf(when);
  return minute === null ? '' : clockOfMinute(minute, words);
}

/** `08.00` of minutes after midnight. */
export const clockOfMinute = (minute: number, words: DateWords): string =>
  `${twoDigits(Math.floor(minute / 60))}${words.colon}${twoDigits(minute % 60)}`;

/** Whole years between a date of birth and an instant; null where the date is not whole. */
export function ageAt(born: string, at: string): number | null {
  if (!/^\d{4}-\d\d-\d\d/.test(born)) return null;
  const birth = wallTimeOf(born);
  const now = wallTimeOf(at);
  const before = now.month < birth.month || (now.month === birth.month && now.day < birth.day);
  return now.year - birth.year - (before ? 1 : 0);
}

/** A number with the decimal sign of the language. */
export const numberInWords = (value: number, words: DateWords): string =>
  String(value).replace('.', words.decimal);

const twoDigits = (value: number): string => String(value).padStart(2, '0');
const dayMs = 86_400_000;
const halfYear = 183;
