import { blockState } from '../blocked.ts';
import type { Commission } from '../caller.ts';
import { allow, type Decision, deny } from '../decision.ts';
import type { Facts } from '../facts.ts';
import { identityMask } from '../protected-identity.ts';
import { takesPartInCare } from '../relation.ts';
import type { Row } from '../row.ts';
import { relatedOrOpened } from './emergency.ts';

/**
 * PDL (2008:355) 4 kap 1 and 4-5 §§: another unit of the same legal actor reads on its own relation to the patient, or in
 * its open nödöppning, unless an inner spärr stands that no authorised officer has lifted. Who has blocked is not told here. PDL's lifting is not for
 * an omsorgsgivare.
 */
export function sameProvider(commission: Commission, facts: Facts, row: Row, at: string): Decision {
  if (!relatedOrOpened(commission, facts, at)) return deny('no-inner-relation');
  if (row.showsBlock) return deny('shows-block');
  const state = blockState('inner', commission, facts, row, at);
  const isCare = commission.organisation.as === 'vardgivare';
  if (state === 'blocked' || (state === 'lifted' && !isCare)) return deny('inner-blocked');
  const mask = identityMask(row, facts, takesPartInCare(facts, commission, at));
  if (!isCare) return allow('same-omsorgsgivare', mask);
  return allow(state === 'lifted' ? 'inner-block-lifted' : 'same-provider', mask);
}
