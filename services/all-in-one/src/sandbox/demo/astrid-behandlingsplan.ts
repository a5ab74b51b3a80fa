import type {
  CarePlan,
  CarePlanActivity,
  Communication,
  MedicationRequest,
  Provenance,
} from '@medplum/fhirtypes';
import { hsa } from '../hsa.ts';
import { knownBy, signed, stated } from './behandlingsplan.ts';
import { ref } from './codes.ts';
import { ownPlan } from './own-plan.ts';
import { patient as of } from './persons.ts';
import { row, step } from './plan-rows.ts';
import type { StoryTime } from './story-time.ts';

const patient = 'astrid-testberg';
const ASTRID = `Patient/${patient}`;
const TEAM = 'CareTeam/team-hemsjukvarden-soder';
const JOUR = 'HealthcareService/jour-hemsjukvard-falkenberg';
const HEAD = 'astrid-behandlingsplan-2';
const title = 'Behandlingsplan vid hjärtsvikt och KOL';
const OMAR = ['omar-lind', 'Omar Lind'] as const;
const MAJA = ['maja-berg', 'Maja Berg'] as const;

const steps: CarePlanActivity[] = [
  step({
    text: 'Väg dig varje morgon och skriv upp vikten.',
    who: ASTRID,
    often: 'Varje dag',
    level: 'gor-sjalv',
    sign: 'Du mår som vanligt.',
  }),
  step({
    text: 'Ring hemsjukvården.',
    who: ASTRID,
    level: 'ring-idag',
    sign: 'Vikten har ökat, eller benen svullnar mer.',
    threshold: '2 kg på 3 dagar',
    contact: TEAM,
  }),
  step({
    text: 'Ring hemsjukvården och börja med din KOL-plan.',
    who: ASTRID,
    level: 'ring-idag',
    sign: 'Mer slem eller svårare att andas än vanligt.',
    first: 'Sätt dig upp, vila och andas ut med slutna läppar.',
    contact: TEAM,
  }),
  step({
    text: 'Ring 112.',
    who: ASTRID,
    level: 'ring-nu',
    sign: 'Andnöd i vila, förvirring eller ont i bröstet.',
    larm112: true,
  }),
];

/** The parts that it was put in force with, which the other organisations write. */
const partsOf = (head: string): string[] =>
  ['vardcentral', 'hemsjukvard', 'hemtjanst'].map((unit) => `CarePlan/${head}-${unit}`);

const head = (time: StoryTime): CarePlan =>
  ownPlan({
    id: HEAD,
    patient,
    kind: 'behandlingsplan',
    title,
    author: OMAR,
    start: time.date(-2),
    end: time.date(180),
    activity: steps,
    more: {
      replaces: [ref('CarePlan/astrid-behandlingsplan-1')],
      extension: stated({
        doctor: OMAR,
        nurse: MAJA,
        review: time.date(28),
        contacts: [JOUR],
        normal: [
          ['Vikt', '68 kg'],
          ['Syremättnad', '92 %'],
        ],
      }),
      contributor: [ref('PractitionerRole/maja-berg', 'Maja Berg'), ref(ASTRID)],
      careTeam: [
        ref('CareTeam/astrid-fast-lakarkontakt'),
        ref('CareTeam/astrid-fast-vardkontakt'),
        ref(TEAM),
      ],
      addresses: [ref('Condition/astrid-hjartsvikt'), ref('Condition/astrid-kol')],
      goal: [ref('Goal/astrid-mal-brevladan'), ref('Goal/astrid-mal-vikt'), ref('Goal/astrid-mal-natt')],
      supportingInfo: partsOf(HEAD).map((each) => ref(each)),
    },
  });

/** The plan before the vårdtillfälle, which the present one replaces. */
function former(time: StoryTime): CarePlan {
  const { replaces, supportingInfo, extension, ...plan } = head(time);
  const period = { start: time.date(-180), end: time.date(-3) };
  return { ...plan, id: 'astrid-behandlingsplan-1', status: 'completed', period, created: time.date(-180) };
}

/** What the doctor has begun on. It lacks a nurse, a review, who takes the step, and somebody who answers at night. */
const draft = (time: StoryTime): CarePlan =>
  ownPlan({
    id: 'astrid-behandlingsplan-3',
    patient,
    kind: 'behandlingsplan',
    title,
    author: OMAR,
    start: time.date(time.today),
    activity: [
      step({
        text: 'Ring vårdcentralen.',
        level: 'ring-idag',
        sign: 'Vikten har ökat.',
        contact: 'CareTeam/astrid-fast-lakarkontakt',
      }),
    ],
    more: {
      status: 'draft',
      replaces: [ref(`CarePlan/${HEAD}`)],
      extension: stated({ doctor: OMAR, contacts: ['CareTeam/astrid-fast-lakarkontakt'] }),
    },
  });

interface Part {
  unit: 'vardcentral' | 'hemsjukvard' | 'hemtjanst';
  title: string;
  author: readonly [role: string, name: string];
  activity: CarePlanActivity[];
}

const part = (time: StoryTime, { unit, ...part }: Part): CarePlan =>
  ownPlan({
    id: `${HEAD}-${unit}`,
    patient,
    kind: 'behandlingsplan',
    partOf: HEAD,
    start: time.date(-2),
    end: time.date(180),
    ...part,
  });

/** To be taken as needed, by the ordination: the plan points here. */
const ordination = (time: StoryTime): MedicationRequest => ({
  resourceType: 'MedicationRequest',
  id: 'astrid-furosemid-vid-behov',
  status: 'active',
  intent: 'order',
  medicationCodeableConcept: { text: 'Furosemid tablett' },
  subject: of,
  authoredOn: time.date(-2),
  requester: ref('PractitionerRole/omar-lind', 'Omar Lind'),
  dosageInstruction: [{ text: 'Extra dos vid viktökning, efter kontakt med läkare.', asNeededBoolean: true }],
});

/** Head plan with its former version, the next one that is begun on, the vårdcentral's own part, and the doctor's signature. */
export const regionPlans = (time: StoryTime): (CarePlan | MedicationRequest | Provenance)[] => [
  ordination(time),
  former(time),
  head(time),
  draft(time),
  part(time, {
    unit: 'vardcentral',
    title: 'Behandlingsplan: vårdcentralens del',
    author: OMAR,
    activity: [
      step({
        text: 'Videobesök samma dag. Tar ställning till extra dos enligt ordinationen vid behov.',
        who: 'PractitionerRole/omar-lind',
        level: 'ring-idag',
        sign: 'Hemsjukvården meddelar viktökning eller svullna ben.',
        ordination: 'MedicationRequest/astrid-furosemid-vid-behov',
      }),
      row({
        text: 'Provtagning och uppföljning.',
        who: 'PractitionerRole/eva-strand',
        often: 'Var fjärde vecka',
      }),
    ],
  }),
  signed(head(time), { employee: hsa.omarLind, unit: hsa.vardcentral }, time.at(-2, '13:40')),
];

/** The part of the municipality's health care, signed by the nurse, who has read the whole. */
export const hemsjukvardPlans = (time: StoryTime): (CarePlan | Provenance | Communication)[] => {
  const maja = { employee: hsa.majaBerg, unit: hsa.hemsjukvard };
  const own = part(time, {
    unit: 'hemsjukvard',
    title: 'Behandlingsplan: hemsjukvårdens del',
    author: MAJA,
    activity: [
      row({
        text: 'Kontrollerar vikt och ben.',
        who: 'PractitionerRole/maja-berg',
        often: 'Måndag och torsdag',
      }),
      step({
        text: 'Hembesök inom fyra timmar. Kontaktar vårdcentralen.',
        who: TEAM,
        level: 'ring-idag',
        sign: 'Ökad vikt, mer svullna ben, mer slem eller andfåddhet.',
        threshold: '2 kg på 3 dagar',
        contact: TEAM,
      }),
    ],
  });
  return [
    own,
    signed(own, maja, time.at(-2, '14:30')),
    knownBy(head(time), 'astrid-plan-kand-av-hemsjukvard', maja, time.at(-2, '14:35')),
  ];
};

/** The part of the municipality's social services, which have read the whole. */
export const hemtjanstPlans = (time: StoryTime): (CarePlan | Communication)[] => [
  part(time, {
    unit: 'hemtjanst',
    title: 'Behandlingsplan: hemtjänstens del',
    author: ['sven-dahl', 'Sven Dahl'],
    activity: [
      row({ text: 'Påminner om vägning.', who: 'PractitionerRole/sven-dahl', often: 'Varje morgon' }),
      step({
        text: 'Ringer hemsjukvården.',
        who: 'PractitionerRole/sven-dahl',
        level: 'ring-idag',
        sign: 'Vikten har ökat eller Astrid är tröttare än vanligt.',
        contact: TEAM,
      }),
    ],
  }),
  knownBy(
    head(time),
    'astrid-plan-kand-av-hemtjanst',
    { employee: hsa.svenDahl, unit: hsa.hemtjanst },
    time.at(-1, '07:15'),
  ),
];
