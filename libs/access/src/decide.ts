import { type Caller, type Commission, type PersonCaller, sameActor } from './caller.ts';
import { type Decision, deny } from './decision.ts';
import type { Facts } from './facts.ts';
import { guardian } from './paths/guardian.ts';
import { aboutNobody } from './paths/no-patient.ts';
import { omsorgsgivare } from './paths/omsorgsgivare.ts';
import { otherProvider } from './paths/other-provider.ts';
import { ownUnit } from './paths/own-unit.ts';
import { patient } from './paths/patient.ts';
import { personData } from './paths/person-data.ts';
import { sameProvider } from './paths/same-provider.ts';
import { deciding, systemClient } from './paths/system-client.ts';
import { carePurpose } from './purpose.ts';
import type { Row } from './row.ts';

/**
 * Whether a caller may see a row at an instant, why, and how much of it. Pure and total: every input has an answer, and
 * what is unknown is refused. `at` is an ISO instant; `facts` are those of the row's patient. docs/access.md has the
 * rules by section of law.
 */
export function decide(caller: Caller, facts: Facts, row: Row, at: string): Decision {
  if (Number.isNaN(Date.parse(at))) return deny('time-unknown');
  const who = deciding(caller);
  if (row.patient === null) return aboutNobody(who, row);
  if (row.patient !== facts.patient) return deny('other-facts');
  switch (who.kind) {
    case 'staff':
      return staff(who.commission, facts, row, at);
    case 'patient':
    case 'guardian':
      return person(who, facts, row, at);
    case 'system':
      return systemClient(who, facts, row, (user) => person(user, facts, row, at));
    case 'administrator':
      return deny('administrator');
    default:
      return who satisfies never;
  }
}

const person = (user: PersonCaller, facts: Facts, row: Row, at: string): Decision =>
  user.kind === 'patient' ? patient(user, facts, row, at) : guardian(user, facts, row, at);

function staff(commission: Commission, facts: Facts, row: Row, at: string): Decision {
  if (commission.purpose !== carePurpose) return deny('purpose');
  if (row.type === 'Patient') return personData(commission, facts, row, at);
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
