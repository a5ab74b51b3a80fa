import type { Appointment, CarePlan, CarePlanActivity } from '@medplum/fhirtypes';
import { type Made, sipConsent } from '@naravard/access';
import { hsa } from '../hsa.ts';
import { ref } from './codes.ts';
import { ownPlan } from './own-plan.ts';
import { row } from './plan-rows.ts';
import { type Participant, sipStated } from './sip-statements.ts';
import type { StoryTime } from './story-time.ts';

const patient = 'astrid-testberg';
const EVA = ref<{ reference: string }>('PractitionerRole/eva-strand', 'Eva Strand');

const there: readonly Participant[] = [
  ['Patient/astrid-testberg', 'Astrid Testberg', true],
  ['PractitionerRole/eva-strand', 'Eva Strand', true],
  ['PractitionerRole/maja-berg', 'Maja Berg', true],
  ['PractitionerRole/sven-dahl', 'Sven Dahl', true],
  ['RelatedPerson/karin-testberg', 'Karin Testberg', true],
];

/** The samordnare's plan. It holds what others than region and kommun do: HSL (2017:30) 16 kap. 4 §. */
const head = (time: StoryTime): CarePlan =>
  ownPlan({
    id: 'astrid-sip',
    patient,
    kind: 'SIP',
    title: 'Samordnad individuell plan (SIP)',
    author: ['eva-strand', 'Eva Strand'],
    start: time.date(0),
    end: time.date(35),
    activity: [
      row({
        text: 'Handlar mat.',
        who: 'RelatedPerson/karin-testberg',
        often: 'Varje vecka',
        huvudman: 'narstaende',
      }),
      row({
        text: 'Går till brevlådan.',
        who: `Patient/${patient}`,
        often: 'Varje dag',
        huvudman: 'personen',
      }),
    ],
    more: {
      extension: sipStated({
        lage: 'beslutad',
        initiative: EVA,
        participants: there,
        responsible: 'vc-havsvinden',
        followUp: [time.date(35), EVA],
      }),
      description: 'Viktigt för Astrid: att kunna bo kvar hemma och gå till brevlådan.',
      contributor: there.filter(([, name]) => name !== 'Eva Strand').map(([who, name]) => ref(who, name)),
      careTeam: [ref('CareTeam/astrid-fast-vardkontakt-samordning')],
      supportingInfo: [
        'Consent/astrid-samtycke-sip',
        'Appointment/astrid-sip-mote',
        'Appointment/astrid-sip-uppfoljning',
      ].map((each) => ref(each)),
      goal: [ref('Goal/astrid-mal-brevladan')],
    },
  });

interface Part {
  unit: 'vardcentral' | 'hemsjukvard' | 'hemtjanst';
  title: string;
  author: readonly [role: string, name: string];
  insats: CarePlanActivity;
}

const part = (time: StoryTime, { unit, title, author, insats }: Part): CarePlan =>
  ownPlan({
    id: `astrid-sip-${unit}`,
    patient,
    kind: 'SIP',
    partOf: 'astrid-sip',
    title,
    author,
    start: time.date(0),
    end: time.date(35),
    activity: [insats],
  });

/** A SIP is made with the person's consent, which opens nothing by itself: lag (2017:612) 4 kap. 2 §. */
const consent = (time: StoryTime) =>
  sipConsent({
    id: 'astrid-samtycke-sip',
    patient,
    at: time.at(-7, '14:00'),
    answer: 'yes',
    form: 'muntligt',
    unit: hsa.vardcentral,
    start: time.date(-7),
    end: time.date(180),
  });

const meeting = (
  id: string,
  status: 'fulfilled' | 'booked',
  start: string,
  end: string,
  text: string,
): Appointment => ({
  resourceType: 'Appointment',
  id,
  status,
  appointmentType: { text },
  description: text,
  start,
  end,
  participant: there.map(([who, name]) => ({
    actor: ref(who, name),
    required: 'required',
    status: 'accepted',
  })),
});

/** The samordnare's head plan, the vårdcentral's part, the consent and both meetings. */
export const regionSip = (time: StoryTime): (CarePlan | Made<'Consent'> | Appointment)[] => [
  consent(time),
  meeting(
    'astrid-sip-mote',
    'fulfilled',
    time.at(0, '10:00'),
    time.at(0, '11:00'),
    'SIP-möte hemma hos Astrid',
  ),
  meeting(
    'astrid-sip-uppfoljning',
    'booked',
    time.at(35, '10:00'),
    time.at(35, '10:45'),
    'Uppföljning av SIP',
  ),
  head(time),
  part(time, {
    unit: 'vardcentral',
    title: 'SIP: vårdcentralens insatser',
    author: ['omar-lind', 'Omar Lind'],
    insats: row({
      text: 'Trappar upp hjärtsviktsbehandlingen.',
      who: 'PractitionerRole/omar-lind',
      huvudman: 'region',
    }),
  }),
];

export const hemsjukvardSip = (time: StoryTime): CarePlan[] => [
  part(time, {
    unit: 'hemsjukvard',
    title: 'SIP: hemsjukvårdens insatser',
    author: ['maja-berg', 'Maja Berg'],
    insats: row({
      text: 'Kontrollerar vikt och ben två gånger i veckan.',
      who: 'PractitionerRole/maja-berg',
      often: 'Måndag och torsdag',
      huvudman: 'kommun',
    }),
  }),
];

export const hemtjanstSip = (time: StoryTime): CarePlan[] => [
  part(time, {
    unit: 'hemtjanst',
    title: 'SIP: hemtjänstens insatser',
    author: ['sven-dahl', 'Sven Dahl'],
    insats: row({
      text: 'Påminner om vägning varje morgon.',
      who: 'PractitionerRole/sven-dahl',
      often: 'Varje dag',
      huvudman: 'kommun',
    }),
  }),
];
