import { createXml, loadDefinitions } from '@naravard/fhir';
import { createTestApp, type TestApp, type TestRequest } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundle, careTeam, observation, patient, post } from './resources.ts';

/** http://hl7.org/fhir/R4/xml.html, over the wire. */
const xml = createXml(loadDefinitions());
const fhirXml = 'application/fhir+xml';
const accept = { accept: fhirXml };

let fhir: TestApp;
beforeAll(async () => {
  fhir = await createTestApp();
});
afterAll(() => fhir.close());

const written = (resource: object | string): string =>
  xml.write(typeof resource === 'string' ? resource : JSON.stringify(resource)) ?? '';

/** The answer with its body as JSON, whichever format it came in. */
async function ask(method: string, path: string, request: TestRequest = {}) {
  const { status, headers, text } = await fhir.ask(method, path, request);
  const type = headers['content-type'];
  return {
    status,
    headers,
    text,
    type,
    json: text && /xml/.test(type ?? '') ? JSON.parse(xml.read(text)) : undefined,
  };
}

const send = (
  method: string,
  path: string,
  resource: object | string,
  headers: Record<string, string> = {},
) => ask(method, path, { body: written(resource), type: fhirXml, headers: { ...accept, ...headers } });

describe('a resource in XML', () => {
  test('is created, read, updated and deleted as one in JSON', async () => {
    const created = await send('POST', '/Patient', patient());
    const { id } = created.json;
    expect([created.status, created.type, created.headers.etag]).toEqual([
      201,
      'application/fhir+xml; charset=utf-8',
      'W/"1"',
    ]);
    expect(created.headers.location).toBe(`${fhir.base}/Patient/${id}/_history/1`);
    const updated = await send('PUT', `/Patient/${id}`, patient({ id, active: false }), {
      'if-match': 'W/"1"',
    });
    expect([updated.status, updated.json.active, updated.headers.etag]).toEqual([200, false, 'W/"2"']);
    const asXml = await ask('GET', `/Patient/${id}`, { headers: accept });
    const asJson = await fhir.ask('GET', `/Patient/${id}`);
    expect(asXml.json).toEqual(asJson.json);
    expect([asXml.headers.etag, asXml.headers['last-modified']]).toEqual([
      asJson.headers.etag,
      asJson.headers['last-modified'],
    ]);
    const unchanged = await ask('GET', `/Patient/${id}`, {
      headers: { ...accept, 'if-none-match': 'W/"2"' },
    });
    expect([unchanged.status, unchanged.text]).toEqual([304, '']);
    expect((await ask('DELETE', `/Patient/${id}`, { headers: accept })).status).toBe(204);
    const gone = await ask('GET', `/Patient/${id}`, { headers: accept });
    expect([gone.status, gone.json.resourceType]).toEqual([410, 'OperationOutcome']);
  });

  test('keeps digits, extensions of primitives and the narrative, and is found by what it holds', async () => {
    const div = '<div xmlns="http://www.w3.org/1999/xhtml"><p class="a">å &amp; <b>b</b>\n</p></div>';
    const more = `,"_status":{"extension":[{"url":"http://example.org/x","valueDecimal":1.00}]},"text":{"status":"generated","div":${JSON.stringify(div)}}`;
    const { json, status, text } = await send('POST', '/Observation', observation('70.10', more));
    expect(status, text).toBe(201);
    const stored = await fhir.ask('GET', `/Observation/${json.id}`);
    expect(stored.text).toContain('"value":70.10');
    expect(stored.text).toContain('"valueDecimal":1.00');
    expect(stored.json.text.div).toBe(div);
    const read = await ask('GET', `/Observation/${json.id}?_format=xml`);
    expect(read.text).toContain('<value value="70.10"/>');
    expect(read.text).toContain(div);
  });

  test('is refused as one in JSON, in XML', async () => {
    const invalid = await send('POST', '/CareTeam', careTeam('Patient/1', { status: 'aktiv' }));
    expect([invalid.status, invalid.type, invalid.json.issue[0].expression]).toEqual([
      400,
      'application/fhir+xml; charset=utf-8',
      ['CareTeam.status'],
    ]);
    const other = await send('POST', '/Patient', careTeam('Patient/1'));
    expect([other.status, other.json.resourceType]).toEqual([400, 'OperationOutcome']);
    const empty = await ask('POST', '/Patient', { body: '', type: fhirXml, headers: accept });
    expect(empty.status).toBe(400);
  });

  test('whose elements R4 does not have says which', async () => {
    const body = '<Patient xmlns="http://hl7.org/fhir"><name><age value="9"/></name></Patient>';
    const { status, json } = await ask('POST', '/Patient', { body, type: fhirXml, headers: accept });
    expect([status, json.issue[0].expression, json.issue[0].diagnostics]).toEqual([
      400,
      ['Patient.name[0]'],
      expect.stringContaining('age is no element'),
    ]);
  });
});

describe('what is asked for decides the format', () => {
  test.each([
    [{ accept: 'application/xml' }, '', 'application/xml; charset=utf-8'],
    [{ accept: 'text/xml' }, '', 'text/xml; charset=utf-8'],
    [{ accept: 'application/fhir+xml; fhirVersion=4.0' }, '', 'application/fhir+xml; charset=utf-8'],
    [{ accept: 'application/fhir+json' }, '&_format=xml', 'application/fhir+xml; charset=utf-8'],
    [{}, '&_format=application/fhir%2Bxml', 'application/fhir+xml; charset=utf-8'],
    [{}, '&_format=application/fhir+xml', 'application/fhir+xml; charset=utf-8'],
    [{}, '&_format=text/xml', 'text/xml; charset=utf-8'],
    [accept, '&_format=json', 'application/fhir+json; charset=utf-8'],
  ] as const)('%j %s', async (headers, query, type) => {
    const answer = await ask('GET', `/Patient?_count=1${query}`, { headers });
    expect([answer.status, answer.type]).toEqual([200, type]);
  });

  test('also within the body of a search by POST', async () => {
    const form = { type: 'application/x-www-form-urlencoded' };
    const answer = await ask('POST', '/Patient/_search', {
      body: '_count=1&_format=xml&_pretty=true',
      ...form,
    });
    expect([answer.status, answer.json.resourceType]).toEqual([200, 'Bundle']);
    expect(answer.text).toContain('\n  <type value="searchset"/>');
    expect((await fhir.ask('POST', '/Patient/_search', { body: '_format=ttl', ...form })).status).toBe(406);
  });

  test('_pretty indents', async () => {
    const { text } = await ask('GET', '/metadata?_format=xml&_pretty=true', { as: null });
    expect(text).toMatch(/^<\?xml [^>]*>\n<CapabilityStatement xmlns="http:\/\/hl7.org\/fhir">\n {2}</);
    expect(text).toContain('\n    <mode value="server"/>\n');
  });

  test('a body in JSON may be answered in XML, and one in XML in JSON', async () => {
    const inXml = await ask('POST', '/Patient', { body: patient(), headers: accept });
    expect([inXml.status, inXml.json.resourceType]).toEqual([201, 'Patient']);
    const inJson = await fhir.ask('POST', '/Patient', { body: written(patient()), type: 'application/xml' });
    expect([inJson.status, inJson.json.resourceType]).toEqual([201, 'Patient']);
  });

  test('a refusal comes in it too, even one that comes before it is looked at', async () => {
    for (const [status, request] of [
      [401, { as: null, headers: accept }],
      [404, { headers: accept }],
    ] as const) {
      const answer = await ask('GET', '/Patient/absent', request);
      expect([answer.status, answer.json?.resourceType]).toEqual([status, 'OperationOutcome']);
    }
    const refused = await fhir.ask('GET', '/Patient?_format=ttl', { headers: accept });
    expect([refused.status, refused.json.resourceType]).toEqual([406, 'OperationOutcome']);
  });

  test('also where there is no such route', async () => {
    for (const [status, method, path] of [
      [404, 'GET', '/Patient/1/2/3'],
      [405, 'DELETE', ''],
    ] as const) {
      const answer = await ask(method, path, { headers: accept });
      expect([answer.status, answer.json?.resourceType]).toEqual([status, 'OperationOutcome']);
    }
  });

  test('what XML cannot say comes in JSON', async () => {
    const body = patient({ name: [{ family: 'Test\ufffeberg' }] });
    const created = await fhir.ask('POST', '/Patient', { body, headers: accept });
    expect([created.status, created.headers['content-type'], created.json.name]).toEqual([
      201,
      'application/fhir+json; charset=utf-8',
      body.name,
    ]);
  });
});

describe('everything else speaks XML', () => {
  test('the capability statement says so', async () => {
    const { json, type } = await ask('GET', '/metadata', { as: null, headers: accept });
    expect([type, json.format]).toEqual([
      'application/fhir+xml; charset=utf-8',
      expect.arrayContaining(['application/fhir+xml', 'xml']),
    ]);
    expect(json).toEqual((await fhir.ask('GET', '/metadata', { as: null })).json);
  });

  test('transactions and batches', async () => {
    const transaction = bundle('transaction', [
      post(patient(), 'urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a'),
      post(careTeam('urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a')),
    ]);
    const { status, json } = await send('POST', '', transaction);
    expect([status, json.type, json.entry.length]).toEqual([200, 'transaction-response', 2]);
    const location = json.entry[1].response.location.split('/_history')[0];
    const batch = bundle('batch', [
      { request: { method: 'GET', url: location } },
      { request: { method: 'GET', url: 'Patient/absent' } },
    ]);
    const answer = await send('POST', '', batch);
    const [team, absent] = answer.json.entry;
    expect([team.resource.subject.reference, absent.response.outcome.resourceType]).toEqual([
      json.entry[0].response.location.split('/_history')[0],
      'OperationOutcome',
    ]);
  });

  test('searches, pages, summaries and history', async () => {
    const { id } = (await send('POST', '/Patient', patient())).json;
    await send('PUT', `/Patient/${id}`, patient({ id, active: false }));
    for (const path of [
      '/Patient?_count=1&_total=accurate',
      `/Patient?_id=${id}&_summary=true`,
      `/Patient?_id=${id}&_elements=name`,
      `/Patient/${id}/_history`,
      `/Patient/${id}/_history/1`,
    ]) {
      const asXml = await ask('GET', path, { headers: accept });
      const asJson = await fhir.ask('GET', path);
      expect([asXml.status, asXml.json.resourceType]).toEqual([200, asJson.json.resourceType]);
      if (!path.includes('_count')) expect(asXml.json).toEqual(asJson.json);
    }
  });

  test('a FHIRPath Patch', async () => {
    const { id } = (await send('POST', '/Patient', patient())).json;
    const part = [
      { name: 'type', valueCode: 'replace' },
      { name: 'path', valueString: 'Patient.active' },
      { name: 'value', valueBoolean: false },
    ];
    const body = { resourceType: 'Parameters', parameter: [{ name: 'operation', part }] };
    const { status, json } = await send('PATCH', `/Patient/${id}`, body);
    expect([status, json.active]).toEqual([200, false]);
  });
});
