import { createTestApp, type TestApp, type TestResponse } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundle, encounter, observation, patient } from './resources.ts';

let fhir: TestApp;
let id: string;
const text = { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Astrid</div>' };

beforeAll(async () => {
  fhir = await createTestApp();
  const asked = {
    body: patient({
      text,
      gender: 'female',
      photo: [{ title: 'Ansikte' }],
      contact: [{ name: { text: 'Bo' } }],
    }),
  };
  id = (await fhir.ask('POST', '/Patient', asked)).json.id;
  await fhir.ask('POST', '/Encounter', {
    body: encounter(`Patient/${id}`, '2026-11-23T09:00:00Z', { text }),
  });
  await fhir.ask('POST', '/Observation', {
    body: observation('72.10', `,"subject":{"reference":"Patient/${id}"}`),
  });
});
afterAll(() => fhir.close());

const tagged = ({ meta }: { meta: { tag?: { code: string }[] } }) => meta.tag?.map(({ code }) => code);
const resources = ({ json }: TestResponse) =>
  json.entry.map(({ resource }: { resource: object }) => resource);
const problemOf = ({ status, json }: TestResponse) => [
  status,
  json.issue[0].expression,
  json.issue[0].diagnostics,
];

describe('_summary', () => {
  test('true gives what R4 marks as summary, and says that it is not all', async () => {
    const [found] = resources(await fhir.ask('GET', `/Patient?_id=${id}&_summary=true`));
    expect(Object.keys(found).sort()).toEqual(['active', 'gender', 'id', 'meta', 'name', 'resourceType']);
    expect(tagged(found)).toEqual(['SUBSETTED']);
    expect(found.meta.versionId).toBe('1');
  });

  test('text gives the narrative, data everything else', async () => {
    const [narrative] = resources(await fhir.ask('GET', `/Patient?_id=${id}&_summary=text`));
    expect(Object.keys(narrative).sort()).toEqual(['active', 'id', 'meta', 'resourceType', 'text']);
    const [data] = resources(await fhir.ask('GET', `/Patient?_id=${id}&_summary=data`));
    expect([data.text, data.photo, tagged(data)]).toEqual([undefined, [{ title: 'Ansikte' }], ['SUBSETTED']]);
  });

  test('false gives whole resources, count none at all', async () => {
    const [whole] = resources(await fhir.ask('GET', `/Patient?_id=${id}&_summary=false`));
    expect([whole.text.status, tagged(whole)]).toEqual(['generated', undefined]);
    const { json } = await fhir.ask('GET', `/Patient?_id=${id}&_summary=count`);
    expect([json.total, json.entry]).toEqual([1, undefined]);
  });

  test('is part of self and holds on every page', async () => {
    const { json } = await fhir.ask('GET', '/Patient?_summary=true&_count=1');
    expect(json.link[0].url).toBe(`${fhir.base}/Patient?_summary=true&_count=1`);
  });

  test('keeps the digits of numbers', async () => {
    const answer = await fhir.ask('GET', `/Observation?subject=Patient/${id}&_summary=true`);
    expect(answer.text).toContain('"value":72.10');
  });

  test('is stored nowhere: the next read is whole', async () => {
    await fhir.ask('GET', `/Patient/${id}?_summary=true`);
    const { json } = await fhir.ask('GET', `/Patient/${id}`);
    expect([json.text.status, json.meta.tag]).toEqual(['generated', undefined]);
  });

  test.each(['/Patient/:id', '/Patient/:id/_history/1'])('is understood by GET %s', async (path) => {
    const at = path.replace(':id', id);
    const { json, headers } = await fhir.ask('GET', `${at}?_summary=true`);
    expect([json.photo, tagged(json), headers.etag]).toEqual([undefined, ['SUBSETTED'], 'W/"1"']);
    expect(Object.keys((await fhir.ask('GET', `${at}?_elements=gender`)).json)).toEqual([
      'resourceType',
      'id',
      'meta',
      'active',
      'gender',
    ]);
    expect((await fhir.ask('GET', `${at}?_summary=count`)).status).toBe(400);
  });

  test('is understood in a batch and a transaction', async () => {
    for (const type of ['batch', 'transaction'] as const) {
      const entries = [`Patient/${id}?_summary=true`, `Patient?_id=${id}&_elements=gender`];
      const body = bundle(
        type,
        entries.map((url) => ({ request: { method: 'GET', url } })),
      );
      const [read, searched] = resources(await fhir.ask('POST', '', { body }));
      expect(tagged(read)).toEqual(['SUBSETTED']);
      expect(tagged(searched.entry[0].resource)).toEqual(['SUBSETTED']);
    }
  });

  test.each([
    ['_summary=yes', '_summary', 'true, text, data, count or false'],
    ['_summary=true&_summary=data', '_summary', 'once'],
    ['_summary=true&_elements=gender', '_elements', 'one of them'],
    ['_summary=text&_revinclude=Encounter:patient', '_summary', '_revinclude'],
    ['_elements=colour', '_elements', "no element 'colour' in Patient"],
    ['_elements=gendr', '_elements', "did you mean 'gender'"],
    ['_elements=name.family', '_elements', 'too deep'],
    ['_elements=Patint.name', '_elements', 'no resource type'],
    ['_elements=gender,', '_elements', 'names of elements'],
    ['_elements=gender,19410314-9805', '_elements', 'names of elements'],
  ])('refuses %s', async (query, parameter, advice) => {
    for (const prefer of ['handling=strict', 'handling=lenient']) {
      const answer = await fhir.ask('GET', `/Patient?${query}`, { headers: { prefer } });
      expect(problemOf(answer)).toEqual([400, [parameter], expect.stringContaining(advice)]);
    }
  });
});

describe('_elements', () => {
  test('gives those named, those that are mandatory and those that change the meaning', async () => {
    const [found] = resources(await fhir.ask('GET', `/Encounter?patient=${id}&_elements=period`));
    expect(Object.keys(found)).toEqual(['resourceType', 'id', 'meta', 'status', 'class', 'period']);
    expect(tagged(found)).toEqual(['SUBSETTED']);
  });

  test('does not touch what is included, unless it names the type; _summary does', async () => {
    const include = `/Encounter?patient=${id}&_include=Encounter:patient`;
    const whole = resources(await fhir.ask('GET', `${include}&_elements=status`))[1];
    expect([whole.text.status, tagged(whole)]).toEqual(['generated', undefined]);
    const named = resources(await fhir.ask('GET', `${include}&_elements=status,Patient.gender`))[1];
    expect([named.gender, named.name, tagged(named)]).toEqual(['female', undefined, ['SUBSETTED']]);
    const short = resources(await fhir.ask('GET', `${include}&_summary=true`))[1];
    expect([short.name[0].family, short.photo, tagged(short)]).toEqual([
      'Testberg',
      undefined,
      ['SUBSETTED'],
    ]);
  });
});
