import type { FactKind } from '../stated-fact.ts';
import { emergencyOpen } from './emergency.ts';
import { words } from './literal.ts';
import { type Reader, reaches } from './reader.ts';
import { remembered } from './remembered.ts';
import { isFoundUnable } from './unable-to-consent.ts';

/** What `mine` may hold beside kinds of facts. */
type Word = FactKind | 'attested' | 'blocks' | 'minor';

/**
 * Sight: what a row is held against that depends on the patient alone, as text[]: the kinds of the facts about the patient
 * that are for the reader and hold now (for a nödöppning that attests a relation: `attested`), `blocks` when any spärr
 * stands about the patient, `deceased` when the patient is dead, and `minor` when the patient is known to be born after
 * `adult`, a placeholder.
 */
export const mineOf = ({ organisation, unit, employee, at }: Reader, adult: string): string =>
  mineFrom(organisation, unit, employee, at, adult);

const mineFrom = remembered((organisation, unit, employee, at, adult) => {
  const reader = { organisation, unit, employee, at };
  return `coalesce(array_agg(case when fact.kind in ('block-inner', 'block-outer') then 'blocks' when fact.kind = 'born' then 'minor' when fact.kind = 'emergency' and fact.value = 'attested' then 'attested' else fact.kind end)
filter (where fact.during @> ${reader.at} and (fact.kind in ('block-inner', 'block-outer', 'deceased')
or fact.kind = 'born' and fact.value collate "C" > ${adult} or fact.organisation = ${reader.organisation} and ${isForReader(reader)})), '{}')`;
});

const isForReader = (reader: Reader): string => `case
when fact.kind in ('incapacity', 'child-unable') then ${isFoundUnable('fact')}
when fact.kind = 'emergency' then ${emergencyOpen('fact', reader)}
else ${reaches('fact', reader)} end`;

/** SQL of whether `mine` has one of some words, and of whether it has all of them. */
export const hasAny = (mine: string, ...some: readonly Word[]): string => `${mine} && ${words(...some)}`;
export const hasAll = (mine: string, ...all: readonly Word[]): string => `${mine} @> ${words(...all)}`;
