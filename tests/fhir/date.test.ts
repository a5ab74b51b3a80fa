import { parseDateRange, periodRange, timingRange } from '@naravard/fhir';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const wallClock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Stockholm',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** What a clock in Stockholm shows at an instant: `2026-10-25T02:30:00`. */
const shown = (instant: number): string => wallClock.format(instant).replace(' ', 'T');

const hours = (text: string): number => {
  const { start, end } = parseDateRange(text) ?? { start: null, end: null };
  return (Date.parse(end ?? '') - Date.parse(start ?? '')) / 3_600_000;
};

const minute = 60_000;
const instants = (from: string, to: string) =>
  fc.date({ min: new Date(from), max: new Date(to), noInvalidDate: true });

describe('a partial date stands for', () => {
  test.each([
    ['2026', '2025-12-31T23:00:00.000Z', '2026-12-31T23:00:00.000Z'],
    ['2026-11', '2026-10-31T23:00:00.000Z', '2026-11-30T23:00:00.000Z'],
    ['2026-12', '2026-11-30T23:00:00.000Z', '2026-12-31T23:00:00.000Z'],
    ['2026-07', '2026-06-30T22:00:00.000Z', '2026-07-31T22:00:00.000Z'],
    ['2026-11-23', '2026-11-22T23:00:00.000Z', '2026-11-23T23:00:00.000Z'],
    ['2024-02-29', '2024-02-28T23:00:00.000Z', '2024-02-29T23:00:00.000Z'],
    ['1941-03-14', '1941-03-13T23:00:00.000Z', '1941-03-14T23:00:00.000Z'],
    ['2026-11-23T10:20', '2026-11-23T09:20:00.000Z', '2026-11-23T09:21:00.000Z'],
    ['2026-11-23T10:20Z', '2026-11-23T10:20:00.000Z', '2026-11-23T10:21:00.000Z'],
    ['2026-11-23T10:20:30', '2026-11-23T09:20:30.000Z', '2026-11-23T09:20:31.000Z'],
    ['2026-11-23T10:20:30+01:00', '2026-11-23T09:20:30.000Z', '2026-11-23T09:20:31.000Z'],
    ['2026-11-23T10:20:30-03:30', '2026-11-23T13:50:30.000Z', '2026-11-23T13:50:31.000Z'],
    ['2026-11-23T10:20:30.5Z', '2026-11-23T10:20:30.500Z', '2026-11-23T10:20:30.501Z'],
    ['2026-11-23T10:20:30.123456789Z', '2026-11-23T10:20:30.123Z', '2026-11-23T10:20:30.124Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z', '2017-01-01T00:00:01.000Z'],
    ['2026-11-23T23:59:59.999-14:00', '2026-11-24T13:59:59.999Z', '2026-11-24T14:00:00.000Z'],
    ['0099-12-31', '0099-12-30T23:00:00.000Z', '0099-12-31T23:00:00.000Z'],
  ])('%s the instants from %s until %s', (text, start, end) => {
    expect(parseDateRange(text)).toEqual({ start, end });
  });

  test.each([
    ['0001', null, '0001-12-31T23:00:00.000Z'],
    ['9999-12-31T23:59:59.999-14:00', null, null],
  ])('%s without a limit where that lies outside the years 1 to 9999', (text, _start, end) => {
    expect(parseDateRange(text)?.end).toBe(end);
  });
});

describe('a value without zone is Swedish time', () => {
  test('the day on which summer time begins has 23 hours and the day on which it ends has 25', () => {
    expect(hours('2026-03-29')).toBe(23);
    expect(hours('2026-10-25')).toBe(25);
    expect(hours('2026-03-28')).toBe(24);
    expect(hours('1995-09-24')).toBe(25);
    expect(hours('1995-10-29')).toBe(24);
    expect(hours('1980-04-06')).toBe(23);
  });

  test('a time in the repeated hour stands for both of its occurrences', () => {
    expect(parseDateRange('2026-10-25T02:30')).toEqual({
      start: '2026-10-25T00:30:00.000Z',
      end: '2026-10-25T01:31:00.000Z',
    });
  });

  test('a time in the skipped hour stands for the instant an hour later by the clock', () => {
    expect(parseDateRange('2026-03-29T02:30')).toEqual(parseDateRange('2026-03-29T03:30'));
  });

  test('every hour of March, April, September and October 1980-2045 agrees with the time zone database', () => {
    const fault = [];
    for (const [year, month] of Array.from({ length: 65 }, (_, n) => 1980 + n).flatMap((y) =>
      [2, 3, 8, 9].map((m) => [y, m] as const),
    )) {
      for (let at = Date.UTC(year, month, 1); at < Date.UTC(year, month + 1, 1); at += 3_600_000) {
        const local = shown(at);
        const range = parseDateRange(local);
        const start = Date.parse(range?.start ?? '');
        if (start > at || at >= Date.parse(range?.end ?? '') || shown(start) !== local) fault.push(local);
      }
    }
    expect(fault).toEqual([]);
  }, 120_000);

  test('any instant lies within the minute and the day that the clock shows', () => {
    fc.assert(
      fc.property(instants('1980-01-01', '2100-01-01'), (date) => {
        for (const precision of [16, 10, 7, 4]) {
          const range = parseDateRange(shown(date.getTime()).slice(0, precision));
          expect(Date.parse(range?.start ?? '')).toBeLessThanOrEqual(date.getTime());
          expect(Date.parse(range?.end ?? '')).toBeGreaterThan(date.getTime());
        }
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  test('days follow one another without gap or overlap', () => {
    fc.assert(
      fc.property(instants('1900-01-01', '2100-01-01'), (date) => {
        const next = new Date(date.getTime() + 24 * 60 * minute);
        const day = (value: Date): string => value.toISOString().slice(0, 10);
        expect(parseDateRange(day(date))?.end).toBe(parseDateRange(day(next))?.start);
      }),
      { numRuns: 500, seed: 2 },
    );
  });
});

test('a zoned instant is the same in every zone', () => {
  fc.assert(
    fc.property(instants('0002-01-01', '9998-01-01'), fc.integer({ min: -840, max: 840 }), (date, offset) => {
      const sign = offset < 0 ? '-' : '+';
      const two = (value: number): string => String(value).padStart(2, '0');
      const zone = `${sign}${two(Math.trunc(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
      const local = new Date(date.getTime() + offset * minute).toISOString().replace('Z', zone);
      expect(parseDateRange(local)).toEqual(parseDateRange(date.toISOString()));
      expect(parseDateRange(local)?.start).toBe(date.toISOString());
    }),
    { numRuns: 500, seed: 3 },
  );
});

test.each([
  '',
  '26',
  '2026-1',
  '2026-00',
  '2026-13',
  '2026-02-29',
  '2026-02-30',
  '2100-02-29',
  '2026-04-31',
  '0000',
  '2026-11-00',
  '2026-11-23T',
  '2026-11-23T10',
  '2026-11-23T24:00',
  '2026-11-23T10:60',
  '2026-11-23T10:20:61',
  '2026-11-23 10:20',
  '2026-11-23T10:20+15:00',
  '2026-11-23T10:20+14:01',
  '2026-11-23T10:20+01:60',
  '2026-11-23T10:20z',
  '2026-11-23T10:20:30.',
  '2026-11-23Z',
  ' 2026',
  '2026\n',
  '+2026',
  '20261123',
  'ge2026',
])('%j is no date', (text) => {
  expect(parseDateRange(text)).toBeUndefined();
});

describe('a Period', () => {
  test('ends at the end of the day, month or year that its end names', () => {
    expect(periodRange({ start: '2026-01-01', end: '2026-01-31' })).toEqual({
      start: '2025-12-31T23:00:00.000Z',
      end: '2026-01-31T23:00:00.000Z',
    });
    expect(periodRange({ end: '2026' })?.end).toBe('2026-12-31T23:00:00.000Z');
  });

  test('is open where a limit is absent', () => {
    expect(periodRange({ start: '2026-01-01' })?.end).toBeNull();
    expect(periodRange({ end: '2026-01-01' })?.start).toBeNull();
  });

  test('says nothing without limits, with a limit that is no date, or when it ends before it starts', () => {
    expect(periodRange({})).toBeUndefined();
    expect(periodRange({ start: 'soon' })).toBeUndefined();
    expect(periodRange({ start: '2026-02-01', end: '2026-01-31' })).toBeUndefined();
  });
});

describe('a Timing', () => {
  test('reaches from its first event to its last', () => {
    expect(timingRange({ event: ['2026-05-02', '2026-05-01', null, '2026-05-04'] })).toEqual({
      start: '2026-04-30T22:00:00.000Z',
      end: '2026-05-04T22:00:00.000Z',
    });
  });

  test('takes its bounds in', () => {
    const bounds = { start: '2013-01-31', end: '2013-03-24' };
    expect(timingRange({ repeat: { boundsPeriod: bounds } })).toEqual(periodRange(bounds));
    expect(
      timingRange({ event: ['2026-05-02'], repeat: { boundsPeriod: { start: '2026' } } })?.end,
    ).toBeNull();
  });

  test('says nothing without events or bounds', () => {
    expect(timingRange({ repeat: {} })).toBeUndefined();
    expect(timingRange({})).toBeUndefined();
  });
});
