import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { careTeam, observation, patient } from './resources.ts';

let fhir: TestApp;
beforeAll(async () => {
  fhir = await createTestApp();
});
afterAll(() => fhir.close());

const jsonPatch = (path: string, operations: object[], headers: Record<string, string> = {}) =>
  fhir.ask('PATCH', path, { body: operations, type: 'application/json-patch+json', headers });

const replace = (path: string, value: string, code: string) => ({
  resourceType: 'Parameters',
  parameter: [
    {
      name: 'operation',
      part: [
        { name: 'type', valueCode: 'replace' },
        { name: 'path', valueString: path },
        { name: 'value', [code]: value },
      ],
    },
  ],
});

async function created(over: object = {}): Promise<string> {
  return (await fhir.ask('POST', '/CareTeam', { body: careTeam('Patient/1', over) })).json.id;
}

describe('JSON Patch', () => {
  test('changes what it says and makes a new version', async () => {
    const id = await created();
    const { status, headers, json } = await jsonPatch(`/CareTeam/${id}`, [
      { op: 'test', path: '/status', value: 'active' },
      { op: 'replace', path: '/status', value: 'suspended' },
    ]);
    expect([status, headers.etag, json.status]).toEqual([200, 'W/"2"', 'suspended']);
  });

  test('whose test fails changes nothing', async () => {
    const id = await created();
    const { status } = await jsonPatch(`/CareTeam/${id}`, [
      { op: 'replace', path: '/status', value: 'inactive' },
      { op: 'test', path: '/name', value: 'another' },
    ]);
    expect(status).toBe(422);
    expect((await fhir.ask('GET', `/CareTeam/${id}`)).json.status).toBe('active');
  });

  test('keeps the digits of decimals', async () => {
    const { json } = await fhir.ask('POST', '/Observation', { body: observation('70.10') });
    await jsonPatch(`/Observation/${json.id}`, [{ op: 'replace', path: '/status', value: 'amended' }]);
    expect((await fhir.ask('GET', `/Observation/${json.id}`)).text).toContain('"value":70.10');
  });

  test('is refused when the result is not valid', async () => {
    const id = await created();
    const { status, json } = await jsonPatch(`/CareTeam/${id}`, [
      { op: 'replace', path: '/status', value: 'aktiv' },
    ]);
    expect([status, json.issue[0].expression]).toEqual([400, ['CareTeam.status']]);
  });

  test.each([
    ['/id', 'x'],
    ['/resourceType', 'Patient'],
    ['/meta/versionId', '9'],
    ['/subject', { reference: 'Patient/2' }],
  ])('cannot change %s', async (path, value) => {
    const id = await created();
    const { status } = await jsonPatch(`/CareTeam/${id}`, [{ op: 'replace', path, value }]);
    expect(status).toBe(422);
  });

  test('heeds If-Match', async () => {
    const id = await created();
    const operations = [{ op: 'replace', path: '/name', value: 'New' }];
    expect((await jsonPatch(`/CareTeam/${id}`, operations, { 'if-match': 'W/"3"' })).status).toBe(412);
    expect((await jsonPatch(`/CareTeam/${id}`, operations, { 'if-match': 'W/"1"' })).status).toBe(200);
  });

  test('of what is absent answers 404, of what is deleted 410', async () => {
    const id = await created();
    await fhir.ask('DELETE', `/CareTeam/${id}`);
    const operations = [{ op: 'remove', path: '/name' }];
    expect((await jsonPatch('/CareTeam/unknown', operations)).status).toBe(404);
    expect((await jsonPatch(`/CareTeam/${id}`, operations)).status).toBe(410);
  });

  test('of 8 writers at once loses nothing', async () => {
    const id = await created({ note: [{ text: '0' }] });
    const add = (text: string) =>
      jsonPatch(`/CareTeam/${id}`, [{ op: 'add', path: '/note/-', value: { text } }]);
    const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => add(String(index + 1))));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect((await fhir.ask('GET', `/CareTeam/${id}`)).json.note).toHaveLength(9);
  });
});

describe('FHIRPath Patch', () => {
  test('changes what it says', async () => {
    const id = await created();
    const body = replace('CareTeam.status', 'inactive', 'valueCode');
    const { status, json } = await fhir.ask('PATCH', `/CareTeam/${id}`, { body });
    expect([status, json.status, json.meta.versionId]).toEqual([200, 'inactive', '2']);
  });

  test('is refused when its path has no match or its body is no Parameters', async () => {
    const id = await created();
    const body = replace('CareTeam.period.start', '2026', 'valueDateTime');
    expect((await fhir.ask('PATCH', `/CareTeam/${id}`, { body })).status).toBe(422);
    const other = await fhir.ask('PATCH', `/CareTeam/${id}`, { body: patient() });
    expect([400, 422]).toContain(other.status);
  });
});

describe('conditional patch', () => {
  const path = (value: string) => `/CareTeam?identifier=urn:test|${value}`;
  const rename = [{ op: 'replace', path: '/name', value: 'Renamed' }];

  test('changes the one match; none is 404 and several are 412', async () => {
    const identifier = (value: string) => ({ identifier: [{ system: 'urn:test', value }] });
    const id = await created(identifier('one'));
    await created(identifier('two'));
    await created(identifier('two'));
    const { status, json } = await jsonPatch(path('one'), rename);
    expect([status, json.id, json.name]).toEqual([200, id, 'Renamed']);
    expect((await jsonPatch(path('none'), rename)).status).toBe(404);
    expect((await jsonPatch(path('two'), rename)).status).toBe(412);
  });
});
