import { type Example, example } from './guide-examples.ts';

const own = 'https://naravard.se/fhir/StructureDefinition/';
const fast = 'CareTeam-astrid-fast-vardkontakt';
const behandlingsplan = 'CarePlan-astrid-behandlingsplan';

/** One example of each profile, broken where the profile says more than R4. */
export const broken: readonly [
  profile: string,
  of: string,
  how: string,
  at: string,
  change: (resource: Example) => void,
][] = [
  ['fast-kontakt', fast, 'without uppdrag', 'CareTeam.extension', (team) => delete team.extension],
  [
    'fast-kontakt',
    fast,
    'with two persons',
    'CareTeam.participant',
    (team) => team.participant.push(team.participant[0]),
  ],
  [
    'fast-kontakt',
    fast,
    'without a type',
    'CareTeam.participant[0].role',
    (team) => delete team.participant[0].role,
  ],
  [
    'fast-kontakt',
    fast,
    'with a type of another list',
    'CareTeam.participant[0].role[0].coding',
    (team) => {
      team.participant[0].role[0].coding[0].system = 'urn:other';
    },
  ],
  [
    'fast-kontakt',
    fast,
    'with a team for the person',
    'CareTeam.participant[0].member.reference',
    (team) => {
      team.participant[0].member.reference = 'CareTeam/1';
    },
  ],
  [
    'fast-kontakt',
    fast,
    'without a unit',
    'CareTeam.managingOrganization',
    (team) => delete team.managingOrganization,
  ],
  [
    'fast-kontakt',
    fast,
    'with an unknown audience',
    'CareTeam.telecom[0].extension[1].value.ofType(code)',
    (team) => {
      team.telecom[0].extension[1].valueCode = 'alla';
    },
  ],
  [
    'fast-kontakt',
    fast,
    'with hours without an end',
    'CareTeam.telecom[0].extension[0]',
    (team) => team.telecom[0].extension[0].extension.pop(),
  ],
  [
    'fast-kontakt',
    fast,
    'with hours on no weekday',
    'CareTeam.telecom[0].extension[0].extension',
    (team) => {
      const [hours] = team.telecom[0].extension;
      hours.extension = hours.extension.filter(({ url }: Example) => url !== 'daysOfWeek');
    },
  ],
  [
    'team',
    'CareTeam-team-hemsjukvarden-soder',
    'without a name',
    'CareTeam.name',
    (team) => delete team.name,
  ],
  [
    'team',
    'CareTeam-team-hemsjukvarden-soder',
    'with hours that are misspelt',
    'CareTeam.telecom[0].extension[0].extension[0]',
    (team) => {
      team.telecom[0].extension[0].extension[0].url = 'dayOfWeek';
    },
  ],
  ['behandlingsplan', behandlingsplan, 'without a title', 'CarePlan.title', (plan) => delete plan.title],
  [
    'behandlingsplan',
    behandlingsplan,
    'that is an order',
    'CarePlan.intent',
    (plan) => {
      plan.intent = 'order';
    },
  ],
  [
    'behandlingsplan',
    behandlingsplan,
    'with a level of the traffic lights',
    'CarePlan.activity[1].extension[0].extension[0].value.ofType(code)',
    (plan) => {
      plan.activity[1].extension[0].extension[0].valueCode = 'gul';
    },
  ],
  [
    'behandlingsplan',
    behandlingsplan,
    'with a step without a sign',
    'CarePlan.activity[1].extension[0].extension',
    (plan) => plan.activity[1].extension[0].extension.splice(1, 1),
  ],
  [
    'behandlingsplan',
    behandlingsplan,
    'with a step that is misspelt',
    'CarePlan.activity[1].extension[0].extension[1]',
    (plan) => {
      plan.activity[1].extension[0].extension[1].url = 'teken';
    },
  ],
  [
    'behandlingsplan',
    behandlingsplan,
    'with a unit as responsible doctor',
    'CarePlan.extension[0].value.ofType(Reference).reference',
    (plan) => {
      plan.extension[0].valueReference.reference = 'Organization/1';
    },
  ],
  [
    'behandlingsplan',
    behandlingsplan,
    'with two days of review',
    'CarePlan.extension',
    (plan) => plan.extension.push(plan.extension[2]),
  ],
  [
    'sip',
    'CarePlan-astrid-sip',
    'with an unknown huvudman',
    'CarePlan.activity[0].extension[0].value.ofType(code)',
    (plan) => {
      plan.activity[0].extension[0].valueCode = 'staten';
    },
  ],
  [
    'sip',
    'CarePlan-astrid-sip',
    'with an unknown state',
    'CarePlan.extension[1].value.ofType(code)',
    (plan) => {
      plan.extension[1].valueCode = 'klar';
    },
  ],
  [
    'sip',
    'CarePlan-astrid-sip',
    'with a participant who is nobody',
    'CarePlan.extension[3].extension',
    (plan) => {
      plan.extension.find(({ url }: Example) => url === `${own}deltagare`).extension.shift();
    },
  ],
  ['vardplan', 'CarePlan-gunvor-vardplan', 'without a title', 'CarePlan.title', (plan) => delete plan.title],
  [
    'genomforandeplan',
    'CarePlan-astrid-genomforandeplan',
    'of a group',
    'CarePlan.subject.reference',
    (plan) => {
      plan.subject.reference = 'Group/1';
    },
  ],
  [
    'rehabplan',
    'CarePlan-astrid-rehabplan',
    'of another kind',
    'CarePlan',
    (plan) => {
      plan.meta.profile = [`${own}rehabplan`];
      plan.category[0].coding[0].code = 'GP';
    },
  ],
  [
    'hembesok',
    'Encounter-astrid-hembesok-lakare',
    'at a reception',
    'Encounter.class',
    (visit) => {
      visit.class.code = 'AMB';
    },
  ],
  [
    'hembesok',
    'Encounter-astrid-hembesok-lakare',
    'that is hemsjukvårdsbesök too',
    'Encounter',
    (visit) => visit.type.push(example('Encounter-astrid-hemsjukvardsbesok').type[0]),
  ],
  [
    'hemsjukvardsbesok',
    'Encounter-astrid-hemsjukvardsbesok',
    'without a unit',
    'Encounter.serviceProvider',
    (visit) => delete visit.serviceProvider,
  ],
  [
    'distanskontakt',
    'Encounter-astrid-video-lakare',
    'in the home',
    'Encounter.class',
    (visit) => {
      visit.class.code = 'HH';
    },
  ],
  [
    'distanskontakt',
    'Encounter-astrid-video-lakare',
    'that has taken place at no time',
    'Encounter',
    (visit) => delete visit.period,
  ],
  [
    'vardtillfalle',
    'Encounter-astrid-vardtillfalle',
    'that is an open visit',
    'Encounter.class',
    (visit) => {
      visit.class.code = 'AMB';
    },
  ],
  [
    'patient',
    'Patient-astrid-testberg',
    'with two personnummer',
    'Patient.identifier',
    (patient) => patient.identifier.push(patient.identifier[0]),
  ],
  [
    'practitioner',
    'Practitioner-omar-lind',
    'with two names',
    'Practitioner.name',
    (person) => person.name.push(person.name[0]),
  ],
  [
    'practitioner-role',
    'PractitionerRole-omar-lind',
    'with two HSA-ids',
    'PractitionerRole.identifier',
    (role) => {
      const [id] = example('Practitioner-omar-lind').identifier;
      role.identifier = [id, id];
    },
  ],
  [
    'organization',
    'Organization-region-halland',
    'with two organisationsnummer',
    'Organization.identifier',
    (unit) => unit.identifier.push(unit.identifier[1]),
  ],
];
