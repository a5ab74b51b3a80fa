import type { Commission } from '../caller.ts';
import type { Facts } from '../facts.ts';
import { relatedAcrossBorders, takesPartInCare } from '../relation.ts';
import type { FactKind } from '../stated-fact.ts';

/**
 * PDL (2008:355) 4 kap. 1 §: whether staff stand so to the patient that they may themselves state a fact of a kind. A relation
 * of the unit, or a need of its work, is documented where there is a current one: a need is no way to one, nor to more of
 * itself, and who is named in a CareTeam makes no relation of the whole unit. All else is for who takes part in the care.
 */
export function mayState(kind: FactKind, commission: Commission, facts: Facts, at: string): boolean {
  switch (kind) {
    case 'care':
    case 'insats':
    case 'investigation':
    case 'need':
      return relatedAcrossBorders(facts, commission, at);
    default:
      return takesPartInCare(facts, commission, at);
  }
}
