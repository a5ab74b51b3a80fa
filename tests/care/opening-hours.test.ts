import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  closedOfAvailable,
  type Hours,
  isOpen,
  rangesOfAvailable,
  rangesOfExtensions,
} from '../../libs/care/src/contact/opening-hours.ts';
import { stretchesOf, wallTimeOf } from '../../libs/care/src/contact/stockholm-clock.ts';
import { hours, hoursOf, localTime, week, workdays } from './contact-world.ts';

const open = (...extensions: object[]): Hours => ({ ranges: rangesOfExtensions(extensions), closed: [] });

/** At wall times in Sweden, in winter unless a zone is given. */
const at = (given: Hours, ...times: string[]): boolean[] =>
  times.map((time) => isOpen(given, /[+Z]/.test(time) ? time : `${time}:00+01:00`));

describe('Office hours', () => {
  const office = open(hours(workdays, ['08:00', '17:00']));

  test('begin at their first minute and end before their last', () => {
    expect(
      at(office, '2026-11-23T07:59', '2026-11-23T08:00', '2026-11-23T16:59', '2026-11-23T17:00'),
    ).toEqual([false, true, true, false]);
  });

  test('are not at weekends, on public holidays or on eves', () => {
    const days = ['2026-11-28', '2026-11-29', '2026-01-06', '2026-12-24', '2026-12-25', '2026-12-31'];
    expect(at(office, ...days.map((day) => `${day}T10:00`))).toEqual(days.map(() => false));
    expect(isOpen(office, '2026-06-19T10:00:00+02:00')).toBe(false);
    expect(isOpen(office, '2026-12-23T10:00:00+01:00')).toBe(true);
  });

  test('hold on public holidays when they say so', () => {
    const always = open(hours(workdays, ['08:00', '17:00'], 'open'));
    expect(at(always, '2026-12-24T10:00', '2026-12-26T10:00')).toEqual([true, false]);
  });
});

describe('Hours of the whole week', () => {
  test('hold on public holidays, unless they say otherwise', () => {
    expect(at(open(hours(week, ['07:00', '16:00'])), '2026-12-25T10:00')).toEqual([true]);
    expect(at(open(hours(week, ['07:00', '16:00'], 'closed')), '2026-12-25T10:00')).toEqual([false]);
    expect(at(open(hours(week, 'allDay')), '2026-12-25T03:00', '2026-12-24T23:59')).toEqual([true, true]);
    expect(at(open(hours(week, 'allDay', 'closed')), '2026-12-25T03:00', '2026-12-23T03:00')).toEqual([
      false,
      true,
    ]);
  });
});

describe('Hours over midnight', () => {
  test('belong to the day on which they begin', () => {
    const friday = open(hours(['fri'], ['22:00', '07:00']));
    expect(
      at(
        friday,
        '2026-11-27T06:00',
        '2026-11-27T22:00',
        '2026-11-28T06:59',
        '2026-11-28T07:00',
        '2026-11-28T23:00',
      ),
    ).toEqual([false, true, true, false, false]);
  });

  test('end on a public holiday when they began before it, and do not begin on it', () => {
    const nights = open(hours(workdays, ['22:00', '07:00']));
    expect(at(nights, '2026-12-24T03:00', '2026-12-24T23:00', '2026-12-25T03:00')).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('may last a day and a night, or end at midnight', () => {
    expect(at(open(hours(['mon'], ['08:00', '08:00'])), '2026-11-24T07:59', '2026-11-24T08:00')).toEqual([
      true,
      false,
    ]);
    for (const end of ['00:00', '23:59'])
      expect(at(open(hours(['mon'], ['17:00', end])), '2026-11-23T23:59', '2026-11-24T00:00')).toEqual([
        true,
        false,
      ]);
  });
});

describe('When the clock is changed', () => {
  const night = open(hours(week, ['01:00', '02:30']));

  test('hours are those of the clock in spring, when 02-03 is left out', () => {
    expect(
      at(
        night,
        '2026-03-29T00:00:00Z',
        '2026-03-29T00:59:00Z',
        '2026-03-29T01:00:00Z',
        '2026-03-28T01:15:00Z',
      ),
    ).toEqual([true, true, false, true]);
  });

  test('and in autumn, when 02-03 comes twice', () => {
    expect(
      at(
        night,
        '2026-10-25T00:15:00Z',
        '2026-10-25T00:45:00Z',
        '2026-10-25T01:15:00Z',
        '2026-10-25T01:45:00Z',
      ),
    ).toEqual([true, false, true, false]);
  });

  test.each([2026, 2028])('the clock agrees with Intl every hour of %i', (year) => {
    for (const instant of hoursOf(year)) {
      const { date, hour } = localTime(instant);
      const { day, minute } = wallTimeOf(instant);
      expect([new Date(day * 864e5).toISOString().slice(0, 10), minute]).toEqual([date, hour * 60]);
    }
  });

  test('a day lasts from its midnight to the next, in stretches in which the clock runs evenly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 7305, max: 47_480 }), (day) => {
        const stretches = stretchesOf(day);
        const [next] = stretchesOf(day + 1);
        const last = stretches.at(-1);
        expect((last?.at ?? 0) + ((last?.to ?? 0) - (last?.from ?? 0)) * 60_000).toBe(next?.at);
        for (const { from, at: begins } of stretches)
          expect(wallTimeOf(begins)).toEqual({ day, minute: from });
      }),
    );
  });
});

describe('What is written', () => {
  test('by a service: hours with or without days, and when nobody is there', () => {
    const of = (given: Parameters<typeof rangesOfAvailable>[0]): Hours => ({
      ranges: rangesOfAvailable(given),
      closed: closedOfAvailable(given),
    });
    expect(at(of({ availableTime: [{ allDay: true }] }), '2026-12-25T03:00')).toEqual([true]);
    const office = { daysOfWeek: workdays, availableStartTime: '08:00:00', availableEndTime: '16:30:00' };
    expect(at(of({ availableTime: [office] }), '2026-11-23T16:29', '2026-11-23T16:30')).toEqual([
      true,
      false,
    ]);
    const away = of({
      availableTime: [office],
      notAvailable: [{ during: { start: '2026-11-23', end: '2026-11-24' } }, { during: {} }, {}],
    });
    expect(at(away, '2026-11-23T10:00', '2026-11-24T10:00', '2026-11-25T10:00')).toEqual([
      false,
      false,
      true,
    ]);
  });

  test('without days or times is as if it were not written', () => {
    const broken = [
      hours([], ['08:00', '17:00']),
      hours(['someday'], 'allDay'),
      hours(['mon'], ['8', '17:00']),
      hours(['mon'], ['25:00', '26:00']),
      { url: 'https://example.org/other' },
      {},
    ];
    expect(rangesOfExtensions(broken)).toEqual([]);
    expect(rangesOfExtensions(undefined)).toEqual([]);
    expect(rangesOfAvailable({ availableTime: [{ daysOfWeek: ['mon'] }, {}] })).toEqual([]);
  });

  test('agrees with a look at the clock, whatever the hours are, at any hour of a year', () => {
    const instants = hoursOf(2026);
    const time = fc.integer({ min: 0, max: 23 });
    fc.assert(
      fc.property(fc.subarray(week, { minLength: 1 }), time, time, (days, from, to) => {
        const two = (hour: number) => `${String(hour).padStart(2, '0')}:00`;
        const given = open(hours(days, [two(from), two(to)]));
        for (let index = 24; index < instants.length; index += 7) {
          const instant = instants[index] ?? 0;
          expect(isOpen(given, new Date(instant).toISOString())).toBe(naive(days, from, to, instant));
        }
      }),
      { numRuns: 12 },
    );
  });
});

/** Whether the hours that began today or yesterday are running. */
function naive(days: readonly string[], from: number, to: number, instant: number): boolean {
  const now = localTime(instant);
  const yesterday = localTime(Date.parse(`${now.date}T12:00:00Z`) - 864e5);
  const begins = ({ weekday, red }: typeof now) =>
    days.includes(week[weekday] ?? '') && (!red || days.includes('sun'));
  const end = to === 0 ? 24 : to;
  if (end > from) return begins(now) && now.hour >= from && now.hour < end;
  return (begins(now) && now.hour >= from) || (begins(yesterday) && now.hour < end);
}
