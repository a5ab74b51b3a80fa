import { dayOfDate, monthDayOf } from './stockholm-clock.ts';

/** What a day is to those who answer telephones; `name` in Swedish where the day has one. */
export interface DayKind {
  readonly kind: 'vardag' | 'lordag' | 'sondag' | 'rod-dag' | 'afton';
  readonly name?: string;
}

/**
 * Public holidays are those of lag (1989:253) om allmänna helgdagar; Annandag pingst was one until 2004, Nationaldagen has been
 * one since 2005 (lag 2004:1320). Eves are midsommarafton, julafton and nyårsafton, which semesterlagen (1977:480) 3 a § takes
 * as Sundays, and påskafton. Other days before holidays, as skärtorsdagen and pingstafton, are what their weekday is.
 * Computed for any year of the Gregorian calendar by the rules above; meant for 1990-2100.
 */
export const dayKind = (date: string): DayKind => kindOfDay(dayOfDate(date));

/** The same of a day counted from 1970-01-01. */
export function kindOfDay(day: number): DayKind {
  const { year, monthDay } = monthDayOf(day);
  const weekday = weekdayOf(day);
  // Of two on one day, as första maj 2008, the movable one is named.
  const named =
    movableDay(day - easterDay(year), year) ?? fixedDay(monthDay, year) ?? saturdayOrEve(monthDay, weekday);
  if (named) return named;
  return { kind: weekday === 6 ? 'sondag' : weekday === 5 ? 'lordag' : 'vardag' };
}

/** Whether a service that keeps office hours is closed though its weekday is one of them. */
export const isRed = ({ kind }: DayKind): boolean => kind === 'rod-dag' || kind === 'afton';

/** 0 = Monday. 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;

const red = (name: string): DayKind => ({ kind: 'rod-dag', name });
const eve = (name: string): DayKind => ({ kind: 'afton', name });

/** `monthDay` is the month times a hundred and the day. */
function fixedDay(monthDay: number, year: number): DayKind | undefined {
  switch (monthDay) {
    case 101:
      return red('nyårsdagen');
    case 106:
      return red('trettondedag jul');
    case 501:
      return red('första maj');
    case 606:
      return year >= 2005 ? red('nationaldagen') : undefined;
    case 1224:
      return eve('julafton');
    case 1225:
      return red('juldagen');
    case 1226:
      return red('annandag jul');
    case 1231:
      return eve('nyårsafton');
    default:
      return undefined;
  }
}

function movableDay(sinceEaster: number, year: number): DayKind | undefined {
  switch (sinceEaster) {
    case -2:
      return red('långfredagen');
    case -1:
      return eve('påskafton');
    case 0:
      return red('påskdagen');
    case 1:
      return red('annandag påsk');
    case 39:
      return red('Kristi himmelsfärdsdag');
    case 49:
      return red('pingstdagen');
    case 50:
      return year <= 2004 ? red('annandag pingst') : undefined;
    default:
      return undefined;
  }
}

/** Midsommardagen is the Saturday of 20-26 June, alla helgons dag that of 31 October - 6 November. */
function saturdayOrEve(monthDay: number, weekday: number): DayKind | undefined {
  if (weekday === 5 && monthDay >= 620 && monthDay <= 626) return red('midsommardagen');
  if (weekday === 4 && monthDay >= 619 && monthDay <= 625) return eve('midsommarafton');
  if (weekday === 5 && monthDay >= 1031 && monthDay <= 1106) return red('alla helgons dag');
  return undefined;
}

/** Easter Sunday by the method that was given anonymously in Nature 13 (1876), p. 487. */
function easterDay(year: number): number {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const inCentury = year % 100;
  const epact =
    (19 * golden +
      century -
      Math.floor(century / 4) -
      Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3) +
      15) %
    30;
  const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - epact - (inCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
  const marchDay = epact + toSunday - 7 * late + 22;
  return Date.UTC(year, 2, marchDay) / 86_400_000;
}
