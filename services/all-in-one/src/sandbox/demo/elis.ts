import type { CareTeam, Coding, Condition, Encounter, Patient } from '@medplum/fhirtypes';
import { careRelation, insatsInvestigation, type Made, svodInformationGiven } from '@naravard/access';
import { hsa } from '../hsa.ts';
import { coding, ref, systems } from './codes.ts';
import { fastKontakt } from './fast-kontakt.ts';
import { condition } from './health.ts';
import { patientOf } from './persons.ts';
import { officeHours, phone } from './phone.ts';
import { saidYes } from './said-yes.ts';
import type { StoryTime } from './story-time.ts';
import { visit } from './visit.ts';

/**
 * Elis, 22, drinks too much and has a depression. His vårdcentral is private, hence a vårdgivare of its own; the SIP that it
 * has invited to (elis-sip.ts) joins it with the psychiatry of the region and the socialtjänst, whose care of addiction SVOD
 * does not cover (2022:913 1 kap. 3 §).
 */
const patient = 'elis-testberg';
const of = ref<{ reference: string }>('Patient/elis-testberg');
const PETRA = ['petra-sund', 'Petra Sund'] as const;
const KARIM = ['karim-haddad', 'Karim Haddad'] as const;

export const outsideSvod: Coding = coding(
  systems.access,
  'outside-svod',
  'Omfattas inte av sammanhållen vård- och omsorgsdokumentation',
);

const yes = (id: string, unit: string, start: string): Made =>
  saidYes({ id, patient, since: start, to: { unit } });

/** The private vårdcentral: who he is, its relation, diagnosis and fast läkarkontakt. */
export const elisVardcentral = (time: StoryTime): (Patient | Condition | CareTeam | Encounter | Made)[] => [
  ...registered(time),
  ...treated(time),
];

const registered = (time: StoryTime): (Patient | Made)[] => [
  patientOf({
    id: patient,
    given: 'Elis',
    born: '2004-05-17',
    gender: 'male',
    phone: '070-174 06 07',
    street: 'Hamngatan 4',
    at: ['vc-kusten', 'Vårdcentralen Kusten'],
  }),
  careRelation({
    id: 'elis-vardrelation-vardcentral',
    patient,
    unit: hsa.privatVardcentral,
    start: time.date(-200),
  }),
  svodInformationGiven({ id: 'elis-information-vardcentral', patient, at: time.date(-200) }),
  yes('elis-svod-vardcentral', hsa.privatVardcentral, time.date(-200)),
];

const treated = (time: StoryTime): (Condition | CareTeam | Encounter)[] => [
  condition({
    id: 'elis-alkohol',
    code: 'F10.1',
    display: 'Psykiska störningar och beteendestörningar orsakade av alkohol, skadligt bruk',
    since: time.date(-200),
    of,
    recorder: PETRA,
  }),
  fastKontakt({
    id: 'elis-fast-lakarkontakt',
    of,
    type: '2',
    who: PETRA,
    unit: 'vc-kusten',
    uppdrag: 'Ansvarar för din medicinska behandling och håller i din SIP.',
    telecom: phone('031-390 06 25', officeHours(), time.date(-5)),
    start: time.date(-190),
  }),
  visit({
    id: 'elis-besok-lakare',
    patient,
    place: 'AMB',
    type: 'mottagningsbesok',
    who: PETRA,
    unit: ['vc-kusten', 'Vårdcentralen Kusten'],
    start: time.at(-6, '09:00'),
    end: time.at(-6, '09:30'),
    why: 'Uppföljning av alkoholvanor och sömn.',
  }),
];

/** The psychiatry of the region. */
export const elisPsychiatry = (time: StoryTime): (CareTeam | Encounter | Made)[] => [
  careRelation({
    id: 'elis-vardrelation-psykiatri',
    patient,
    unit: hsa.psykiatri,
    start: time.date(-120),
  }),
  svodInformationGiven({ id: 'elis-information-region', patient, at: time.date(-120) }),
  yes('elis-svod-psykiatri', hsa.psykiatri, time.date(-120)),
  fastKontakt({
    id: 'elis-fast-vardkontakt',
    of,
    type: '1',
    who: KARIM,
    unit: 'psykiatriska-mottagningen',
    uppdrag: 'Träffar dig för samtal och hjälper dig om du mår sämre.',
    telecom: phone('031-390 06 26', officeHours(), time.date(-5)),
    start: time.date(-110),
  }),
  visit({
    id: 'elis-besok-psykiatri',
    patient,
    place: 'AMB',
    type: 'mottagningsbesok',
    who: KARIM,
    unit: ['psykiatriska-mottagningen', 'Psykiatriska mottagningen Falkenberg'],
    start: time.at(-7, '13:00'),
    end: time.at(-7, '14:00'),
    why: 'Samtal vid depression.',
  }),
];

/** The socialtjänst, which looks into boendestöd and supports him to drink less. */
export const elisSocialtjanst = (time: StoryTime): Made[] => [
  insatsInvestigation({ id: 'elis-utredning', patient, unit: hsa.bistand, start: time.date(-40) }),
  svodInformationGiven({ id: 'elis-information-socialtjanst', patient, at: time.date(-40) }),
  yes('elis-svod-socialtjanst', hsa.bistand, time.date(-40)),
];

/** The addiction clinic of the region, where he was once and is not enrolled. */
export const elisBeroende = (time: StoryTime): Made[] => [
  careRelation({
    id: 'elis-vardrelation-beroende',
    patient,
    unit: hsa.beroende,
    start: time.date(-60),
    end: time.date(-13),
  }),
];
