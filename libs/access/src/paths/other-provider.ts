import type { Commission, LegalActor } from '../caller.ts';
import { svodAnswer } from '../consent.ts';
import { isDeceased } from '../deceased.ts';
import { allow, type Decision, deny } from '../decision.ts';
import type { Facts } from '../facts.ts';
import { notMadeAvailable } from '../made-available.ts';
import { identityMask } from '../protected-identity.ts';
import type { Ground } from '../reasons.ts';
import { relatedAcrossBorders, takesPartInCare } from '../relation.ts';
import type { Row } from '../row.ts';
import { childUnableToConsent, lastingIncapacity } from '../unable-to-consent.ts';
import { emergencyOpen } from './emergency.ts';

/**
 * SVOD (2022:913) 3 kap 1, 3 and 5-7 §§: a vårdgivare reads what another legal actor has made available, with a current
 * patientrelation and consent, or by one of the three exceptions; nothing else opens it, whatever the person says. For who is
 * registered as dead a nödöppning alone does: its statement of danger contradicts the register, which may be wrong.
 */
export function otherProvider(
  commission: Commission,
  custodian: LegalActor,
  facts: Facts,
  row: Row,
  at: string,
): Decision {
  const refusal = notMadeAvailable(commission, custodian, facts, row, at);
  if (refusal === 'outer-blocked' && emergencyOpen(commission, facts, at)) return deny('ask-the-blocker');
  if (refusal !== undefined) return deny(refusal);
  const related = relatedAcrossBorders(facts, commission, at);
  const isDead = isDeceased(facts, at);
  const given = related && !isDead ? consented(commission, facts, at) : undefined;
  const ground = given ?? opened(commission, facts, at);
  if (ground === undefined) {
    return deny(related ? (isDead ? 'deceased' : 'no-consent') : 'no-patient-relation');
  }
  return allow(ground, identityMask(row, facts, takesPartInCare(facts, commission, at)));
}

function consented(commission: Commission, facts: Facts, at: string): Ground | undefined {
  const answer = svodAnswer(facts, commission, at);
  if (answer === 'no') return undefined;
  if (answer === 'yes') return 'svod-consent';
  if (lastingIncapacity(facts, commission.organisation, at)) return 'svod-incapacity';
  return childUnableToConsent(facts, commission.organisation, at) ? 'svod-child' : undefined;
}

const opened = (commission: Commission, facts: Facts, at: string): Ground | undefined =>
  emergencyOpen(commission, facts, at) ? 'svod-emergency' : undefined;
