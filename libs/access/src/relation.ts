import { type Commission, sameActor } from './caller.ts';
import type { CareRelation, Facts, Reach } from './facts.ts';
import { holds } from './period.ts';

/** Whether a fact is for this commission: same organisation in the same role, its unit, its person. */
export const reaches = (fact: Reach, { organisation, unit, employee }: Commission): boolean =>
  sameActor(fact.organisation, organisation) &&
  (fact.unit === null || fact.unit === unit) &&
  (fact.person === null || fact.person === employee);

const related = (
  facts: Facts,
  commission: Commission,
  at: string,
  kinds: readonly CareRelation['kind'][],
): boolean =>
  facts.relations.some(
    (relation) =>
      kinds.includes(relation.kind) && reaches(relation, commission) && holds(relation.during, at),
  );

/** SVOD 3 kap 1 § (patientrelation) and 3 kap 2 § (insats, or under investigation for one). */
export const relatedAcrossBorders = (facts: Facts, commission: Commission, at: string): boolean =>
  related(
    facts,
    commission,
    at,
    commission.organisation.as === 'vardgivare' ? ['care'] : ['insats', 'investigation'],
  );

/** PDL 4 kap 1 §: takes part in the care. */
export const takesPartInCare = (facts: Facts, commission: Commission, at: string): boolean =>
  relatedAcrossBorders(facts, commission, at) || related(facts, commission, at, ['participation']);

/** PDL 4 kap 1 §: takes part in the care, or needs the data for its work. */
export const relatedWithin = (facts: Facts, commission: Commission, at: string): boolean =>
  takesPartInCare(facts, commission, at) || related(facts, commission, at, ['need']);
