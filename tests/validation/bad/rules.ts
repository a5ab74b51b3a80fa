import {
  type BadResource,
  bundle,
  carePlan,
  careTeam,
  condition,
  encounter,
  goal,
  observation,
  patient,
  task,
} from './valid-resources.ts';

const repeat = (times: unknown): unknown =>
  carePlan({ activity: [{ detail: { status: 'scheduled', scheduledTiming: { repeat: times } } }] });
const timing = 'CarePlan.activity[0].detail.scheduled.ofType(Timing).repeat';
const valued = (value: unknown): unknown => observation({ valueQuantity: value });
const ranged = (value: unknown): unknown => observation({ valueRange: value });
const ucum = 'http://unitsofmeasure.org';

/** Broken invariants. */
export const badRules: readonly BadResource[] = [
  {
    fault: 'a contained resource with a version',
    resource: patient({
      contained: [{ resourceType: 'Organization', id: 'o', name: 'x', meta: { versionId: '1' } }],
      managingOrganization: { reference: '#o' },
    }),
    expression: 'Patient',
    says: 'dom-4',
  },
  {
    fault: 'a contained resource with a security label',
    resource: patient({
      contained: [{ resourceType: 'Organization', id: 'o', name: 'x', meta: { security: [{ code: 'R' }] } }],
      managingOrganization: { reference: '#o' },
    }),
    expression: 'Patient',
    says: 'dom-5',
  },
  {
    fault: 'a period that ends before it starts',
    resource: carePlan({ period: { start: '2024-05-01', end: '2024-04-01' } }),
    expression: 'CarePlan.period',
    says: 'per-1',
  },
  {
    fault: 'a period that ends before it starts, across zones',
    resource: encounter({ period: { start: '2024-05-01T10:00:00Z', end: '2024-05-01T11:30:00+02:00' } }),
    expression: 'Encounter.period',
    says: 'per-1',
  },
  {
    fault: 'a telephone number without system',
    resource: patient({ telecom: [{ value: '0701234567' }] }),
    expression: 'Patient.telecom[0]',
    says: 'cpt-2',
  },
  {
    fault: 'a unit code without system',
    resource: valued({ value: 1, code: 'mg' }),
    expression: 'Observation.value.ofType(Quantity)',
    says: 'qty-3',
  },
  {
    fault: 'a duration in another system than UCUM',
    resource: encounter({ length: { value: 1, system: 'http://example.org', code: 'h' } }),
    expression: 'Encounter.length',
    says: 'drt-1',
  },
  {
    fault: 'an age of 0',
    resource: condition({ onsetAge: { value: 0, system: ucum, code: 'a' } }),
    expression: 'Condition.onset.ofType(Age)',
    says: 'age-1',
  },
  {
    fault: 'an age without unit',
    resource: condition({ onsetAge: { value: 70 } }),
    expression: 'Condition.onset.ofType(Age)',
    says: 'age-1',
  },
  {
    fault: 'a range upside down',
    resource: ranged({ low: { value: 2, unit: 'kg' }, high: { value: 1, unit: 'kg' } }),
    expression: 'Observation.value.ofType(Range)',
    says: 'rng-2',
  },
  {
    fault: 'a comparator where it is not allowed',
    resource: ranged({ low: { value: 2, comparator: '<' } }),
    expression: 'Observation.value.ofType(Range).low',
    says: 'sqty-1',
  },
  {
    fault: 'half a ratio',
    resource: observation({ valueRatio: { numerator: { value: 1 } } }),
    expression: 'Observation.value.ofType(Ratio)',
    says: 'rat-1',
  },
  {
    fault: 'data without content type',
    resource: patient({ photo: [{ data: 'YWJj' }] }),
    expression: 'Patient.photo[0]',
    says: 'att-1',
  },
  {
    fault: 'a duration without its unit',
    resource: repeat({ duration: 1 }),
    expression: timing,
    says: 'tim-1',
  },
  {
    fault: 'a period of a timing without its unit',
    resource: repeat({ period: 1 }),
    expression: timing,
    says: 'tim-2',
  },
  {
    fault: 'a negative duration',
    resource: repeat({ duration: -1, durationUnit: 'h' }),
    expression: timing,
    says: 'tim-4',
  },
  {
    fault: 'a negative period',
    resource: repeat({ period: -1, periodUnit: 'd' }),
    expression: timing,
    says: 'tim-5',
  },
  {
    fault: 'a longest period without period',
    resource: repeat({ periodMax: 2 }),
    expression: timing,
    says: 'tim-6',
  },
  {
    fault: 'a longest duration without duration',
    resource: repeat({ durationMax: 2 }),
    expression: timing,
    says: 'tim-7',
  },
  {
    fault: 'a largest count without count',
    resource: repeat({ countMax: 2 }),
    expression: timing,
    says: 'tim-8',
  },
  {
    fault: 'an offset without an event of the day',
    resource: repeat({ offset: 30 }),
    expression: timing,
    says: 'tim-9',
  },
  {
    fault: 'an offset from a meal itself',
    resource: repeat({ offset: 30, when: ['CD'] }),
    expression: timing,
    says: 'tim-9',
  },
  {
    fault: 'times of day and events of the day',
    resource: repeat({ timeOfDay: ['08:00:00'], when: ['MORN'] }),
    expression: timing,
    says: 'tim-10',
  },
  {
    fault: 'an activity with detail and reference',
    resource: carePlan({
      activity: [{ detail: { status: 'scheduled' }, reference: { reference: 'Task/1' } }],
    }),
    expression: 'CarePlan.activity[0]',
    says: 'cpl-3',
  },
  {
    fault: 'a team member on behalf of somebody who is not staff',
    resource: careTeam({
      participant: [{ member: { reference: 'Patient/p1' }, onBehalfOf: { reference: 'Organization/o' } }],
    }),
    expression: 'CareTeam.participant[0]',
    says: 'ctm-1',
  },
  {
    fault: 'a target with detail and no measure',
    resource: goal({ target: [{ detailString: 'x' }] }),
    expression: 'Goal.target[0]',
    says: 'gol-1',
  },
  {
    fault: 'an active condition with an end',
    resource: condition({ abatementDateTime: '2024' }),
    expression: 'Condition',
    says: 'con-4',
  },
  {
    fault: 'a condition in error with a clinical status',
    resource: condition({
      verificationStatus: {
        coding: [
          { system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'entered-in-error' },
        ],
      },
    }),
    expression: 'Condition',
    says: 'con-5',
  },
  {
    fault: 'an observation with a value and a reason for none',
    resource: observation({ valueString: 'x', dataAbsentReason: { text: 'okänt' } }),
    expression: 'Observation',
    says: 'obs-6',
  },
  {
    fault: 'an empty contact',
    resource: patient({ contact: [{ gender: 'female' }] }),
    expression: 'Patient.contact[0]',
    says: 'pat-1',
  },
  {
    fault: 'an organisation without name and identifier',
    resource: { resourceType: 'Organization', active: true },
    expression: 'Organization',
    says: 'org-1',
  },
  {
    fault: 'the home telephone of an organisation',
    resource: {
      resourceType: 'Organization',
      name: 'x',
      telecom: [{ system: 'phone', value: '1', use: 'home' }],
    },
    expression: 'Organization.telecom[0]',
    says: 'org-3',
  },
  {
    fault: 'a task changed before it was made',
    resource: task({ authoredOn: '2024-05-02', lastModified: '2024-05-01' }),
    expression: 'Task',
    says: 'inv-1',
  },
  {
    fault: 'an appointment with a start only',
    resource: {
      resourceType: 'Appointment',
      status: 'proposed',
      start: '2024-05-01T10:00:00Z',
      participant: [{ status: 'accepted', type: [{ text: 'x' }] }],
    },
    expression: 'Appointment',
    says: 'app-2',
  },
  {
    fault: 'a booked appointment without time',
    resource: {
      resourceType: 'Appointment',
      status: 'booked',
      participant: [{ status: 'accepted', type: [{ text: 'x' }] }],
    },
    expression: 'Appointment',
    says: 'app-3',
  },
  {
    fault: 'a participant who is nobody',
    resource: { resourceType: 'Appointment', status: 'proposed', participant: [{ status: 'accepted' }] },
    expression: 'Appointment.participant[0]',
    says: 'app-1',
  },
  {
    fault: 'a consent without policy',
    resource: { resourceType: 'Consent', status: 'active', scope: { text: 'x' }, category: [{ text: 'x' }] },
    expression: 'Consent',
    says: 'ppc-1',
  },
  {
    fault: 'a Bundle entry with a request in a collection',
    resource: bundle({ entry: [{ resource: patient(), request: { method: 'POST', url: 'Patient' } }] }),
    expression: 'Bundle',
    says: 'bdl-3',
  },
  {
    fault: 'a Bundle with one address twice',
    resource: bundle({
      entry: [
        { fullUrl: 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520', resource: patient() },
        { fullUrl: 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520', resource: patient() },
      ],
    }),
    expression: 'Bundle',
    says: 'bdl-7',
  },
  { fault: 'a total in a collection', resource: bundle({ total: 1 }), expression: 'Bundle', says: 'bdl-1' },
  {
    fault: 'a parameter without value',
    resource: { resourceType: 'Parameters', parameter: [{ name: 'x' }] },
    expression: 'Parameters.parameter[0]',
    says: 'inv-1',
  },
];
