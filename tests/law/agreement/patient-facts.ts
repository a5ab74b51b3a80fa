import { type FactKind, keyOfActor, type Period, type StatedFact } from '@naravard/access';
import fc from 'fast-check';
import { always, region } from '../decisions/build.ts';

/** Facts about a patient who gets an id when a world is put together. */
export type Told = Omit<StatedFact, 'patient'>;

/** A fact of the region that always holds, but for some members. */
export const fact = (kind: FactKind, members: Partial<StatedFact>): Told => ({
  kind,
  organisation: keyOfActor(region),
  unit: null,
  person: null,
  during: always,
  information: null,
  types: [],
  about: null,
  value: null,
  author: null,
  ...members,
});

/** One of the values, the first of them half of the time. */
export const half = <T>(first: T, ...others: T[]): fc.Arbitrary<T> =>
  fc.oneof(fc.constant(first), fc.constantFrom(...others));

/** Since when the person has been informed: SVOD 2 kap 2 § knows no end. */
export const informed: fc.Arbitrary<Period> = half<Period>(
  always,
  { start: '2026-11-05T12:00:00.000Z', end: null },
  { start: '2026-12-01T00:00:00.000Z', end: null },
);
