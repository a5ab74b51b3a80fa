import { parseDateRange } from '@naravard/fhir';

/**
 * Whether a person has turned `years`: from midnight in Europe/Stockholm of the birthday, 1 March for who was born on
 * 29 February when the year has none. Undefined when the birth date is not known to the day, or the instant unreadable.
 */
export function hasTurned(years: number, born: string | null, at: string): boolean | undefined {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(born ?? '');
  if (!parts || !parseDateRange(parts[0])) return undefined;
  const year = String(Number(parts[1]) + years).padStart(4, '0');
  const birthday = parseDateRange(`${year}-${parts[2]}-${parts[3]}`) ?? parseDateRange(`${year}-03-01`);
  const now = Date.parse(at);
  if (!birthday?.start || Number.isNaN(now)) return undefined;
  return now >= Date.parse(birthday.start);
}

const stockholmDate = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' });

/** The last date that was asked for, in parts: it changes on a whole hour of UTC, and the calendar is slower than the rest of a rule. */
const lastAsked = { hour: '', year: 0, monthAndDay: '' };

/** The date in Sweden at an ISO instant in UTC. */
function swedishDate(at: string): typeof lastAsked {
  const hour = at.slice(0, 13);
  if (lastAsked.hour !== hour || !at.endsWith('Z')) {
    const [year = '', month, day] = stockholmDate.format(new Date(at)).split('-');
    Object.assign(lastAsked, { hour, year: Number(year), monthAndDay: `-${month}-${day}` });
  }
  return lastAsked;
}

/**
 * The latest birth date, YYYY-MM-DD, of who has turned `years` at a readable instant: who was born on it or earlier, as
 * text, has. It need not be in the calendar: 29 February of a common year stands after the 28th and before 1 March.
 */
export function latestBirth(years: number, at: string): string {
  const { year, monthAndDay } = swedishDate(at);
  return String(year - years).padStart(4, '0') + monthAndDay;
}
