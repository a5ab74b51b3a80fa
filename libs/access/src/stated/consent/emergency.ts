import { extensions } from '../codes.ts';
import { limited, limitsOf } from '../limits.ts';
import { notSo, notYours } from '../refusal.ts';
import { fact } from '../stating.ts';
import { affirms, type ConsentFacts, isVardgivare } from './shape.ts';

/**
 * SVOD (2022:913) 3 kap. 6 §: danger to life or serious risk to health, stated with a reason by one employee at one unit of
 * a vårdgivare, for a limited time. An omsorgsgivare has no such opening.
 */
export const emergency: ConsentFacts = (consent, stating) => {
  const { organisation, patient, writer } = stating;
  const section = 'SVOD 2022:913 3 kap. 6 §';
  if (!isVardgivare(stating)) {
    throw notSo(
      'Consent.category',
      `An omsorgsgivare has no nödöppning: ask a vårdgivare for help (${section}).`,
    );
  }
  if (writer.unit === null) throw notYours('Consent', `Choose a commission at a unit (${section}).`);
  const reason = (consent.extension ?? []).find(({ url }) => url === extensions.emergencyReason)?.valueString;
  if (!reason?.trim() || !affirms(consent, extensions.dangerStated)) {
    throw notSo('Consent.extension', `State the danger to life or health, and the reason (${section}).`);
  }
  const during = limited(
    'emergency',
    limitsOf(consent.provision?.period, 'Consent.provision.period'),
    'Consent.provision.period',
  );
  const value = affirms(consent, extensions.relationAttested) ? 'attested' : null;
  return [
    fact('emergency', stating, patient, {
      organisation,
      unit: writer.unit,
      person: writer.id,
      during,
      value,
    }),
  ];
};
