import type { CarePlan, CareTeam, Coding, Condition, Encounter, Patient } from '@medplum/fhirtypes';
import {
  careRelation,
  insatsInvestigation,
  type Made,
  sipConsent,
  svodInformationGiven,
} from '@naravard/access';
import { hsa } from '../hsa.ts';
import { coding, OWN, ref } from './codes.ts';
import { contact, KINDS, officeHours, phone } from './contacts.ts';
import { condition } from './health.ts';
import { ownPlan } from './own-plan.ts';
import { patientOf } from './persons.ts';
import { activity } from './plan.ts';
import { saidYes } from './said-yes.ts';
import { insats } from './sip.ts';
import type { StoryTime } from './story-time.ts';
import { visit } from './visit.ts';

/**
 * Elis, 22, drinks too much and has a depression. His vårdcentral is private, hence a vårdgivare of its own; a SIP joins it
 * with the psychiatry of the region and the socialtjänst, whose care of addiction SVOD does not cover (2022:913 1 kap. 3 §).
 */
const patient = 'elis-testberg';
const of = ref<{ reference: string }>('Patient/elis-testberg');
const PETRA = ['petra-sund', 'Petra Sund'] as const;
const KARIM = ['karim-haddad', 'Karim Haddad'] as const;

export const outsideSvod: Coding = coding(
  `${OWN}/CodeSystem/access`,
  'outside-svod',
  'Omfattas inte av sammanhållen vård- och omsorgsdokumentation',
);

const yes = (id: string, unit: string, start: string): Made =>
  saidYes({ id, patient, since: start, to: { unit } });

/** The private vårdcentral: who he is, its relation, diagnoses, fast läkarkontakt and the head of the SIP. */
export const elisVardcentral = (
  time: StoryTime,
): (Patient | Condition | CareTeam | CarePlan | Encounter | Made)[] => [
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

const treated = (time: StoryTime): (Condition | CareTeam | CarePlan | Encounter | Made)[] => [
  condition({
    id: 'elis-alkohol',
    code: 'F10.1',
    display: 'Psykiska störningar och beteendestörningar orsakade av alkohol, skadligt bruk',
    since: time.date(-200),
    of,
    recorder: PETRA,
  }),
  contact({
    id: 'elis-fast-lakarkontakt',
    of,
    kind: KINDS.lakarkontakt,
    who: PETRA,
    unit: 'vc-kusten',
    task: 'Ansvarar för din medicinska behandling och håller i din SIP.',
    telecom: phone('031-390 06 25', time, officeHours()),
    start: time.date(-190),
  }),
  sipConsent({
    id: 'elis-samtycke-sip',
    patient,
    at: time.date(-30),
    answer: 'yes',
    unit: hsa.privatVardcentral,
    start: time.date(-30),
    end: time.date(335),
  }),
  ownPlan({
    id: 'elis-sip',
    patient,
    kind: 'SIP',
    title: 'Samordnad individuell plan (SIP)',
    author: PETRA,
    start: time.date(-20),
    activity: [insats('annan', 'Träffar läkaren varannan vecka.', 'PractitionerRole/petra-sund')],
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
export const elisPsychiatry = (time: StoryTime): (CarePlan | Encounter | Made)[] => [
  careRelation({
    id: 'elis-vardrelation-psykiatri',
    patient,
    unit: hsa.psykiatri,
    start: time.date(-120),
  }),
  svodInformationGiven({ id: 'elis-information-region', patient, at: time.date(-120) }),
  yes('elis-svod-psykiatri', hsa.psykiatri, time.date(-120)),
  ownPlan({
    id: 'elis-sip-psykiatri',
    patient,
    kind: 'SIP',
    title: 'SIP: psykiatrins insatser',
    partOf: 'elis-sip',
    author: KARIM,
    start: time.date(-20),
    activity: [insats('region', 'Samtalsbehandling.', 'PractitionerRole/karim-haddad', 'Varje vecka')],
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

/** The socialtjänst, which looks into boendestöd and supports him to drink less: the latter stays with it. */
export const elisSocialtjanst = (time: StoryTime): (CarePlan | Made)[] => [
  insatsInvestigation({ id: 'elis-utredning', patient, unit: hsa.bistand, start: time.date(-40) }),
  svodInformationGiven({ id: 'elis-information-socialtjanst', patient, at: time.date(-40) }),
  yes('elis-svod-socialtjanst', hsa.bistand, time.date(-40)),
  ownPlan({
    id: 'elis-sip-socialtjanst',
    patient,
    kind: 'SIP',
    title: 'SIP: socialtjänstens insatser',
    partOf: 'elis-sip',
    author: ['nina-holm', 'Nina Holm'],
    start: time.date(-20),
    labels: [outsideSvod],
    activity: [
      activity({
        text: 'Stödsamtal om alkohol på öppenvården.',
        who: 'PractitionerRole/nina-holm',
        often: 'Varje vecka',
      }),
    ],
  }),
];
