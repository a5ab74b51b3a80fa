import type { ContactPoint, Extension } from '@medplum/fhirtypes';
import { type Audience, extensions } from '@naravard/care';

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** R4 has no datatype Availability (Inera's IG is R5), so the hours of a number are an extension of our own. */
const answered = (days: readonly string[], ...when: Extension[]): Extension => ({
  url: extensions.tillganglighet,
  extension: [...days.map((day): Extension => ({ url: 'daysOfWeek', valueCode: day })), ...when],
});

const between = (start: string, end: string): Extension[] => [
  { url: 'startTime', valueTime: start },
  { url: 'endTime', valueTime: end },
];

/** Monday to Friday, 8 to 17, but not on public holidays and their eves. */
export const officeHours = (): Extension =>
  answered(WEEK.slice(0, 5), ...between('08:00:00', '17:00:00'), { url: 'redDays', valueCode: 'closed' });

/** Every day of the year, between two times (hh:mm:ss). */
export const daily = (start: string, end: string): Extension => answered(WEEK, ...between(start, end));

export const always = (): Extension => answered(WEEK, { url: 'allDay', valueBoolean: true });

/** A number, when it is answered, the date on which somebody last called it, and whom it is for: all, if not told. */
export const phone = (
  value: string,
  hours: Extension,
  checked: string,
  ...audience: Audience[]
): ContactPoint => ({
  system: 'phone',
  value,
  extension: [
    hours,
    ...audience.map((each): Extension => ({ url: extensions.malgrupp, valueCode: each })),
    { url: extensions.senastKontrollerat, valueDate: checked },
  ],
});
