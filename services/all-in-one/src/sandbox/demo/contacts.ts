import type { CareTeam, ContactPoint, Extension, Patient, Reference } from '@medplum/fhirtypes';
import { coding, concept, OWN, ref, systems } from './codes.ts';
import { patient } from './persons.ts';
import type { StoryTime } from './story-time.ts';

type Kind = readonly [code: string, display: string];

export const KINDS = {
  vardkontakt: ['1', 'Fast vårdkontakt'],
  lakarkontakt: ['2', 'Fast läkarkontakt i primärvård'],
  omsorgskontakt: ['3', 'Fast omsorgskontakt i hemtjänsten'],
  samordnare: ['4', 'Fast vårdkontakt med övergripande samordningsansvar'],
} as const satisfies Record<string, Kind>;

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** R4 has no datatype Availability (Inera's IG is R5), so the hours of a number are an extension of our own. */
function answered(
  days: readonly string[],
  hours: 'always' | readonly [start: string, end: string],
): Extension {
  const times: Extension[] =
    hours === 'always'
      ? [{ url: 'allDay', valueBoolean: true }]
      : [
          { url: 'startTime', valueTime: hours[0] },
          { url: 'endTime', valueTime: hours[1] },
        ];
  return {
    url: `${OWN}/StructureDefinition/tillganglighet`,
    extension: [...days.map((day): Extension => ({ url: 'daysOfWeek', valueCode: day })), ...times],
  };
}

/** A number, when it is answered, for whom it is meant and when somebody last called it. */
export const phone = (value: string, time: StoryTime, when: Extension): ContactPoint => ({
  system: 'phone',
  value,
  extension: [
    when,
    { url: `${OWN}/StructureDefinition/malgrupp`, valueCode: 'patient' },
    { url: `${OWN}/StructureDefinition/senast-kontrollerat`, valueDate: time.date(-5) },
  ],
});

export const officeHours = () => answered(WEEK.slice(0, 5), ['08:00:00', '17:00:00']);
const always = () => answered(WEEK, 'always');

interface Contact {
  id: string;
  /** Astrid when left out. */
  of?: Reference<Patient>;
  kind: Kind;
  who: readonly [role: string, name: string];
  unit: string;
  task: string;
  telecom: ContactPoint;
  start: string;
  viaTeam?: string;
}

/** One CareTeam per fast kontakt, as in Inera's CareTeam IG: https://fhir.inera.se/ig/careteam */
export const contact = ({
  id,
  of = patient,
  kind,
  who,
  unit,
  task,
  telecom,
  start,
  viaTeam,
}: Contact): CareTeam => ({
  resourceType: 'CareTeam',
  id,
  status: 'active',
  category: [concept(coding(systems.careTeamType, 'fast-kontakt', 'Fast kontakt'))],
  name: `${kind[1]}: ${who[1]}`,
  subject: of,
  period: { start },
  participant: [
    {
      ...(viaTeam && {
        extension: [
          {
            url: 'https://fhir.inera.se/ig/careteam/StructureDefinition/riv-contact-via-team-extension',
            valueReference: ref(`CareTeam/${viaTeam}`),
          },
        ],
      }),
      role: [concept(coding(systems.fastKontakt, ...kind))],
      member: ref(`PractitionerRole/${who[0]}`, who[1]),
    },
  ],
  managingOrganization: [ref(`Organization/${unit}`)],
  telecom: [telecom],
  note: [{ text: task }],
});

/** The fasta kontakter that the vårdcentral has appointed. */
export const regionContacts = (time: StoryTime): CareTeam[] => [
  contact({
    id: 'astrid-fast-lakarkontakt',
    kind: KINDS.lakarkontakt,
    who: ['omar-lind', 'Omar Lind'],
    unit: 'vc-havsvinden',
    task: 'Ansvarar för din medicinska behandling hos vårdcentralen.',
    telecom: phone('031-390 06 20', time, officeHours()),
    start: time.date(-420),
  }),
  contact({
    id: 'astrid-fast-vardkontakt-samordning',
    kind: KINDS.samordnare,
    who: ['eva-strand', 'Eva Strand'],
    unit: 'vc-havsvinden',
    task: 'Håller ihop din vård och kallar till möten om din plan.',
    telecom: phone('031-390 06 21', time, officeHours()),
    start: time.date(-300),
  }),
];

/** The nurse of the hemsjukvård and the team that answers day and night. */
export const hemsjukvardContacts = (time: StoryTime): CareTeam[] => [
  {
    resourceType: 'CareTeam',
    id: 'team-hemsjukvarden-soder',
    status: 'active',
    category: [concept(coding(systems.careTeamType, 'team', 'Team'))],
    name: 'Hemsjukvården Söder',
    subject: patient,
    participant: [
      {
        role: [{ text: 'Sjuksköterska' }],
        member: ref('PractitionerRole/maja-berg', 'Maja Berg'),
      },
    ],
    managingOrganization: [ref('Organization/hemsjukvarden-soder')],
    telecom: [phone('031-390 06 24', time, always())],
  },
  contact({
    id: 'astrid-fast-vardkontakt',
    kind: KINDS.vardkontakt,
    who: ['maja-berg', 'Maja Berg'],
    unit: 'hemsjukvarden-soder',
    task: 'Besöker dig hemma och följer vikt, ben och andning.',
    telecom: phone('031-390 06 22', time, officeHours()),
    start: time.date(-400),
    viaTeam: 'team-hemsjukvarden-soder',
  }),
];

/** The undersköterska of the hemtjänst. */
export const hemtjanstContacts = (time: StoryTime): CareTeam[] => [
  contact({
    id: 'astrid-fast-omsorgskontakt',
    kind: KINDS.omsorgskontakt,
    who: ['sven-dahl', 'Sven Dahl'],
    unit: 'hemtjansten-soder',
    task: 'Ordnar hjälpen hemma så att den passar din vardag.',
    telecom: phone('031-390 06 23', time, answered(WEEK, ['07:00:00', '16:00:00'])),
    start: time.date(-390),
  }),
];
