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

/** Without a relation, or a nödöppning that attests one, staff see nothing about a patient: paths/emergency.ts. */
export const relatedOrOpened = (mine: string, as: LegalActor['as']): string =>
  as === 'vardgivare' ? hasAny(mine, ...relationsWithin[as], 'attested') : isRelated(mine, as);

/** As `withinOn` of paths/emergency.ts, of who is `relatedOrOpened`: the ground in place of others, null where others stand. */
export const openedAlone = (mine: string, as: LegalActor['as']): string =>
  as === 'vardgivare'
    ? `case when ${hasAny(mine, 'attested')} and not ${isRelated(mine, as)} then 'own-emergency' end`
    : 'null::text';
