import { marks } from '../marks.ts';
import { words } from './literal.ts';

// `offset 0` keeps PostgreSQL from planning each of these twice, as a probe and as a hash of all who have joined.

/** SVOD 2 kap 4 §: the legal actor of a key takes part now. */
export const isJoined = (organisation: string, at: string): string =>
  `exists (select from fact joined where joined.patient is null and joined.kind = 'joined' and joined.organisation = ${organisation} and joined.during @> ${at} offset 0)`;

/** Sight, of a patient's facts: keys of who has informed the patient (SVOD 2 kap 2 §) and takes part now. */
export const availableFrom = (at: string): string =>
  `coalesce(array_agg(fact.organisation) filter (where fact.kind = 'informed' and fact.during @> ${at} and ${isJoined('fact.organisation', at)}), '{}')`;

/** SVOD 1 kap 3 §: what the law does not cover stays where it is. */
export const isOutsideSvod = (row: string): string => `${row}.labels && ${words(marks.outsideSvod)}`;

/**
 * As made-available.ts, save `isOutsideSvod`, what shows a block, blocks, and whether the reader takes part: the custodian
 * does, and the person was informed or it was made available by 2 kap 6 §. `available` is the sight `availableFrom`.
 */
export const isMadeAvailable = (row: string, available: string, at: string): string =>
  `(${row}.custodian = any(${available}::text[]) or ${row}.labels && ${words(marks.availableBy26)} and ${isJoined(`${row}.custodian`, at)})`;
