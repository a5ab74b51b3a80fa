import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundle, careTeam, observation, patient, post } from './resources.ts';

let fhir: TestApp;
beforeAll(async () => {
  fhir = await createTestApp();
});
afterAll(() => fhir.close());

const urn = 'urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a';
const send = (entry: object[], headers: Record<string, string> = {}, as?: 'journalsystem-utan-id') =>
  fhir.ask('POST', '', { body: bundle('transaction', entry), headers, ...(as && { as }) });
const statuses = (json: { entry: { response: { status: string } }[] }) =>
  json.entry.map(({ response }) => Number(response.status.slice(0, 3)));
const total = async (path: string) => (await fhir.ask('GET', `${path}&_count=0`)).json.total;
const named = (value: string, over: object = {}) =>
  patient({ identifier: [{ system: 'urn:test', value }], ...over });
const idOf = (entry: { response: { location: string } }) => entry.response.location.split('/')[1];

describe('transaction', () => {
  test('stores all entries and puts their references right', async () => {
    const { status, json } = await send([post(patient(), urn), post(careTeam(urn))]);
    expect([status, json.type, statuses(json)]).toEqual([200, 'transaction-response', [201, 201]]);
    const team = await fhir.ask('GET', `/CareTeam/${idOf(json.entry[1])}`);
    expect(team.json.subject.reference).toBe(`Patient/${idOf(json.entry[0])}`);
  });

  test('stores nothing when one entry fails, and names it', async () => {
    const { status, json } = await send([
      post(named('none')),
      post(careTeam('Patient/1', { status: 'aktiv' })),
    ]);
    expect([status, json.issue[0].expression]).toEqual([400, ['Bundle.entry[1].resource.status']]);
    expect(await total('/Patient?identifier=urn:test|none')).toBe(0);
  });

  test('runs DELETE, POST, PUT, PATCH and GET in that order and answers in the order of the entries', async () => {
    const gone = idOf((await send([post(named('order'))])).json.entry[0]);
    const { json } = await send([
      { request: { method: 'GET', url: 'Patient?identifier=urn:test|order&_total=accurate' } },
      { resource: named('order', { id: 'order-put' }), request: { method: 'PUT', url: 'Patient/order-put' } },
      post(named('order')),
      { request: { method: 'DELETE', url: `Patient/${gone}` } },
    ]);
    expect(statuses(json)).toEqual([200, 201, 201, 204]);
    expect(json.entry[0].resource.total).toBe(2);
  });

  test('keeps decimals as they were sent', async () => {
    const text = `{"resourceType":"Bundle","type":"transaction","entry":[{"resource":${observation('0.10')},"request":{"method":"POST","url":"Observation"}}]}`;
    const { json } = await fhir.ask('POST', '', { body: text });
    expect((await fhir.ask('GET', `/Observation/${idOf(json.entry[0])}`)).text).toContain('"value":0.10');
  });

  test('replaces references by absolute fullUrl, and relative ones of the same server', async () => {
    const there = 'http://other.example/fhir';
    const { json } = await send([
      post(patient(), `${there}/Patient/p1`),
      post(careTeam('Patient/p1'), `${there}/CareTeam/c1`),
      post(careTeam(`${there}/Patient/p1`), `${there}/CareTeam/c2`),
    ]);
    for (const entry of json.entry.slice(1)) {
      const team = await fhir.ask('GET', `/CareTeam/${idOf(entry)}`);
      expect(team.json.subject.reference).toBe(`Patient/${idOf(json.entry[0])}`);
    }
  });

  test('does not replace an identifier that happens to be the same urn', async () => {
    const identifier = [{ system: 'urn:ietf:rfc:3986', value: urn }];
    const { json } = await send([post(patient({ identifier }), urn), post(careTeam(urn))]);
    const stored = await fhir.ask('GET', `/Patient/${idOf(json.entry[0])}`);
    expect(stored.json.identifier).toEqual(identifier);
  });

  test('refuses two entries that write the same resource', async () => {
    const put = { resource: patient({ id: 'same' }), request: { method: 'PUT', url: 'Patient/same' } };
    const { status, json } = await send([put, { request: { method: 'DELETE', url: 'Patient/same' } }]);
    expect([status, json.issue[0].expression]).toEqual([
      400,
      [expect.stringMatching(/^Bundle\.entry\[[01]\]$/)],
    ]);
  });

  test('refuses update-as-create to callers that may not choose ids', async () => {
    const put = {
      resource: patient({ id: 'tx-chosen' }),
      request: { method: 'PUT', url: 'Patient/tx-chosen' },
    };
    expect((await send([put], {}, 'journalsystem-utan-id')).status).toBe(403);
    expect((await send([put])).status).toBe(200);
  });

  test('fails whole on a stale ifMatch', async () => {
    const id = idOf((await send([post(patient())])).json.entry[0]);
    const put = {
      resource: patient({ id, active: false }),
      request: { method: 'PUT', url: `Patient/${id}`, ifMatch: 'W/"4"' },
    };
    const { status, json } = await send([post(named('stale')), put]);
    expect([status, json.issue[0].expression]).toEqual([412, ['Bundle.entry[1]']]);
    expect(await total('/Patient?identifier=urn:test|stale')).toBe(0);
  });

  const createOnly = (id: string) => ({
    resource: patient({ id }),
    request: { method: 'PUT', url: `Patient/${id}`, ifNoneMatch: '*' },
  });

  test.each([
    ['alone', []],
    ['beside a GET', [{ request: { method: 'GET', url: 'Patient?_count=1' } }]],
    ['beside a DELETE', [{ request: { method: 'DELETE', url: 'Patient/nobody' } }]],
  ])('blames the If-None-Match: * that found something, %s', async (_name, beside) => {
    await fhir.ask('PUT', '/Patient/taken', { body: patient({ id: 'taken' }) });
    const { status, json } = await send([post(named('innocent')), createOnly('taken'), ...beside]);
    expect([status, json.issue[0].expression]).toEqual([412, ['Bundle.entry[1]']]);
    expect(await total('/Patient?identifier=urn:test|innocent')).toBe(0);
  });

  test('creates with If-None-Match: * what is absent or deleted', async () => {
    await fhir.ask('PUT', '/Patient/tx-anew', { body: patient({ id: 'tx-anew' }) });
    await fhir.ask('DELETE', '/Patient/tx-anew');
    const { json } = await send([createOnly('tx-anew'), createOnly('tx-new')]);
    expect(statuses(json)).toEqual([201, 201]);
  });

  test('leaves free text alone that is equal to a fullUrl', async () => {
    const text = { name: [{ text: urn }], photo: [{ title: urn, url: urn }] };
    const { json } = await send([
      post(patient(text), urn),
      post(careTeam(urn, { name: urn, note: [{ text: urn }] })),
    ]);
    const person = `Patient/${idOf(json.entry[0])}`;
    const team = (await fhir.ask('GET', `/CareTeam/${idOf(json.entry[1])}`)).json;
    expect([team.name, team.note, team.subject.reference]).toEqual([urn, [{ text: urn }], person]);
    const stored = (await fhir.ask('GET', `/${person}`)).json;
    expect([stored.name, stored.photo]).toEqual([[{ text: urn }], [{ title: urn, url: person }]]);
  });

  test('patches within the transaction', async () => {
    const id = idOf((await send([post(patient())])).json.entry[0]);
    const data = Buffer.from('[{"op":"replace","path":"/active","value":false}]').toString('base64');
    const { json } = await send([
      {
        resource: { resourceType: 'Binary', contentType: 'application/json-patch+json', data },
        request: { method: 'PATCH', url: `Patient/${id}` },
      },
      { request: { method: 'GET', url: `Patient/${id}` } },
    ]);
    expect(statuses(json)).toEqual([200, 200]);
    expect(json.entry[1].resource.active).toBe(false);
  });

  test('gives resources back when the caller prefers so', async () => {
    const { json } = await send([post(patient())], { prefer: 'return=representation' });
    expect(json.entry[0].resource).toMatchObject(patient());
  });

  test('answers a vread within it with a clear refusal', async () => {
    const { status } = await send([{ request: { method: 'GET', url: 'Patient/1/_history/1' } }]);
    expect(status).toBe(422);
  });
});

describe('conditions in a transaction', () => {
  test('If-None-Exist creates once, and references follow to what was there', async () => {
    const entries = (value: string) => [
      post(named(value), urn, { ifNoneExist: `identifier=urn:test|${value}` }),
      post(careTeam(urn)),
    ];
    const first = await send(entries('once'));
    const second = await send(entries('once'));
    expect([statuses(first.json), statuses(second.json)]).toEqual([
      [201, 201],
      [200, 201],
    ]);
    const team = await fhir.ask('GET', `/CareTeam/${idOf(second.json.entry[1])}`);
    expect(team.json.subject.reference).toBe(`Patient/${idOf(first.json.entry[0])}`);
  });

  test('conditional references find what is stored', async () => {
    const id = idOf((await send([post(named('referred'))])).json.entry[0]);
    const { json } = await send([post(careTeam('Patient?identifier=urn:test|referred'))]);
    expect((await fhir.ask('GET', `/CareTeam/${idOf(json.entry[0])}`)).json.subject.reference).toBe(
      `Patient/${id}`,
    );
  });

  test('conditional references find what the same transaction stores', async () => {
    const { json } = await send([
      post(careTeam('Patient?identifier=urn:test|within')),
      post(named('within')),
    ]);
    const team = await fhir.ask('GET', `/CareTeam/${idOf(json.entry[0])}`);
    expect(team.json.subject.reference).toBe(`Patient/${idOf(json.entry[1])}`);
  });

  test('conditional references must match exactly one', async () => {
    await send([post(named('several')), post(named('several'))]);
    const none = await send([post(careTeam('Patient?identifier=urn:test|absent'))]);
    const many = await send([post(careTeam('Patient?identifier=urn:test|several'))]);
    expect([none.status, none.json.issue[0].expression]).toEqual([422, ['Bundle.entry[0]']]);
    expect(many.status).toBe(412);
  });

  test('conditional update and delete act on their match', async () => {
    await send([post(named('cu')), post(named('cd'))]);
    const { json } = await send([
      {
        resource: named('cu', { active: false }),
        request: { method: 'PUT', url: 'Patient?identifier=urn:test|cu' },
      },
      { request: { method: 'DELETE', url: 'Patient?identifier=urn:test|cd' } },
      { request: { method: 'DELETE', url: 'Patient?identifier=urn:test|nobody' } },
    ]);
    expect(statuses(json)).toEqual([200, 204, 204]);
    expect(await total('/Patient?identifier=urn:test|cd')).toBe(0);
  });

  test.each([
    ['tu1', { ifNoneMatch: '*' }, 412],
    ['tu1', { ifMatch: 'W/"9"' }, 412],
    ['tu1', { ifMatch: 'W/"1"' }, 200],
    ['tu2', { ifMatch: 'W/"1"' }, 412],
    ['tu2', { ifMatch: '*' }, 412],
    ['tu3', { ifNoneMatch: '*' }, 200],
  ])('conditional update of %s with %o answers %i', async (value, conditions, expected) => {
    await send([post(named('tu1'), undefined, { ifNoneExist: 'identifier=urn:test|tu1' })]);
    const { status, json } = await send([
      post(patient()),
      {
        resource: named(value),
        request: { method: 'PUT', url: `Patient?identifier=urn:test|${value}`, ...conditions },
      },
    ]);
    expect([status, json.issue?.[0].expression]).toEqual([
      expected,
      expected === 200 ? undefined : ['Bundle.entry[1]'],
    ]);
  });

  test('two creates with one condition are refused', async () => {
    const entry = post(named('same'), undefined, { ifNoneExist: 'identifier=urn:test|same' });
    expect((await send([entry, entry])).status).toBe(400);
  });

  test('50 racing transactions with the same condition make one resource', async () => {
    const entries = [
      post(named('tx-race'), urn, { ifNoneExist: 'identifier=urn:test|tx-race' }),
      post(careTeam(urn)),
    ];
    const answers = await Promise.all(Array.from({ length: 50 }, () => send(entries)));
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
    expect(await total('/Patient?identifier=urn:test|tx-race')).toBe(1);
  });
});
