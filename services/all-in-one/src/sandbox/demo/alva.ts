import type { CarePlan, CareTeam, Encounter, Patient, Provenance } from '@medplum/fhirtypes';
import { ageExceptionOf, careRelation, type Made, representativeOf } from '@naravard/access';
import { hsa } from '../hsa.ts';
import { signed, stated } from './behandlingsplan.ts';
import { ref } from './codes.ts';
import { fastKontakt } from './fast-kontakt.ts';
import { ownPlan } from './own-plan.ts';
import { HAVSVINDEN, patientOf } from './persons.ts';
import { officeHours, phone } from './phone.ts';
import { step } from './plan-rows.ts';
import type { StoryTime } from './story-time.ts';
import { visit } from './visit.ts';

/**
 * Alva, 14 whenever the story begins, has asthma and talks to the psychiatry. At 13-15 neither she nor her mother reads but
 * what a unit has documented an exception for: the vårdcentral for both of them, the psychiatry for Alva alone (PDL
 * 2008:355 5 kap. 5 § as 1177 applies it).
 */
const patient = 'alva-testberg';
const KARIM = ['karim-haddad', 'Karim Haddad'] as const;
const OMAR = ['omar-lind', 'Omar Lind'] as const;
const EVA = ['eva-strand', 'Eva Strand'] as const;

const bornOf = (time: StoryTime): string => time.date(-Math.round(14.4 * 365.25));

const exception = (time: StoryTime, id: string, as: Parameters<typeof ageExceptionOf>[0]['as']): Made =>
  ageExceptionOf({ id, patient, at: time.date(-60), start: time.date(-60), end: time.date(500), as });

export const alvaVardcentral = (time: StoryTime): (Patient | CarePlan | CareTeam | Provenance | Made)[] => [
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
  fastKontakt({
    id: 'alva-fast-lakarkontakt',
    of: ref(`Patient/${patient}`),
    type: '2',
    who: OMAR,
    unit: 'vc-havsvinden',
    uppdrag: 'Följer din astma tillsammans med dig.',
    telecom: phone('031-390 06 20', officeHours(), time.date(-5)),
    start: time.date(-700),
  }),
  asthmaPlan(time),
  signed(asthmaPlan(time), { employee: hsa.omarLind, unit: hsa.vardcentral }, time.at(-60, '14:00')),
];

/** Written by one unit, so that its nurse answers for it beside the doctor. At night it is 1177 that answers. */
const asthmaPlan = (time: StoryTime): CarePlan =>
  ownPlan({
    id: 'alva-astmaplan',
    patient,
    kind: 'behandlingsplan',
    title: 'Behandlingsplan vid astma',
    author: OMAR,
    start: time.date(-60),
    end: time.date(300),
    activity: [
      step({
        text: 'Ta din inhalator före idrotten.',
        who: `Patient/${patient}`,
        level: 'gor-sjalv',
        sign: 'Du andas som vanligt.',
      }),
      step({
        text: 'Ring vårdcentralen.',
        who: `Patient/${patient}`,
        level: 'ring-idag',
        sign: 'Du hostar på natten eller behöver inhalatorn oftare än vanligt.',
        threshold: 'tre gånger på en vecka',
        contact: 'CareTeam/alva-fast-lakarkontakt',
      }),
      step({
        text: 'Ring 112.',
        who: `Patient/${patient}`,
        level: 'ring-nu',
        sign: 'Inhalatorn hjälper inte och du har svårt att prata.',
        first: 'Ta inhalatorn som du brukar och sätt dig upp.',
        larm112: true,
      }),
    ],
    more: {
      extension: stated({
        doctor: OMAR,
        nurse: EVA,
        review: time.date(120),
        contacts: ['CareTeam/alva-fast-lakarkontakt', 'HealthcareService/1177-pa-telefon'],
      }),
      careTeam: [ref('CareTeam/alva-fast-lakarkontakt')],
    },
  });

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
