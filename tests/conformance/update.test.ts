import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { careTeam, patient } from './resources.ts';

let fhir: TestApp;
beforeAll(async () => {
  fhir = await createTestApp();
});
afterAll(() => fhir.close());

async function created(resource: { resourceType: string } = patient()): Promise<string> {
  return (await fhir.ask('POST', `/${resource.resourceType}`, { body: resource })).json.id;
}

const put = (path: string, body: object, headers: Record<string, string> = {}) =>
  fhir.ask('PUT', path, { body, headers });

describe('update', () => {
  test('makes a new version that read gives', async () => {
    const id = await created();
    const { status, headers, json } = await put(`/Patient/${id}`, patient({ id, active: false }));
    expect([status, headers.etag, json.meta.versionId, json.active]).toEqual([200, 'W/"2"', '2', false]);
    expect(headers.location).toBe(`${fhir.base}/Patient/${id}/_history/2`);
    expect((await fhir.ask('GET', `/Patient/${id}`)).json).toEqual(json);
  });

  test('keeps the version when nothing has changed but white space and meta.versionId', async () => {
    const id = await created();
    const { text, headers } = await fhir.ask('GET', `/Patient/${id}`);
    const again = await fhir.ask('PUT', `/Patient/${id}`, {
      body: JSON.stringify(JSON.parse(text), null, 4),
    });
    expect([again.status, again.headers.etag, again.headers['last-modified']]).toEqual([
      200,
      'W/"1"',
      headers['last-modified'],
    ]);
  });

  test('takes If-Match and answers 412 when the version is stale', async () => {
    const id = await created();
    const next = patient({ id, active: false });
    expect((await put(`/Patient/${id}`, next, { 'if-match': 'W/"1"' })).status).toBe(200);
    const stale = await put(`/Patient/${id}`, patient({ id, gender: 'female' }), { 'if-match': 'W/"1"' });
    expect([stale.status, stale.json.issue[0].code]).toEqual([412, 'conflict']);
    expect((await put(`/Patient/${id}`, next, { 'if-match': 'W/"abc"' })).status).toBe(412);
    expect((await put(`/Patient/${id}`, next, { 'if-match': '2' })).status).toBe(400);
  });

  test('refuses an id in the body that is not the id of the address, or none', async () => {
    const id = await created();
    expect((await put(`/Patient/${id}`, patient({ id: 'other' }))).status).toBe(400);
    expect((await put(`/Patient/${id}`, patient())).status).toBe(400);
  });

  test('refuses another patient', async () => {
    const id = await created(careTeam('Patient/1'));
    const { status } = await put(`/CareTeam/${id}`, careTeam('Patient/2', { id }));
    expect(status).toBe(422);
  });

  test('creates at an unknown id for callers that may choose ids, and for nobody else', async () => {
    const body = patient({ id: 'chosen' });
    const refused = await fhir.ask('PUT', '/Patient/chosen', { body, as: 'journalsystem-utan-id' });
    expect([refused.status, refused.json.issue[0].code]).toEqual([403, 'forbidden']);
    const made = await fhir.ask('PUT', '/Patient/chosen', { body });
    expect([made.status, made.json.id]).toEqual([201, 'chosen']);
    const other = await fhir.ask('PUT', '/Patient/chosen', { body, as: 'journalsystem-utan-id' });
    expect(other.status).toBe(403);
  });

  test('brings a deleted resource back as the next version', async () => {
    const body = patient({ id: 'returning' });
    await put('/Patient/returning', body);
    await fhir.ask('DELETE', '/Patient/returning');
    const { status, json } = await put('/Patient/returning', body);
    expect([status, json.meta.versionId]).toEqual([201, '3']);
  });

  test('with If-None-Match: * only creates', async () => {
    const body = patient({ id: 'only-once' });
    const headers = { 'if-none-match': '*' };
    expect((await put('/Patient/only-once', body, headers)).status).toBe(201);
    expect((await put('/Patient/only-once', { ...body, active: false }, headers)).status).toBe(412);
    expect((await put('/Patient/only-once', body, { 'if-none-match': 'W/"1"' })).status).toBe(400);
  });

  test('with If-None-Match: * creates anew what was deleted', async () => {
    const body = patient({ id: 'anew' });
    const headers = { 'if-none-match': '*' };
    await put('/Patient/anew', body);
    await fhir.ask('DELETE', '/Patient/anew');
    const { status, json } = await put('/Patient/anew', body, headers);
    expect([status, json.meta.versionId]).toEqual([201, '3']);
    expect((await put('/Patient/anew', body, headers)).status).toBe(412);
  });

  test('with If-Match answers 412 where there is nothing, whoever asks', async () => {
    const body = patient({ id: 'nothing-here' });
    for (const match of ['W/"1"', '*']) {
      const headers = { 'if-match': match };
      expect((await put('/Patient/nothing-here', body, headers)).status).toBe(412);
      const staff = { body, headers, as: 'journalsystem-utan-id' } as const;
      expect((await fhir.ask('PUT', '/Patient/nothing-here', staff)).status).toBe(412);
    }
  });

  test('20 racing ones with If-None-Match: * create once, and the others answer 412', async () => {
    const body = patient({ id: 'raced' });
    const headers = { 'if-none-match': '*' };
    const answers = await Promise.all(Array.from({ length: 20 }, () => put('/Patient/raced', body, headers)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(412)]);
  });

  test('16 writers on one resource lose no update', async () => {
    const id = await created(patient({ multipleBirthInteger: 0 }));
    const increment = async () => {
      for (;;) {
        const { json, headers } = await fhir.ask('GET', `/Patient/${id}`);
        const body = { ...json, multipleBirthInteger: json.multipleBirthInteger + 1 };
        const { status } = await put(`/Patient/${id}`, body, { 'if-match': headers.etag ?? '' });
        if (status === 200) return;
        expect(status).toBe(412);
      }
    };
    await Promise.all(Array.from({ length: 16 }, increment));
    const { json } = await fhir.ask('GET', `/Patient/${id}`);
    expect([json.multipleBirthInteger, json.meta.versionId]).toEqual([16, '17']);
  });
});

describe('conditional update', () => {
  const body = (value: string, over: object = {}) =>
    patient({ identifier: [{ system: 'urn:test', value }], ...over });
  const ask = (value: string, over: object = {}, as?: 'journalsystem-utan-id') =>
    fhir.ask('PUT', `/Patient?identifier=urn:test|${value}`, { body: body(value, over), ...(as && { as }) });

  const nameOf: Record<string, string> = { 'if-match': 'If-Match', 'if-none-match': 'If-None-Match' };
  const total = async (value: string) =>
    (await fhir.ask('GET', `/Patient?identifier=urn:test|${value}&_count=0`)).json.total;

  test('creates when there is none, updates when there is one', async () => {
    const first = await ask('u1');
    const second = await ask('u1', { active: false });
    expect([first.status, second.status]).toEqual([201, 200]);
    expect([second.json.id, second.json.meta.versionId]).toEqual([first.json.id, '2']);
  });

  test('answers 412 when there are several', async () => {
    await created(body('u2'));
    await created(body('u2'));
    expect((await ask('u2')).status).toBe(412);
  });

  test('takes an id in the body only when it is that of the match, or may be chosen', async () => {
    const { json } = await ask('u3');
    expect((await ask('u3', { id: json.id, active: false })).status).toBe(200);
    expect((await ask('u3', { id: 'another' })).status).toBe(400);
    expect((await ask('u4', { id: 'u4-chosen' }, 'journalsystem-utan-id')).status).toBe(403);
    const chosen = await ask('u4', { id: 'u4-chosen' });
    expect([chosen.status, chosen.json.id]).toEqual([201, 'u4-chosen']);
  });

  test('heeds If-Match', async () => {
    await ask('u5');
    const headers = { 'if-match': 'W/"7"' };
    const { status } = await fhir.ask('PUT', '/Patient?identifier=urn:test|u5', {
      body: body('u5'),
      headers,
    });
    expect(status).toBe(412);
  });

  test.each([
    ['u6', 'if-none-match', '*', 412],
    ['u6', 'if-match', 'W/"1"', 200],
    ['u6', 'if-match', '*', 200],
    ['u6', 'if-match', 'W/"9"', 412],
    ['u7', 'if-match', 'W/"1"', 412],
    ['u7', 'if-match', '*', 412],
    ['u8', 'if-none-match', '*', 201],
    ['u6', 'if-none-match', 'W/"1"', 400],
  ])('of %s with %s: %s answers %i', async (value, name, header, expected) => {
    if (value === 'u6' && !(await total(value))) await ask('u6');
    const path = `/Patient?identifier=urn:test|${value}`;
    const { status, json } = await fhir.ask('PUT', path, {
      body: body(value),
      headers: { [name]: header },
    });
    expect([status, json.issue?.[0].expression]).toEqual([
      expected,
      expected < 400 ? undefined : [nameOf[name]],
    ]);
  });

  test('with If-None-Match: * and a chosen id creates only', async () => {
    const request = { headers: { 'if-none-match': '*' } };
    const chosen = (value: string) =>
      fhir.ask('PUT', `/Patient?identifier=urn:test|${value}`, {
        ...request,
        body: body(value, { id: 'cu-chosen' }),
      });
    expect([(await chosen('u9')).status, (await chosen('u10')).status]).toEqual([201, 412]);
  });

  test('writes to what still matches, while others take the match away', async () => {
    const id = await created(body('moving'));
    const away = patient({ id, active: false });
    const [moved, ...answers] = await Promise.all([
      put(`/Patient/${id}`, away),
      ...Array.from({ length: 8 }, () => ask('moving', { active: true, gender: 'other' })),
    ]);
    expect(moved?.status).toBe(200);
    expect(answers.filter(({ status }) => status >= 400)).toEqual([]);
  });

  test('needs a condition', async () => {
    expect((await fhir.ask('PUT', '/Patient', { body: patient() })).status).toBe(400);
  });

  test('50 racing ones make one resource', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask('race')));
    expect(new Set(answers.map(({ json }) => json.id)).size).toBe(1);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  });
});
