import type { Bundle, CodeableConcept, Organization, PractitionerRole } from '@medplum/fhirtypes';
import { canonicalIdentifier, type DomainRule, identifierSystems, type Writer } from '@naravard/fhir';
import { systems } from '../codes.ts';
import { codingsOf, isFastKontakt, memberOf, typeOf } from './care-team.ts';
import { careTeamRule, error, warning } from './contact-rule.ts';
import { contactType, contactTypes, LAKARKONTAKT, OMSORGSKONTAKT } from './contact-types.ts';

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

/** Decided by the sort of legal actor alone, which every token tells. */
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

/**
 * A warning and no error, where the directory has the organisationsnummer of the vårdgivare: neither the section nor the number
 * series is certain, a municipality may have the task by agreement, and a company has it by its contract with the region.
 */
export const lakarkontaktOfRegion: DomainRule = careTeamRule({
  id: 'careteam-lakarkontakt-i-kommun',
  citation:
    'HSL (2017:30) 7 kap 3 a-c §§, from 2022-07-01 (not read in the law itself): fast läkarkontakt at the chosen utförare of primary care. That organisationsnummer of municipalities begin with 212000 is general knowledge, without a source',
  sentence: 'who appoints a fast läkarkontakt as a municipality is told that regions do',
  sv: 'Fast läkarkontakt utses i regionens primärvård. En kommun utser fast vårdkontakt.',
  about: { ...about, whenEnded: 'in-use' },
  needs: (team, _found, { writer }) => (typeOf(team) === LAKARKONTAKT ? searchFor(writer) : []),
  check(team, { writer }, found) {
    const [search] = typeOf(team) === LAKARKONTAKT ? searchFor(writer) : [];
    const { entry = [] } = (search === undefined ? {} : (found(search) ?? {})) as Bundle<Organization>;
    if (!entry.some(({ resource }) => resource && isMunicipality(resource))) return [];
    return [
      warning(
        role,
        'A municipality appoints types 1 and 4: type 2 is appointed in the primary care of the region, by itself or by contract.',
        'Fast läkarkontakt utses i regionens primärvård. Kontrollera typen.',
      ),
    ];
  },
});

/** The vårdgivare that writes, as the directory knows it. */
function searchFor({ organisation }: Writer): string[] {
  const [, hsaId] = /^vg:(.+)$/.exec(organisation ?? '') ?? [];
  if (hsaId === undefined) return [];
  return [`Organization?${new URLSearchParams({ identifier: `${identifierSystems.hsaId}|${hsaId}` })}`];
}

/** Gotland is a municipality that has the tasks of a region. */
const GOTLAND = '2120000803';

const isMunicipality = ({ identifier = [] }: Organization): boolean =>
  identifier
    .map(({ system = '', value = '' }) => canonicalIdentifier(system, value))
    .some(
      ({ system, value }) =>
        system === identifierSystems.organisationsnummer && value.startsWith('212000') && value !== GOTLAND,
    );

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
