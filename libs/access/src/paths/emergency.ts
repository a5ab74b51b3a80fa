import { type Commission, sameActor } from '../caller.ts';
import type { Facts } from '../facts.ts';
import { holdsUntil } from '../period.ts';
import { relatedAcrossBorders } from '../relation.ts';

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
