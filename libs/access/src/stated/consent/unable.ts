import { extensions } from '../codes.ts';
import { limited, limitsOf } from '../limits.ts';
import { notSo } from '../refusal.ts';
import { fact } from '../stating.ts';
import { affirms, type Consent, type ConsentFacts, isVardgivare } from './shape.ts';

/**
 * SVOD (2022:913) 3 kap. 3-4 §§: the organisation has found that the person lastingly cannot take a stand. It holds only
 * if the attitude was explored as far as possible and nothing tells that the person would oppose, and for a limited time.
 */
export const incapacity: ConsentFacts = (consent, stating) => {
  const section = 'SVOD 2022:913 3 kap. 3-4 §§';
  if (
    !affirms(consent, extensions.attitudeExplored) ||
    !affirms(consent, extensions.noReasonToThinkOpposed)
  ) {
    throw notSo(
      'Consent.extension',
      `State that the person's attitude has been explored as far as possible, and that there is no reason to think that the person would oppose: both extensions, true (${section}).`,
    );
  }
  const { organisation, patient } = stating;
  return [
    fact('incapacity', stating, patient, { organisation, during: limitedPeriod('incapacity', consent) }),
  ];
};

/** SVOD (2022:913) 3 kap. 1 §: a vårdgivare has found that the child cannot consent. Whether it is a child, its age tells. */
export const childUnableToConsent: ConsentFacts = (consent, stating) => {
  const section = 'SVOD 2022:913 3 kap. 1 §';
  if (!isVardgivare(stating)) {
    throw notSo('Consent.category', `The exception for children is for vårdgivare alone (${section}).`);
  }
  const { organisation, patient } = stating;
  return [fact('child-unable', stating, patient, { organisation, during: limitedPeriod('child', consent) })];
};

const limitedPeriod = (exception: 'incapacity' | 'child', { provision }: Consent) =>
  limited(exception, limitsOf(provision?.period, 'Consent.provision.period'), 'Consent.provision.period');
