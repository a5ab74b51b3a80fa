import { describe, expect, test } from 'vitest';
import { findingsOf, line, own, profileOn, profilesOf } from './profile-source.ts';

const core = 'http://hl7.org/fhir/StructureDefinition';
const plan = {
  resourceType: 'CarePlan',
  status: 'active',
  intent: 'plan',
  subject: { reference: 'Patient/1' },
};

describe('cardinality', () => {
  test('an element that R4 leaves out may be required', () => {
    const elements = [{ id: 'CarePlan.title', min: 1 }];
    expect(findingsOf(elements, plan)).toEqual(['error CarePlan.title: title is required.']);
    expect(findingsOf(elements, { ...plan, title: 'Plan' })).toEqual([]);
  });

  test('a primitive with only an extension is there', () => {
    const elements = [{ id: 'CarePlan.title', min: 1, max: '1' }];
    expect(
      findingsOf(elements, { ...plan, _title: { extension: [{ url: 'urn:x', valueString: 'y' }] } }),
    ).toEqual([]);
  });

  test('a repeated element may be held to a number, and to none', () => {
    const twice = { ...plan, note: [{ text: 'a' }, { text: 'b' }] };
    expect(findingsOf([{ id: 'CarePlan.note', max: '1' }], twice)).toEqual([
      'error CarePlan.note: At most 1 of note is allowed.',
    ]);
    expect(findingsOf([{ id: 'CarePlan.note', max: '0' }], twice)).toEqual([
      'error CarePlan.note: Leave out note.',
    ]);
    expect(findingsOf([{ id: 'CarePlan.note', min: 3 }], twice)).toEqual([
      'error CarePlan.note: At least 3 of note are required.',
    ]);
  });

  test('what R4 itself requires is left to the validator', () => {
    expect(findingsOf([{ id: 'CarePlan.status', min: 1 }], { resourceType: 'CarePlan' })).toEqual([]);
  });

  test('is asked of children only where their parent is there', () => {
    const elements = [{ id: 'CarePlan.activity.detail.description', min: 1 }];
    expect(findingsOf(elements, plan)).toEqual([]);
    expect(
      findingsOf(elements, {
        ...plan,
        activity: [{ reference: { reference: 'Task/1' } }, { detail: { status: 'scheduled' } }],
      }),
    ).toEqual(['error CarePlan.activity[1].detail.description: description is required.']);
  });

  test('is asked of what stands beside a primitive', () => {
    const elements = [{ id: 'Patient.name.given.extension', min: 1 }];
    const patient = {
      resourceType: 'Patient',
      name: [{ given: ['Eva', 'Maria'], _given: [{ extension: [{ url: 'urn:x', valueCode: 'CL' }] }, null] }],
    };
    expect(findingsOf(elements, patient)).toEqual([
      'error Patient.name[0].given[1].extension: extension is required.',
    ]);
  });
});

describe('fixed values and patterns', () => {
  const coding = { system: 'urn:s', code: 'a' };

  test('a pattern is in the value somewhere, arrays included', () => {
    const elements = [{ id: 'CarePlan.category', patternCodeableConcept: { coding: [coding] } }];
    const of = (category: unknown) => findingsOf(elements, { ...plan, category });
    expect(
      of([
        {
          coding: [
            { system: 'urn:t', code: 'b' },
            { ...coding, display: 'A' },
          ],
          text: 'A',
        },
      ]),
    ).toEqual([]);
    expect(of([{ coding: [coding] }, { coding: [{ system: 'urn:t', code: 'a' }] }])).toEqual([
      'error CarePlan.category[1]: Expected something with {"coding":[{"system":"urn:s","code":"a"}]} in it.',
    ]);
  });

  test('a fixed value is all there is', () => {
    const elements = [{ id: 'CarePlan.category', fixedCodeableConcept: { coding: [coding] } }];
    const of = (category: unknown) => findingsOf(elements, { ...plan, category });
    expect(of([{ coding: [{ code: 'a', system: 'urn:s' }] }])).toEqual([]);
    expect(of([{ coding: [{ ...coding, display: 'A' }] }])).toHaveLength(1);
  });

  test('false is a value like any other', () => {
    const elements = [{ id: 'Patient.active', fixedBoolean: false }];
    expect(findingsOf(elements, { resourceType: 'Patient', active: true })).toEqual([
      'error Patient.active: Expected exactly false.',
    ]);
    expect(findingsOf(elements, { resourceType: 'Patient', active: false })).toEqual([]);
    expect(findingsOf(elements, { resourceType: 'Patient' })).toEqual([]);
  });
});

describe('invariants', () => {
  const rule = (expression: string, severity = 'error') => ({
    key: 'x-1',
    severity,
    human: 'A plan has a title or a note.',
    expression,
  });

  test('run on the element that they stand on', () => {
    const elements = [{ id: 'CarePlan', constraint: [rule('title.exists() or note.exists()')] }];
    expect(findingsOf(elements, plan)).toEqual(['error CarePlan: A plan has a title or a note. (x-1)']);
    expect(findingsOf(elements, { ...plan, title: 'x' })).toEqual([]);
  });

  test('may warn, know extension() and %resource, and be about a primitive', () => {
    const elements = [
      { id: 'CarePlan', constraint: [rule("extension('urn:a').exists()", 'warning')] },
      {
        id: 'CarePlan.title',
        constraint: [rule("$this.startsWith('Plan') and %resource.status = 'active'")],
      },
    ];
    expect(findingsOf(elements, { ...plan, title: 'Other' })).toEqual([
      'error CarePlan.title: A plan has a title or a note. (x-1)',
    ]);
    expect(findingsOf(elements, { ...plan, title: 'Plan A' })).toEqual([
      'warning CarePlan: A plan has a title or a note. (x-1)',
    ]);
    expect(
      findingsOf(elements, { ...plan, title: 'Plan A', extension: [{ url: 'urn:a', valueCode: 'x' }] }),
    ).toEqual([]);
  });

  test('wait until what is inside is in order', () => {
    const elements = [
      { id: 'CarePlan', constraint: [rule('title.exists()')] },
      { id: 'CarePlan.title', min: 1 },
    ];
    expect(findingsOf(elements, plan)).toEqual(['error CarePlan.title: title is required.']);
  });
});

describe('profiles together', () => {
  test('one that is based on another asks for both, and may add to its slices', () => {
    const profiles = profilesOf([
      profileOn('CarePlan', 'base', [
        { id: 'CarePlan.title', min: 1 },
        {
          id: 'CarePlan.identifier',
          slicing: { discriminator: [{ type: 'value', path: 'system' }], rules: 'open' },
        },
        { id: 'CarePlan.identifier:local' },
        { id: 'CarePlan.identifier:local.system', fixedUri: 'urn:local' },
      ]),
      profileOn('CarePlan', 'narrow', [{ id: 'CarePlan.identifier:local', min: 1 }], `${own}/base`),
    ]);
    expect(profiles.check(plan, `${own}/narrow`).map(line)).toEqual([
      'error CarePlan.title: title is required.',
      'error CarePlan.identifier: At least 1 identifier of the kind "local" is required.',
    ]);
    expect(profiles.check(plan, `${own}/base`)).toHaveLength(1);
  });

  test('one on a data type is asked of values that name it, and may name itself', () => {
    const profiles = profilesOf([
      profileOn('Extension', 'tree', [
        { id: 'Extension.url', fixedUri: `${own}/tree` },
        { id: 'Extension.extension:tree', max: '1', type: [{ code: 'Extension', profile: [`${own}/tree`] }] },
        { id: 'Extension.value[x]', type: [{ code: 'string' }] },
      ]),
    ]);
    const leaf = { url: `${own}/tree`, valueCode: 'a' };
    const found = profiles.check(
      { url: `${own}/tree`, extension: [{ url: `${own}/tree`, extension: [leaf, leaf] }] },
      `${own}/tree`,
    );
    expect(found.map(line)).toEqual([
      'error Extension.extension[0].extension[0].value.ofType(code): Expected a value of type string.',
      'error Extension.extension[0].extension[1].value.ofType(code): Expected a value of type string.',
      `error Extension.extension[0].extension: At most 1 extension with the url ${own}/tree is allowed.`,
    ]);
  });

  test('are known by canonical, with or without the version that they have', () => {
    const profiles = profilesOf([profileOn('CarePlan', 'plan', [])]);
    expect(['', '|1.0', '|2.0', 's'].map((end) => profiles.knows(`${own}/plan${end}`))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(profiles.check(plan, `${own}/plan|1.0`)).toEqual([]);
    expect(() => profiles.check(plan, `${own}/other`)).toThrow('is not known');
  });

  test('a resource of another type has one finding', () => {
    const profiles = profilesOf([profileOn('CarePlan', 'plan', [{ id: 'CarePlan.title', min: 1 }])]);
    expect(profiles.check({ resourceType: 'Patient' }, `${own}/plan`).map(line)).toEqual([
      'error CarePlan: Expected a resource of type CarePlan.',
    ]);
  });

  test('no finding repeats what the resource says', () => {
    const elements = [
      { id: 'CarePlan.title', fixedString: 'x', maxLength: 3 },
      { id: 'CarePlan.subject', type: [{ code: 'Reference', targetProfile: [`${core}/Patient`] }] },
      { id: 'CarePlan.category', patternCodeableConcept: { text: 'y' } },
    ];
    const secret = {
      ...plan,
      title: 'hemlig',
      subject: { reference: 'Group/hemlig' },
      category: [{ text: 'hemlig' }],
    };
    const found = findingsOf(elements, secret);
    expect(found).toHaveLength(4);
    expect(found.join()).not.toContain('hemlig');
  });
});
