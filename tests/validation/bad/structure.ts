import {
  type BadResource,
  bundle,
  carePlan,
  careTeam,
  encounter,
  extended,
  observation,
  patient,
} from './valid-resources.ts';

const a = 'http://example.org/a';

/** Elements that are not there, or not where or as many as R4 says. */
export const badStructure: readonly BadResource[] = [
  { fault: 'a string instead of a resource', resource: 'Patient', expression: undefined },
  { fault: 'an array instead of a resource', resource: [patient()], expression: undefined },
  { fault: 'null instead of a resource', resource: null, expression: undefined },
  { fault: 'no resourceType', resource: { status: 'active' }, expression: 'resourceType' },
  { fault: 'an unknown resourceType', resource: { resourceType: 'CarePath' }, expression: 'resourceType' },
  {
    fault: 'an abstract resourceType',
    resource: { resourceType: 'DomainResource' },
    expression: 'resourceType',
  },
  {
    fault: 'a resourceType of the library, not of R4',
    resource: { resourceType: 'Bot' },
    expression: 'resourceType',
  },
  { fault: 'a resourceType that is a number', resource: { resourceType: 7 }, expression: 'resourceType' },
  {
    fault: 'a resourceType that is a data type',
    resource: { resourceType: 'Period' },
    expression: 'resourceType',
  },
  { fault: 'an unknown element', resource: carePlan({ colour: 'red' }), expression: 'CarePlan.colour' },
  {
    fault: 'an element of R5',
    resource: encounter({ actualPeriod: { start: '2024' } }),
    expression: 'Encounter.actualPeriod',
  },
  {
    fault: 'an unknown element inside',
    resource: carePlan({ activity: [{ detail: { status: 'scheduled', state: 'x' } }] }),
    expression: 'CarePlan.activity[0].detail.state',
  },
  {
    fault: 'resourceType on a data type',
    resource: patient({ name: [{ resourceType: 'HumanName', family: 'Berg' }] }),
    expression: 'Patient.name[0].resourceType',
  },
  { fault: 'a key that is no element name', resource: patient({ 'x y': 1 }), expression: 'Patient' },
  {
    fault: 'a key __proto__',
    resource: JSON.parse('{"resourceType":"Patient","__proto__":{"active":true}}'),
    expression: 'Patient',
  },
  {
    fault: 'a choice without its type',
    resource: observation({ value: 'hög' }),
    expression: 'Observation.value',
  },
  {
    fault: 'a choice of a type that is not allowed',
    resource: observation({ valueAddress: { text: 'x' } }),
    expression: 'Observation.valueAddress',
  },
  {
    fault: 'two types of one choice',
    resource: observation({ valueString: 'hög', valueInteger: 7 }),
    expression: 'Observation.value',
  },
  {
    fault: 'two types of a choice, one of them only extended',
    resource: observation({ _valueString: { extension: [{ url: a, valueCode: 'x' }] }, valueInteger: 7 }),
    expression: 'Observation.value',
  },
  {
    fault: 'a missing required element',
    resource: carePlan({ intent: undefined }),
    expression: 'CarePlan.intent',
  },
  {
    fault: 'a missing required reference',
    resource: carePlan({ subject: undefined }),
    expression: 'CarePlan.subject',
  },
  {
    fault: 'a missing required element inside',
    resource: carePlan({ activity: [{ detail: { kind: 'Task' } }] }),
    expression: 'CarePlan.activity[0].detail.status',
  },
  { fault: 'a missing required array', resource: { resourceType: 'Linkage' }, expression: 'Linkage.item' },
  {
    fault: 'a missing required choice',
    resource: {
      resourceType: 'MedicationRequest',
      status: 'active',
      intent: 'order',
      subject: { reference: 'Patient/p1' },
    },
    expression: 'MedicationRequest.medication',
  },
  {
    fault: 'a single value where the element repeats',
    resource: carePlan({ category: { text: 'SIP' } }),
    expression: 'CarePlan.category',
  },
  {
    fault: 'an array where the element is single',
    resource: carePlan({ period: [{ start: '2024' }] }),
    expression: 'CarePlan.period',
  },
  {
    fault: 'an array of codes where there is one',
    resource: carePlan({ status: ['active'] }),
    expression: 'CarePlan.status',
  },
  {
    fault: 'an array inside an array',
    resource: patient({ name: [[{ family: 'Berg' }]] }),
    expression: 'Patient.name[0]',
  },
  {
    fault: 'an object instead of a primitive',
    resource: carePlan({ title: { text: 'SIP' } }),
    expression: 'CarePlan.title',
  },
  {
    fault: 'a primitive instead of an object',
    resource: carePlan({ subject: 'Patient/p1' }),
    expression: 'CarePlan.subject',
  },
  { fault: 'null as value', resource: carePlan({ title: null }), expression: 'CarePlan.title' },
  {
    fault: 'null in an array of objects',
    resource: patient({ name: [null] }),
    expression: 'Patient.name[0]',
  },
  {
    fault: 'null in an array of primitives without extensions',
    resource: patient({ name: [{ given: ['Eva', null] }] }),
    expression: 'Patient.name[0].given[1]',
  },
  {
    fault: 'null on both sides',
    resource: patient({
      name: [{ given: ['Eva', null], _given: [{ id: 'a', extension: [{ url: a, valueCode: 'x' }] }, null] }],
    }),
    expression: 'Patient.name[0].given[1]',
  },
  { fault: 'an empty array', resource: carePlan({ note: [] }), expression: 'CarePlan.note' },
  { fault: 'an empty object', resource: carePlan({ period: {} }), expression: 'CarePlan.period' },
  {
    fault: 'an object with only an id',
    resource: carePlan({ period: { id: 'p' } }),
    expression: 'CarePlan.period',
  },
  {
    fault: 'an extension of a primitive that is not an object',
    resource: patient({ _birthDate: '1950' }),
    expression: 'Patient.birthDate',
  },
  {
    fault: 'a value inside the extension of a primitive',
    resource: patient({ _birthDate: { value: '1950' } }),
    expression: 'Patient.birthDate.value',
  },
  {
    fault: 'an underscore before an element that is not primitive',
    resource: patient({ _name: [{ extension: [{ url: a, valueCode: 'x' }] }] }),
    expression: 'Patient._name',
  },
  {
    fault: 'an extension without url',
    resource: extended({ valueString: 'x' }),
    expression: 'Patient.extension[0].url',
  },
  {
    fault: 'an extension with a relative url',
    resource: extended({ url: 'colour', valueString: 'x' }),
    expression: 'Patient.extension[0].url',
  },
  {
    fault: 'an extension with nothing',
    resource: extended({ url: a }),
    expression: 'Patient.extension[0]',
    says: 'ext-1',
  },
  {
    fault: 'an extension with value and extensions',
    resource: extended({ url: a, valueString: 'x', extension: [{ url: 'b', valueCode: 'y' }] }),
    expression: 'Patient.extension[0]',
    says: 'ext-1',
  },
  {
    fault: 'an extension of a primitive with two values',
    resource: patient({
      birthDate: '1950',
      _birthDate: { extension: [{ url: a, valueCode: 'x', valueString: 'y' }] },
    }),
    expression: 'Patient.birthDate.extension[0].value',
  },
  {
    fault: 'an unknown modifier extension',
    resource: patient({ modifierExtension: [{ url: a, valueBoolean: true }] }),
    expression: 'Patient.modifierExtension[0]',
  },
  {
    fault: 'an unknown modifier extension inside',
    resource: careTeam({ participant: [{ modifierExtension: [{ url: a, valueBoolean: true }] }] }),
    expression: 'CareTeam.participant[0].modifierExtension[0]',
  },
  {
    fault: 'a modifier extension on a data type that has none',
    resource: patient({ name: [{ family: 'Berg', modifierExtension: [{ url: a, valueBoolean: true }] }] }),
    expression: 'Patient.name[0].modifierExtension',
  },
  {
    fault: 'a bad resource in a Bundle',
    resource: bundle({ entry: [{ resource: patient() }, { resource: patient({ gender: 'f' }) }] }),
    expression: 'Bundle.entry[1].resource.gender',
  },
  {
    fault: 'no resource in a Bundle where one is given',
    resource: bundle({ entry: [{ resource: 'Patient/1' }] }),
    expression: 'Bundle.entry[0].resource',
  },
  {
    fault: 'a bad resource in Parameters',
    resource: {
      resourceType: 'Parameters',
      parameter: [{ name: 'x', resource: { resourceType: 'Patients' } }],
    },
    expression: 'Parameters.parameter[0].resource.resourceType',
  },
  {
    fault: 'a bad contained resource',
    resource: patient({
      contained: [{ resourceType: 'Organization', id: 'o', name: '' }],
      managingOrganization: { reference: '#o' },
    }),
    expression: 'Patient.contained[0].name',
  },
];
