import type { CarePlan, CareTeam, Encounter, Patient, Provenance } from '@medplum/fhirtypes';
import { careRelation, type Made, representativeOf } from '@naravard/access';
import { hsa } from '../hsa.ts';
import { signed, stated } from './behandlingsplan.ts';
import { ref } from './codes.ts';
import { fastKontakt } from './fast-kontakt.ts';
import { ownPlan } from './own-plan.ts';
import { HAVSVINDEN, patientOf } from './persons.ts';
import { officeHours, phone } from './phone.ts';
import { row, step } from './plan-rows.ts';
import type { StoryTime } from './story-time.ts';
import { visit } from './visit.ts';

/** Moa, Alva's sister, 8 whenever the story begins, has asthma: her mother reads about a child under 13 (PDL 2008:355 5 kap. 5 §). */
const patient = 'moa-testberg';
const OMAR = ['omar-lind', 'Omar Lind'] as const;
const EVA = ['eva-strand', 'Eva Strand'] as const;
const CONTACT = 'CareTeam/moa-fast-vardkontakt';

export const moaVardcentral = (
  time: StoryTime,
): (Patient | CarePlan | CareTeam | Encounter | Provenance | Made)[] => {
  const born = time.date(-Math.round(8.4 * 365.25));
  const plan = asthmaPlan(time);
  return [
    patientOf({
      id: patient,
      given: 'Moa',
      born,
      gender: 'female',
      phone: '070-174 06 12',
      street: 'Skolvägen 3',
      at: HAVSVINDEN,
    }),
    representativeOf({
      id: 'moa-vardnadshavare',
      patient,
      person: 'hanna-testberg',
      as: 'vardnadshavare',
      start: born,
    }),
    careRelation({
      id: 'moa-vardrelation-vardcentral',
      patient,
      unit: hsa.vardcentral,
      start: time.date(-800),
    }),
    fastKontakt({
      id: 'moa-fast-vardkontakt',
      of: ref(`Patient/${patient}`),
      type: '1',
      who: EVA,
      unit: 'vc-havsvinden',
      uppdrag: 'Följer din astma och svarar på frågor från dig och din familj.',
      telecom: phone('031-390 06 21', officeHours(), time.date(-5)),
      start: time.date(-400),
    }),
    plan,
    signed(plan, { employee: hsa.omarLind, unit: hsa.vardcentral }, time.at(-40, '10:30')),
    ...visits(time),
  ];
};

/** At night it is 1177 that answers. */
const asthmaPlan = (time: StoryTime): CarePlan =>
  ownPlan({
    id: 'moa-astmaplan',
    patient,
    kind: 'behandlingsplan',
    title: 'Behandlingsplan vid astma',
    author: OMAR,
    start: time.date(-40),
    end: time.date(320),
    activity: [
      row({ text: 'Tar sin inhalator med en vuxen.', who: `Patient/${patient}`, often: 'Varje morgon' }),
      step({
        text: 'Ta din inhalator före gympan.',
        who: `Patient/${patient}`,
        level: 'gor-sjalv',
        sign: 'Du andas som vanligt.',
      }),
      step({
        text: 'Ring vårdcentralen.',
        who: `Patient/${patient}`,
        level: 'ring-idag',
        sign: 'Du hostar på natten eller orkar inte leka som vanligt.',
        threshold: 'två nätter i rad',
        contact: CONTACT,
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
        review: time.date(140),
        contacts: [CONTACT, 'HealthcareService/1177-pa-telefon'],
      }),
      careTeam: [ref(CONTACT)],
    },
  });

const visits = (time: StoryTime): Encounter[] => {
  const nurse = {
    patient,
    place: 'AMB',
    type: 'mottagningsbesok',
    who: EVA,
    unit: HAVSVINDEN,
  } as const;
  return [
    visit({
      ...nurse,
      id: 'moa-besok-astma',
      start: time.at(-2, '08:30'),
      end: time.at(-2, '09:00'),
      why: 'Övar på inhalatorn.',
    }),
    visit({
      ...nurse,
      id: 'moa-besok-uppfoljning',
      start: time.at(12, '15:00'),
      end: time.at(12, '15:30'),
      why: 'Uppföljning av astman.',
      status: 'planned',
    }),
  ];
};
