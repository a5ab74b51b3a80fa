import { describe, expect, test } from 'vitest';
import { calendarFileOf } from '../../services/web/src/patient/calendar-file.ts';

const now = new Date('2026-11-24T01:15:30.250Z');

/** The lines of the only entry, by name, with their parameters. */
function entryOf(start: string, end: string | null = null, summary = 'Tid i Min plan') {
  const time = {
    reference: 'Encounter/astrid-besok',
    title: 'Såromläggning',
    start,
    end,
    who: ['Maja Berg'],
    link: null,
  };
  return calendarFileOf([time], summary, now).split('\r\n');
}

const spanOf = (start: string, end: string | null = null): string[] =>
  entryOf(start, end).filter((line) => /^DT(START|END)/.test(line));

describe('An entry of the calendar file', () => {
  test('with a time is an instant in UTC (RFC 5545 section 3.3.5)', () => {
    expect(spanOf('2026-11-26T09:30:00+01:00', '2026-11-26T10:15:00+01:00')).toEqual([
      'DTSTART:20261126T083000Z',
      'DTEND:20261126T091500Z',
    ]);
    expect(spanOf('2026-11-26T09:30:00+01:00')).toEqual(['DTSTART:20261126T083000Z']);
  });

  test('of a date alone is a whole day, and ends the day after (sections 3.3.4, 3.6.1, 3.8.2.2)', () => {
    expect(spanOf('2026-11-26')).toEqual(['DTSTART;VALUE=DATE:20261126', 'DTEND;VALUE=DATE:20261127']);
    expect(spanOf('2026-12-30', '2026-12-31')).toEqual([
      'DTSTART;VALUE=DATE:20261230',
      'DTEND;VALUE=DATE:20270101',
    ]);
  });

  test('never ends in another sort than it begins, nor before it begins (section 3.6.1)', () => {
    expect(spanOf('2026-11-26', '2026-11-26T12:00:00+01:00')).toEqual([
      'DTSTART;VALUE=DATE:20261126',
      'DTEND;VALUE=DATE:20261127',
    ]);
    expect(spanOf('2026-11-26', '2026-11-20')).toEqual([
      'DTSTART;VALUE=DATE:20261126',
      'DTEND;VALUE=DATE:20261127',
    ]);
    expect(spanOf('2026-11-26T09:30:00Z', '2026-11-26')).toEqual(['DTSTART:20261126T093000Z']);
    expect(spanOf('2026-11-26T09:30:00Z', '2026-11-26T09:30:00Z')).toEqual(['DTSTART:20261126T093000Z']);
  });

  test('is not made of a month alone, which is no day', () => {
    expect(entryOf('2026-12')).not.toContain('BEGIN:VEVENT');
  });

  test('has what the format asks for, escaped, in lines that need no folding', () => {
    const lines = entryOf('2026-11-26', null, 'Tid, i; Min plan');
    expect(lines).toContain('DTSTAMP:20261124T011530Z');
    expect(lines).toContain('SUMMARY:Tid\\, i\\; Min plan');
    expect(lines.find((line) => line.startsWith('UID:'))).toMatch(/^UID:[0-9a-f]{16}@min-plan$/);
    expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
    expect(lines.join()).not.toMatch(/Maja|Sår|astrid/);
  });
});
