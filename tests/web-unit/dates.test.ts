import { describe, expect, test } from 'vitest';
import { kindOfDay } from '../../libs/care/src/contact/holidays.ts';
import { datesEn } from '../../services/web/src/text/dates-en.ts';
import { datesSv } from '../../services/web/src/text/dates-sv.ts';
import { svLattlast } from '../../services/web/src/text/sv-lattlast.ts';
import {
  ageAt,
  clockInWords,
  dateInWords,
  dayInWords,
  numberInWords,
  sinceInWords,
  spanInWords,
  timeInWords,
} from '../../services/web/src/ui/dates.ts';
import { redDayOf } from '../../services/web/src/ui/red-days.ts';

/** 24 November 2026 at 02.15 in Sweden; the day before by UTC until 01.00. */
const at = '2026-11-24T01:15:00Z';
const time = (when: string, words = datesSv) => timeInWords(when, at, words);

describe('a time is said by the clock in Sweden', () => {
  test('of a day near by', () => {
    expect(time('2026-11-24T13:30:00Z')).toBe('i dag kl. 14.30');
    expect(time('2026-11-25T07:00:00+01:00')).toBe('i morgon kl. 07.00');
    expect(time('2026-11-23T21:59:00Z')).toBe('i går kl. 22.59');
    expect(time('2026-11-23T23:05:00Z')).toBe('i dag kl. 00.05');
  });
  test('of another day', () => {
    expect(time('2026-12-01T08:00:00Z')).toBe('tisdag 1 december kl. 09.00');
    expect(time('2027-01-04T08:00:00Z')).toBe('måndag 4 januari kl. 09.00');
    expect(time('2025-03-04T08:00:00Z')).toBe('4 mars 2025 kl. 09.00');
  });
  test('in English and in easy Swedish', () => {
    expect(time('2026-11-24T13:30:00Z', datesEn)).toBe('today at 14:30');
    expect(time('2026-12-01T08:00:00Z', datesEn)).toBe('Tuesday 1 December at 09:00');
    expect(time('2026-11-24T13:30:00Z', svLattlast.dates)).toBe('i dag klockan 14.30');
  });
});

test('a date is said as much as it is known, without a clock', () => {
  expect(time('2026-11-24')).toBe('i dag');
  expect(dayInWords('2026-12-24', at, datesSv)).toBe('torsdag 24 december');
  expect(dateInWords('2026-12-24', at, datesSv)).toBe('24 december');
  expect(dayInWords('2026-12', at, datesSv)).toBe('december 2026');
  expect(dayInWords('2027', at, datesSv)).toBe('2027');
  expect(clockInWords('2026-12-24', datesSv)).toBe('');
});

describe('when the clocks are changed', () => {
  test('in spring there is no hour between 02 and 03', () => {
    expect(timeInWords('2027-03-28T00:59:00Z', '2027-03-27T23:30:00Z', datesSv)).toBe('i dag kl. 01.59');
    expect(timeInWords('2027-03-28T01:00:00Z', '2027-03-27T23:30:00Z', datesSv)).toBe('i dag kl. 03.00');
    expect(dayInWords('2027-03-28T22:30:00Z', '2027-03-27T23:30:00Z', datesSv)).toBe('i morgon');
  });
  test('in autumn the hour between 02 and 03 comes twice', () => {
    const night = '2026-10-24T22:30:00Z';
    expect(timeInWords('2026-10-25T00:30:00Z', night, datesSv)).toBe('i dag kl. 02.30');
    expect(timeInWords('2026-10-25T01:30:00Z', night, datesSv)).toBe('i dag kl. 02.30');
    expect(timeInWords('2026-10-25T22:59:00Z', night, datesSv)).toBe('i dag kl. 23.59');
    expect(timeInWords('2026-10-25T23:00:00Z', night, datesSv)).toBe('i morgon kl. 00.00');
  });
});

test('a span names the second day only where it is another', () => {
  const span = (start: string, end: string | null) => spanInWords(start, end, at, datesSv);
  expect(span('2026-11-24T13:30:00Z', '2026-11-24T14:00:00Z')).toBe('i dag kl. 14.30–15.00');
  expect(span('2026-11-24T20:30:00Z', '2026-11-25T05:00:00Z')).toBe('i dag kl. 21.30 – i morgon kl. 06.00');
  expect(span('2026-11-24T13:30:00Z', null)).toBe('i dag kl. 14.30');
  expect(span('2026-11-24', '2026-11-24')).toBe('i dag');
});

test('how long ago it was', () => {
  const since = (when: string, words = datesSv) => sinceInWords(when, at, words);
  expect(since('2026-11-24T01:14:31Z')).toBe('nyss');
  expect(since('2026-11-24T01:14:00Z')).toBe('för 1 minut sedan');
  expect(since('2026-11-24T00:16:00Z')).toBe('för 59 minuter sedan');
  expect(since('2026-11-23T21:15:00Z')).toBe('för 4 timmar sedan');
  expect(since('2026-11-23T19:15:00Z')).toBe('i går kl. 20.15');
  expect(since('2026-11-24T01:20:00Z')).toBe('i dag kl. 02.20');
  expect(since('2026-11-24T01:14:00Z', datesEn)).toBe('1 minute ago');
});

test('age is counted by birthdays', () => {
  expect(ageAt('1941-03-14', at)).toBe(85);
  expect(ageAt('1941-11-24', at)).toBe(85);
  expect(ageAt('1941-11-25', at)).toBe(84);
  expect(ageAt('1941', at)).toBeNull();
});

test('a number has the sign of its language', () => {
  expect(numberInWords(82.4, datesSv)).toBe('82,4');
  expect(numberInWords(-82.4, datesEn)).toBe('-82.4');
});

test('red days are those that telephones are answered by', () => {
  const from = Date.UTC(2005, 0, 1) / 86_400_000;
  for (let day = from; day < from + 60 * 366; day += 1) {
    const red = redDayOf(day);
    expect([day, red && datesSv.redDays[red]]).toEqual([day, kindOfDay(day).name ?? null]);
  }
});
