import type { ScopeRule } from '@naravard/search';
import type { Caller } from '../caller.ts';
import { deciding } from '../paths/system-client.ts';
import { carePurpose } from '../purpose.ts';
import { isLabelled } from './masked.ts';
import { noPatient } from './no-patient.ts';
import { personRule } from './person.ts';
import { ruleOf } from './rule.ts';
import { staffRule } from './staff.ts';
import { systemRule } from './system-client.ts';

/**
 * The decision of `decide` as SQL: the ground on which a caller sees a row at an instant (ISO), null where `decide`
 * refuses. tests/law/scope-agreement.test.ts holds the two together. What is known of the caller alone is decided here, so
 * that its SQL says no more than it must.
 */
export function lawRule(caller: Caller, at: string): ScopeRule {
  const milliseconds = Date.parse(at);
  if (Number.isNaN(milliseconds)) return nothing;
  return ruleAt(deciding(caller), new Date(milliseconds).toISOString());
}

function ruleAt(who: Caller, at: string): ScopeRule {
  switch (who.kind) {
    case 'staff':
      return who.commission.purpose === carePurpose ? staffRule(who.commission, at) : directoryAlone;
    case 'patient':
    case 'guardian':
      return personRule(who, at, null);
    case 'system':
      if (who.onBehalfOf === null) return systemRule(who.organisation);
      return who.onBehalfOf.kind === 'staff'
        ? directoryAlone
        : personRule(who.onBehalfOf, at, who.organisation);
    case 'administrator':
      return directoryAlone;
    default:
      return who satisfies never;
  }
}

const nothing = ruleOf({
  shape: 'nothing',
  reason: 'time-unknown',
  relation: () => 'false',
  ground: () => 'null::text',
  unmasked: () => 'false',
});

/** Administrators, staff whose purpose is not care, clients in the name of another organisation's staff. */
const directoryAlone = ruleOf({
  shape: 'directory',
  reason: 'directory',
  relation: () => 'false',
  ground: (row) => `case when ${row}.patient is null then ${noPatient(row)} end`,
  unmasked: (row) => `(not ${isLabelled(row)})`,
});
