import { canonicalHsaId } from '../hsa-id.ts';
import { limitsOf } from '../limits.ts';
import { notYours } from '../refusal.ts';
import { fact } from '../stating.ts';
import { namedIn } from './named.ts';
import type { ConsentFacts } from './shape.ts';

/**
 * PDL (2008:355) 5 kap. 5 § as 1177 applies it at 13-15 years: earlier access for the young person, or longer for the
 * guardian, to what one unit has written. The unit itself documents it, since no other may open its information.
 */
export const ageException =
  (kind: 'young-person-has-access' | 'guardian-keeps-access'): ConsentFacts =>
  (consent, stating) => {
    const { organisation, patient, writer } = stating;
    const { enhet } = namedIn(consent, ['enhet']);
    if (writer.unit === null || (enhet !== undefined && enhet !== canonicalHsaId(writer.unit))) {
      throw notYours(
        'Consent.provision.actor',
        'An exception is documented by the unit whose information it opens: use a commission or a client of that unit (PDL 2008:355 5 kap. 5 §).',
      );
    }
    const during = limitsOf(consent.provision?.period, 'Consent.provision.period');
    return [fact(kind, stating, patient, { organisation, unit: writer.unit, during })];
  };
