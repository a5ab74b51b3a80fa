import { describe, expect, test } from 'vitest';
import { findingsOf, line, own, profileOn, profilesOf } from './profile-source.ts';

const core = 'http://hl7.org/fhir/StructureDefinition';
const plan = {
  resourceType: 'CarePlan',
  status: 'active',
  intent: 'plan',
  subject: { reference: 'Patient/1' },
};

describe('types', () => {
  test('a choice may be held to some of its types', () => {
    const elements = [
      { id: 'Observation.value[x]', min: 1, type: [{ code: 'string' }, { code: 'Quantity' }] },
    ];
    const observation = { resourceType: 'Observation', valueInteger: 3 };
    expect(findingsOf(elements, observation)).toEqual([
      'error Observation.value.ofType(integer): Expected a value of type string or Quantity.',
    ]);
    expect(findingsOf(elements, { resourceType: 'Observation', valueString: '3' })).toEqual([]);
    expect(findingsOf(elements, { resourceType: 'Observation' })).toEqual([
      'error Observation.value: value is required.',
    ]);
  });

  test('children are asked of the one type that is left', () => {
    const elements = [
      { id: 'Observation.value[x]', type: [{ code: 'Quantity' }] },
      { id: 'Observation.value[x].unit', min: 1 },
    ];
    expect(findingsOf(elements, { resourceType: 'Observation', valueQuantity: { value: 3 } })).toEqual([
      'error Observation.value.ofType(Quantity).unit: unit is required.',
    ]);
  });

  test('a choice that is named as a property is held to that type', () => {
    const elements = [{ id: 'Observation.valueQuantity.unit', min: 1 }];
    expect(findingsOf(elements, { resourceType: 'Observation', valueQuantity: { value: 3 } })).toEqual([
      'error Observation.value.ofType(Quantity).unit: unit is required.',
    ]);
    expect(findingsOf(elements, { resourceType: 'Observation', valueString: '3' })).toEqual([
      'error Observation.value.ofType(string): Expected a value of type Quantity.',
    ]);
  });

  test('a choice may be sliced by type, named as its property', () => {
    const elements = [
      { id: 'Observation.value[x]:valueQuantity.unit', min: 1 },
      { id: 'Observation.value[x]:valueString', maxLength: 3 },
    ];
    const observation = (value: object) => findingsOf(elements, { resourceType: 'Observation', ...value });
    expect(observation({ valueQuantity: { value: 1 } })).toHaveLength(1);
    expect(observation({ valueString: 'abcd' })).toEqual([
      'error Observation.value.ofType(string): At most 3 characters are allowed.',
    ]);
    expect(observation({ valueInteger: 1 })).toEqual([]);
  });

  test.each([
    ['Patient/1', 0],
    ['https://elsewhere.se/fhir/Patient/1', 0],
    ['Group/1', 1],
    ['#g', 1],
    ['#p', 0],
    ['urn:uuid:0a5a8b0e-6f4a-4f0a-9c39-0a5a8b0e6f4a', 0],
    ['Group?identifier=1', 1],
  ])('a reference to %s has %i faults where only patients are allowed', (reference, faults) => {
    const elements = [
      { id: 'CarePlan.subject', type: [{ code: 'Reference', targetProfile: [`${core}/Patient`] }] },
    ];
    const contained = [
      { resourceType: 'Group', id: 'g' },
      { resourceType: 'Patient', id: 'p' },
    ];
    const found = findingsOf(elements, { ...plan, contained, subject: { reference } });
    expect(found).toEqual(
      faults ? ['error CarePlan.subject.reference: Refer to a resource of type Patient.'] : [],
    );
  });

  test('a reference by identifier tells its type by "type"', () => {
    const elements = [
      { id: 'CarePlan.subject', type: [{ code: 'Reference', targetProfile: [`${core}/Patient`] }] },
    ];
    const subject = { type: 'Group', identifier: { value: '1' } };
    expect(findingsOf(elements, { ...plan, subject })).toHaveLength(1);
    expect(findingsOf(elements, { ...plan, subject: { ...subject, type: 'Patient' } })).toEqual([]);
  });

  test('the target may be a profile that is known: then its type counts', () => {
    const profiles = profilesOf([
      profileOn('PractitionerRole', 'role', [{ id: 'PractitionerRole.code', min: 1 }]),
      profileOn('CarePlan', 'plan', [
        { id: 'CarePlan.author', type: [{ code: 'Reference', targetProfile: [`${own}/role`] }] },
      ]),
    ]);
    const of = (reference: string) =>
      profiles.check({ ...plan, author: { reference } }, `${own}/plan`).map(line);
    expect(of('PractitionerRole/1')).toEqual([]);
    expect(of('Organization/1')).toEqual([
      'error CarePlan.author.reference: Refer to a resource of type PractitionerRole.',
    ]);
  });

  test('resources inside are held to a type and to its profile', () => {
    const profiles = profilesOf([
      profileOn('Patient', 'patient', [{ id: 'Patient.birthDate', min: 1 }]),
      profileOn('Bundle', 'bundle', [
        { id: 'Bundle.entry.resource', type: [{ code: 'Patient', profile: [`${own}/patient`] }] },
      ]),
    ]);
    const entry = [{ resource: { resourceType: 'Patient' } }, { resource: { resourceType: 'Group' } }];
    expect(profiles.check({ resourceType: 'Bundle', entry }, `${own}/bundle`).map(line)).toEqual([
      'error Bundle.entry[0].resource.birthDate: birthDate is required.',
      'error Bundle.entry[1].resource: Expected a resource of type Patient.',
    ]);
  });
});
