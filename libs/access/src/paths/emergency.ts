import { type Commission, sameActor } from '../caller.ts';
import type { Facts } from '../facts.ts';
import { holdsUntil } from '../period.ts';
import type { Ground } from '../reasons.ts';
import { relatedAcrossBorders, relatedWithin } from '../relation.ts';

/**
 * SVOD (2022:913) 3 kap 5-6 §§: in danger to life or serious risk to health, when consent cannot be had, the one employee
 * of a vårdgivare who stated it may read what is not blocked, for a limited time; never an omsorgsgivare.
 */
export const emergencyOpen = (commission: Commission, facts: Facts, at: string): boolean =>
  commission.organisation.as === 'vardgivare' &&
  facts.emergencies.some(
    (each) =>
      sameActor(each.organisation, commission.organisation) &&
      each.unit === commission.unit &&
      each.person === commission.employee &&
      each.dangerStated &&
      each.reason.trim() !== '' &&
      holdsUntil(each.during, at) &&
      (each.relationAttested || relatedAcrossBorders(facts, commission, at)),
  );

/**
 * PDL (2008:355) 4 kap 1 §: on what is read within the organisation, and who the patient is: `ground`, that of who has a
 * relation, or that of an open nödöppning; undefined without either. It attests that its employee takes part in the care as
 * long as it lasts, and opens there what it opens across borders and no less.
 */
export function withinOn<Given extends Ground>(
  ground: Given,
  commission: Commission,
  facts: Facts,
  at: string,
): Given | 'own-emergency' | undefined {
  if (relatedWithin(facts, commission, at)) return ground;
  return emergencyOpen(commission, facts, at) ? 'own-emergency' : undefined;
}
