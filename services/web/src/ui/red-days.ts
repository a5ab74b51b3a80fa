import type { RedDay } from '../text/dates-sv.ts';

/** The red day that a day (days since 1970) is; null of another. Lag (1989:253) om allmänna helgdagar, and the eves. */
export function redDayOf(day: number): RedDay | null {
  const date = new Date(day * 86_400_000);
  // Of two on one day the movable one is named.
  const named =
    easterDays[day - easterOf(date.getUTCFullYear())] ?? fixedDays[date.toISOString().slice(5, 10)];
  if (named) return named;
  const [month, inMonth, weekday] = [date.getUTCMonth() + 1, date.getUTCDate(), date.getUTCDay()];
  if (month === 6 && weekday === 5 && inMonth >= 19 && inMonth <= 25) return 'midsommarafton';
  if (month === 6 && weekday === 6 && inMonth >= 20 && inMonth <= 26) return 'midsommardagen';
  const allSaints = (month === 10 && inMonth === 31) || (month === 11 && inMonth <= 6);
  return weekday === 6 && allSaints ? 'alla-helgons-dag' : null;
}

const fixedDays: Readonly<Record<string, RedDay>> = {
  '01-01': 'nyarsdagen',
  '01-06': 'trettondedag',
  '05-01': 'forsta-maj',
  '06-06': 'nationaldagen',
  '12-24': 'julafton',
  '12-25': 'juldagen',
  '12-26': 'annandag-jul',
  '12-31': 'nyarsafton',
};

/** By days after Easter Sunday. */
const easterDays: Readonly<Record<number, RedDay>> = {
  [-2]: 'langfredagen',
  [-1]: 'paskafton',
  0: 'paskdagen',
  1: 'annandag-pask',
  39: 'himmelsfard',
  49: 'pingstdagen',
};

/** Easter Sunday in days since 1970, by the Gregorian computus of Meeus. */
function easterOf(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  return Date.UTC(year, Math.floor(f / 31) - 1, (f % 31) + 1) / 86_400_000;
}
