import type { Extension } from '@medplum/fhirtypes';
import { type OpenRange, rangesOfExtensions } from './contact/opening-hours.ts';

/** http://hl7.org/fhir/R5/metadatatypes.html#Availability */
export interface IneraAvailability {
  readonly availableTime: readonly AvailableTime[];
  readonly notAvailableTime?: readonly { readonly description: string }[];
}

export interface AvailableTime {
  readonly daysOfWeek: readonly string[];
  readonly allDay?: true;
  readonly availableStartTime?: string;
  readonly availableEndTime?: string;
}

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const MIDNIGHT = 24 * 60;

/**
 * The hours of a contact path (`tillganglighet`) as R5's Availability; undefined where none are stated. Hours over midnight
 * become those until midnight and those of the day after, since R5's end on the day they begin. Public holidays, for which R5
 * has no code, are told in words where a number is not answered on them.
 */
export function ineraHours(given: readonly Extension[] | undefined): IneraAvailability | undefined {
  const ranges = rangesOfExtensions(given);
  if (!ranges.length) return undefined;
  const closed = ranges.every(({ redDays }) => !redDays);
  return {
    availableTime: ranges.flatMap(timesOf),
    ...(closed && { notAvailableTime: [{ description: 'Stängt på röda dagar och helgaftnar' }] }),
  };
}

function timesOf({ days, start, end }: OpenRange): AvailableTime[] {
  if (start === 0 && end === MIDNIGHT) return [{ daysOfWeek: daysOf(days), allDay: true }];
  if (end > start) return [between(daysOf(days), start, end)];
  return [between(daysOf(days), start, MIDNIGHT), between(daysOf(dayAfter(days)), 0, end)];
}

const between = (daysOfWeek: readonly string[], start: number, end: number): AvailableTime => ({
  daysOfWeek,
  availableStartTime: timeOf(start),
  availableEndTime: timeOf(end),
});

/** A FHIR time ends at 23:59:59. */
const timeOf = (minutes: number): string =>
  minutes === MIDNIGHT
    ? '23:59:59'
    : `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:00`;

const daysOf = (days: number): string[] => WEEK.filter((_day, at) => (days & (1 << at)) !== 0);

const dayAfter = (days: number): number => ((days << 1) | (days >> 6)) & 0b111_1111;
