import type { PlannedTime } from '../api/plan.ts';

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
    ...times.flatMap((time) => entryOf(time, summary, now)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${line}\r\n`).join('');
}

/** The reference is what a later file renews the entry by; it names no person. */
const entryOf = ({ reference, start, end }: PlannedTime, summary: string, now: Date): string[] => [
  'BEGIN:VEVENT',
  `UID:${uidOf(reference)}`,
  `DTSTAMP:${utc(now.toISOString())}`,
  `DTSTART:${utc(start)}`,
  ...(end === null ? [] : [`DTEND:${utc(end)}`]),
  `SUMMARY:${summary.replace(/[\\;,]/g, '\\$&')}`,
  'CLASS:PRIVATE',
  'BEGIN:VALARM',
  'ACTION:DISPLAY',
  'TRIGGER:-PT2H',
  `DESCRIPTION:${summary.replace(/[\\;,]/g, '\\$&')}`,
  'END:VALARM',
  'END:VEVENT',
];

/** Ids may be readable (`astrid-besok`), so only a digest of them leaves (FNV-1a, 64 bits). */
function uidOf(reference: string): string {
  let digest = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(reference)) {
    digest = BigInt.asUintN(64, (digest ^ BigInt(byte)) * 0x100000001b3n);
  }
  return `${digest.toString(16).padStart(16, '0')}@min-plan`;
}

/** `20261126T083000Z`; a date alone is the whole day in Sweden, of which the calendar gets the start. */
const utc = (at: string): string => new Date(at).toISOString().replace(/[-:]/g, '').replace(/\.\d+/, '');
