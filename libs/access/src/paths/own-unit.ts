import type { Commission } from '../caller.ts';
import { allow, type Decision, deny } from '../decision.ts';
import type { Facts } from '../facts.ts';
import { identityMask } from '../protected-identity.ts';
import { takesPartInCare } from '../relation.ts';
import type { Row } from '../row.ts';
import { withinOn } from './emergency.ts';

/**
 * PDL (2008:355) 4 kap 1 §: at the unit that wrote it, who takes part in the care, in danger by an open nödöppning, or needs
 * it for the work may read; no block stands between a unit and what it wrote itself.
 */
export function ownUnit(commission: Commission, facts: Facts, row: Row, at: string): Decision {
  const asRelated = commission.organisation.as === 'vardgivare' ? 'own-unit' : 'own-unit-omsorg';
  const reason = withinOn(asRelated, commission, facts, at);
  if (reason === undefined) return deny('no-inner-relation');
  return allow(reason, identityMask(row, facts, takesPartInCare(facts, commission, at)));
}
