import { applyMergePatch } from '@naravard/fhir';
import { describe, expect, test } from 'vitest';
import { patient, problemOf } from './fhirpath-patching.ts';

const merged = (resource: object, patch: unknown): unknown =>
  JSON.parse(applyMergePatch(JSON.stringify(resource), JSON.stringify(patch)));

describe('a merge patch', () => {
  test('replaces, merges and removes', () => {
    const before = patient({
      gender: 'male',
      active: true,
      maritalStatus: { text: 'a', coding: [{ code: 'M' }] },
    });
    expect(
      merged(before, { gender: 'female', active: null, maritalStatus: { text: 'b' }, birthDate: '1941' }),
    ).toEqual(
      patient({ gender: 'female', maritalStatus: { text: 'b', coding: [{ code: 'M' }] }, birthDate: '1941' }),
    );
  });

  test('replaces a list whole, with the nulls in it', () => {
    const before = patient({ name: [{ family: 'A' }, { family: 'B' }] });
    const name = [{ given: [null, 'C'], _given: [{ id: 'a' }, null] }];
    expect(merged(before, { name })).toEqual(patient({ name }));
  });

  test('makes objects that were not there, without its nulls', () => {
    expect(merged(patient(), { maritalStatus: { text: 'a', id: null } })).toEqual(
      patient({ maritalStatus: { text: 'a' } }),
    );
  });

  test('removes an element that it has emptied', () => {
    expect(merged(patient({ maritalStatus: { text: 'a' } }), { maritalStatus: { text: null } })).toEqual(
      patient(),
    );
  });

  test('of what is absent changes nothing', () => {
    expect(merged(patient(), { birthDate: null })).toEqual(patient());
    expect(merged(patient(), {})).toEqual(patient());
  });

  test('keeps digits, of what it touches and what not', () => {
    const text =
      '{"resourceType":"Observation","id":"1","valueQuantity":{"value":1.50,"unit":"kg"},"component":[{"valueInteger":1.0}]}';
    expect(applyMergePatch(text, '{"valueQuantity":{"value":2.500},"note":[{"x":1e3}]}')).toBe(
      '{"resourceType":"Observation","id":"1","valueQuantity":{"value":2.500,"unit":"kg"},"component":[{"valueInteger":1.0}],"note":[{"x":1e3}]}',
    );
  });

  test('may say what the server keeps, as it is', () => {
    const before = patient({ meta: { versionId: '1', lastUpdated: '2026-01-01T00:00:00Z', source: 'x' } });
    expect(
      merged(before, { resourceType: 'Patient', id: '1', meta: { versionId: '1', source: 'y' } }),
    ).toEqual(patient({ meta: { versionId: '1', lastUpdated: '2026-01-01T00:00:00Z', source: 'y' } }));
  });

  test.each([
    [{ id: '2' }, 'Patient.id'],
    [{ id: null }, 'Patient.id'],
    [{ resourceType: 'Person' }, 'Patient.resourceType'],
    [{ meta: { versionId: '2' } }, 'Patient.meta.versionId'],
    [{ meta: { lastUpdated: null } }, 'Patient.meta.lastUpdated'],
  ])('cannot change what the server keeps: %j', (patch, expression) => {
    const before = patient({ meta: { versionId: '1', lastUpdated: '2026-01-01T00:00:00Z' } });
    const { kind, findings } = problemOf(() => merged(before, patch));
    expect([kind, findings[0]?.expression]).toEqual(['unprocessable', expression]);
  });

  test.each(['[]', 'null', '"x"', '1', '{', '{"a":1,"a":2}', '{"__proto__":{}}', ''])(
    'that is none is refused: %s',
    (patch) => {
      const problem = problemOf(() => applyMergePatch(JSON.stringify(patient()), patch));
      expect(problem.kind).toBe('structure');
    },
  );
});
