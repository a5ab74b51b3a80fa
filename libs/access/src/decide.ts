import { type Caller, type Commission, type EndUser, sameActor } from './caller.ts';
import { type Decision, deny } from './decision.ts';
import type { Facts } from './facts.ts';
import { directory } from './paths/directory.ts';
import { guardian } from './paths/guardian.ts';
import { omsorgsgivare } from './paths/omsorgsgivare.ts';
import { otherProvider } from './paths/other-provider.ts';
import { ownUnit } from './paths/own-unit.ts';
import { patient } from './paths/patient.ts';
import { sameProvider } from './paths/same-provider.ts';
import { systemClient } from './paths/system-client.ts';
import type { Row } from './row.ts';

/** The one purpose of a commission that opens a patient's data. */
const carePurpose = 'Vård och behandling';

/**
 * Whether a caller may see a row at an instant, why, and how much of it. Pure and total: every input has an answer, and
 * what is unknown is refused. `at` is an ISO instant; `facts` are those of the row's patient. docs/access.md has the
 * rules by section of law.
 */
export function decide(caller: Caller, facts: Facts, row: Row, at: string): Decision {
  if (Number.isNaN(Date.parse(at))) return deny('time-unknown');
  if (row.patient === null) return directory(row);
  if (row.patient !== facts.patient) return deny('other-facts');
  switch (caller.kind) {
    case 'staff':
    case 'patient':
    case 'guardian':
      return endUser(caller, facts, row, at);
    case 'system':
      return systemClient(caller, facts, row, (user) => endUser(user, facts, row, at));
    case 'administrator':
      return deny('administrator');
    default:
      return caller satisfies never;
  }
}

function endUser(user: EndUser, facts: Facts, row: Row, at: string): Decision {
  switch (user.kind) {
    case 'staff':
      return staff(user.commission, facts, row, at);
    case 'patient':
      return patient(user, facts, row, at);
    case 'guardian':
      return guardian(user, facts, row, at);
    default:
      return user satisfies never;
  }
}

function staff(commission: Commission, facts: Facts, row: Row, at: string): Decision {
  if (commission.purpose !== carePurpose) return deny('purpose');
  if (row.custodian === null) return deny('no-custodian');
  if (sameActor(row.custodian, commission.organisation)) {
    return row.unit === commission.unit
      ? ownUnit(commission, facts, row, at)
      : sameProvider(commission, facts, row, at);
  }
  return commission.organisation.as === 'vardgivare'
    ? otherProvider(commission, row.custodian, facts, row, at)
    : omsorgsgivare(commission, row.custodian, facts, row, at);
}
