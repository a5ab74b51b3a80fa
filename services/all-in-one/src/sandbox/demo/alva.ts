import type { CarePlan, Encounter, Patient } from '@medplum/fhirtypes';
import { ageExceptionOf, careRelation, type Made, representativeOf } from '@naravard/access';
import { hsa } from '../hsa.ts';
import { ownPlan } from './own-plan.ts';
import { HAVSVINDEN, patientOf } from './persons.ts';
import { activity } from './plan.ts';
import type { StoryTime } from './story-time.ts';
import { visit } from './visit.ts';

/**
 * Alva, 14 whenever the story begins, has asthma and talks to the psychiatry. At 13-15 neither she nor her mother reads but
 * what a unit has documented an exception for: the vårdcentral for both of them, the psychiatry for Alva alone (PDL
 * 2008:355 5 kap. 5 § as 1177 applies it).
 */
const patient = 'alva-testberg';
const KARIM = ['karim-haddad', 'Karim Haddad'] as const;

const bornOf = (time: StoryTime): string => time.date(-Math.round(14.4 * 365.25));

const exception = (time: StoryTime, id: string, as: Parameters<typeof ageExceptionOf>[0]['as']): Made =>
  ageExceptionOf({ id, patient, at: time.date(-60), start: time.date(-60), end: time.date(500), as });

export const alvaVardcentral = (time: StoryTime): (Patient | CarePlan | Made)[] => [
  patientOf({
    id: patient,
    given: 'Alva',
    born: bornOf(time),
    gender: 'female',
    phone: '070-174 06 09',
    street: 'Skolvägen 3',
    at: HAVSVINDEN,
  }),
  representativeOf({
    id: 'hanna-testberg',
    patient,
    person: 'hanna-testberg',
    as: 'vardnadshavare',
    start: bornOf(time),
  }),
  careRelation({
    id: 'alva-vardrelation-vardcentral',
    patient,
    unit: hsa.vardcentral,
    start: time.date(-2000),
  }),
  exception(time, 'alva-tillgang-vardcentral', 'young-person-has-access'),
  exception(time, 'alva-tillgang-vardnadshavare', 'guardian-keeps-access'),
  ownPlan({
    id: 'alva-astmaplan',
    patient,
    kind: 'behandlingsplan',
    title: 'Behandlingsplan vid astma',
    author: ['omar-lind', 'Omar Lind'],
    start: time.date(-60),
    activity: [
      activity({
        text: 'Ta din inhalator före idrotten.',
        who: `Patient/${patient}`,
        sign: { level: 'gron', text: 'Du andas som vanligt.' },
      }),
    ],
  }),
];

export const alvaPsychiatry = (time: StoryTime): (Encounter | Made)[] => [
  careRelation({
    id: 'alva-vardrelation-psykiatri',
    patient,
    unit: hsa.psykiatri,
    start: time.date(-60),
  }),
  exception(time, 'alva-tillgang-psykiatri', 'young-person-has-access'),
  visit({
    id: 'alva-besok-psykiatri',
    patient,
    place: 'AMB',
    type: 'mottagningsbesok',
    who: KARIM,
    unit: ['psykiatriska-mottagningen', 'Psykiatriska mottagningen Falkenberg'],
    start: time.at(-9, '15:00'),
    end: time.at(-9, '15:45'),
    why: 'Samtal om oro inför skolan.',
  }),
];
