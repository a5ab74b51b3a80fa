import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundle, careTeam, patient, post } from './resources.ts';

let fhir: TestApp;
beforeAll(async () => {
  fhir = await createTestApp();
});
afterAll(() => fhir.close());

const send = (entry: object[], headers: Record<string, string> = {}) =>
  fhir.ask('POST', '', { body: bundle('batch', entry), headers });

describe('batch', () => {
  test('answers each entry on its own, in order; a failed one fails no other', async () => {
    const made = (await fhir.ask('POST', '/Patient', { body: patient() })).json.id;
    const { status, json } = await send([
      post(patient()),
      post(careTeam('Patient/1', { status: 'aktiv' })),
      { request: { method: 'GET', url: `Patient/${made}` } },
      { request: { method: 'GET', url: 'Patient/unknown' } },
      { request: { method: 'DELETE', url: `Patient/${made}` } },
      { request: { method: 'GET', url: `${fhir.base}/Patient?_count=0` } },
      { request: { method: 'GET', url: 'Banana/1' } },
    ]);
    expect([status, json.type]).toEqual([200, 'batch-response']);
    const statuses = json.entry.map((entry: { response: { status: string } }) =>
      entry.response.status.slice(0, 3),
    );
    expect(statuses).toEqual(['201', '400', expect.stringMatching(/200|410/), '404', '204', '200', '404']);
    expect(json.entry[3].response.status).toBe('404 Not Found');
    expect(json.entry[0].response).toMatchObject({ status: '201 Created', etag: 'W/"1"' });
    expect(json.entry[0].response.location).toMatch(/^Patient\/.+\/_history\/1$/);
    expect(json.entry[1].response.outcome.issue[0].expression).toEqual(['Bundle.entry[1].resource.status']);
    expect(json.entry[5].resource).toMatchObject({ resourceType: 'Bundle', type: 'searchset' });
  });

  test('gives resources back when the caller prefers so', async () => {
    const plain = await send([post(patient())]);
    const whole = await send([post(patient())], { prefer: 'return=representation' });
    const outcome = await send([post(patient())], { prefer: 'return=OperationOutcome' });
    expect(plain.json.entry[0].resource).toBeUndefined();
    expect(whole.json.entry[0].resource).toMatchObject(patient());
    expect(outcome.json.entry[0].response.outcome.resourceType).toBe('OperationOutcome');
  });

  test('takes conditions and patches', async () => {
    const identifier = [{ system: 'urn:test', value: 'batch' }];
    const ifNoneExist = 'identifier=urn:test|batch';
    await send([post(patient({ identifier }), undefined, { ifNoneExist })]);
    const operations = Buffer.from(
      JSON.stringify([{ op: 'replace', path: '/active', value: false }]),
    ).toString('base64');
    const { json } = await send([
      post(patient({ identifier }), undefined, { ifNoneExist }),
      {
        resource: { resourceType: 'Binary', contentType: 'application/json-patch+json', data: operations },
        request: { method: 'PATCH', url: 'Patient?identifier=urn:test|batch', ifMatch: 'W/"1"' },
      },
    ]);
    expect(json.entry.map((entry: { response: { status: string } }) => entry.response.status)).toEqual([
      '200 OK',
      '200 OK',
    ]);
    expect(json.entry[1].response.etag).toBe('W/"2"');
  });

  test('leaves an audit row for each entry', async () => {
    await send([post(patient()), { request: { method: 'GET', url: 'Patient/unknown' } }], {
      'x-request-id': 'batched',
    });
    const { rows } = await fhir.database.pool.query(
      `select interaction, outcome from audit where request = 'batched' order by interaction`,
    );
    expect(rows).toEqual([
      { interaction: 'create', outcome: 0 },
      { interaction: 'read', outcome: 4 },
    ]);
  });
});

describe('a Bundle that is not one', () => {
  test.each([
    [{ resourceType: 'Bundle' }, 'Bundle.type'],
    [{ resourceType: 'Bundle', type: 'searchset' }, 'Bundle.type'],
    [{ resourceType: 'Patient' }, 'Bundle.type'],
    [{ resourceType: 'Bundle', type: 'batch', entry: [{ resource: patient() }] }, 'Bundle'],
    [
      { resourceType: 'Bundle', type: 'batch', entry: [{ request: { method: 'FETCH', url: 'Patient' } }] },
      'Bundle.entry[0].request.method',
    ],
    [{ resourceType: 'Bundle', type: 'batch', entry: 'none' }, 'Bundle.entry'],
    [{ resourceType: 'Bundle', type: 'batch', extra: 1 }, 'Bundle'],
  ])('is refused: %j', async (body, expression) => {
    const { status, json } = await fhir.ask('POST', '', { body });
    expect(status).toBe(400);
    expect(json.issue.map((issue: { expression: string[] }) => issue.expression[0]).join()).toContain(
      expression,
    );
  });

  test('is refused with more than 1,000 entries', async () => {
    const { status, json } = await send(Array.from({ length: 1001 }, () => post(patient())));
    expect([status, json.issue[0].code]).toEqual([422, 'too-costly']);
  });

  test.each(['batch', 'transaction'])('may be empty: %s', async (type) => {
    expect((await fhir.ask('POST', '', { body: { resourceType: 'Bundle', type } })).json).toEqual({
      resourceType: 'Bundle',
      type: `${type}-response`,
    });
  });
});
