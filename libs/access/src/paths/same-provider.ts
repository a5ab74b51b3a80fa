import { blockState } from '../blocked.ts';
import type { Commission } from '../caller.ts';
import { allow, type Decision, deny } from '../decision.ts';
import type { Facts } from '../facts.ts';
import { identityMask } from '../protected-identity.ts';
import { takesPartInCare } from '../relation.ts';
import type { Row } from '../row.ts';
import { withinOn } from './emergency.ts';

/**
 * PDL (2008:355) 4 kap 1 and 4-5 §§: another unit of the same legal actor reads on its own relation to the patient, or in
 * its open nödöppning, unless an inner spärr stands that no authorised officer has lifted. Who has blocked is not told here. PDL's lifting is not for
 * an omsorgsgivare.
 */
export function sameProvider(commission: Commission, facts: Facts, row: Row, at: string): Decision {
  const isCare = commission.organisation.as === 'vardgivare';
  const reason = withinOn(isCare ? 'same-provider' : 'same-omsorgsgivare', commission, facts, at);
  if (reason === undefined) return deny('no-inner-relation');
  if (row.showsBlock) return deny('shows-block');
  const state = blockState('inner', commission, facts, row, at);
  if (state === 'blocked' || (state === 'lifted' && !isCare)) return deny('inner-blocked');
  const isLifted = state === 'lifted' && reason !== 'own-emergency';
  const mask = identityMask(row, facts, takesPartInCare(facts, commission, at));
  return allow(isLifted ? 'inner-block-lifted' : reason, mask);
}
