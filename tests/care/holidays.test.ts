import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayKind } from '../../libs/care/src/contact/holidays.ts';

const dateOf = (utc: number): string => new Date(utc).toISOString().slice(0, 10);
const years = Array.from({ length: 2100 - 1990 + 1 }, (_, index) => 1990 + index);

/** Easter Sunday by the method of Gauss, which the code does not use; its constants are of 1900-2099 and of 2100. */
function easterOf(year: number): string {
  const d = (19 * (year % 19) + 24) % 30;
  const e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + (year < 2100 ? 5 : 6)) % 7;
  const early = e === 6 && (d === 29 || (d === 28 && year % 19 > 10));
  return dateOf(Date.UTC(year, 2, 22 + d + e - (early ? 7 : 0)));
}

const plus = (date: string, days: number): string => dateOf(Date.parse(date) + days * 86_400_000);

const allDays = (year: number): string[] => {
  const days = [];
  for (let day = Date.UTC(year, 0, 1); day < Date.UTC(year + 1, 0, 1); day += 86_400_000)
    days.push(dateOf(day));
  return days;
};

describe('Easter', () => {
  test.each([
    '1990-04-15',
    '1991-03-31',
    '1997-03-30',
    '2000-04-23',
    '2005-03-27',
    '2008-03-23',
    '2011-04-24',
    '2016-03-27',
    '2019-04-21',
    '2024-03-31',
    '2025-04-20',
    '2026-04-05',
    '2027-03-28',
    '2028-04-16',
    '2030-04-21',
    '2035-03-25',
    '2038-04-25',
    '2049-04-18',
    '2076-04-19',
    '2100-03-28',
  ])('is on %s', (date) => {
    expect(dayKind(date)).toEqual({ kind: 'rod-dag', name: 'påskdagen' });
  });

  test('and what follows from it is where Gauss puts it, every year', () => {
    for (const year of years) {
      const easter = easterOf(year);
      const named = [-2, -1, 0, 1, 39, 49].map((days) => dayKind(plus(easter, days)).name);
      expect(named, String(year)).toEqual([
        'långfredagen',
        'påskafton',
        'påskdagen',
        'annandag påsk',
        'Kristi himmelsfärdsdag',
        'pingstdagen',
      ]);
    }
  });
});

describe('A day', () => {
  test.each([
    ['2026-01-01', 'rod-dag', 'nyårsdagen'],
    ['2026-01-05', 'vardag', undefined],
    ['2026-01-06', 'rod-dag', 'trettondedag jul'],
    ['2026-04-02', 'vardag', undefined],
    ['2026-04-30', 'vardag', undefined],
    ['2026-05-01', 'rod-dag', 'första maj'],
    ['2026-05-14', 'rod-dag', 'Kristi himmelsfärdsdag'],
    ['2026-05-23', 'lordag', undefined],
    ['2026-05-24', 'rod-dag', 'pingstdagen'],
    ['2026-05-25', 'vardag', undefined],
    ['2004-05-31', 'rod-dag', 'annandag pingst'],
    ['2005-05-16', 'vardag', undefined],
    ['2004-06-06', 'sondag', undefined],
    ['2003-06-06', 'vardag', undefined],
    ['2005-06-06', 'rod-dag', 'nationaldagen'],
    ['2026-06-19', 'afton', 'midsommarafton'],
    ['2026-06-20', 'rod-dag', 'midsommardagen'],
    ['2027-06-25', 'afton', 'midsommarafton'],
    ['2027-06-26', 'rod-dag', 'midsommardagen'],
    ['2026-10-31', 'rod-dag', 'alla helgons dag'],
    ['2027-11-06', 'rod-dag', 'alla helgons dag'],
    ['2026-11-23', 'vardag', undefined],
    ['2026-11-28', 'lordag', undefined],
    ['2026-11-29', 'sondag', undefined],
    ['2026-12-24', 'afton', 'julafton'],
    ['2026-12-25', 'rod-dag', 'juldagen'],
    ['2026-12-26', 'rod-dag', 'annandag jul'],
    ['2026-12-31', 'afton', 'nyårsafton'],
    ['2028-02-29', 'vardag', undefined],
  ] as const)('%s is %s (%s)', (date, kind, name) => {
    expect(dayKind(date)).toEqual(name === undefined ? { kind } : { kind, name });
  });

  test('is a holiday as often as the law says: thirteen named ones a year and four eves, less those that fall together', () => {
    for (const year of years) {
      const days = allDays(year).map(dayKind);
      const eves = days.filter(({ kind }) => kind === 'afton');
      const red = days.filter(({ kind }) => kind === 'rod-dag');
      expect(eves.map(({ name }) => name)).toEqual(['påskafton', 'midsommarafton', 'julafton', 'nyårsafton']);
      expect([12, 13], String(year)).toContain(red.length);
    }
  });

  test('that has no name is what its weekday is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(1990, 0) / 864e5, max: Date.UTC(2101, 0) / 864e5 - 1 }),
        (day) => {
          const { kind, name } = dayKind(dateOf(day * 864e5));
          const weekday = new Date(day * 864e5).getUTCDay();
          if (name === undefined)
            expect(kind).toBe(weekday === 0 ? 'sondag' : weekday === 6 ? 'lordag' : 'vardag');
          else expect(['rod-dag', 'afton']).toContain(kind);
        },
      ),
    );
  });

  test('of midsommar and alla helgon is a Saturday, its eve a Friday', () => {
    for (const year of years) {
      const weekdayOf = (name: string) =>
        allDays(year)
          .filter((date) => dayKind(date).name === name)
          .map((date) => new Date(date).getUTCDay());
      expect(weekdayOf('midsommardagen')).toEqual([6]);
      expect(weekdayOf('alla helgons dag')).toEqual([6]);
      expect(weekdayOf('midsommarafton')).toEqual([5]);
    }
  });
});
