import { type Period, position } from '@naravard/access';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const instant = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());
/** As a stored fact has it, as others write the same, not at all, and what is none. */
const written = fc.oneof(
  { weight: 6, arbitrary: instant },
  instant.map((text) => text.replace('Z', '+00:00')),
  instant.map((text) => text.slice(0, 10)),
  fc.constantFrom(null, '', 'now', 'infinity', '2026-13-01T00:00:00.000Z', '2026-01-01T24:00:01.000Z'),
);

it('An instant lies in a period as their dates do, however they are written, and nowhere when one is no date', () => {
  const asDates = ({ start, end }: Period, at: string | null) => {
    if (start === null && end === null) return 'inside';
    const [from, to, now] = [start ?? -8.64e15, end ?? 8.64e15, at ?? Number.NaN].map((each) =>
      typeof each === 'string' ? Date.parse(each) : each,
    ) as [number, number, number];
    if ([from, to, now].some(Number.isNaN)) return 'unknown';
    return from <= now && now < to ? 'inside' : 'outside';
  };
  fc.assert(
    fc.property(written, written, written, (start, end, at) => {
      expect(position({ start, end }, at)).toBe(asDates({ start, end }, at));
    }),
    { numRuns: 3000 },
  );
});
