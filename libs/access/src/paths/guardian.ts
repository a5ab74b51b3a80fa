import { hasTurned } from '../age.ts';
import { hasAgeException } from '../age-exception.ts';
import type { GuardianCaller } from '../caller.ts';
import { isDeceased } from '../deceased.ts';
import { allow, type Decision, deny } from '../decision.ts';
import type { Facts } from '../facts.ts';
import { holds } from '../period.ts';
import { isProtected } from '../protected-identity.ts';
import type { Row } from '../row.ts';
import { keptFromPatient } from './kept-from-patient.ts';

/**
 * PDL (2008:355) 5 kap 5 § as 1177 applies it: a vårdnadshavare reads about a child under 13, at 13-15 what a unit has
 * documented an exception for, never about a child with protected identity; an adult's ombud reads nothing.
 */
export function guardian(caller: GuardianCaller, facts: Facts, row: Row, at: string): Decision {
  if (caller.of !== facts.patient) return deny('another-person');
  if (isDeceased(facts, at)) return deny('deceased');
  const roles = facts.representatives.filter(
    (each) => each.person === caller.person && holds(each.during, at),
  );
  if (roles.length === 0) return deny('no-guardian');
  if (hasTurned(18, facts.born, at) || !roles.some((each) => each.as === 'guardian'))
    return deny('adult-proxy');
  if (isProtected(row, facts)) return deny('guardian-protected-identity');
  const kept = keptFromPatient(row);
  if (kept !== undefined) return deny(kept);
  return byAge(facts, row, at);
}

function byAge(facts: Facts, row: Row, at: string): Decision {
  const turned13 = hasTurned(13, facts.born, at);
  if (turned13 === undefined) return deny('age-unknown');
  if (!turned13) return allow('guardian-under-13', 'none');
  const exempt =
    hasTurned(16, facts.born, at) === false && hasAgeException('guardian-keeps-access', facts, row, at);
  return exempt ? allow('guardian-exception', 'none') : deny('guardian-from-13');
}
