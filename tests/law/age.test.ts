import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasTurned, latestBirth } from '../../libs/access/src/age.ts';

const day = fc
  .date({ min: new Date('1984-01-01'), max: new Date('2060-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const leapDay = fc.constantFrom('2000-02-29', '2004-02-29', '2008-02-29', '2012-02-29', '2016-02-29');
const years = fc.constantFrom(13, 16, 18);

test('who was born on the latest birth date or before has turned, whatever the day and the hour', () => {
  const instant = fc.date({
    min: new Date('1997-01-01'),
    max: new Date('2090-01-01'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(years, fc.oneof(day, leapDay), instant, (age, born, date) => {
      const at = date.toISOString();
      expect(born <= latestBirth(age, at)).toBe(hasTurned(age, born, at));
    }),
    { seed: 4, numRuns: process.env.NARAVARD_FULL ? 200_000 : 5_000 },
  );
});

test('so it is around the birthday, at midnight in Stockholm, and for who was born on 29 February', () => {
  fc.assert(
    fc.property(years, fc.oneof(day, leapDay), fc.integer({ min: -30, max: 54 }), (age, born, hours) => {
      const birthday = Date.UTC(
        Number(born.slice(0, 4)) + age,
        Number(born.slice(5, 7)) - 1,
        Number(born.slice(8)),
      );
      for (const milliseconds of [-1, 0]) {
        const at = new Date(birthday + hours * 3_600_000 + milliseconds).toISOString();
        expect([at, born <= latestBirth(age, at)]).toEqual([at, hasTurned(age, born, at)]);
      }
    }),
    { seed: 4, numRuns: process.env.NARAVARD_FULL ? 100_000 : 5_000 },
  );
});
