import type { PlannedTime } from '../api/plan.ts';
import { dateOfDay, dayNumberOf } from '../ui/dates.ts';

/**
 * A calendar file (RFC 5545) with the times alone: a calendar is seen by others, and its alarms on a locked screen, so it
 * says neither what a time is about nor whom it is with. @param summary the neutral words of every entry
 */
export function calendarFileOf(times: readonly PlannedTime[], summary: string, now: Date): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//naravard//Min plan//SV',
    'CALSCALE:GREGORIAN',
    ...times.filter(hasDay).flatMap((time) => entryOf(time, summary.replace(/[\\;,]/g, '\\$&'), now)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${line}\r\n`).join('');
}

/** The reference is what a later file renews the entry by; it names no person. */
const entryOf = (time: PlannedTime, summary: string, now: Date): string[] => [
  'BEGIN:VEVENT',
  `UID:${uidOf(time.reference)}`,
  `DTSTAMP:${utc(now.toISOString())}`,
  ...spanOf(time),
  `SUMMARY:${summary}`,
  'CLASS:PRIVATE',
  'BEGIN:VALARM',
  'ACTION:DISPLAY',
  'TRIGGER:-PT2H',
  `DESCRIPTION:${summary}`,
  'END:VALARM',
  'END:VEVENT',
];

/**
 * A date without a time is a whole day, and the end is of the same sort as the start (section 3.6.1). A date as end is the
 * last day in FHIR and the day after it here (section 3.8.2.2); without one the entry is of one day.
 */
function spanOf({ start, end }: PlannedTime): string[] {
  if (isDate(start)) {
    const last = Math.max(dayNumberOf(start), dayNumberOf(end ?? start));
    return [`DTSTART;VALUE=DATE:${digits(start)}`, `DTEND;VALUE=DATE:${digits(dateOfDay(last + 1))}`];
  }
  const ends = end !== null && !isDate(end) && Date.parse(end) > Date.parse(start);
  return [`DTSTART:${utc(start)}`, ...(ends ? [`DTEND:${utc(end)}`] : [])];
}

/** A month alone is left out: a calendar would give it a day that nobody has said. */
const hasDay = ({ start }: PlannedTime): boolean => /^\d{4}-\d\d-\d\d/.test(start);

/** Ids may be readable (`astrid-besok`), so only a digest of them leaves (FNV-1a, 64 bits). */
function uidOf(reference: string): string {
  let digest = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(reference)) {
    digest = BigInt.asUintN(64, (digest ^ BigInt(byte)) * 0x100000001b3n);
  }
  return `${digest.toString(16).padStart(16, '0')}@min-plan`;
}

const isDate = (at: string): boolean => !at.includes('T');

/** `20261126T083000Z` */
const utc = (at: string): string => digits(new Date(at).toISOString()).replace(/\.\d+/, '');

const digits = (at: string): string => at.replace(/[-:]/g, '');
