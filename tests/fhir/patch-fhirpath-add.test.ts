import { describe, expect, test } from 'vitest';
import type { Operation } from './fhirpath-patching.ts';
import { identifiers, patched, patient, problemOf } from './fhirpath-patching.ts';

describe('add', () => {
  test('sets a single element that is absent', () => {
    expect(
      patched(patient(), {
        type: 'add',
        path: 'Patient',
        name: 'birthDate',
        value: { valueDate: '1930-01-01' },
      }),
    ).toEqual(patient({ birthDate: '1930-01-01' }));
  });

  test('makes the list of an element that repeats, and appends to it', () => {
    const add = (family: string): Operation => ({
      type: 'add',
      path: 'Patient',
      name: 'name',
      value: { valueHumanName: { family } },
    });
    expect(patched(patient(), add('A'), add('B'))).toEqual(
      patient({ name: [{ family: 'A' }, { family: 'B' }] }),
    );
  });

  test('goes into a nested element', () => {
    expect(
      patched(patient({ name: [{ family: 'A' }, { family: 'B' }] }), {
        type: 'add',
        path: "Patient.name.where(family = 'B')",
        name: 'given',
        value: { valueString: 'C' },
      }),
    ).toEqual(patient({ name: [{ family: 'A' }, { family: 'B', given: ['C'] }] }));
  });

  test('builds an element without a type of its own from parts', () => {
    expect(
      patched(patient(), {
        type: 'add',
        path: 'Patient',
        name: 'contact',
        value: {
          part: [
            { name: 'relationship', valueCodeableConcept: { text: 'granne' } },
            { name: 'relationship', valueCodeableConcept: { text: 'vän' } },
            { name: 'name', valueHumanName: { text: 'Bo' } },
            { name: 'period', part: [{ name: 'start', valueDateTime: '2026' }] },
          ],
        },
      }),
    ).toEqual(
      patient({
        contact: [
          {
            relationship: [{ text: 'granne' }, { text: 'vän' }],
            name: { text: 'Bo' },
            period: { start: '2026' },
          },
        ],
      }),
    );
  });

  test('builds the narrative, which Parameters cannot carry, from parts', () => {
    const div = '<div xmlns="http://www.w3.org/1999/xhtml">x</div>';
    const part = [
      { name: 'status', valueCode: 'generated' },
      { name: 'div', valueString: div },
    ];
    expect(patched(patient(), { type: 'add', path: 'Patient', name: 'text', value: { part } })).toEqual(
      patient({ text: { status: 'generated', div } }),
    );
  });

  test('names the property of a choice by the type of the value', () => {
    expect(
      patched(patient(), {
        type: 'add',
        path: 'Patient',
        name: 'deceased',
        value: { valueDateTime: '2026-01-01' },
      }),
    ).toEqual(patient({ deceasedDateTime: '2026-01-01' }));
    expect(
      patched(patient(), {
        type: 'add',
        path: 'Patient',
        name: 'deceasedBoolean',
        value: { valueBoolean: true },
      }),
    ).toEqual(patient({ deceasedBoolean: true }));
  });

  test('keeps the extensions of a primitive beside it', () => {
    const extension = [{ url: 'http://example.org/x', valueBoolean: true }];
    expect(
      patched(
        patient({ name: [{ given: ['A'] }] }),
        {
          type: 'add',
          path: 'Patient',
          name: 'birthDate',
          value: { valueDate: '1930', _valueDate: { extension } },
        },
        {
          type: 'add',
          path: 'Patient.name',
          name: 'given',
          value: { valueString: 'B', _valueString: { extension } },
        },
      ),
    ).toEqual(
      patient({
        name: [{ given: ['A', 'B'], _given: [null, { extension }] }],
        birthDate: '1930',
        _birthDate: { extension },
      }),
    );
  });

  test('puts a resource into contained', () => {
    const resource = { resourceType: 'Organization', id: 'o' };
    expect(
      patched(patient(), { type: 'add', path: 'Patient', name: 'contained', value: { resource } }),
    ).toEqual(patient({ contained: [resource] }));
  });

  test('reaches into extensions by their url', () => {
    const url = 'http://example.org/x';
    expect(
      patched(patient({ extension: [{ url }] }), {
        type: 'add',
        path: `Patient.extension('${url}')`,
        name: 'value',
        value: { valueString: 'y' },
      }),
    ).toEqual(patient({ extension: [{ url, valueString: 'y' }] }));
  });

  test.each<[string, Operation]>([
    [
      'to a single element that exists',
      { type: 'add', path: 'Patient', name: 'birthDate', value: { valueDate: '1931' } },
    ],
    [
      'to a choice that exists with another type',
      { type: 'add', path: 'Patient', name: 'deceased', value: { valueDateTime: '1931' } },
    ],
    [
      'to an element that R4 does not have',
      { type: 'add', path: 'Patient', name: 'age', value: { valueInteger: 9 } },
    ],
    [
      'of a value of the wrong type',
      { type: 'add', path: 'Patient', name: 'maritalStatus', value: { valueString: 'x' } },
    ],
    [
      'of a type that the choice does not have',
      { type: 'add', path: 'Patient', name: 'multipleBirth', value: { valueString: 'x' } },
    ],
    ['without a value', { type: 'add', path: 'Patient', name: 'gender', value: {} }],
    [
      'of two values',
      { type: 'add', path: 'Patient', name: 'gender', value: { valueCode: 'male', valueString: 'female' } },
    ],
    [
      'below an element that is absent',
      { type: 'add', path: 'Patient.maritalStatus', name: 'text', value: { valueString: 'x' } },
    ],
    [
      'below several elements',
      { type: 'add', path: 'Patient.name', name: 'text', value: { valueString: 'x' } },
    ],
    [
      'below a primitive',
      { type: 'add', path: 'Patient.birthDate', name: 'id', value: { valueString: 'x' } },
    ],
    ['of the id', { type: 'add', path: 'Patient', name: 'id', value: { valueId: '2' } }],
    ['of the version', { type: 'add', path: 'Patient.meta', name: 'versionId', value: { valueId: '2' } }],
  ])('is refused %s', (_name, operation) => {
    const resource = patient({
      meta: { source: 'http://x' },
      birthDate: '1930',
      deceasedBoolean: true,
      name: [{ family: 'A' }, { family: 'B' }],
    });
    const problem = problemOf(() => patched(resource, operation));
    expect(problem.kind).toBe('unprocessable');
    expect(problem.findings[0]?.expression).toBe('Parameters.parameter[0]');
  });
});

describe('insert', () => {
  test.each([
    [0, ['X', 'A', 'B']],
    [1, ['A', 'X', 'B']],
    [2, ['A', 'B', 'X']],
  ])('places the value at index %i', (index, result) => {
    const value = { valueIdentifier: { system: 'http://example.org', value: 'X' } };
    expect(
      patched(patient(identifiers('A', 'B')), { type: 'insert', path: 'Patient.identifier', index, value }),
    ).toEqual(patient(identifiers(...result)));
  });

  test('at 0 makes a list that is absent', () => {
    const value = { valueIdentifier: { system: 'http://example.org', value: 'X' } };
    expect(patched(patient(), { type: 'insert', path: 'Patient.identifier', index: 0, value })).toEqual(
      patient(identifiers('X')),
    );
  });

  test('moves the extensions of the primitives along', () => {
    const resource = patient({ name: [{ given: ['A', 'B'], _given: [null, { id: 'b' }] }] });
    expect(
      patched(resource, {
        type: 'insert',
        path: 'Patient.name.given',
        index: 1,
        value: { valueString: 'X' },
      }),
    ).toEqual(patient({ name: [{ given: ['A', 'X', 'B'], _given: [null, null, { id: 'b' }] }] }));
  });

  test.each<[string, Operation]>([
    [
      'beyond the end',
      { type: 'insert', path: 'Patient.identifier', index: 3, value: { valueIdentifier: {} } },
    ],
    [
      'into part of a list',
      {
        type: 'insert',
        path: "Patient.identifier.where(value = 'A')",
        index: 0,
        value: { valueIdentifier: {} },
      },
    ],
    [
      'into several lists',
      { type: 'insert', path: 'Patient.name.given', index: 0, value: { valueString: 'X' } },
    ],
    [
      'into what does not repeat',
      { type: 'insert', path: 'Patient.birthDate', index: 0, value: { valueDate: '1930' } },
    ],
  ])('is refused %s', (_name, operation) => {
    const resource = patient({ ...identifiers('A', 'B'), name: [{ given: ['C'] }, { given: ['D'] }] });
    expect(problemOf(() => patched(resource, operation)).kind).toBe('unprocessable');
  });
});
