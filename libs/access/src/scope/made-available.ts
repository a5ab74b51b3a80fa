import { marks } from '../marks.ts';
import { words } from './literal.ts';
import type { Reader } from './reader.ts';

/** SVOD 2 kap 4 §: the legal actor of a key takes part now. */
export const isJoined = (organisation: string, at: string): string => `takes_part(${organisation}, ${at})`;

/** Of a patient's facts: keys of who has informed the patient (SVOD 2 kap 2 §). */
export const informedBy = ({ at }: Pick<Reader, 'at'>): string =>
  `array_agg(fact.organisation) filter (where fact.kind = 'informed' and fact.during @> ${at})`;

/** Of the facts on who takes part: keys of those that do now. */
export const joinedOf = ({ at }: Pick<Reader, 'at'>): string =>
  `array_agg(fact.organisation) filter (where fact.during @> ${at})`;

/**
 * Sight, of a patient's facts: keys of who has informed the patient (SVOD 2 kap 2 §) and takes part now; of the reader's own
 * legal actor too, when it takes part.
 */
export const availableFrom = ({ at, organisation }: Pick<Reader, 'at'> & Partial<Reader>): string =>
  `array(select joined.organisation from fact joined where joined.patient is null and joined.kind = 'joined' and joined.during @> ${at}
and joined.organisation = any(${informedBy({ at })}${organisation ? ` || ${organisation}` : ''}))`;

/**
 * As made-available.ts, save what is outside SVOD, what shows a block, and blocks: the custodian takes part, and the person was
 * informed or it was made available by 2 kap 6 §. `available` is the sight `availableFrom`.
 */
export const isMadeAvailable = (row: string, available: string, at: string): string =>
  `(${row}.custodian = any(${available}::text[]) or ${isMadeAvailableBy26(row, at)})`;

const isMadeAvailableBy26 = (row: string, at: string): string =>
  `${row}.labels && ${words(marks.availableBy26)} and ${isJoined(`${row}.custodian`, at)}`;
