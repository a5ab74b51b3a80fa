import type { Appointment, CarePlan, CarePlanActivity } from '@medplum/fhirtypes';
import { type Made, sipConsent } from '@naravard/access';
import { hsa } from '../hsa.ts';
import { OWN, ref } from './codes.ts';
import { PLAN_KINDS } from './own-plan.ts';
import { patient } from './persons.ts';
import { activity } from './plan.ts';
import type { StoryTime } from './story-time.ts';

const category = [PLAN_KINDS.SIP];

type Huvudman = 'region' | 'kommun' | 'annan';

/** An insats and which huvudman answers for it: the four contents of HSL 16 kap. 4 §. */
export const insats = (huvudman: Huvudman, text: string, who: string, often?: string): CarePlanActivity => ({
  ...activity({ text, who, ...(often && { often }) }),
  extension: [{ url: `${OWN}/StructureDefinition/huvudman`, valueCode: huvudman }],
});

const head = (time: StoryTime): CarePlan => ({
  resourceType: 'CarePlan',
  id: 'astrid-sip',
  extension: [
    { url: `${OWN}/StructureDefinition/huvudansvarig`, valueReference: ref('Organization/vc-havsvinden') },
  ],
  status: 'active',
  intent: 'plan',
  category,
  title: 'Samordnad individuell plan (SIP)',
  description: 'Viktigt för Astrid: att kunna bo kvar hemma och gå till brevlådan.',
  subject: patient,
  period: { start: time.date(0), end: time.date(35) },
  created: time.date(0),
  author: ref('PractitionerRole/eva-strand', 'Eva Strand'),
  contributor: [
    ref('PractitionerRole/maja-berg', 'Maja Berg'),
    ref('PractitionerRole/sven-dahl', 'Sven Dahl'),
    ref('Patient/astrid-testberg'),
    ref('RelatedPerson/karin-testberg', 'Karin Testberg'),
  ],
  careTeam: [ref('CareTeam/astrid-fast-vardkontakt-samordning')],
  supportingInfo: [ref('Consent/astrid-samtycke-sip')],
  goal: [ref('Goal/astrid-mal-brevladan')],
  activity: [insats('annan', 'Handlar mat.', 'RelatedPerson/karin-testberg', 'Varje vecka')],
});

const part = (
  time: StoryTime,
  id: string,
  title: string,
  author: [string, string],
  row: CarePlanActivity,
): CarePlan => ({
  resourceType: 'CarePlan',
  id,
  partOf: [ref('CarePlan/astrid-sip')],
  status: 'active',
  intent: 'plan',
  category,
  title,
  subject: patient,
  period: { start: time.date(0), end: time.date(35) },
  created: time.date(0),
  author: ref(`PractitionerRole/${author[0]}`, author[1]),
  activity: [row],
});

/** A SIP is made with the person's consent, which opens nothing by itself: lag (2017:612) 4 kap. 2 §. */
const consent = (time: StoryTime) =>
  sipConsent({
    id: 'astrid-samtycke-sip',
    patient: 'astrid-testberg',
    at: time.at(-7, '14:00'),
    answer: 'yes',
    unit: hsa.vardcentral,
    start: time.date(-7),
    end: time.date(180),
  });

type Attendee = readonly [reference: string, name: string];

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
  participant: (
    [
      ['Patient/astrid-testberg', 'Astrid Testberg'],
      ['PractitionerRole/eva-strand', 'Eva Strand'],
      ['PractitionerRole/maja-berg', 'Maja Berg'],
      ['PractitionerRole/sven-dahl', 'Sven Dahl'],
      ['RelatedPerson/karin-testberg', 'Karin Testberg'],
    ] satisfies Attendee[]
  ).map(([reference, name]) => ({ actor: ref(reference, name), required: 'required', status: 'accepted' })),
});

/** The samordnare's head plan, the vårdcentral's part, the consent and both meetings. */
export const regionSip = (time: StoryTime): (CarePlan | Made<'Consent'> | Appointment)[] => [
  consent(time),
  head(time),
  part(
    time,
    'astrid-sip-vardcentral',
    'SIP: vårdcentralens insatser',
    ['omar-lind', 'Omar Lind'],
    insats('region', 'Trappar upp hjärtsviktsbehandlingen.', 'PractitionerRole/omar-lind'),
  ),
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
];

export const hemsjukvardSip = (time: StoryTime): CarePlan[] => [
  part(
    time,
    'astrid-sip-hemsjukvard',
    'SIP: hemsjukvårdens insatser',
    ['maja-berg', 'Maja Berg'],
    insats(
      'kommun',
      'Kontrollerar vikt och ben två gånger i veckan.',
      'PractitionerRole/maja-berg',
      'Måndag och torsdag',
    ),
  ),
];

export const hemtjanstSip = (time: StoryTime): CarePlan[] => [
  part(
    time,
    'astrid-sip-hemtjanst',
    'SIP: hemtjänstens insatser',
    ['sven-dahl', 'Sven Dahl'],
    insats('kommun', 'Påminner om vägning varje morgon.', 'PractitionerRole/sven-dahl', 'Varje dag'),
  ),
];
