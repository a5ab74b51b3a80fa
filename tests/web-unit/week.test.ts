import { describe, expect, test } from 'vitest';
import type { ContactAnswer } from '../../services/web/src/api/plan.ts';
import { dateOfDay } from '../../services/web/src/ui/dates.ts';
import { weekOf } from '../../services/web/src/ui/week.ts';
import { call } from './contact-call.ts';

const answer = (name: string, value: string, reason = ''): ContactAnswer => ({
  first: call(name, value, { hours: '' }),
  thenList: [],
  reason,
  ifNoAnswer: '',
});
const night = answer('Hemsjukvården Söder', '031-390 06 24');
const day = answer('Maja Berg', '031-390 06 22');
const hours = (minutes: number) => minutes / 60;

describe('the week in the picture', () => {
  test('goes by the clock on the wall, and over midnight', () => {
    const week = weekOf(
      [
        { from: '2026-11-22T23:00:00Z', to: '2026-11-23T07:00:00Z', answer: 0 },
        { from: '2026-11-23T07:00:00Z', to: '2026-11-23T16:00:00Z', answer: 1 },
        { from: '2026-11-23T16:00:00Z', to: '2026-11-24T23:00:00Z', answer: 0 },
      ],
      [night, day],
    );
    expect(week.answering.map(({ letter, name }) => `${letter} ${name}`)).toEqual([
      'A Hemsjukvården Söder',
      'B Maja Berg',
    ]);
    const drawn = week.days.map(({ day, stretches }) => [
      dateOfDay(day),
      ...stretches.map(({ from, to, who }) => `${hours(from)}-${hours(to)} ${'AB'[who]}`),
    ]);
    expect(drawn).toEqual([
      ['2026-11-23', '0-8 A', '8-17 B', '17-24 A'],
      ['2026-11-24', '0-24 A'],
    ]);
  });

  test('the same to call for another reason is one stretch', () => {
    const week = weekOf(
      [
        { from: '2026-11-22T23:00:00Z', to: '2026-11-23T07:00:00Z', answer: 0 },
        { from: '2026-11-23T07:00:00Z', to: '2026-11-23T23:00:00Z', answer: 1 },
      ],
      [night, { ...night, reason: 'Vardag.' }],
    );
    expect(week.days.map(({ stretches }) => stretches)).toEqual([[{ from: 0, to: 1440, who: 0 }]]);
  });

  test.each([
    ['in spring', '2027-03-27T23:00:00Z', '2027-03-28T06:00:00Z', '2027-03-28T22:00:00Z'],
    ['in autumn', '2026-10-24T22:00:00Z', '2026-10-25T07:00:00Z', '2026-10-25T23:00:00Z'],
  ])('a day when the clocks are changed is 24 hours wide: %s', (_season, from, morning, to) => {
    const week = weekOf(
      [
        { from, to: morning, answer: 0 },
        { from: morning, to, answer: 1 },
      ],
      [night, day],
    );
    const drawn = week.days.map(({ stretches }) => stretches.map(({ from, to }) => [hours(from), hours(to)]));
    expect(drawn).toEqual([
      [
        [0, 8],
        [8, 24],
      ],
    ]);
  });

  test('a stretch that no answer belongs to is left out', () => {
    expect(
      weekOf([{ from: '2026-11-23T07:00:00Z', to: '2026-11-23T16:00:00Z', answer: 4 }], [night]).days,
    ).toEqual([]);
  });
});
