import { applyFhirPathPatch, createXml } from '@naravard/fhir';
import { describe, expect, test } from 'vitest';
import type { Operation } from './fhirpath-patching.ts';
import { definitions, identifiers, parameters, patched, patient, problemOf } from './fhirpath-patching.ts';

/** The cases of HL7's test suite for FHIRPath Patch, in our words (http://hl7.org/fhir/R4/fhirpatch.html). */
type Case = readonly [name: string, before: object, operations: Operation[], after: object];

const birth = (value: string) => ({ birthDate: value });
const contact = (text: string) => ({ contact: [{ name: { text } }] });
const married = { maritalStatus: { coding: [{ system: 'http://x', code: 'M' }], text: 'married' } };
const name = (text: string, more: object = {}) => ({ name: [{ ...more, text }] });
const move = (source: number, destination: number): Operation => ({
  type: 'move',
  path: 'Patient.identifier',
  source,
  destination,
});
const anonymous = { part: [{ name: 'name', valueHumanName: { text: 'a name' } }] };

const cases: readonly Case[] = [
  ['no difference', birth('1920-01-01'), [], birth('1920-01-01')],
  [
    'replace of a primitive',
    birth('1920-01-01'),
    [{ type: 'replace', path: 'Patient.birthDate', value: { valueDate: '1930-01-01' } }],
    birth('1930-01-01'),
  ],
  ['delete of a primitive', birth('1920-01-01'), [{ type: 'delete', path: 'Patient.birthDate' }], {}],
  ['delete of what is absent', {}, [{ type: 'delete', path: 'Patient.birthDate' }], {}],
  [
    'add of a primitive',
    {},
    [{ type: 'add', path: 'Patient', name: 'birthDate', value: { valueDate: '1930-01-01' } }],
    birth('1930-01-01'),
  ],
  [
    'replace of a nested primitive',
    contact('a name'),
    [{ type: 'replace', path: 'Patient.contact[0].name.text', value: { valueString: 'the name' } }],
    contact('the name'),
  ],
  [
    'replace of a nested primitive, whose list has one element, without an index',
    contact('a name'),
    [{ type: 'replace', path: 'Patient.contact.name.text', value: { valueString: 'the name' } }],
    contact('the name'),
  ],
  [
    'delete of a nested primitive',
    name('a name', { family: 'f' }),
    [{ type: 'delete', path: 'Patient.name[0].family' }],
    name('a name'),
  ],
  [
    'add of a nested primitive',
    { contact: [{ name: { family: 'f' } }] },
    [{ type: 'add', path: 'Patient.contact[0].name', name: 'text', value: { valueString: 'a name' } }],
    { contact: [{ name: { family: 'f', text: 'a name' } }] },
  ],
  [
    'add of a complex element',
    {},
    [
      {
        type: 'add',
        path: 'Patient',
        name: 'maritalStatus',
        value: { valueCodeableConcept: married.maritalStatus },
      },
    ],
    married,
  ],
  [
    'replace of a complex element',
    { maritalStatus: { text: 'not known' } },
    [
      {
        type: 'replace',
        path: 'Patient.maritalStatus',
        value: { valueCodeableConcept: married.maritalStatus },
      },
    ],
    married,
  ],
  ['delete of a complex element', married, [{ type: 'delete', path: 'Patient.maritalStatus' }], {}],
  [
    'add of an element without a type of its own',
    {},
    [{ type: 'add', path: 'Patient', name: 'contact', value: anonymous }],
    contact('a name'),
  ],
  ['delete of one', contact('a name'), [{ type: 'delete', path: 'Patient.contact[0]' }], {}],
  [
    'replace of one, by parts',
    contact('another'),
    [{ type: 'replace', path: 'Patient.contact[0]', value: anonymous }],
    contact('a name'),
  ],
  [
    'insert of one, by parts',
    contact('another'),
    [{ type: 'insert', path: 'Patient.contact', index: 0, value: anonymous }],
    { contact: [...contact('a name').contact, ...contact('another').contact] },
  ],
  [
    'several moves',
    identifiers('1', '2', '3', '4'),
    [move(3, 0), move(3, 1), move(3, 2)],
    identifiers('4', '3', '2', '1'),
  ],
  [
    'several deletes of a list',
    identifiers('1', '2', '3'),
    [
      { type: 'delete', path: 'Patient.identifier[0]' },
      { type: 'delete', path: 'Patient.identifier[0]' },
    ],
    identifiers('3'),
  ],
];

test.each(cases)('%s', (_name, before, operations, after) => {
  const patch = operations.length ? parameters(operations) : '{"resourceType":"Parameters","parameter":[]}';
  const text = applyFhirPathPatch(JSON.stringify(patient(before)), patch, definitions);
  expect(JSON.parse(text)).toEqual(patient(after));
});

test('a patch in XML does the same', () => {
  const xml = createXml(definitions);
  for (const [, before, operations, after] of cases.filter((each) => each[2].length)) {
    const patch = xml.read(xml.write(parameters(operations)) ?? '');
    expect(JSON.parse(applyFhirPathPatch(JSON.stringify(patient(before)), patch, definitions))).toEqual(
      patient(after),
    );
  }
});

describe('each rule that the specification makes is an error when it is broken', () => {
  const two = patient({ ...identifiers('A', 'B'), birthDate: '1930' });
  const identifier = { valueIdentifier: { value: 'X' } };

  test.each<[string, Operation]>([
    ['add: nothing matches', { type: 'add', path: 'Patient.contact', name: 'period', value: { part: [] } }],
    [
      'add: several match',
      { type: 'add', path: 'Patient.identifier', name: 'value', value: { valueString: 'x' } },
    ],
    [
      'add: there is one already',
      { type: 'add', path: 'Patient', name: 'birthDate', value: { valueDate: '1931' } },
    ],
    ['insert: beyond the list', { type: 'insert', path: 'Patient.identifier', index: 3, value: identifier }],
    [
      'insert: no list',
      { type: 'insert', path: 'Patient.birthDate', index: 0, value: { valueDate: '1931' } },
    ],
    [
      'insert: a part of a list',
      { type: 'insert', path: 'Patient.identifier[0]', index: 0, value: identifier },
    ],
    ['delete: several match', { type: 'delete', path: 'Patient.identifier' }],
    ['replace: nothing matches', { type: 'replace', path: 'Patient.gender', value: { valueCode: 'female' } }],
    ['replace: several match', { type: 'replace', path: 'Patient.identifier', value: identifier }],
    ['replace: another type', { type: 'replace', path: 'Patient.identifier[0]', value: { valueCoding: {} } }],
    ['move: from beyond the list', move(2, 0)],
    ['move: to beyond the list', move(0, 2)],
    ['move: no list', { type: 'move', path: 'Patient.birthDate', source: 0, destination: 0 }],
    [
      'a path out of the resource',
      { type: 'replace', path: 'Patient.identifier.assigner.resolve().name', value: { valueString: 'x' } },
    ],
    [
      'a path that computes',
      { type: 'replace', path: "Patient.birthDate & 'x'", value: { valueDate: '1931' } },
    ],
    [
      'parts that R4 does not have there',
      { type: 'add', path: 'Patient', name: 'contact', value: { part: [{ name: 'age', valueInteger: 1 }] } },
    ],
    [
      'two parts of an element that does not repeat',
      {
        type: 'add',
        path: 'Patient',
        name: 'contact',
        value: {
          part: [
            { name: 'gender', valueCode: 'male' },
            { name: 'gender', valueCode: 'female' },
          ],
        },
      },
    ],
  ])('%s', (_name, operation) => {
    const { kind, findings } = problemOf(() => patched(two, operation));
    expect([kind, findings[0]?.expression, findings[0]?.diagnostics]).toEqual([
      'unprocessable',
      'Parameters.parameter[0]',
      expect.stringMatching(/^The operation Parameters\.parameter\[0\] .*cannot be applied: .{20}/),
    ]);
  });
});
