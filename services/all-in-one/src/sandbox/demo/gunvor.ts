import type { CareTeam, Coding, Condition, Patient, RelatedPerson } from '@medplum/fhirtypes';
import { careRelation, lastingIncapacityFound, type Made } from '@naravard/access';
import { hsa } from '../hsa.ts';
import { coding, concept, ref, systems } from './codes.ts';
import { fastKontakt, nursesOnDuty } from './fast-kontakt.ts';
import { condition } from './health.ts';
import { nightTeam } from './night.ts';
import { HAVSVINDEN, patientOf, RELATIVE_MAY_BE_WOKEN } from './persons.ts';
import { daily, officeHours, phone } from './phone.ts';
import type { StoryTime } from './story-time.ts';

/**
 * Gunvor, 88, has dementia and lastingly cannot take a stand on sharing. Each organisation has explored her attitude as far
 * as possible and made its data available without information to her (SVOD 2022:913 2 kap. 6 §, 3 kap. 3-4 §§). Her plans are
 * in gunvor-plans.ts.
 */
const patient = 'gunvor-testberg';
const of = ref<{ reference: string }>(`Patient/${patient}`);

const availableBy26: Coding = coding(
  systems.access,
  'available-by-2-6',
  'Tillgänglig enligt 2 kap. 6 § lagen (2022:913)',
);

/** On everything that the others are to read. */
export const labels = [availableBy26];

const unable = (id: string, time: StoryTime): Made =>
  lastingIncapacityFound({
    id,
    patient,
    at: time.date(-90),
    start: time.date(-90),
    end: time.date(275),
  });

/** Her son, who is not to be woken at night. */
const bengt: RelatedPerson = {
  resourceType: 'RelatedPerson',
  id: 'bengt-testberg',
  meta: { security: labels },
  extension: [{ url: RELATIVE_MAY_BE_WOKEN, valueBoolean: false }],
  active: true,
  patient: of,
  relationship: [concept(coding('http://terminology.hl7.org/CodeSystem/v3-RoleCode', 'SON', 'Son'))],
  name: [{ family: 'Testberg', given: ['Bengt'], text: 'Bengt Testberg' }],
  telecom: [{ system: 'phone', value: '070-174 06 11', use: 'mobile' }],
};

export const gunvorVardcentral = (
  time: StoryTime,
): (Patient | RelatedPerson | Condition | CareTeam | Made)[] => [
  patientOf({
    id: patient,
    given: 'Gunvor',
    born: '1938-02-09',
    gender: 'female',
    phone: '070-174 06 08',
    street: 'Kyrkogatan 7',
    access: 'Ingen portkod. Hemtjänsten har nyckel.',
    at: HAVSVINDEN,
  }),
  bengt,
  careRelation({
    id: 'gunvor-vardrelation-vardcentral',
    patient,
    unit: hsa.vardcentral,
    start: time.date(-2000),
  }),
  unable('gunvor-beslutsformaga-region', time),
  {
    ...condition({
      id: 'gunvor-demens',
      code: 'F03.9',
      display: 'Demens, ospecificerad',
      since: time.date(-900),
      of,
    }),
    meta: { security: labels },
  },
  fastKontakt({
    id: 'gunvor-fast-lakarkontakt',
    of,
    type: '2',
    who: ['omar-lind', 'Omar Lind'],
    unit: 'vc-havsvinden',
    uppdrag: 'Ansvarar för din medicinska behandling hos vårdcentralen.',
    telecom: phone('031-390 06 20', officeHours(), time.date(-5)),
    start: time.date(-2000),
    labels,
  }),
];

/** The home nursing, by day and by night. */
export const gunvorHemsjukvard = (time: StoryTime): (CareTeam | Made)[] => [
  careRelation({
    id: 'gunvor-hemsjukvard',
    patient,
    unit: hsa.hemsjukvard,
    insats: 'HSJV',
    start: time.date(-400),
  }),
  careRelation({
    id: 'gunvor-hemsjukvard-natt',
    patient,
    unit: hsa.hemsjukvardNatt,
    insats: 'HSJV',
    start: time.date(-400),
  }),
  unable('gunvor-beslutsformaga-hemsjukvard', time),
  nursesOnDuty(time, { id: 'gunvor-team-hemsjukvarden', of, labels }),
  nightTeam(time, { id: 'gunvor-team-natt', of, labels }),
  fastKontakt({
    id: 'gunvor-fast-vardkontakt',
    of,
    type: '1',
    who: ['maja-berg', 'Maja Berg'],
    unit: 'hemsjukvarden-soder',
    uppdrag: 'Besöker dig hemma, delar dina mediciner och talar med din son.',
    telecom: phone('031-390 06 22', officeHours(), time.date(-5)),
    start: time.date(-390),
    viaTeam: 'gunvor-team-hemsjukvarden',
    labels,
  }),
];

/** The hemtjänst and its nattpatrull. */
export const gunvorHemtjanst = (time: StoryTime): (CareTeam | Made)[] => [
  careRelation({
    id: 'gunvor-hemtjanst',
    patient,
    unit: hsa.hemtjanst,
    insats: 'HTJ',
    start: time.date(-700),
  }),
  careRelation({
    id: 'gunvor-nattpatrull',
    patient,
    unit: hsa.nattpatrull,
    insats: 'HTJ',
    start: time.date(-700),
  }),
  unable('gunvor-beslutsformaga-hemtjanst', time),
  fastKontakt({
    id: 'gunvor-fast-omsorgskontakt',
    of,
    type: '3',
    who: ['sven-dahl', 'Sven Dahl'],
    unit: 'hemtjansten-soder',
    uppdrag: 'Ordnar hjälpen hemma så att dagarna blir som du är van vid.',
    telecom: phone('031-390 06 23', daily('07:00:00', '16:00:00'), time.date(-5)),
    start: time.date(-650),
    labels,
  }),
];
