import { describe, expect, test } from 'vitest';
import { findingsOf, line, own, profileOn, profilesOf } from './profile-source.ts';

const core = 'http://hl7.org/fhir/StructureDefinition';
const team = { resourceType: 'CareTeam' };

const sliced = (id: string, type: string, path: string, rules = 'open') => ({
  id,
  slicing: { discriminator: [{ type, path }], rules },
});

describe('slices by value', () => {
  const elements = [
    sliced('Patient.identifier', 'value', 'system'),
    { id: 'Patient.identifier:pnr', min: 1, max: '1' },
    { id: 'Patient.identifier:pnr.system', patternUri: 'urn:pnr' },
    { id: 'Patient.identifier:pnr.value', min: 1, maxLength: 12 },
  ];
  const findings = (...identifier: object[]) => findingsOf(elements, { resourceType: 'Patient', identifier });

  test('are counted, and what they say is asked of their items alone', () => {
    expect(findings({ system: 'urn:pnr', value: '194103149805' }, { system: 'urn:other' })).toEqual([]);
    expect(findings({ system: 'urn:other' })).toEqual([
      'error Patient.identifier: At least 1 identifier of the kind "pnr" is required.',
    ]);
    expect(findings({ system: 'urn:pnr', value: '1' }, { system: 'urn:pnr' })).toEqual([
      'error Patient.identifier[1].value: value is required.',
      'error Patient.identifier: At most 1 identifier of the kind "pnr" is allowed.',
    ]);
  });

  test('are missing also where the element is', () => {
    expect(findingsOf(elements, { resourceType: 'Patient' })).toEqual([
      'error Patient.identifier: At least 1 identifier of the kind "pnr" is required.',
    ]);
  });

  test('are told by the part of a pattern that the path leads to', () => {
    const byCode = [
      sliced('CareTeam.category', 'value', 'coding.code'),
      {
        id: 'CareTeam.category:fast',
        max: '1',
        patternCodeableConcept: { coding: [{ system: 'urn:t', code: 'fast' }] },
      },
    ];
    const category = [{ coding: [{ code: 'fast' }] }, { coding: [{ code: 'team' }] }];
    expect(findingsOf(byCode, { ...team, category })).toEqual([
      'error CareTeam.category[0]: Expected something with {"coding":[{"system":"urn:t","code":"fast"}]} in it.',
    ]);
  });

  test('need all of their discriminators', () => {
    const byTwo = [
      {
        id: 'CareTeam.telecom',
        slicing: {
          discriminator: [
            { type: 'value', path: 'system' },
            { type: 'value', path: 'use' },
          ],
          rules: 'open',
        },
      },
      { id: 'CareTeam.telecom:work', min: 1 },
      { id: 'CareTeam.telecom:work.system', fixedCode: 'phone' },
      { id: 'CareTeam.telecom:work.use', fixedCode: 'work' },
    ];
    const has = (telecom: object[]) => findingsOf(byTwo, { ...team, telecom }).length === 0;
    expect(has([{ system: 'phone', use: 'work' }])).toBe(true);
    expect(has([{ system: 'phone' }, { use: 'work' }])).toBe(false);
  });

  test('may be told by a required value set, or by a value in an extension', () => {
    const bySet = [
      sliced('Patient.telecom', 'value', 'system'),
      { id: 'Patient.telecom:known', max: '0' },
      {
        id: 'Patient.telecom:known.system',
        binding: {
          strength: 'required',
          valueSet: 'http://hl7.org/fhir/ValueSet/contact-point-system|4.0.1',
        },
      },
    ];
    expect(findingsOf(bySet, { resourceType: 'Patient', telecom: [{ system: 'phone' }, {}] })).toEqual([
      'error Patient.telecom: Leave out any telecom of the kind "known".',
    ]);
    const byExtension = [
      sliced('Patient.telecom', 'value', "extension('urn:for').value"),
      { id: 'Patient.telecom:staff', max: '0' },
      { id: 'Patient.telecom:staff.extension:for' },
      { id: 'Patient.telecom:staff.extension:for.url', fixedUri: 'urn:for' },
      { id: 'Patient.telecom:staff.extension:for.value[x]', fixedCode: 'staff' },
    ];
    const telecom = (valueCode: string) => [{ extension: [{ url: 'urn:for', valueCode }] }];
    expect(findingsOf(byExtension, { resourceType: 'Patient', telecom: telecom('staff') })).toHaveLength(1);
    expect(findingsOf(byExtension, { resourceType: 'Patient', telecom: telecom('all') })).toEqual([]);
  });
});

describe('slices by', () => {
  test('pattern: the whole item', () => {
    const elements = [
      sliced('CareTeam.category', 'pattern', '$this'),
      { id: 'CareTeam.category:fast', min: 1, patternCodeableConcept: { coding: [{ code: 'fast' }] } },
      { id: 'CareTeam.category:team', max: '0', patternCodeableConcept: { coding: [{ code: 'team' }] } },
    ];
    expect(findingsOf(elements, { ...team, category: [{ coding: [{ code: 'team' }] }] })).toEqual([
      'error CareTeam.category: At least 1 category of the kind "fast" is required.',
      'error CareTeam.category: Leave out any category of the kind "team".',
    ]);
  });

  test('what exists', () => {
    const elements = [
      sliced('CareTeam.participant', 'exists', 'period'),
      { id: 'CareTeam.participant:timed' },
      { id: 'CareTeam.participant:timed.period', min: 1 },
      { id: 'CareTeam.participant:timed.role', min: 1 },
      { id: 'CareTeam.participant:open', max: '1' },
      { id: 'CareTeam.participant:open.period', max: '0' },
    ];
    expect(findingsOf(elements, { ...team, participant: [{ period: {} }, {}, {}] })).toEqual([
      'error CareTeam.participant[0].role: role is required.',
      'error CareTeam.participant: At most 1 participant of the kind "open" is allowed.',
    ]);
  });

  test('the type that a reference names', () => {
    const elements = [
      sliced('CareTeam.participant', 'type', 'member.resolve()'),
      { id: 'CareTeam.participant:role', max: '1' },
      {
        id: 'CareTeam.participant:role.member',
        type: [{ code: 'Reference', targetProfile: [`${core}/PractitionerRole`] }],
      },
    ];
    const participant = ['PractitionerRole/1', 'Patient/1', 'PractitionerRole/2'].map((reference) => ({
      member: { reference },
    }));
    expect(findingsOf(elements, { ...team, participant })).toHaveLength(1);
    expect(findingsOf(elements, { ...team, participant: participant.slice(1) })).toEqual([]);
  });

  test('the type of a resource inside, and of a choice inside', () => {
    const byResource = [
      sliced('Bundle.entry', 'type', 'resource'),
      { id: 'Bundle.entry:plan', min: 1 },
      { id: 'Bundle.entry:plan.resource', type: [{ code: 'CarePlan' }] },
    ];
    const entry = [{ resource: { resourceType: 'CarePlan' } }];
    expect(findingsOf(byResource, { resourceType: 'Bundle', entry })).toEqual([]);
    expect(findingsOf(byResource, { resourceType: 'Bundle', entry: [] })).toHaveLength(1);
    const byChoice = [
      sliced('Observation.component', 'type', 'value'),
      { id: 'Observation.component:text', max: '0' },
      { id: 'Observation.component:text.value[x]', type: [{ code: 'string' }] },
    ];
    const component = [{ valueQuantity: {} }, { valueString: 'x' }];
    expect(findingsOf(byChoice, { resourceType: 'Observation', component })).toHaveLength(1);
  });

  test('the profile that a resource inside keeps', () => {
    const profiles = profilesOf([
      profileOn('Patient', 'dated', [{ id: 'Patient.birthDate', min: 1 }]),
      profileOn('CareTeam', 'team', [
        sliced('CareTeam.contained', 'profile', '$this'),
        { id: 'CareTeam.contained:dated', min: 1, type: [{ code: 'Patient', profile: [`${own}/dated`] }] },
      ]),
    ]);
    const of = (patient: object) =>
      profiles
        .check({ ...team, contained: [{ resourceType: 'Patient', ...patient }] }, `${own}/team`)
        .map(line);
    expect(of({ birthDate: '1941-03-14' })).toEqual([]);
    expect(of({})).toEqual([
      'error CareTeam.contained: At least 1 contained of the kind "dated" is required.',
    ]);
  });
});

describe('what is of no slice', () => {
  const elements = (rules: string) => [
    sliced('CareTeam.telecom', 'value', 'system', rules),
    { id: 'CareTeam.telecom:phone' },
    { id: 'CareTeam.telecom:phone.system', fixedCode: 'phone' },
  ];
  const telecom = [{ system: 'phone' }, { system: 'email' }, { system: 'phone' }];

  test('may be there when slicing is open', () => {
    expect(findingsOf(elements('open'), { ...team, telecom })).toEqual([]);
  });

  test('may not when it is closed', () => {
    expect(findingsOf(elements('closed'), { ...team, telecom })).toEqual([
      'error CareTeam.telecom[1]: Leave out each telecom that the profile does not name.',
    ]);
  });

  test('comes last when it is open at the end', () => {
    expect(findingsOf(elements('openAtEnd'), { ...team, telecom })).toEqual([
      'error CareTeam.telecom[2]: Put each telecom that the profile does not name last.',
    ]);
    expect(findingsOf(elements('openAtEnd'), { ...team, telecom: telecom.slice(0, 2) })).toEqual([]);
  });
});

describe('extensions', () => {
  const step = profileOn('Extension', 'step', [
    { id: 'Extension.url', fixedUri: `${own}/step` },
    {
      id: 'Extension.extension',
      slicing: { discriminator: [{ type: 'value', path: 'url' }], rules: 'closed' },
    },
    { id: 'Extension.extension:level', min: 1, max: '1' },
    { id: 'Extension.extension:level.url', fixedUri: 'level' },
    { id: 'Extension.extension:level.value[x]', min: 1, type: [{ code: 'code' }] },
    { id: 'Extension.value[x]', max: '0' },
  ]);
  const plan = profileOn('CarePlan', 'plan', [
    {
      id: 'CarePlan.activity.extension:step',
      min: 1,
      max: '1',
      type: [{ code: 'Extension', profile: [`${own}/step|1.0`] }],
    },
    {
      id: 'CarePlan.extension:foreign',
      max: '1',
      type: [{ code: 'Extension', profile: ['https://elsewhere.se/StructureDefinition/foreign'] }],
    },
  ]);
  const profiles = profilesOf([plan, step]);
  const findings = (...extension: object[]) =>
    profiles.check({ resourceType: 'CarePlan', activity: [{ extension }] }, `${own}/plan`).map(line);

  test('are told by the url of the definition that they name, which is then asked', () => {
    const level = { url: 'level', valueCode: 'x' };
    expect(
      findings({ url: `${own}/step`, extension: [level] }, { url: 'urn:other', valueCode: 'y' }),
    ).toEqual([]);
    expect(findings()).toEqual([
      `error CarePlan.activity[0].extension: At least 1 extension with the url ${own}/step is required.`,
    ]);
    expect(findings({ url: `${own}/step`, valueCode: 'x' })).toEqual([
      'error CarePlan.activity[0].extension[0].extension: At least 1 extension with the url level is required.',
      'error CarePlan.activity[0].extension[0].value: Leave out value.',
    ]);
    const wrong = { url: 'level', valueString: 'x' };
    expect(findings({ url: `${own}/step`, extension: [wrong, { url: 'more', valueCode: 'z' }] })).toEqual([
      'error CarePlan.activity[0].extension[0].extension[0].value.ofType(string): Expected a value of type code.',
      'error CarePlan.activity[0].extension[0].extension[1]: Leave out each extension that the profile does not name.',
    ]);
  });

  test('whose definition is not known here are counted only', () => {
    const foreign = { url: 'https://elsewhere.se/StructureDefinition/foreign', valueInteger: 1 };
    const check = (...extension: object[]) =>
      profiles.check({ resourceType: 'CarePlan', extension }, `${own}/plan`);
    expect(check(foreign)).toEqual([]);
    expect(check(foreign, foreign)).toHaveLength(1);
  });
});
