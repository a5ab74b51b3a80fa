import { describe, expect, test } from 'vitest';
import type { InValueSet } from '../../libs/fhir/src/profile/check.ts';
import { line, own, profileOn, profilesOf } from './profile-source.ts';

const inValueSet: InValueSet = (valueSet, system, code) =>
  valueSet === 'urn:vs' ? (system ?? 'urn:s') === 'urn:s' && code === 'a' : undefined;

function findings(id: string, strength: string, resource: { resourceType: string }, valueSet = 'urn:vs') {
  const type = id.split('.')[0] ?? '';
  const profile = profileOn(type, 'bound', [{ id, binding: { strength, valueSet } }]);
  return profilesOf([profile], inValueSet).check(resource, `${own}/bound`).map(line);
}

const team = (...category: object[]) => ({ resourceType: 'CareTeam', category });
const a = { system: 'urn:s', code: 'a' };
const other = { system: 'urn:t', code: 'a' };

describe('a required binding', () => {
  const required = (category: object) => findings('CareTeam.category', 'required', team(category));
  const expected = ['error CareTeam.category[0]: Expected a code of the value set urn:vs.'];

  test('is kept by one code of a concept', () => {
    expect(required({ coding: [other, a] })).toEqual([]);
    expect(required({ coding: [other] })).toEqual(expected);
    expect(required({ coding: [{ code: 'a' }] })).toEqual(expected);
  });

  test('is not kept by text alone, but may be left open by an extension', () => {
    expect(required({ text: 'a' })).toEqual(expected);
    expect(required({ extension: [{ url: 'urn:unknown', valueCode: 'unknown' }] })).toEqual([]);
  });

  test('to a value set that is not known is a warning', () => {
    const found = findings('CareTeam.category', 'required', team({ coding: [a] }), 'urn:unknown');
    expect(found).toEqual([
      'warning CareTeam.category[0]: The value set urn:unknown is not known here: the code was not checked.',
    ]);
  });

  test('is about plain codes, Codings and units as well', () => {
    const patient = (language: string) =>
      findings('Patient.language', 'required', { resourceType: 'Patient', language } as never);
    expect([patient('a'), patient('b')].map((found) => found.length)).toEqual([0, 1]);
    const encounter = (coding: object) =>
      findings('Encounter.class', 'required', { resourceType: 'Encounter', class: coding } as never);
    expect([encounter(a), encounter(other)].map((found) => found.length)).toEqual([0, 1]);
    const observation = (valueQuantity: object) => {
      const profile = profileOn('Observation', 'unit', [
        {
          id: 'Observation.value[x]',
          type: [{ code: 'Quantity' }],
          binding: { strength: 'required', valueSet: 'urn:vs|2' },
        },
      ]);
      return profilesOf([profile], inValueSet).check(
        { resourceType: 'Observation', valueQuantity },
        `${own}/unit`,
      );
    };
    expect(
      [observation({ value: 1, ...a }), observation({ value: 1, unit: 'a' })].map((found) => found.length),
    ).toEqual([0, 1]);
  });

  test('to a value set that R4 enumerates needs no look-up', () => {
    const valueSet = 'http://hl7.org/fhir/ValueSet/administrative-gender';
    const of = (code: string) =>
      findings(
        'Patient.language',
        'required',
        { resourceType: 'Patient', language: code } as never,
        valueSet,
      );
    expect([of('female'), of('sv')].map((found) => found.length)).toEqual([0, 1]);
  });
});

describe('an extensible binding', () => {
  const extensible = (category: object, valueSet?: string) =>
    findings('CareTeam.category', 'extensible', team(category), valueSet);

  test('warns where no code of a concept is in the value set', () => {
    expect(extensible({ coding: [other, a] })).toEqual([]);
    expect(extensible({ coding: [other] })).toEqual([
      'warning CareTeam.category[0]: Use a code of the value set urn:vs if one of them fits.',
    ]);
  });

  test('lets text stand alone, and says nothing of a value set that is not known', () => {
    expect(extensible({ text: 'a' })).toEqual([]);
    expect(extensible({ coding: [other] }, 'urn:unknown')).toEqual([]);
  });
});

test.each(['preferred', 'example'])('a binding of strength %s is advice to authors only', (strength) => {
  expect(findings('CareTeam.category', strength, team({ coding: [other] }))).toEqual([]);
});
