import type { LegalActor } from '../caller.ts';
import type { CareRelation } from '../facts.ts';
import { hasAny } from './mine.ts';

/** The kinds that `relatedWithin` of relation.ts counts (PDL 4 kap 1 §, SVOD 4 kap 3 §). */
export const relationsWithin: Readonly<Record<LegalActor['as'], readonly CareRelation['kind'][]>> = {
  vardgivare: ['care', 'participation', 'need'],
  omsorgsgivare: ['insats', 'investigation', 'participation', 'need'],
};

/** As `relatedWithin`. */
export const isRelated = (mine: string, as: LegalActor['as']): string => hasAny(mine, ...relationsWithin[as]);

/** As `takesPartInCare`. */
export const takesPart = (mine: string, as: LegalActor['as']): string =>
  hasAny(mine, ...relationsWithin[as].filter((kind) => kind !== 'need'));

/**
 * As `relatedOrOpened` of paths/emergency.ts: without a relation, or a nödöppning that attests one, staff see nothing about
 * a patient.
 */
export const relatedOrOpened = (mine: string, as: LegalActor['as']): string =>
  as === 'vardgivare' ? hasAny(mine, ...relationsWithin[as], 'attested') : isRelated(mine, as);
