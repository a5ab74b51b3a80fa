import { applyFhirPathPatch } from '@naravard/fhir';
import { describe, expect, test } from 'vitest';
import type { Operation } from './fhirpath-patching.ts';
import { definitions, identifiers, parameters, patched, patient, problemOf } from './fhirpath-patching.ts';

describe('delete', () => {
  test('removes a single element with its extensions', () => {
    expect(
      patched(patient({ birthDate: '1930', _birthDate: { id: 'x' } }), {
        type: 'delete',
        path: 'Patient.birthDate',
      }),
    ).toEqual(patient());
  });

  test('removes one element of a list', () => {
    expect(
      patched(patient(identifiers('A', 'B', 'C')), { type: 'delete', path: 'Patient.identifier[1]' }),
    ).toEqual(patient(identifiers('A', 'C')));
    expect(
      patched(patient(identifiers('A', 'B')), {
        type: 'delete',
        path: "Patient.identifier.where(value = 'B')",
      }),
    ).toEqual(patient(identifiers('A')));
  });

  test('counts a primitive that has extensions but no value', () => {
    const name = { given: [null, 'B'], _given: [{ id: 'a' }, null] };
    expect(patched(patient({ name: [name] }), { type: 'delete', path: 'Patient.name.given[0]' })).toEqual(
      patient({ name: [{ given: ['B'] }] }),
    );
    expect(patched(patient({ name: [name] }), { type: 'delete', path: 'Patient.name.given[1]' })).toEqual(
      patient({ name: [{ given: [null], _given: [{ id: 'a' }] }] }),
    );
    expect(
      patched(patient({ _birthDate: { id: 'b' } }), { type: 'delete', path: 'Patient.birthDate' }),
    ).toEqual(patient());
  });

  test('removes what it leaves empty', () => {
    expect(
      patched(patient({ contact: [{ name: { family: 'A' } }] }), {
        type: 'delete',
        path: 'Patient.contact.name.family',
      }),
    ).toEqual(patient());
    expect(
      patched(patient({ name: [{ given: ['A'], _given: [{ id: 'a' }] }] }), {
        type: 'delete',
        path: 'Patient.name.given',
      }),
    ).toEqual(patient());
  });

  test('finds the property of a choice', () => {
    expect(
      patched(patient({ deceasedBoolean: false }), { type: 'delete', path: 'Patient.deceased' }),
    ).toEqual(patient());
  });

  test('of what is absent changes nothing', () => {
    expect(patched(patient(), { type: 'delete', path: 'Patient.birthDate' })).toEqual(patient());
  });

  test.each(['Patient.identifier', 'Patient', 'Patient.id', 'Patient.meta.versionId'])(
    'is refused of %s',
    (path) => {
      const resource = patient({ meta: { versionId: '1', source: 'http://x' }, ...identifiers('A', 'B') });
      expect(problemOf(() => patched(resource, { type: 'delete', path })).kind).toBe('unprocessable');
    },
  );
});

describe('replace', () => {
  test('changes a primitive', () => {
    expect(
      patched(patient({ birthDate: '1920', _birthDate: { id: 'x' } }), {
        type: 'replace',
        path: 'Patient.birthDate',
        value: { valueDate: '1930' },
      }),
    ).toEqual(patient({ birthDate: '1930' }));
  });

  test('changes one element of a list in its place', () => {
    expect(
      patched(patient(identifiers('A', 'B', 'C')), {
        type: 'replace',
        path: 'Patient.identifier[1].value',
        value: { valueString: 'X' },
      }),
    ).toEqual(patient(identifiers('A', 'X', 'C')));
    expect(
      patched(patient({ name: [{ given: ['A', 'B'], _given: [{ id: 'a' }, { id: 'b' }] }] }), {
        type: 'replace',
        path: 'Patient.name.given[0]',
        value: { valueString: 'X' },
      }),
    ).toEqual(patient({ name: [{ given: ['X', 'B'], _given: [null, { id: 'b' }] }] }));
  });

  test('may change the type of a choice', () => {
    expect(
      patched(patient({ deceasedBoolean: true }), {
        type: 'replace',
        path: 'Patient.deceased',
        value: { valueDateTime: '2026-01-01' },
      }),
    ).toEqual(patient({ deceasedDateTime: '2026-01-01' }));
  });

  test('is refused of what is absent, of several elements and of the resource', () => {
    const resource = patient(identifiers('A', 'B'));
    for (const path of ['Patient.birthDate', 'Patient.identifier', 'Patient']) {
      const operation = { type: 'replace', path, value: { valueDate: '1930' } };
      expect(problemOf(() => patched(resource, operation)).kind).toBe('unprocessable');
    }
  });
});

describe('move', () => {
  test.each([
    [3, 1, 'ADBC'],
    [0, 3, 'BCDA'],
    [1, 0, 'BACD'],
    [0, 1, 'BACD'],
    [2, 2, 'ABCD'],
  ])('takes the element from index %i to index %i', (source, destination, result) => {
    expect(
      patched(patient(identifiers('A', 'B', 'C', 'D')), {
        type: 'move',
        path: 'Patient.identifier',
        source,
        destination,
      }),
    ).toEqual(patient(identifiers(...result)));
  });

  test('takes the extensions of a primitive along', () => {
    const resource = patient({ name: [{ given: ['A', 'B'], _given: [null, { id: 'b' }] }] });
    expect(
      patched(resource, { type: 'move', path: 'Patient.name.given', source: 1, destination: 0 }),
    ).toEqual(patient({ name: [{ given: ['B', 'A'], _given: [{ id: 'b' }, null] }] }));
  });

  test('is refused beyond the list and where there is none', () => {
    const move = (source: number, destination: number, path = 'Patient.identifier'): Operation => ({
      type: 'move',
      path,
      source,
      destination,
    });
    for (const operation of [move(2, 0), move(0, 2), move(0, 0, 'Patient.name')]) {
      expect(problemOf(() => patched(patient(identifiers('A', 'B')), operation)).kind).toBe('unprocessable');
    }
  });
});

test('operations apply one after another, all or none', () => {
  const text = JSON.stringify(patient(identifiers('A')));
  const good = { type: 'delete', path: 'Patient.identifier' };
  const bad = { type: 'delete', path: 'Patient' };
  expect(problemOf(() => patched(JSON.parse(text), good, bad)).findings[0]?.expression).toBe(
    'Parameters.parameter[1]',
  );
  expect(
    patched(JSON.parse(text), good, {
      type: 'add',
      path: 'Patient',
      name: 'active',
      value: { valueBoolean: true },
    }),
  ).toEqual(patient({ active: true }));
});

test('numbers keep their digits, patched or not', () => {
  const text =
    '{"resourceType":"Observation","id":"1","valueQuantity":{"value":1.50},"referenceRange":[{"low":{"value":1.0}}]}';
  const patch = `{"resourceType":"Parameters","parameter":[{"name":"operation","part":[
    {"name":"type","valueCode":"add"},{"name":"path","valueString":"Observation.referenceRange[0]"},
    {"name":"name","valueString":"high"},{"name":"value","valueQuantity":{"value":2.500}}]}]}`;
  expect(applyFhirPathPatch(text, patch, definitions)).toBe(
    '{"resourceType":"Observation","id":"1","valueQuantity":{"value":1.50},"referenceRange":[{"low":{"value":1.0},"high":{"value":2.500}}]}',
  );
});

test('a number can be selected by', () => {
  const resource = {
    resourceType: 'Observation',
    id: '1',
    component: [{ valueInteger: 1 }, { valueInteger: 2 }],
  };
  expect(patched(resource, { type: 'delete', path: 'Observation.component.where(value = 2)' })).toEqual({
    ...resource,
    component: [{ valueInteger: 1 }],
  });
});

describe('a patch that is malformed says where', () => {
  test.each([
    ['{}', undefined],
    ['{"resourceType":"Parameters"}', undefined],
    ['{"resourceType":"Parameters","parameter":[{"name":"x"}]}', 'Parameters.parameter[0]'],
    [
      '{"resourceType":"Parameters","parameter":[{"name":"operation","part":[{}]}]}',
      'Parameters.parameter[0]',
    ],
    [parameters([{ type: 'merge', path: 'Patient' }]), 'Parameters.parameter[0]'],
    [parameters([{ type: 'delete' }]), 'Parameters.parameter[0]'],
    [parameters([{ type: 'add', path: 'Patient', value: {} }]), 'Parameters.parameter[0]'],
    [parameters([{ type: 'replace', path: 'Patient.active' }]), 'Parameters.parameter[0]'],
    [parameters([{ type: 'insert', path: 'Patient.name', value: {}, index: -1 }]), 'Parameters.parameter[0]'],
    [
      parameters([{ type: 'move', path: 'Patient.name', source: 0.5, destination: 1 }]),
      'Parameters.parameter[0]',
    ],
  ])('%s', (patch, expression) => {
    const problem = problemOf(() => applyFhirPathPatch(JSON.stringify(patient()), patch, definitions));
    expect(problem.kind).toBe('structure');
    expect(problem.findings[0]?.expression).toBe(expression);
  });
});

describe('a path is refused', () => {
  test.each([
    'Patient..name',
    'Patient.name.',
    '1 + 1',
    'Patient.name.count()',
    "Patient.name.where(family = 'A') | Patient.contact",
    '%resource.name',
    'Patient.descendants()',
    'Patient.repeat(name)',
    'Patient.managingOrganization.resolve()',
    "Patient.name.where(family.matches('(a+)+$'))",
    'Patient.__proto__',
    'Patient.constructor',
    `Patient${'.name'.repeat(300)}`,
    '((((',
  ])('%s', (path) => {
    const resource = patient({ name: [{ family: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' }] });
    expect(
      problemOf(() => patched(resource, { type: 'replace', path, value: { valueString: 'x' } })).kind,
    ).toBe('unprocessable');
  });

  test('without being quoted, since it may hold a personnummer', () => {
    const path = "Patient.identifier.where(value = '194103149805')";
    const problem = problemOf(() =>
      patched(patient(), { type: 'replace', path, value: { valueString: 'x' } }),
    );
    expect(JSON.stringify(problem.findings)).not.toContain('1941');
  });

  test('but a function name within a string is no call', () => {
    const path = "Patient.name.where(text = 'resolve() | %x')";
    expect(patched(patient({ name: [{ text: 'resolve() | %x' }] }), { type: 'delete', path })).toEqual(
      patient(),
    );
  });
});

test('many operations on a large resource are too costly', () => {
  const large = patient({ text: { status: 'generated', div: 'x'.repeat(200_000) } });
  const operations = Array.from({ length: 100 }, () => ({ type: 'delete', path: 'Patient.birthDate' }));
  expect(problemOf(() => patched(large, ...operations)).kind).toBe('too-costly');
});
