import type { CarePlan, CarePlanActivity, Extension } from '@medplum/fhirtypes';
import { OWN, ref } from './codes.ts';
import { PLAN_KINDS } from './own-plan.ts';
import { patient } from './persons.ts';
import type { StoryTime } from './story-time.ts';

type Level = 'gron' | 'gul' | 'rod';

interface Step {
  text: string;
  /** Who does it. */
  who: string;
  /** In a deterioration step: the sign, its level and the CareTeam to contact. */
  sign?: { level: Level; text: string; contact?: string };
  often?: string;
}

const trigger = ({ level, text, contact }: NonNullable<Step['sign']>): Extension => ({
  url: `${OWN}/StructureDefinition/forsamring`,
  extension: [
    { url: 'niva', valueCode: level },
    { url: 'tecken', valueString: text },
    ...(contact ? [{ url: 'kontakt', valueReference: ref(contact) }] : []),
  ],
});

/** One row of a plan: what is done, by whom, on which sign. */
export const activity = ({ text, who, sign, often }: Step): CarePlanActivity => ({
  ...(sign && { extension: [trigger(sign)] }),
  detail: {
    status: sign && sign.level !== 'gron' ? 'scheduled' : 'in-progress',
    description: text,
    performer: [ref(who)],
    ...(often && { scheduledString: often }),
  },
});

const category = [PLAN_KINDS.behandlingsplan];

const ASTRID = 'Patient/astrid-testberg';
const TEAM = 'CareTeam/team-hemsjukvarden-soder';

const head = (time: StoryTime): CarePlan => ({
  resourceType: 'CarePlan',
  id: 'astrid-behandlingsplan-2',
  replaces: [ref('CarePlan/astrid-behandlingsplan-1')],
  status: 'active',
  intent: 'plan',
  category,
  title: 'Behandlingsplan vid hjärtsvikt och KOL',
  subject: patient,
  period: { start: time.date(-2), end: time.date(180) },
  created: time.date(-2),
  author: ref('PractitionerRole/omar-lind', 'Omar Lind'),
  contributor: [ref('PractitionerRole/maja-berg', 'Maja Berg'), ref(ASTRID)],
  careTeam: [ref('CareTeam/astrid-fast-lakarkontakt'), ref('CareTeam/astrid-fast-vardkontakt'), ref(TEAM)],
  addresses: [ref('Condition/astrid-hjartsvikt'), ref('Condition/astrid-kol')],
  goal: [ref('Goal/astrid-mal-brevladan'), ref('Goal/astrid-mal-vikt'), ref('Goal/astrid-mal-natt')],
  activity: [
    activity({
      text: 'Väg dig varje morgon och skriv upp vikten.',
      who: ASTRID,
      often: 'Varje dag',
      sign: { level: 'gron', text: 'Du mår som vanligt.' },
    }),
    activity({
      text: 'Ring hemsjukvården.',
      who: ASTRID,
      sign: {
        level: 'gul',
        text: 'Vikten har ökat 2 kg på 3 dagar, eller benen svullnar mer.',
        contact: TEAM,
      },
    }),
    activity({
      text: 'Ring hemsjukvården och börja med din KOL-plan.',
      who: ASTRID,
      sign: { level: 'gul', text: 'Mer slem eller svårare att andas än vanligt.', contact: TEAM },
    }),
    activity({
      text: 'Ring 112.',
      who: ASTRID,
      sign: { level: 'rod', text: 'Andnöd i vila, förvirring eller ont i bröstet.' },
    }),
  ],
});

interface Part {
  id: string;
  title: string;
  author: readonly [role: string, name: string];
  steps: readonly Step[];
}

/** What one organisation does. It writes this plan itself: nobody writes in another's record (HFD 2017:67). */
const part = (time: StoryTime, { id, title, author, steps }: Part): CarePlan => ({
  resourceType: 'CarePlan',
  id,
  partOf: [ref('CarePlan/astrid-behandlingsplan-2')],
  status: 'active',
  intent: 'plan',
  category,
  title,
  subject: patient,
  period: { start: time.date(-2), end: time.date(180) },
  created: time.date(-2),
  author: ref(`PractitionerRole/${author[0]}`, author[1]),
  activity: steps.map(activity),
});

/** The plan before the vårdtillfälle, which the present one replaces. */
function former(time: StoryTime): CarePlan {
  const { replaces, ...plan } = head(time);
  const period = { start: time.date(-180), end: time.date(-3) };
  return { ...plan, id: 'astrid-behandlingsplan-1', status: 'completed', period, created: time.date(-180) };
}

/** Head plan, its former version and the vårdcentral's own part. */
export const regionPlans = (time: StoryTime): CarePlan[] => [
  former(time),
  head(time),
  part(time, {
    id: 'astrid-behandlingsplan-2-vardcentral',
    title: 'Behandlingsplan: vårdcentralens del',
    author: ['omar-lind', 'Omar Lind'],
    steps: [
      {
        text: 'Videobesök samma dag. Tar ställning till extra dos enligt ordinationen vid behov.',
        who: 'PractitionerRole/omar-lind',
        sign: { level: 'gul', text: 'Hemsjukvården meddelar viktökning eller svullna ben.' },
      },
      { text: 'Provtagning och uppföljning.', who: 'PractitionerRole/eva-strand', often: 'Var fjärde vecka' },
    ],
  }),
];

/** The part of the municipality's health care. */
export const hemsjukvardPlans = (time: StoryTime): CarePlan[] => [
  part(time, {
    id: 'astrid-behandlingsplan-2-hemsjukvard',
    title: 'Behandlingsplan: hemsjukvårdens del',
    author: ['maja-berg', 'Maja Berg'],
    steps: [
      { text: 'Kontrollerar vikt och ben.', who: 'PractitionerRole/maja-berg', often: 'Måndag och torsdag' },
      {
        text: 'Hembesök inom fyra timmar. Kontaktar vårdcentralen.',
        who: TEAM,
        sign: {
          level: 'gul',
          text: 'Viktökning 2 kg på 3 dagar, mer svullna ben, mer slem eller andfåddhet.',
          contact: TEAM,
        },
      },
    ],
  }),
];

/** The part of the municipality's social services. */
export const hemtjanstPlans = (time: StoryTime): CarePlan[] => [
  part(time, {
    id: 'astrid-behandlingsplan-2-hemtjanst',
    title: 'Behandlingsplan: hemtjänstens del',
    author: ['sven-dahl', 'Sven Dahl'],
    steps: [
      { text: 'Påminner om vägning.', who: 'PractitionerRole/sven-dahl', often: 'Varje morgon' },
      {
        text: 'Ringer hemsjukvården.',
        who: 'PractitionerRole/sven-dahl',
        sign: { level: 'gul', text: 'Vikten har ökat eller Astrid är tröttare än vanligt.', contact: TEAM },
      },
    ],
  }),
];
