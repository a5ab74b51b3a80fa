import type { Commission } from '../caller.ts';
import { allow, type Decision, deny } from '../decision.ts';
import type { Facts } from '../facts.ts';
import { identityMask } from '../protected-identity.ts';
import { takesPartInCare } from '../relation.ts';
import type { Row } from '../row.ts';
import { withinOn } from './emergency.ts';

/**
 * PDL (2008:355) 4 kap 1 § (SVOD 4 kap 3 § for an omsorgsgivare): who the patient is, is no documentation of one
 * organisation's care, and the Patient is one for all: who has an own relation, or an open nödöppning, reads it whoever
 * registered it. No spärr is about it, and nothing of 2 kap SVOD is asked.
 */
export function personData(commission: Commission, facts: Facts, row: Row, at: string): Decision {
  const reason = withinOn('person-data', commission, facts, at);
  if (reason === undefined) return deny('no-inner-relation');
  return allow(reason, identityMask(row, facts, takesPartInCare(facts, commission, at)));
}
