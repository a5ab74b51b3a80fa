import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundle, careTeam, observation, patient } from './resources.ts';

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

const mergePatch = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fhir.ask('PATCH', path, { body, type: 'application/merge-patch+json', headers });

describe('JSON Merge Patch', () => {
  test('changes what it says, removes by null and makes a new version', async () => {
    const id = await created({ note: [{ text: 'a' }] });
    const { status, headers, json } = await mergePatch(`/CareTeam/${id}`, { status: 'inactive', note: null });
    expect([status, headers.etag, json.status, json.note, json.name]).toEqual([
      200,
      'W/"2"',
      'inactive',
      undefined,
      'Fast vårdkontakt',
    ]);
  });

  test('keeps the digits of decimals', async () => {
    const { json } = await fhir.ask('POST', '/Observation', { body: observation('70.10') });
    const body = '{"status":"amended","referenceRange":[{"low":{"value":1.00}}]}';
    expect((await mergePatch(`/Observation/${json.id}`, body)).status).toBe(200);
    const { text } = await fhir.ask('GET', `/Observation/${json.id}`);
    expect([text.includes('"value":70.10'), text.includes('"value":1.00')]).toEqual([true, true]);
  });

  test('is refused when the result is not valid, or changes what is kept', async () => {
    const id = await created();
    for (const [status, body, expression] of [
      [400, { status: 'aktiv' }, 'CareTeam.status'],
      [400, { name: {} }, 'CareTeam.name'],
      [422, { id: 'x' }, 'CareTeam.id'],
      [422, { meta: { versionId: '9' } }, 'CareTeam.meta.versionId'],
      [422, { meta: { lastUpdated: null } }, 'CareTeam.meta.lastUpdated'],
    ] as const) {
      const { json, ...answer } = await mergePatch(`/CareTeam/${id}`, body);
      expect([answer.status, json.issue[0].expression]).toEqual([status, [expression]]);
    }
    expect((await mergePatch(`/CareTeam/${id}`, { subject: { reference: 'Patient/2' } })).status).toBe(422);
    expect((await mergePatch(`/CareTeam/${id}`, [])).status).toBe(400);
    expect((await fhir.ask('GET', `/CareTeam/${id}`)).json.meta.versionId).toBe('1');
  });

  test('heeds If-Match and a condition', async () => {
    const id = await created({ identifier: [{ system: 'urn:test', value: 'merge' }] });
    expect((await mergePatch(`/CareTeam/${id}`, { name: 'B' }, { 'if-match': 'W/"7"' })).status).toBe(412);
    const path = '/CareTeam?identifier=urn:test|merge';
    const { status, json } = await mergePatch(path, { name: 'B' }, { 'if-match': 'W/"1"' });
    expect([status, json.id, json.name]).toEqual([200, id, 'B']);
    expect((await mergePatch('/CareTeam?identifier=urn:test|nobody', { name: 'B' })).status).toBe(404);
  });

  test('travels in a Bundle as Binary, as a JSON Patch does', async () => {
    const id = await created();
    const entry = (contentType: string, patch: unknown) => ({
      resource: {
        resourceType: 'Binary',
        contentType,
        data: Buffer.from(JSON.stringify(patch)).toString('base64'),
      },
      request: { method: 'PATCH', url: `CareTeam/${id}` },
    });
    const send = (each: object) => fhir.ask('POST', '', { body: bundle('transaction', [each]) });
    expect((await send(entry('application/merge-patch+json', { name: 'C' }))).status).toBe(200);
    expect((await fhir.ask('GET', `/CareTeam/${id}`)).json.name).toBe('C');
    const other = await send(entry('application/json', { name: 'D' }));
    expect([other.status, other.json.issue[0].diagnostics]).toEqual([
      415,
      expect.stringContaining('application/merge-patch+json'),
    ]);
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

describe('a patch that is sent in the wrong way is told the right one', () => {
  test('as another kind of patch', async () => {
    const id = await created();
    for (const body of [[{ op: 'replace', path: '/name', value: 'x' }], { name: 'x' }]) {
      const { status, json } = await fhir.ask('PATCH', `/CareTeam/${id}`, { body, type: 'application/json' });
      expect(status).toBe(400);
      expect(json.issue[0].diagnostics).toContain('application/json-patch+json');
      expect(json.issue[0].diagnostics).toContain('application/merge-patch+json');
    }
  });

  test('as a replace of what is not there', async () => {
    const body = replace('CareTeam.language', 'sv', 'valueCode');
    const { status, json } = await fhir.ask('PATCH', `/CareTeam/${await created()}`, { body });
    expect(status).toBe(422);
    expect(json.issue[0].diagnostics).toContain('use add for what is not there');
  });

  test('as a content type that is none, with Accept-Patch', async () => {
    const { status, headers } = await fhir.ask('PATCH', `/CareTeam/${await created()}`, {
      body: '[]',
      type: 'text/plain',
    });
    expect(status).toBe(415);
    expect(headers['accept-patch']).toContain('application/merge-patch+json');
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
