import { type Caller, type PersonCaller, type SystemCaller, sameActor } from '../caller.ts';
import { allow, type Decision, deny } from '../decision.ts';
import type { Facts } from '../facts.ts';
import { identityMask } from '../protected-identity.ts';
import type { Row } from '../row.ts';

/** Who is decided on: a system client that asks for staff of its own organisation sees what that end user would. */
export function deciding(caller: Caller): Caller {
  if (caller.kind !== 'system' || caller.onBehalfOf?.kind !== 'staff') return caller;
  return sameActor(caller.onBehalfOf.commission.organisation, caller.organisation)
    ? caller.onBehalfOf
    : caller;
}

/**
 * SVOD (2022:913) 4 kap 1 §: each organisation answers for its own data, so a system client without an end user sees that
 * alone, and with a person what the person would of that. It is nobody for the staff of another organisation.
 */
export function systemClient(
  { onBehalfOf, organisation }: SystemCaller,
  facts: Facts,
  row: Row,
  decideFor: (person: PersonCaller) => Decision,
): Decision {
  if (row.custodian === null) return deny('no-custodian');
  if (onBehalfOf?.kind === 'staff' || !sameActor(row.custodian, organisation)) {
    return deny('system-other-organisation');
  }
  return onBehalfOf === null
    ? allow('system-own-organisation', identityMask(row, facts, false))
    : decideFor(onBehalfOf);
}
