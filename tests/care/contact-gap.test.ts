import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Audience, contactPathsOf } from '../../libs/care/src/contact/contact-path.ts';
import { gapInWords, hourInWords } from '../../libs/care/src/contact/contact-words.ts';
import { firstGap } from '../../libs/care/src/contact/gap.ts';
import { isOpen } from '../../libs/care/src/contact/opening-hours.ts';
import { audience, fastKontakt, hours, phone, service, team, week, workdays } from './contact-world.ts';

const START = '2026-01-01T00:00:00+01:00';
const END = '2028-01-01T00:00:00+01:00';

const gap = (resources: object[], from = START, to = END, reader?: Audience): string | null =>
  firstGap(contactPathsOf(resources, from, to), from, to, reader);

const office = fastKontakt('maja', '1', 'Maja Berg', {
  telecom: [phone('010-1', hours(workdays, ['08:00', '17:00']))],
});
const evenings = (redDays?: 'open') =>
  team('jour', 'Jouren', {
    telecom: [
      phone('010-2', hours(workdays, ['17:00', '08:00'], redDays), hours(['sat', 'sun'], ['08:00', '08:00'])),
    ],
  });
const roundTheClock = team('soder', 'Hemsjukvården Söder', {
  telecom: [phone('010-3', hours(week, 'allDay'))],
});

describe('The first hour without an answer', () => {
  test('is none where a team answers day and night', () => {
    expect(gap([office, roundTheClock])).toBeNull();
  });

  test('is the first of all where nobody answers', () => {
    expect(gap([])).toBe('2025-12-31T23:00:00.000Z');
    expect([gap([], START, START), gap([], END, START)]).toEqual([null, null]);
    expect(gap([fastKontakt('maja', '1', 'Maja', { telecom: [phone('010-1')] })])).toBe(
      '2025-12-31T23:00:00.000Z',
    );
    const mail = { system: 'email', value: 'a@example.org', extension: [hours(week, 'allDay')] };
    expect(gap([team('soder', 'Söder', { telecom: [mail] })])).toBe('2025-12-31T23:00:00.000Z');
  });

  test('is on a holiday, when weekdays are covered and holidays are forgotten', () => {
    const covered = [office, evenings()];
    expect(gap(covered, '2026-01-07T08:00:00+01:00')).toBe('2026-04-03T06:00:00.000Z');
    expect(gap(covered, '2026-06-22T08:00:00+02:00')).toBe('2026-12-24T07:00:00.000Z');
    const redToo = fastKontakt('maja', '1', 'Maja', {
      telecom: [phone('010-1', hours(workdays, ['08:00', '17:00'], 'open'))],
    });
    expect(gap([redToo, evenings('open')], '2026-01-07T08:00:00+01:00')).toBeNull();
  });

  test('is at 03 on julafton for a plan that nobody answers for then', () => {
    const forgotten = [
      team('dag', 'Dag', { telecom: [phone('1', hours(week, ['07:00', '03:00']))] }),
      team('natt', 'Natt', {
        telecom: [phone('2', hours(workdays, ['03:00', '07:00']), hours(['sat', 'sun'], ['03:00', '07:00']))],
      }),
    ];
    expect(gap(forgotten, '2026-06-22T00:00:00+02:00')).toBe('2026-12-24T02:00:00.000Z');
  });

  test('is exact to the minute', () => {
    const split = team('soder', 'Söder', {
      telecom: [phone('1', hours(week, ['08:00', '16:30'])), phone('2', hours(week, ['17:00', '08:00']))],
    });
    expect(gap([split])).toBe('2026-01-01T15:30:00.000Z');
    expect(gap([split], '2026-01-01T16:40:00+01:00', '2026-01-01T16:50:00+01:00')).toBe(
      '2026-01-01T15:40:00.000Z',
    );
    expect(gap([split], '2026-01-01T17:00:00+01:00', '2026-01-02T16:30:00+01:00')).toBeNull();
  });

  test('is not one that the clock leaves out, and is the first of those that come twice', () => {
    const not = (from: string, to: string) => [
      team('soder', 'Söder', { telecom: [phone('1', hours(week, [to, from]))] }),
    ];
    expect(gap(not('02:00', '03:00'), '2026-03-29T00:00:00+01:00', '2026-03-30T00:00:00+02:00')).toBeNull();
    expect(gap(not('02:30', '03:30'), '2026-03-29T00:00:00+01:00')).toBe('2026-03-29T01:00:00.000Z');
    expect(gap(not('02:15', '02:30'), '2026-10-25T00:00:00+02:00')).toBe('2026-10-25T00:15:00.000Z');
    expect(gap(not('02:15', '02:30'), '2026-10-25T00:30:00Z')).toBe('2026-10-25T01:15:00.000Z');
  });

  test('comes when a contact ends and the next has not begun', () => {
    const during = (id: string, period: object) =>
      team(id, id, { period, telecom: [phone(id, hours(week, 'allDay'))] });
    const until = during('a', { end: '2026-03-31' });
    expect(gap([until])).toBe('2026-03-31T22:00:00.000Z');
    expect(gap([until, during('b', { start: '2026-04-02' })])).toBe('2026-03-31T22:00:00.000Z');
    expect(gap([until, during('b', { start: '2026-04-01' })])).toBeNull();
    const shut = {
      availableTime: [{ allDay: true }],
      notAvailable: [{ during: { start: '2026-07-01', end: '2026-07-31' } }],
    };
    expect(gap([service('c', 'Mottagningen', { telecom: [phone('1')], ...shut })])).toBe(
      '2026-06-30T22:00:00.000Z',
    );
  });

  test('is judged by the numbers that the reader may be given', () => {
    const nights = team('natt', 'Natt', {
      telecom: [phone('1', hours(week, 'allDay'), ...audience('personal'))],
    });
    expect(gap([nights], START, END, 'personal')).toBeNull();
    expect(gap([nights], START, END, 'patient')).toBe('2025-12-31T23:00:00.000Z');
  });

  test('is the one that a look at every quarter of an hour finds', () => {
    const quarter = fc.integer({ min: 0, max: 95 });
    const time = (index: number) =>
      `${String(Math.floor(index / 4)).padStart(2, '0')}:${String((index % 4) * 15).padStart(2, '0')}`;
    const number = fc.tuple(fc.subarray(week, { minLength: 4 }), quarter, quarter);
    fc.assert(
      fc.property(
        fc.array(number, { maxLength: 4 }),
        fc.constantFrom('2026-03-23', '2026-10-20', '2026-12-18'),
        (given, day) => {
          const resources = [
            team('soder', 'Söder', {
              telecom: given.map(([days, from, to], at) =>
                phone(String(at), hours(days, [time(from), time(to)])),
              ),
            }),
          ];
          const from = Date.parse(`${day}T00:00:00Z`);
          const to = from + 16 * 864e5;
          const [start, end] = [new Date(from).toISOString(), new Date(to).toISOString()];
          expect(gap(resources, start, end)).toBe(naive(resources, from, to));
        },
      ),
      { numRuns: 200 },
    );
  });
});

/** The first quarter of an hour in which no number is answered. */
function naive(resources: object[], from: number, to: number): string | null {
  const numbers = contactPathsOf(resources, START).flatMap((path) => path.numbers);
  for (let instant = from; instant < to; instant += 15 * 60_000) {
    const at = new Date(instant).toISOString();
    if (!numbers.some(({ hours }) => isOpen(hours, at))) return at;
  }
  return null;
}

describe('In words', () => {
  test('an hour has its date, the name of the day, and the night that it is in', () => {
    expect(hourInWords('2026-12-24T02:00:00Z')).toBe(
      'natten till torsdag 24 december 2026 (julafton) kl. 03',
    );
    expect(hourInWords('2026-11-28T16:30:00Z')).toBe('lördag 28 november 2026 kl. 17.30');
  });

  test('a gap tells whom to call then', () => {
    expect(gapInWords('2026-11-28T16:00:00Z', 'patient', '1177')).toBe(
      'Ingen av dina kontakter svarar lördag 28 november 2026 kl. 17. Ring då 1177.',
    );
  });
});
