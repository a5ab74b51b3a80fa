import type { FactKind } from '../stated-fact.ts';
import { words } from './literal.ts';
import type { Reader } from './reader.ts';

/** What `mine` may hold beside kinds of facts. */
type Word = FactKind | 'attested';

/**
 * Sight: what a row is held against that depends on the patient alone, as text[]: the kinds of the facts about the patient
 * that are for the reader and hold now (for a nödöppning that attests a relation: `attested`), every spärr that stands,
 * `deceased`, and `born` when the patient is known to be born after `adult`, a placeholder: to be a minor. Whom a fact counts
 * for, and as what, its columns `reach` and `counts_as` tell (migrations/0009_reach.sql).
 */
export const mineOf = ({ reach, at }: Pick<Reader, 'reach' | 'at'>, adult: string): string =>
  `coalesce(array_agg(fact.counts_as) filter (where fact.during @> ${at} and fact.reach = any(${reach}) and (fact.kind <> 'born' or fact.value collate "C" > ${adult})), '{}')`;

/** SQL of whether `mine` has one of some words, and of whether it has all of them. */
export const hasAny = (mine: string, ...some: readonly Word[]): string => `${mine} && ${words(...some)}`;
export const hasAll = (mine: string, ...all: readonly Word[]): string => `${mine} @> ${words(...all)}`;
