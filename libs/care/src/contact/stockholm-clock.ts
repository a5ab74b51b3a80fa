import { parseDateRange } from '@naravard/fhir';

export const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Minutes that a wall clock shows in a day, however long the day is. */
export const DAY_MINUTES = 24 * 60;

/** What calendar and wall clock show in Sweden (Europe/Stockholm). */
export interface WallTime {
  /** Counted from 1970-01-01. */
  readonly day: number;
  /** Since midnight by the clock, with fractions: 0 <= minute < 1440. */
  readonly minute: number;
}

/** Of an instant in milliseconds. In the hour that is repeated when summer time ends, minutes 120-180 come twice. */
export function wallTimeOf(instant: number): WallTime {
  const summer = instant + 2 * HOUR;
  const local = firstInstantAt(summer) === instant ? summer : instant + HOUR;
  const day = Math.floor(local / DAY);
  return { day, minute: (local - day * DAY) / MINUTE };
}

/** The first instant at which the clock shows `local`, the same wall time read as UTC. */
const firstInstantAt = (local: number): number =>
  Date.parse(parseDateRange(new Date(local).toISOString().slice(0, -1))?.start ?? '');

/** The instant of its midnight. */
const startOfDay = (day: number): number => firstInstantAt(day * DAY);

/** A stretch of a day in which the clock runs evenly: minute `from` by the clock is the instant `at`. */
export interface EvenStretch {
  readonly from: number;
  readonly to: number;
  readonly at: number;
}

/**
 * The stretches of a day in the order of time: one, or two on the days when summer time begins (02-03 is left out) and ends
 * (02-03 comes twice), directive 2000/84/EC.
 */
export function stretchesOf(day: number): readonly EvenStretch[] {
  const at = startOfDay(day);
  const hours = (startOfDay(day + 1) - at) / HOUR;
  if (hours === 24) return [{ from: 0, to: DAY_MINUTES, at }];
  const change = hours < 24 ? [120, 180] : [180, 120];
  const [to = 0, from = 0] = change;
  return [
    { from: 0, to, at },
    { from, to: DAY_MINUTES, at: at + to * MINUTE },
  ];
}

/** YYYY-MM-DD. */
export const dateOfDay = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** Of YYYY-MM-DD. */
export const dayOfDate = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY;

/** The year, and the month (1-12) times a hundred with the day of the month. */
export function monthDayOf(day: number): { year: number; monthDay: number } {
  const date = new Date(day * DAY);
  return { year: date.getUTCFullYear(), monthDay: (date.getUTCMonth() + 1) * 100 + date.getUTCDate() };
}
