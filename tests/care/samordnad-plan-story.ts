import type {
  Appointment,
  CarePlan,
  CarePlanActivity,
  CareTeam,
  ContactPoint,
  Encounter,
  Extension,
  Goal,
  Resource,
} from '@medplum/fhirtypes';
import { extensions, sipExtensions, systems } from '@naravard/care';

/** What three organisations have written round Astrid; she has a name, and the staff have roles. */
export interface PlanStory {
  /** Open to all. */
  readonly directory: readonly Resource[];
  readonly region: readonly Resource[];
  readonly kommun: readonly Resource[];
  readonly hemtjanst: readonly Resource[];
}

/** The number of the doctor on duty at night: for staff alone. */
export const STAFF_NUMBER = '031-390 06 99';
export const TEAM_NUMBER = '031-390 06 24';

const ref = (reference: string, display?: string) => ({ reference, ...(display && { display }) });
const astrid = ref('Patient/astrid-testberg');
const concept = (system: string, code: string) => ({ coding: [{ system, code }] });

const hours = (days: readonly string[], ...times: readonly Extension[]): Extension => ({
  url: extensions.tillganglighet,
  extension: [...days.map((day): Extension => ({ url: 'daysOfWeek', valueCode: day })), ...times],
});
const week = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const always = hours(week, { url: 'allDay', valueBoolean: true });
const office = hours(
  week.slice(0, 5),
  { url: 'startTime', valueTime: '08:00:00' },
  { url: 'endTime', valueTime: '17:00:00' },
);
const phone = (value: string, when: Extension, audience?: string): ContactPoint => ({
  system: 'phone',
  value,
  extension: [when, ...(audience ? [{ url: extensions.malgrupp, valueCode: audience }] : [])],
});

const contact = (id: string, type: string, who: string, unit: string, over: Partial<CareTeam>): CareTeam => ({
  resourceType: 'CareTeam',
  id,
  status: 'active',
  category: [concept(systems.careTeamType, 'fast-kontakt')],
  name: 'Fast kontakt',
  subject: astrid,
  period: { start: '2026-01-10' },
  participant: [{ role: [concept(systems.fastKontakt, type)], member: ref(`PractitionerRole/${who}`) }],
  managingOrganization: [ref(`Organization/${unit}`)],
  ...over,
});

interface PlanOf {
  id: string;
  kind: 'behandlingsplan' | 'SIP';
  title: string;
  author: string;
  activity: CarePlanActivity[];
}

export const plan = (
  { id, kind, title, author, activity }: PlanOf,
  over: Partial<CarePlan> = {},
): CarePlan => ({
  resourceType: 'CarePlan',
  id,
  status: 'active',
  intent: 'plan',
  category: [concept(kind === 'SIP' ? systems.planType : systems.ownPlanType, kind)],
  title,
  subject: astrid,
  period: { start: '2026-10-01', end: '2027-04-01' },
  author: ref(`PractitionerRole/${author}`),
  activity,
  ...over,
});

export const step = (
  level: string,
  sign: string,
  action: string,
  who: string,
  rest: readonly Extension[] = [],
): CarePlanActivity => ({
  extension: [
    {
      url: extensions.forsamring,
      extension: [{ url: 'niva', valueCode: level }, { url: 'tecken', valueString: sign }, ...rest],
    },
  ],
  detail: { status: 'scheduled', description: action, performer: [ref(who)] },
});

/** `huvudman`: of an activity of a SIP. */
export const doing = (text: string, who: string, often?: string, huvudman?: string): CarePlanActivity => ({
  ...(huvudman && { extension: [{ url: extensions.huvudman, valueCode: huvudman }] }),
  detail: {
    status: 'in-progress',
    description: text,
    performer: [ref(who)],
    ...(often && { scheduledString: often }),
  },
});

const calls = (reference: string): Extension => ({ url: 'kontakt', valueReference: ref(reference) });

const directory: readonly Resource[] = [
  { resourceType: 'Organization', id: 'vc', name: 'Vårdcentral Havsvinden' },
  {
    resourceType: 'Organization',
    id: 'hsv',
    name: 'Hemsjukvården Söder',
    identifier: [{ system: 'urn:oid:1.2.752.29.4.19', value: 'SE2120001234-HSV' }],
  },
  { resourceType: 'Organization', id: 'ht', name: 'Hemtjänsten Söder' },
  ...(
    [
      ['omar', 'Omar Lind', 'vc'],
      ['maja', 'Maja Berg', 'hsv'],
      ['sven', 'Sven Dahl', 'ht'],
    ] as const
  ).map(
    ([id, name, unit]): Resource => ({
      resourceType: 'PractitionerRole',
      id,
      practitioner: ref(`Practitioner/${id}`, name),
      organization: ref(`Organization/${unit}`),
    }),
  ),
  {
    resourceType: 'HealthcareService',
    id: 'jour',
    active: true,
    name: 'Sjuksköterska i beredskap',
    providedBy: ref('Organization/hsv', 'Hemsjukvården Söder'),
    telecom: [{ system: 'phone', value: '031-390 06 30' }],
    availableTime: [{ daysOfWeek: ['sat', 'sun'], allDay: true }],
  },
];

const goal: Goal = {
  resourceType: 'Goal',
  id: 'brevladan',
  lifecycleStatus: 'active',
  description: { text: 'Jag vill kunna gå till brevlådan.' },
  subject: astrid,
  expressedBy: astrid,
};

const behandlingsplan = plan(
  {
    id: 'bp',
    kind: 'behandlingsplan',
    title: 'Behandlingsplan vid hjärtsvikt',
    author: 'omar',
    activity: [
      step('gor-sjalv', 'Du mår som vanligt.', 'Väg dig varje morgon.', 'Patient/astrid-testberg'),
      step('ring-nu', 'Andnöd i vila.', 'Ring direkt.', 'Patient/astrid-testberg', [
        { url: 'larm112', valueBoolean: true },
      ]),
      step('ring-idag', 'Vikten ökar.', 'Ring hemsjukvården.', 'Patient/astrid-testberg', [
        { url: 'troskel', valueString: '+2 kg på 3 dagar' },
        { url: 'forst', valueString: 'Vila med benen högt.' },
        calls('CareTeam/team-soder'),
      ]),
      doing('Dricker lagom mycket.', 'Patient/astrid-testberg', 'Varje dag'),
    ],
  },
  {
    goal: [ref('Goal/brevladan')],
    extension: [
      { url: extensions.granskas, valueDate: '2026-12-01' },
      { url: extensions.ansvarigLakare, valueReference: ref('PractitionerRole/omar') },
      { url: extensions.ansvarigSjukskoterska, valueReference: ref('PractitionerRole/maja') },
      { url: extensions.synligForPatient, valueBoolean: true },
      { url: extensions.kontaktvag, valueReference: ref('CareTeam/team-soder') },
      { url: extensions.kontaktvag, valueReference: ref('HealthcareService/jour') },
      {
        url: extensions.normalvarde,
        extension: [
          { url: 'vad', valueString: 'Syremättnad' },
          { url: 'varde', valueString: '90–92 %' },
        ],
      },
    ],
  },
);

/** What a SIP in force says, and what it rests on. */
const decided = {
  description: 'Att kunna bo kvar hemma.',
  supportingInfo: [ref('Consent/samtycke-sip')],
  extension: [
    { url: extensions.huvudansvarig, valueReference: ref('Organization/vc') },
    {
      url: sipExtensions.uppfoljning,
      extension: [
        { url: 'datum', valueDate: '2026-12-16' },
        { url: 'vem', valueReference: ref('PractitionerRole/omar') },
      ],
    },
  ],
};

const sip = plan(
  {
    id: 'sip',
    kind: 'SIP',
    title: 'Samordnad individuell plan',
    author: 'omar',
    activity: [doing('Handlar mat.', 'RelatedPerson/karin', 'Varje vecka', 'narstaende')],
  },
  decided,
);

const meeting = (id: string, status: 'booked' | 'cancelled', start: string, text: string): Appointment => ({
  resourceType: 'Appointment',
  id,
  status,
  description: text,
  start,
  end: start.replace('T09', 'T10'),
  participant: [
    { actor: astrid, status: 'accepted' },
    { actor: ref('PractitionerRole/omar'), status: 'accepted' },
  ],
});

const visit = (id: string, status: 'planned' | 'finished', start: string): Encounter => ({
  resourceType: 'Encounter',
  id,
  status,
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HH' },
  type: [{ text: 'Hemsjukvårdsbesök' }],
  subject: astrid,
  period: { start },
  serviceProvider: ref('Organization/hsv', 'Hemsjukvården Söder'),
});

const secret = plan(
  {
    id: 'nopat',
    kind: 'SIP',
    title: 'Hemlig utredning',
    author: 'omar',
    activity: [doing('Utreds.', 'PractitionerRole/omar', undefined, 'annan')],
  },
  {
    ...decided,
    meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'NOPAT' }] },
  },
);

/** Wednesday 11 November 2026 is now. */
export const planStory: PlanStory = {
  directory,
  region: [
    contact('lakare', '2', 'omar', 'vc', {
      extension: [{ url: extensions.uppdrag, valueString: 'Ansvarar för din medicinska behandling.' }],
      telecom: [phone('031-390 06 20', office)],
    }),
    goal,
    behandlingsplan,
    sip,
    secret,
    meeting('uppfoljning', 'booked', '2026-12-16T09:00:00+01:00', 'Uppföljning av SIP'),
  ],
  kommun: [
    {
      resourceType: 'CareTeam',
      id: 'team-soder',
      status: 'active',
      category: [concept(systems.careTeamType, 'team')],
      name: 'Hemsjukvården Söder',
      subject: astrid,
      text: {
        status: 'generated',
        div: `<div xmlns="http://www.w3.org/1999/xhtml">Läkare på natten: ${STAFF_NUMBER}</div>`,
      },
      managingOrganization: [ref('Organization/hsv')],
      telecom: [phone(TEAM_NUMBER, always), phone(STAFF_NUMBER, always, 'personal')],
    },
    contact('vardkontakt', '1', 'maja', 'hsv', {
      extension: [{ url: extensions.uppdrag, valueString: 'Besöker dig hemma.' }],
      telecom: [phone('031-390 06 22', office)],
    }),
    plan(
      {
        id: 'bp-hsv',
        kind: 'behandlingsplan',
        title: 'Behandlingsplan: hemsjukvårdens del',
        author: 'maja',
        activity: [
          doing('Kontrollerar vikt och ben.', 'PractitionerRole/maja', 'Måndag och torsdag'),
          step(
            'ring-idag',
            'Patienten ringer om vikten.',
            'Hembesök inom fyra timmar.',
            'PractitionerRole/maja',
          ),
        ],
      },
      { partOf: [ref('CarePlan/bp')] },
    ),
    visit('besok-1', 'planned', '2026-11-12T09:30:00+01:00'),
    visit('besok-0', 'finished', '2026-11-09T09:30:00+01:00'),
    visit('besok-9', 'planned', '2027-01-12T09:30:00+01:00'),
  ],
  hemtjanst: [
    plan(
      {
        id: 'sip-ht',
        kind: 'SIP',
        title: 'SIP: hemtjänstens insatser',
        author: 'sven',
        activity: [doing('Påminner om vägning.', 'PractitionerRole/sven', 'Varje dag', 'kommun')],
      },
      { partOf: [ref('CarePlan/sip')] },
    ),
  ],
};

/** All of it as the store gives it: with versions and times. */
export function storedStory(over: readonly object[] = []): object[] {
  const { directory, region, kommun, hemtjanst } = planStory;
  const patient: Resource = {
    resourceType: 'Patient',
    id: 'astrid-testberg',
    name: [{ given: ['Astrid'], family: 'Testberg' }],
    birthDate: '1941-03-14',
  };
  return [patient, ...directory, ...region, ...kommun, ...hemtjanst, ...over].map((each) => {
    const { meta } = each as Resource;
    return { ...each, meta: { versionId: '1', lastUpdated: '2026-11-01T10:00:00.000Z', ...meta } };
  });
}
