import { createSubsetter, createValidator, loadDefinitions, type Subset } from '@naravard/fhir';
import { describe, expect, test } from 'vitest';

const definitions = loadDefinitions();
const cut = createSubsetter(definitions);
const subsetted = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue',
  code: 'SUBSETTED',
};
const summary: Subset = { kind: 'summary' };
const elements = (...names: string[]): Subset => ({
  kind: 'elements',
  elements: names.map((name) => {
    const [type = '', inner] = name.split('.');
    return inner === undefined ? { type: null, name } : { type, name: inner };
  }),
});

const encounter = {
  resourceType: 'Encounter',
  id: 'e1',
  meta: { versionId: '2', lastUpdated: '2026-11-23T10:00:00.000Z', source: '#x' },
  language: 'sv',
  text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Besök</div>' },
  extension: [{ url: 'urn:x', valueString: 'x' }],
  status: 'finished',
  _status: { extension: [{ url: 'urn:y', valueString: 'y' }] },
  class: { system: 'urn:class', code: 'HH' },
  subject: { reference: 'Patient/a', extension: [{ url: 'urn:z', valueString: 'z' }] },
  participant: [
    {
      id: 'p',
      type: [{ text: 'Läkare' }],
      period: { start: '2026-11-23' },
      individual: { reference: 'Practitioner/b' },
    },
  ],
  hospitalization: { admitSource: { text: 'hemifrån' } },
  location: [{ location: { reference: 'Location/c' }, status: 'completed' }],
};

const json = (resource: object, subset: Subset, role?: 'match' | 'include') =>
  JSON.parse(cut(JSON.stringify(resource), subset, role));

describe('_summary=true', () => {
  test('keeps what R4 marks as summary, at every level, and what is mandatory', () => {
    const {
      text: _text,
      language: _language,
      extension: _extension,
      hospitalization: _h,
      location: _l,
      ...rest
    } = encounter;
    expect(json(encounter, summary)).toEqual({
      ...rest,
      meta: { ...encounter.meta, tag: [subsetted] },
      participant: [{ id: 'p', type: [{ text: 'Läkare' }], individual: { reference: 'Practitioner/b' } }],
    });
  });

  test('keeps elements that change what the rest means, though R4 does not mark them', () => {
    const modified = {
      ...encounter,
      implicitRules: 'urn:r',
      modifierExtension: [{ url: 'urn:m', valueBoolean: true }],
    };
    expect(json(modified, summary)).toMatchObject({
      implicitRules: 'urn:r',
      modifierExtension: modified.modifierExtension,
    });
  });

  test('leaves big content of an attachment out', () => {
    const document = {
      resourceType: 'DocumentReference',
      status: 'current',
      content: [{ attachment: { contentType: 'text/plain', data: 'aGVq', title: 'Hej' } }],
    };
    expect(json(document, summary).content).toEqual([
      { attachment: { contentType: 'text/plain', title: 'Hej' } },
    ]);
  });

  test('keeps an element whole that would otherwise be empty', () => {
    const document = {
      resourceType: 'DocumentReference',
      status: 'current',
      content: [{ attachment: { data: 'aGVq' } }],
    };
    expect(json(document, summary).content).toEqual(document.content);
  });

  test('keeps contained resources only where something that is kept refers to them', () => {
    const contained = [{ resourceType: 'Practitioner', id: 'x' }];
    const kept = { ...encounter, contained, participant: [{ individual: { reference: '#x' } }] };
    expect(json(kept, summary).contained).toEqual(contained);
    expect(json({ ...encounter, contained }, summary).contained).toBeUndefined();
  });
});

describe('_summary=text and data', () => {
  test('text is the narrative with id, meta and what is mandatory', () => {
    expect(Object.keys(json(encounter, { kind: 'text' }))).toEqual([
      'resourceType',
      'id',
      'meta',
      'text',
      'status',
      '_status',
      'class',
    ]);
  });

  test('data is everything but the narrative', () => {
    const { text: _text, ...rest } = encounter;
    expect(json(encounter, { kind: 'data' })).toEqual({
      ...rest,
      meta: { ...encounter.meta, tag: [subsetted] },
    });
  });
});

describe('_elements', () => {
  test('keeps those named, with their primitive extensions, and what is mandatory', () => {
    expect(Object.keys(json(encounter, elements('subject')))).toEqual([
      'resourceType',
      'id',
      'meta',
      'status',
      '_status',
      'class',
      'subject',
    ]);
  });

  test.each(['value', 'value[x]', 'valueQuantity'])('understands %s as the choice it is', (name) => {
    const observation = {
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'Vikt' },
      valueQuantity: { value: 1 },
    };
    expect(json(observation, elements(name)).valueQuantity).toEqual({ value: 1 });
    expect(json(observation, elements('note')).valueQuantity).toBeUndefined();
  });

  test('does not apply to included resources unless it names their type', () => {
    const patient = { resourceType: 'Patient', id: 'a', birthDate: '1941-03-14', gender: 'female' };
    expect(json(patient, elements('gender'), 'include')).toEqual(patient);
    expect(json(patient, elements('status', 'Patient.gender'), 'include')).toEqual({
      resourceType: 'Patient',
      id: 'a',
      gender: 'female',
      meta: { tag: [subsetted] },
    });
  });

  test('named for another type only leave a match as it is', () => {
    expect(json(encounter, elements('Patient.gender'))).toEqual(encounter);
  });
});

describe('every subset', () => {
  const modes: Subset[] = [
    summary,
    { kind: 'text' },
    { kind: 'data' },
    elements('status', 'value', 'extension'),
  ];

  test.each(modes)('is tagged once, other tags stay: $kind', (mode) => {
    const other = { system: 'urn:t', code: 'x' };
    const once = cut(JSON.stringify({ ...encounter, meta: { versionId: '1', tag: [other] } }), mode);
    expect(JSON.parse(once).meta).toEqual({ versionId: '1', tag: [other, subsetted] });
    expect(cut(once, mode)).toBe(once);
  });

  test('keeps every digit of a number', () => {
    const text =
      '{"resourceType":"Observation","id":"o","status":"final","code":{"text":"Vikt"},"valueQuantity":{"value":1.50000000000000000001,"unit":"kg"},"referenceRange":[{"low":{"value":1e400}}]}';
    for (const mode of [summary, elements('value')])
      expect(cut(text, mode)).toContain('"value":1.50000000000000000001');
    expect(cut(text, { kind: 'data' })).toContain('1e400');
  });

  test('of a valid resource is valid', () => {
    const validate = createValidator(definitions);
    for (const mode of modes) {
      const found = validate(json(encounter, mode), { base: 'http://localhost/fhir' });
      expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
    }
  });
});
