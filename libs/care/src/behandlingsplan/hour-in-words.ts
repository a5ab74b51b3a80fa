import { kindOfDay, weekdayOf } from '../contact/holidays.ts';
import { dateOfDay, wallTimeOf } from '../contact/stockholm-clock.ts';

const weekdays = ['måndag', 'tisdag', 'onsdag', 'torsdag', 'fredag', 'lördag', 'söndag'];
const months = [
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

/** An instant (ISO) as Swedes say it: `natten till julafton (torsdag 24 december 2026) kl 03`. */
export function hourInWords(instant: string): string {
  const { day, minute } = wallTimeOf(Date.parse(instant));
  const [year = '', month = '', date = ''] = dateOfDay(day).split('-');
  const words = `${weekdays[weekdayOf(day)]} ${Number(date)} ${months[Number(month) - 1]} ${year}`;
  const { name } = kindOfDay(day);
  const hour = String(Math.floor(minute / 60)).padStart(2, '0');
  const past = Math.floor(minute % 60);
  const clock = past ? `${hour}.${String(past).padStart(2, '0')}` : hour;
  return `${minute < 6 * 60 ? 'natten till ' : ''}${name ? `${name} (${words})` : words} kl ${clock}`;
}
