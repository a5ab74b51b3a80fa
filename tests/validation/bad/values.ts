import {
  type BadResource,
  bundle,
  carePlan,
  condition,
  encounter,
  goal,
  narrated,
  observation,
  patient,
  task,
  xhtml,
} from './valid-resources.ts';

const repeat = (times: unknown): unknown =>
  carePlan({ activity: [{ detail: { status: 'scheduled', scheduledTiming: { repeat: times } } }] });
const timing = 'CarePlan.activity[0].detail.scheduled.ofType(Timing).repeat';
const attached = (attachment: unknown): unknown => patient({ photo: [attachment] });

/** Primitives, codes and narratives of the wrong form. */
export const badValues: readonly BadResource[] = [
  { fault: 'an id with an underscore', resource: patient({ id: 'a_b' }), expression: 'Patient.id' },
  { fault: 'an id of 65 characters', resource: patient({ id: 'a'.repeat(65) }), expression: 'Patient.id' },
  { fault: 'an empty id', resource: patient({ id: '' }), expression: 'Patient.id' },
  { fault: 'an id that is a number', resource: patient({ id: 7 }), expression: 'Patient.id' },
  {
    fault: 'an id of an element with a space',
    resource: patient({ name: [{ id: 'a b', family: 'Berg' }] }),
    expression: 'Patient.name[0].id',
  },
  { fault: 'an empty string', resource: carePlan({ title: '' }), expression: 'CarePlan.title' },
  {
    fault: 'a string with a control character',
    resource: carePlan({ title: 'a\u0001b' }),
    expression: 'CarePlan.title',
  },
  {
    fault: 'a string with half a surrogate pair',
    resource: carePlan({ title: 'a\ud83d' }),
    expression: 'CarePlan.title',
  },
  {
    fault: 'a string of more than a megabyte',
    resource: carePlan({ title: 'a'.repeat(1024 * 1024 + 1) }),
    expression: 'CarePlan.title',
  },
  { fault: 'a boolean as string', resource: patient({ active: 'true' }), expression: 'Patient.active' },
  {
    fault: 'an integer as string',
    resource: patient({ multipleBirthInteger: '2' }),
    expression: 'Patient.multipleBirth.ofType(integer)',
  },
  {
    fault: 'an integer with decimals',
    resource: patient({ multipleBirthInteger: 2.5 }),
    expression: 'Patient.multipleBirth.ofType(integer)',
  },
  {
    fault: 'an integer of more than 32 bits',
    resource: patient({ multipleBirthInteger: 2_147_483_648 }),
    expression: 'Patient.multipleBirth.ofType(integer)',
  },
  {
    fault: 'a positiveInt of 0',
    resource: encounter({ diagnosis: [{ condition: { reference: 'Condition/c' }, rank: 0 }] }),
    expression: 'Encounter.diagnosis[0].rank',
  },
  {
    fault: 'an unsignedInt below 0',
    resource: bundle({ type: 'searchset', total: -1 }),
    expression: 'Bundle.total',
  },
  {
    fault: 'a decimal as string',
    resource: observation({ valueQuantity: { value: '1.50' } }),
    expression: 'Observation.value.ofType(Quantity).value',
  },
  {
    fault: 'a decimal beyond all numbers',
    resource: observation({ valueQuantity: { value: Number.POSITIVE_INFINITY } }),
    expression: 'Observation.value.ofType(Quantity).value',
  },
  {
    fault: 'a day that is not in the calendar',
    resource: patient({ birthDate: '1951-02-29' }),
    expression: 'Patient.birthDate',
  },
  {
    fault: 'the 31st of a month of 30 days',
    resource: patient({ birthDate: '1951-04-31' }),
    expression: 'Patient.birthDate',
  },
  { fault: 'a month 13', resource: patient({ birthDate: '1951-13' }), expression: 'Patient.birthDate' },
  { fault: 'the year 0000', resource: patient({ birthDate: '0000' }), expression: 'Patient.birthDate' },
  {
    fault: 'a date with a time',
    resource: patient({ birthDate: '1951-02-03T10:00:00Z' }),
    expression: 'Patient.birthDate',
  },
  {
    fault: 'a date with slashes',
    resource: patient({ birthDate: '1951/02/03' }),
    expression: 'Patient.birthDate',
  },
  { fault: 'a date as number', resource: patient({ birthDate: 1951 }), expression: 'Patient.birthDate' },
  {
    fault: 'a time without zone',
    resource: carePlan({ created: '2024-03-01T10:15:00' }),
    expression: 'CarePlan.created',
  },
  {
    fault: 'a time without seconds',
    resource: carePlan({ created: '2024-03-01T10:15+01:00' }),
    expression: 'CarePlan.created',
  },
  {
    fault: 'the hour 24',
    resource: carePlan({ created: '2024-03-01T24:00:00Z' }),
    expression: 'CarePlan.created',
  },
  {
    fault: 'a zone beyond 14 hours',
    resource: carePlan({ created: '2024-03-01T10:15:00+15:00' }),
    expression: 'CarePlan.created',
  },
  {
    fault: 'a zone without colon',
    resource: carePlan({ created: '2024-03-01T10:15:00+0100' }),
    expression: 'CarePlan.created',
  },
  {
    fault: 'a time on a day that does not exist',
    resource: carePlan({ created: '2023-02-29T10:15:00Z' }),
    expression: 'CarePlan.created',
  },
  {
    fault: 'an instant without time',
    resource: bundle({ timestamp: '2024-03-01' }),
    expression: 'Bundle.timestamp',
  },
  {
    fault: 'a time of day with a zone',
    resource: observation({ valueTime: '10:15:00Z' }),
    expression: 'Observation.value.ofType(time)',
  },
  {
    fault: 'a code with two spaces',
    resource: condition({ code: { coding: [{ code: 'a  b' }] } }),
    expression: 'Condition.code.coding[0].code',
  },
  {
    fault: 'a code that ends with a space',
    resource: carePlan({ language: 'sv ' }),
    expression: 'CarePlan.language',
  },
  {
    fault: 'a uri with a space',
    resource: carePlan({ implicitRules: 'http://a b' }),
    expression: 'CarePlan.implicitRules',
  },
  {
    fault: 'a canonical with a space',
    resource: patient({ meta: { profile: ['http://a b'] } }),
    expression: 'Patient.meta.profile[0]',
  },
  {
    fault: 'an oid without its prefix',
    resource: { resourceType: 'Parameters', parameter: [{ name: 'x', valueOid: '1.2.3' }] },
    expression: 'Parameters.parameter[0].value.ofType(oid)',
  },
  {
    fault: 'a uuid in capitals',
    resource: {
      resourceType: 'Parameters',
      parameter: [{ name: 'x', valueUuid: 'urn:uuid:C757873D-EC9A-4326-A141-556F43239520' }],
    },
    expression: 'Parameters.parameter[0].value.ofType(uuid)',
  },
  {
    fault: 'base64 without padding',
    resource: attached({ contentType: 'image/png', data: 'YWI' }),
    expression: 'Patient.photo[0].data',
  },
  {
    fault: 'base64 with a foreign character',
    resource: attached({ contentType: 'image/png', data: 'YW-_' }),
    expression: 'Patient.photo[0].data',
  },
  {
    fault: 'a status that is not in the value set',
    resource: carePlan({ status: 'paused' }),
    expression: 'CarePlan.status',
    says: 'on-hold',
  },
  { fault: 'a status with a capital', resource: task({ status: 'Requested' }), expression: 'Task.status' },
  {
    fault: 'a gender that is not in the value set',
    resource: patient({ gender: 'kvinna' }),
    expression: 'Patient.gender',
  },
  {
    fault: 'a required concept of another system',
    resource: condition({ clinicalStatus: { coding: [{ system: 'http://example.org', code: 'active' }] } }),
    expression: 'Condition.clinicalStatus',
  },
  {
    fault: 'a required concept as text only',
    resource: condition({ clinicalStatus: { text: 'aktiv' } }),
    expression: 'Condition.clinicalStatus',
  },
  {
    fault: 'a required concept without system',
    resource: condition({ clinicalStatus: { coding: [{ code: 'active' }] } }),
    expression: 'Condition.clinicalStatus',
  },
  {
    fault: 'a code of an activity that is not in the value set',
    resource: carePlan({ activity: [{ detail: { status: 'done' } }] }),
    expression: 'CarePlan.activity[0].detail.status',
  },
  {
    fault: 'a MIME type without subtype',
    resource: attached({ contentType: 'png', url: 'https://example.org/a' }),
    expression: 'Patient.photo[0].contentType',
  },
  {
    fault: 'a language that is no language tag',
    resource: patient({ language: 'sv_SE' }),
    expression: 'Patient.language',
  },
  {
    fault: 'a spoken language that is no language tag',
    resource: patient({
      communication: [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code: 'svenska språket' }] } }],
    }),
    expression: 'Patient.communication[0].language',
  },
  {
    fault: 'an unknown currency',
    resource: { resourceType: 'Invoice', status: 'draft', totalNet: { value: 1, currency: 'SKR' } },
    expression: 'Invoice.totalNet.currency',
  },
  {
    fault: 'an unknown unit of time',
    resource: repeat({ duration: 1, durationUnit: 'tim' }),
    expression: `${timing}.durationUnit`,
  },
  {
    fault: 'an unknown event of the day',
    resource: repeat({ when: ['LUNCH'] }),
    expression: `${timing}.when[0]`,
  },
  {
    fault: 'a day of the week in Swedish',
    resource: repeat({ dayOfWeek: ['mon', 'tis'] }),
    expression: `${timing}.dayOfWeek[1]`,
  },
  {
    fault: 'a narrative without namespace',
    resource: narrated('<div>Elsa</div>'),
    expression: 'Patient.text.div',
  },
  {
    fault: 'a narrative with a script',
    resource: narrated(xhtml('<script>alert(1)</script>')),
    expression: 'Patient.text.div',
  },
  {
    fault: 'a narrative with an event handler',
    resource: narrated(xhtml('<p onclick="x()">Elsa</p>')),
    expression: 'Patient.text.div',
  },
  { fault: 'an empty narrative', resource: narrated(xhtml(' ')), expression: 'Patient.text.div' },
  {
    fault: 'a narrative that is not a string',
    resource: narrated({ p: 'Elsa' }),
    expression: 'Patient.text.div',
  },
  {
    fault: 'a narrative without div',
    resource: patient({ text: { status: 'empty' } }),
    expression: 'Patient.text.div',
  },
  {
    fault: 'a narrative with an unknown status',
    resource: patient({ text: { status: 'done', div: xhtml('x') } }),
    expression: 'Patient.text.status',
  },
  {
    fault: 'a target date that is an instant',
    resource: goal({ target: [{ dueDate: '2024-05-17T00:00:00Z' }] }),
    expression: 'Goal.target[0].due.ofType(date)',
  },
];
