import type { Commission, LegalActor } from '../caller.ts';
import { svodAnswer } from '../consent.ts';
import { isDeceased } from '../deceased.ts';
import { allow, type Decision, deny } from '../decision.ts';
import type { Facts } from '../facts.ts';
import { notMadeAvailable } from '../made-available.ts';
import { identityMask } from '../protected-identity.ts';
import { relatedAcrossBorders } from '../relation.ts';
import type { Row } from '../row.ts';
import { lastingIncapacity } from '../unable-to-consent.ts';

/**
 * SVOD (2022:913) 3 kap 2, 4 and 7 §§: an omsorgsgivare reads what another legal actor has made available when the person
 * gets its insatser or is being assessed for them, and consents; there is no emergency opening.
 */
export function omsorgsgivare(
  commission: Commission,
  custodian: LegalActor,
  facts: Facts,
  row: Row,
  at: string,
): Decision {
  const refusal = notMadeAvailable(commission, custodian, facts, row, at);
  if (refusal !== undefined) return deny(refusal);
  if (!relatedAcrossBorders(facts, commission, at)) return deny('no-insats');
  if (isDeceased(facts, at)) return deny('deceased');
  const answer = svodAnswer(facts, commission, at);
  const mask = identityMask(row, facts, true);
  if (answer === 'yes') return allow('omsorg-consent', mask);
  return answer === undefined && lastingIncapacity(facts, commission.organisation, at)
    ? allow('omsorg-incapacity', mask)
    : deny('no-omsorg-consent');
}
