import { type EndUser, type SystemCaller, sameActor } from '../caller.ts';
import { allow, type Decision, deny } from '../decision.ts';
import type { Facts } from '../facts.ts';
import { identityMask } from '../protected-identity.ts';
import type { Row } from '../row.ts';

/**
 * SVOD (2022:913) 4 kap 1 §: each organisation answers for its own data, so a system client without an end user sees that
 * alone. With one it sees what the end user would, if staff of the same organisation or, for a person, within its data.
 */
export function systemClient(
  caller: SystemCaller,
  facts: Facts,
  row: Row,
  decideFor: (user: EndUser) => Decision,
): Decision {
  if (row.custodian === null) return deny('no-custodian');
  const { onBehalfOf, organisation } = caller;
  const staffOfOwn =
    onBehalfOf?.kind === 'staff' && sameActor(onBehalfOf.commission.organisation, organisation);
  if (staffOfOwn) return decideFor(onBehalfOf);
  if (onBehalfOf?.kind === 'staff' || !sameActor(row.custodian, organisation)) {
    return deny('system-other-organisation');
  }
  if (onBehalfOf !== null) return decideFor(onBehalfOf);
  return allow('system-own-organisation', identityMask(row, facts, false));
}
