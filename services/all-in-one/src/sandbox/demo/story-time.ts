import { parseDateRange } from '@naravard/fhir';

/** The calendar of the story: day 0 is the Wednesday of the SIP meeting, always before today. */
export interface StoryTime {
  /** yyyy-mm-dd of a day of the story. */
  date(day: number): string;
  /** Date-time with the zone of Europe/Stockholm: at(-9, '11:30'). */
  at(day: number, time: string): string;
  /** The day of the story that is today, 1 to 7. */
  today: number;
}

const DAY = 86_400_000;

/** Anchors the story so that its weekdays are those of the scenario: Monday is -9 and -2, Wednesday -7 and 0. */
export function storyTime(now: Date): StoryTime {
  const today = Date.parse(new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' }).format(now));
  const sinceWednesday = (new Date(today).getUTCDay() + 4) % 7 || 7;
  const date = (day: number) => new Date(today + (day - sinceWednesday) * DAY).toISOString().slice(0, 10);
  return { date, at: (day, time) => stockholm(`${date(day)}T${time}`), today: sinceWednesday };
}

/** Adds the zone to a wall-clock time of Stockholm: 2026-11-02T11:30 -> 2026-11-02T11:30:00+01:00. */
export function stockholm(wallClock: string): string {
  const instant = parseDateRange(wallClock)?.start;
  if (!instant) throw new Error(`${wallClock} is not a time`);
  const hours = Math.round((Date.parse(`${wallClock}Z`) - Date.parse(instant)) / 3_600_000);
  return `${wallClock}:00+0${hours}:00`;
}
