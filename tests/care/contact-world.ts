import { extensions, systems } from '../../libs/care/src/codes.ts';

export const week = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
export const workdays = week.slice(0, 5);

/** Days, and the whole day or two times. */
export function hours(
  days: readonly string[],
  times: 'allDay' | readonly [string, string],
  redDays?: 'open' | 'closed',
): object {
  return {
    url: extensions.tillganglighet,
    extension: [
      ...days.map((day) => ({ url: 'daysOfWeek', valueCode: day })),
      ...(times === 'allDay'
        ? [{ url: 'allDay', valueBoolean: true }]
        : [
            { url: 'startTime', valueTime: `${times[0]}:00` },
            { url: 'endTime', valueTime: `${times[1]}:00` },
          ]),
      ...(redDays ? [{ url: 'redDays', valueCode: redDays }] : []),
    ],
  };
}

export const audience = (...codes: string[]): object[] =>
  codes.map((valueCode) => ({ url: extensions.malgrupp, valueCode }));

export const checked = (valueDate: string): object => ({ url: extensions.senastKontrollerat, valueDate });

export const phone = (value: string, ...extension: object[]): object => ({
  system: 'phone',
  value,
  ...(extension.length && { extension }),
});

/** A fast kontakt of a type; what is given goes over it. */
export const fastKontakt = (id: string, typ: string, name: string, over: object = {}): object => ({
  resourceType: 'CareTeam',
  id,
  status: 'active',
  category: [{ coding: [{ system: systems.careTeamType, code: 'fast-kontakt' }] }],
  participant: [
    {
      role: [{ coding: [{ system: systems.fastKontakt, code: typ }] }],
      member: { reference: `PractitionerRole/${id}`, display: name },
    },
  ],
  ...over,
});

export const viaTeam = (team: string): object[] => [
  { url: extensions.viaTeam, valueReference: { reference: `CareTeam/${team}` } },
];

export const team = (id: string, name: string, over: object = {}): object => ({
  resourceType: 'CareTeam',
  id,
  status: 'active',
  category: [{ coding: [{ system: systems.careTeamType, code: 'team' }] }],
  name,
  ...over,
});

export const service = (id: string, name: string, over: object = {}): object => ({
  resourceType: 'HealthcareService',
  id,
  active: true,
  name,
  ...over,
});

export const of = (organisation: string): { managingOrganization: object[] } => ({
  managingOrganization: [{ reference: `Organization/${organisation}` }],
});

/** Holidays and eves of two years, read in a calendar. */
const holidays = new Set(
  [
    '2026-01-01 2026-01-06 2026-04-03 2026-04-04 2026-04-05 2026-04-06 2026-05-01 2026-05-14 2026-05-24',
    '2026-06-06 2026-06-19 2026-06-20 2026-10-31 2026-12-24 2026-12-25 2026-12-26 2026-12-31 2027-01-01',
    '2027-01-06 2028-01-01 2028-01-06 2028-04-14 2028-04-15 2028-04-16 2028-04-17 2028-05-01 2028-05-25',
    '2028-06-04 2028-06-06 2028-06-23 2028-06-24 2028-11-04 2028-12-24 2028-12-25 2028-12-26 2028-12-31',
  ].flatMap((line) => line.split(' ')),
);

const wall = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Stockholm',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** Date, hour and weekday (0 = Monday) by Intl, whether it is a holiday or eve: of the years 2026 and 2028 alone. */
export function localTime(instant: number): { date: string; hour: number; weekday: number; red: boolean } {
  const [date = '', time = ''] = wall.format(instant).split(' ');
  const weekday = (new Date(`${date}T12:00:00Z`).getUTCDay() + 6) % 7;
  return { date, hour: Number(time.slice(0, 2)), weekday, red: holidays.has(date) };
}

/** The start of every hour of a year in Sweden. */
export function hoursOf(year: number): number[] {
  const start = Date.parse(`${year}-01-01T00:00:00+01:00`);
  const end = Date.parse(`${year + 1}-01-01T00:00:00+01:00`);
  return Array.from({ length: (end - start) / 3_600_000 }, (_, hour) => start + hour * 3_600_000);
}
