import type { CodeableConcept, PractitionerRole } from '@medplum/fhirtypes';
import type { DomainRule } from '@naravard/fhir';
import { systems } from '../codes.ts';
import { codingsOf, isFastKontakt, memberOf, typeOf } from './care-team.ts';
import { careTeamRule, error, warning } from './contact-rule.ts';
import { contactType, contactTypes, OMSORGSKONTAKT } from './contact-types.ts';

const about = { is: isFastKontakt, whenEnded: 'also-ended' } as const;
const role = 'CareTeam.participant[0].role';

export const oneType: DomainRule = careTeamRule({
  id: 'careteam-typ',
  citation:
    'Inera CareTeam IG 0.9, RIVCareManager.participant.role 1..1; kv_typ_av_fast_kontakt (1.2.752.129.5.1.69)',
  sentence:
    'a fast kontakt has exactly one type from kv_typ_av_fast_kontakt; a code that is not known here is noted',
  sv: 'En fast kontakt ska ha en typ, till exempel fast vårdkontakt.',
  about,
  check({ participant }) {
    const codes = codingsOf(participant?.[0]?.role, systems.fastKontakt);
    const [only] = codes;
    if (codes.length !== 1 || !only?.code) {
      return [
        error(
          role,
          `Give one coding of ${systems.fastKontakt}: ${contactTypes.map(({ code }) => code).join(', ')}.`,
          'Ange vilken typ av fast kontakt det är: en enda.',
        ),
      ];
    }
    if (contactType(only.code)) return [];
    return [
      warning(
        role,
        'This code is not among those known here (1-4): check it; codes may be added without a new version of the list.',
        'Typen av fast kontakt är inte känd här. Kontrollera koden.',
      ),
    ];
  },
});

/**
 * Decided by the sort of legal actor alone: whether a vårdgivare is a region, a municipality or a company no token tells, so that
 * a municipality is not kept from code 2 here.
 */
export const typeOfOrganisation: DomainRule = careTeamRule({
  id: 'careteam-typ-per-organisation',
  citation: 'patientlagen (2014:821) 6 kap; prop. 2021/22:116 (fast omsorgskontakt)',
  sentence: 'a vårdgivare appoints types 1, 2 and 4, an omsorgsgivare type 3',
  sv: 'Vården utser fast läkarkontakt och fast vårdkontakt. Omsorgen utser fast omsorgskontakt.',
  about,
  check(team, { writer }) {
    const type = contactType(typeOf(team));
    if (!type || writer.as === null || writer.as === type.by) return [];
    return type.by === 'omsorgsgivare'
      ? [
          error(
            role,
            'Type 3 is appointed by an omsorgsgivare: choose 1, 2 or 4, or write with a commission of the omsorg.',
            'Fast omsorgskontakt utses av omsorgen.',
          ),
        ]
      : [
          error(
            role,
            'An omsorgsgivare appoints type 3 alone: types 1, 2 and 4 are appointed with a commission of health care.',
            'Fast läkarkontakt och fast vårdkontakt utses av hälso- och sjukvården.',
          ),
        ];
  },
});

/** A warning: the law has a transition rule, and a role may leave its title out. */
export const underskoterska: DomainRule = careTeamRule({
  id: 'careteam-underskoterska',
  citation: 'prop. 2021/22:116: undersköterska from 1 July 2023, with a transition rule',
  sentence: 'a fast omsorgskontakt is an undersköterska',
  sv: 'En fast omsorgskontakt ska vara undersköterska.',
  about: { ...about, whenEnded: 'in-use' },
  needs: (team) => (typeOf(team) === OMSORGSKONTAKT ? [memberOf(team) ?? []].flat() : []),
  check(team, _staged, found) {
    const member = typeOf(team) === OMSORGSKONTAKT ? found(memberOf(team) ?? '') : undefined;
    if (!member || saysUnderskoterska((member as Partial<PractitionerRole>).code)) return [];
    return [
      warning(
        'CareTeam.participant[0].member',
        'The PractitionerRole does not say undersköterska in its code: add it there, or appoint an undersköterska.',
        'Det framgår inte att personen är undersköterska. Kontrollera det.',
      ),
    ];
  },
});

const saysUnderskoterska = (codes: readonly CodeableConcept[] = []): boolean =>
  codes
    .flatMap(({ text, coding = [] }) => [text, ...coding.map(({ display }) => display)])
    .some((said) => /undersköterska/i.test(said ?? ''));
