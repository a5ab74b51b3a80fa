import { createValidator, loadDefinitions } from '@naravard/fhir';
import { describe, expect, it } from 'vitest';
import { badReferences } from './bad/references.ts';
import { badRules } from './bad/rules.ts';
import { badStructure } from './bad/structure.ts';
import {
  type BadResource,
  bundle,
  carePlan,
  careTeam,
  condition,
  encounter,
  extended,
  goal,
  observation,
  patient,
  task,
} from './bad/valid-resources.ts';
import { badValues } from './bad/values.ts';

const validate = createValidator(loadDefinitions());
const errorsOf = (resource: unknown): { expression?: string; diagnostics: string }[] =>
  validate(resource).filter(({ severity }) => severity === 'error');

function isRejected({ resource, expression, says }: BadResource): void {
  const errors = errorsOf(resource);
  expect(errors.map((error) => error.expression || undefined)).toEqual([expression]);
  expect(errors[0]?.diagnostics).toContain(says ?? '');
}

describe('the resources that the faults are put into', () => {
  it('are valid without them', () => {
    const valid = [
      bundle(),
      carePlan(),
      careTeam(),
      condition(),
      encounter(),
      goal(),
      observation(),
      patient(),
      task(),
    ];
    expect(valid.flatMap(errorsOf)).toEqual([]);
    expect(
      errorsOf(extended({ url: 'http://example.org/a', extension: [{ url: 'b', valueCode: 'x' }] })),
    ).toEqual([]);
  });
});

describe('validation rejects, by one finding at the right place,', () => {
  it.each(badStructure)('$fault', isRejected);
  it.each(badValues)('$fault', isRejected);
  it.each(badReferences)('$fault', isRejected);
  it.each(badRules)('$fault', isRejected);
});

describe('findings', () => {
  it('never repeat a value or an odd key', () => {
    const secret = '19121212-1212';
    const bodies = [
      patient({ birthDate: secret }),
      patient({ gender: secret }),
      patient({ [secret]: secret }),
      carePlan({ subject: { reference: secret, type: secret } }),
      patient({ text: { status: 'generated', div: secret } }),
      patient({ extension: [{ url: secret, valueCode: secret }] }),
      { resourceType: secret },
    ];
    for (const body of bodies) {
      expect(errorsOf(body).length).toBeGreaterThan(0);
      expect(JSON.stringify(errorsOf(body))).not.toContain(secret);
    }
  });

  it('end after a hundred, with a word about it', () => {
    const errors = errorsOf(patient({ name: Array.from({ length: 500 }, () => ({ family: '' })) }));
    expect(errors.length).toBe(101);
    expect(errors.at(-1)?.diagnostics).toContain('100');
  });

  it('come for content that is nested without end, too', () => {
    let extension: unknown = { url: 'a', valueCode: 'x' };
    for (let n = 0; n < 5000; n += 1) extension = { url: 'http://example.org/a', extension: [extension] };
    expect(errorsOf(patient({ extension: [extension] }))[0]?.diagnostics).toContain('nested too deep');
    let nested: unknown = 'x';
    for (let n = 0; n < 100_000; n += 1) nested = [nested];
    expect(errorsOf(patient({ name: nested })).length).toBe(1);
  });
});

describe('validation accepts', () => {
  it.each([
    [
      'a primitive that is only an extension',
      patient({
        _birthDate: {
          extension: [
            { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' },
          ],
        },
      }),
    ],
    [
      'a required primitive that is only an extension',
      carePlan({
        status: undefined,
        _status: { extension: [{ url: 'http://example.org/a', valueCode: 'x' }] },
      }),
    ],
    [
      'extensions on some items of an array of primitives',
      patient({
        name: [
          {
            given: ['Eva', null],
            _given: [null, { extension: [{ url: 'http://example.org/a', valueCode: 'x' }] }],
          },
        ],
      }),
    ],
    [
      'a value of a choice with an extension of its own',
      observation({
        valueString: 'x',
        _valueString: { id: 'a', extension: [{ url: 'http://example.org/a', valueCode: 'x' }] },
      }),
    ],
    [
      'a leap day, a leap second and a year alone',
      patient({
        birthDate: '2024-02-29',
        deceasedDateTime: '2016-12-31T23:59:60Z',
        address: [{ period: { start: '1999' } }],
      }),
    ],
    [
      'a logical reference',
      carePlan({
        subject: {
          type: 'Patient',
          identifier: { system: 'http://electronichealth.se/identifier/personnummer', value: 'x' },
        },
      }),
    ],
    ['a reference as display only', carePlan({ subject: { display: 'Elsa' } })],
    [
      'urn and conditional references',
      carePlan({
        subject: { reference: 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520' },
        author: { reference: 'Practitioner?identifier=x|y' },
      }),
    ],
    ['a versioned reference', carePlan({ subject: { reference: 'Patient/p1/_history/2' } })],
    [
      'contained resources that refer to each other and to the container',
      patient({
        contained: [
          { resourceType: 'Organization', id: 'o', name: 'x', endpoint: [{ reference: '#e' }] },
          {
            resourceType: 'Endpoint',
            id: 'e',
            status: 'active',
            connectionType: { code: 'x' },
            payloadType: [{ text: 'x' }],
            address: 'https://a.example',
          },
          { resourceType: 'Basic', id: 'b', code: { text: 'x' }, subject: { reference: '#' } },
        ],
        managingOrganization: { reference: '#o' },
      }),
    ],
    [
      'a period whose limits have unlike precision',
      carePlan({ period: { start: '2024-05-17', end: '2024-05' } }),
    ],
    [
      'a range of unlike units',
      observation({ valueRange: { low: { value: 2, unit: 'kg' }, high: { value: 1, unit: 'ton' } } }),
    ],
    ['a language as text', patient({ communication: [{ language: { text: 'teckenspråk' } }] })],
    [
      'a further coding beside the required one',
      condition({
        clinicalStatus: {
          coding: [
            { system: 'http://snomed.info/sct', code: '1' },
            { system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' },
          ],
        },
      }),
    ],
    [
      'a parameter with a MIME type and its charset',
      patient({ photo: [{ contentType: 'text/plain; charset=utf-8', data: 'YW Jj\n' }] }),
    ],
    [
      'a team member on behalf of an organisation',
      careTeam({
        participant: [
          { member: { reference: 'Practitioner/p' }, onBehalfOf: { reference: 'Organization/o' } },
        ],
      }),
    ],
  ])('%s', (_what, resource) => {
    expect(errorsOf(resource)).toEqual([]);
  });

  it('a modifier extension that the service says it understands', () => {
    const url = 'http://example.org/a';
    const understanding = createValidator(loadDefinitions(), { modifierExtensions: [url] });
    expect(understanding(patient({ modifierExtension: [{ url, valueBoolean: true }] }))).toEqual([]);
  });

  it('our own absolute references by their type', () => {
    const resource = carePlan({ subject: { reference: 'https://a.example/fhir/Organization/1' } });
    expect(validate(resource, { base: 'https://a.example/fhir' })[0]?.expression).toBe(
      'CarePlan.subject.reference',
    );
  });
});
