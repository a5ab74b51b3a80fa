import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { careTeam, encounter, patient } from './resources.ts';

let fhir: TestApp;
beforeAll(async () => {
  fhir = await createTestApp();
});
afterAll(() => fhir.close());

const stored = async () =>
  Number((await fhir.database.pool.query('select count(*) from resource')).rows[0].count);

/** Sends, and makes sure that the answer is an OperationOutcome that says something and that nothing is stored. */
async function refused(
  status: number,
  method: string,
  path: string,
  request: Parameters<TestApp['ask']>[2] = {},
) {
  const before = await stored();
  const answer = await fhir.ask(method, path, request);
  expect(answer.status, answer.text).toBe(status);
  expect(answer.json.resourceType).toBe('OperationOutcome');
  expect(answer.json.issue[0].diagnostics.length).toBeGreaterThan(10);
  expect(answer.headers['content-type']).toMatch(/^application\/(fhir\+)?json; charset=utf-8$/);
  expect(answer.text).not.toMatch(/node_modules|at async|select |insert /i);
  expect(await stored()).toBe(before);
  return answer;
}

describe('what a new user gets wrong is answered with a clear OperationOutcome', () => {
  test.each([
    ['broken JSON', '{"resourceType":"CareTeam",'],
    ['no JSON', 'status=active'],
    ['an empty body', ''],
    ['an array', '[]'],
    ['a string', '"CareTeam"'],
    ['null', 'null'],
    ['no resourceType', '{}'],
    ['a byte order mark', `\ufeff${JSON.stringify(careTeam('Patient/1'))}`],
    ['a duplicate key', '{"resourceType":"CareTeam","status":"active","status":"inactive"}'],
    ['__proto__', '{"resourceType":"CareTeam","__proto__":{"status":"active"}}'],
    ['an unknown element', JSON.stringify(careTeam('Patient/1', { colour: 'red' }))],
    ['a wrong type', JSON.stringify(careTeam('Patient/1', { name: 7 }))],
    ['a bad code', JSON.stringify(careTeam('Patient/1', { status: 'aktiv' }))],
    ['a bad date', JSON.stringify(careTeam('Patient/1', { period: { start: '23/11 2026' } }))],
    ['a lone surrogate', '{"resourceType":"CareTeam","name":"\\ud800"}'],
    ['a number that is none', '{"resourceType":"CareTeam","status":NaN}'],
  ])('%s', async (_name, body) => {
    await refused(400, 'POST', '/CareTeam', { body });
  });

  test('JSON 200,000 levels deep', async () => {
    const body = `{"resourceType":"CareTeam","x":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    const { json } = await refused(400, 'POST', '/CareTeam', { body });
    expect(json.issue[0].diagnostics).toContain('64');
  });

  test('a missing required element, with its place', async () => {
    const { subject: _, status: __, ...body } = encounter('Patient/1', '2026-11-23T10:00:00Z');
    const { json } = await refused(400, 'POST', '/Encounter', { body });
    expect(json.issue[0].expression).toEqual(['Encounter.status']);
  });

  test('a body of 9 MB', async () => {
    const body = JSON.stringify(patient({ text: { status: 'generated', div: 'x'.repeat(9 * 1024 * 1024) } }));
    const { json } = await refused(413, 'POST', '/Patient', { body });
    expect(json.issue[0].code).toBe('too-long');
  });

  test('a stale If-Match', async () => {
    const { json } = await fhir.ask('POST', '/Patient', { body: patient() });
    const body = patient({ id: json.id, active: false });
    await refused(412, 'PUT', `/Patient/${json.id}`, { body, headers: { 'if-match': 'W/"2"' } });
  });

  test('invalid UTF-8', async () => {
    const token = await fhir.issuer.token('journalsystem');
    const response = await fhir.app.inject({
      method: 'POST',
      url: '/fhir/Patient',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' },
      payload: Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d]),
    });
    expect([response.statusCode, response.json().resourceType]).toEqual([400, 'OperationOutcome']);
  });
});

test('a refusal before the body is audited too, once the caller is known', async () => {
  await refused(415, 'POST', '/Patient', {
    body: 'x',
    type: 'text/plain',
    headers: { 'x-request-id': 'early' },
  });
  const { rows } = await fhir.database.pool.query(
    `select interaction, reason, type from audit where request = 'early'`,
  );
  expect(rows).toEqual([{ interaction: 'create', reason: 'unsupported-media', type: 'Patient' }]);
});

test('a body that is not compressed as it says is refused, and one compressed in another way', async () => {
  await refused(400, 'POST', '/Patient', { body: patient(), headers: { 'content-encoding': 'gzip' } });
  await refused(415, 'POST', '/Patient', { body: patient(), headers: { 'content-encoding': 'br' } });
});

describe('addresses', () => {
  test.each([
    [404, 'GET', '/Banana'],
    [404, 'GET', '/Banana/1'],
    [404, 'GET', '/constructor/1'],
    [404, 'GET', '/__proto__/1'],
    [404, 'GET', '/Parameters/1'],
    [404, 'GET', '/Patient/1/$nothing'],
    [404, 'GET', '/Patient/1/2/3/4'],
    [400, 'GET', '/Patient/a_b'],
    [400, 'GET', `/Patient/${'x'.repeat(65)}`],
    [400, 'GET', '/Patient/..%2f..%2fetc'],
    [400, 'GET', '/Patient/%00'],
    [400, 'GET', '/Patient/%ZZ'],
    [405, 'PUT', '/'],
    [405, 'POST', '/Patient/1'],
    [405, 'OPTIONS', '/Patient/1'],
  ])('%i for %s %s', async (status, method, path) => {
    const answer = await refused(status, method, path, method === 'GET' ? {} : { body: patient() });
    if (status === 405) {
      const allowed = answer.headers.allow?.split(', ');
      expect(allowed?.includes('HEAD')).toBe(allowed?.includes('GET'));
    }
  });

  test('another method cannot be smuggled in', async () => {
    const { json } = await fhir.ask('POST', '/Patient', { body: patient() });
    const headers = { 'x-http-method-override': 'DELETE' };
    expect((await fhir.ask('GET', `/Patient/${json.id}`, { headers })).status).toBe(200);
    expect((await fhir.ask('GET', `/Patient/${json.id}`)).status).toBe(200);
  });
});

describe('content types', () => {
  const body = JSON.stringify(patient());

  test.each([
    'application/fhir+json',
    'application/json',
    'application/fhir+json; charset=utf-8',
    'application/fhir+json;charset="UTF-8"; fhirVersion=4.0',
  ])('%s is read', async (type) => {
    expect((await fhir.ask('POST', '/Patient', { body, type })).status).toBe(201);
  });

  test.each([
    'application/xhtml+xml',
    'text/plain',
    'application/json-patch+json',
    'application/x-www-form-urlencoded',
    'application/fhir+json; charset=utf-7',
    'application/fhir+json; fhirVersion=5.0',
    'application/fhir+json\t; a',
    'application/fhir+json garbage',
    'json',
    '',
  ])('%j is refused', async (type) => {
    await refused(415, 'POST', '/Patient', { body, type });
  });

  test.each([
    ['application/fhir+json', 'application/fhir+json'],
    ['application/json', 'application/json'],
    ['*/*', 'application/fhir+json'],
    ['text/html, application/*;q=0.5', 'application/fhir+json'],
    ['application/fhir+xml;q=1, application/fhir+json;q=0.9', 'application/fhir+xml'],
    ['application/fhir+xml;q=0.8, application/fhir+json;q=0.9', 'application/fhir+json'],
    ['text/turtle, application/xml', 'application/xml'],
  ])('Accept %s is answered with %s', async (accept, type) => {
    const answer = await fhir.ask('GET', '/Patient?_count=1', { headers: { accept } });
    expect([answer.status, answer.headers['content-type']]).toEqual([200, `${type}; charset=utf-8`]);
  });

  test.each([
    'text/turtle',
    'text/html',
    'application/fhir+json;q=0',
    'application/fhir+json;fhirVersion=3.0',
  ])('Accept %s is refused', async (accept) => {
    await refused(406, 'GET', '/Patient?_count=1', { headers: { accept } });
  });

  test('_format wins over Accept', async () => {
    const headers = { accept: 'application/fhir+xml' };
    for (const format of ['json', 'application/fhir+json']) {
      const answer = await fhir.ask('GET', `/Patient?_format=${format}&_count=1`, { headers });
      expect(answer.headers['content-type']).toBe('application/fhir+json; charset=utf-8');
    }
    await refused(406, 'GET', '/Patient?_format=ttl');
  });

  test('_pretty indents and changes nothing else', async () => {
    const { json } = await fhir.ask('POST', '/Patient', {
      body: patient({ name: [{ family: 'a"{,}:[b\\' }] }),
    });
    const plain = await fhir.ask('GET', `/Patient/${json.id}`);
    const pretty = await fhir.ask('GET', `/Patient/${json.id}?_pretty=true`);
    expect(pretty.text).toBe(JSON.stringify(plain.json, null, 2));
  });
});

describe('failures inside', () => {
  test('are 500 without a word of what happened; the log tells where, not what', async () => {
    const lines: string[] = [];
    const broken = await createTestApp({
      store: { ...fhir.store, read: () => Promise.reject(new Error('secret 194103149805')) },
      logger: { level: 'info', stream: { write: (line: string) => lines.push(line) } },
    });
    const answer = await broken.ask('GET', '/Patient/1', { headers: { 'x-request-id': 'broken-1' } });
    await broken.close();
    expect([answer.status, answer.json.issue[0].code]).toEqual([500, 'exception']);
    expect(answer.text).not.toContain('secret');
    const logged = lines.find((line) => line.includes('"failed"')) ?? '';
    expect(JSON.parse(logged)).toMatchObject({
      reqId: 'broken-1',
      kind: 'internal',
      error: { name: 'Error' },
    });
    expect(logged).toContain('refusals.test.ts');
    expect(logged).not.toContain('secret');
  });

  test('what cannot be audited is 503', async () => {
    const dark = await createTestApp({
      store: { ...fhir.store, refuse: () => Promise.reject(new Error('down')) },
    });
    const answer = await dark.ask('POST', '/Patient', { body: 'no json' });
    await dark.close();
    expect([answer.status, answer.json.issue[0].code, answer.headers['retry-after']]).toEqual([
      503,
      'transient',
      '1',
    ]);
  });
});

test('a request id is echoed when harmless and made otherwise', async () => {
  const ask = async (id: string) =>
    (await fhir.ask('GET', '/metadata', { headers: { 'x-request-id': id } })).headers;
  expect((await ask('order-7'))['x-request-id']).toBe('order-7');
  expect((await ask('a b"c'))['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
});
