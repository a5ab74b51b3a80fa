import type { Reach } from '../../facts.ts';
import { actorOfKey } from '../../legal-actor-key.ts';
import { canonicalHsaId } from '../hsa-id.ts';
import { limitsOf } from '../limits.ts';
import { notSo, notYours } from '../refusal.ts';
import { fact } from '../stating.ts';
import { namedIn } from './named.ts';
import type { Consent, ConsentFacts, ConsentStating } from './shape.ts';

const section = 'SVOD 2022:913 3 kap. 1-2 §§';

/**
 * SVOD (2022:913) 3 kap. 1-2 §§: yes (permit) or no (deny) to the organisation, and likewise for a SIP, which is another
 * question (3 kap. 7 §). The third answer, cannot take a stand, is `saknar-beslutsformaga`. R4's text keeps `type` for
 * nested rules; it stands in the root here, as in IHE's Privacy Consent on FHIR.
 */
export const answer =
  (to: 'consent' | 'sip'): ConsentFacts =>
  (consent, stating) => {
    const said = consent.provision?.type === 'permit' ? 'yes' : 'no';
    const { organisation, patient } = stating;
    const during = limitsOf(consent.provision?.period, 'Consent.provision.period');
    return [fact(`${to}-${said}`, stating, patient, { organisation, ...reachOf(consent, stating), during })];
  };

/**
 * Whom in the writer's organisation an answer is for: the named unit, the whole organisation when that is named, else the
 * writer's own unit. A yes to the whole organisation is never taken from silence.
 */
function reachOf(consent: Consent, { writer, organisation }: ConsentStating): Pick<Reach, 'unit' | 'person'> {
  const named = namedIn(consent, ['organisation', 'enhet', 'medarbetare']);
  const own = actorOfKey(organisation)?.hsaId;
  const whole = named.organisation !== undefined;
  if (whole && (own === undefined || named.organisation !== canonicalHsaId(own))) {
    throw notYours(
      'Consent.provision.actor',
      `An answer is recorded by the organisation that it is given to: name your own (${section}).`,
    );
  }
  const unit = named.enhet ?? (whole ? null : writer.unit);
  if (unit === null && !whole && consent.provision?.type === 'permit') {
    throw notSo(
      'Consent.provision.actor',
      `Say whom the yes is given to: a unit (role enhet), or all of your organisation (role organisation) (${section}).`,
    );
  }
  return { unit, person: named.medarbetare ?? null };
}
