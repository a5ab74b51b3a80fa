import type { LegalActor } from '../caller.ts';
import { words } from './literal.ts';
import type { Reader } from './reader.ts';

/**
 * SQL of whether a row states what staff may not take back, as `mayState` of stated/standing.ts has it of what they state: a
 * relation is changed or ended at its own unit, on a current relation of that unit, all else by who takes part in the care
 * (PDL 2008:355 4 kap 1 §). Who acts for a person is for systems alone (stated/related-person.ts).
 */
export const keepsFacts = (row: string, reader: Reader, as: LegalActor['as']): string =>
  `(case when ${row}.type = any(${words('CareTeam', 'Consent', 'EpisodeOfCare', 'RelatedPerson')}) then exists (select from fact kept where kept.bucket = ${row}.bucket and kept.rid = ${row}.rid and case
when kept.kind = any(${words('guardian', 'adult-proxy')}) then true
when kept.kind = any(${words('care', 'insats', 'investigation', 'need')}) then kept.unit is distinct from ${reader.unit} or not ${isOfReader(reader, across[as])}
else not ${isOfReader(reader, [...across[as], 'participation'])} end offset 0) else false end)`;

/** The kinds of `relatedAcrossBorders` of relation.ts. */
const across = { vardgivare: ['care'], omsorgsgivare: ['insats', 'investigation'] } as const;

const isOfReader = (reader: Reader, kinds: readonly string[]): string =>
  `exists (select from fact own where own.patient = kept.patient and own.kind = any(${words(...kinds)}) and own.during @> ${reader.at} and own.reach = any(${reader.reach}) offset 0)`;
