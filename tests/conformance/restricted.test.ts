import { systemRights } from '@naravard/access';
import { createTestApp, type TestApp, type TestRequest } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { narrowed } from './narrowed-store.ts';
import { bundle, careTeam, patient, post } from './resources.ts';

/** Two apps on one database: `all` sees everything, `other` only what SE0000000001-A has written. */
let all: TestApp;
let other: TestApp;
let hidden: string;
const unknown = '0190aaaa-0000-7000-8000-000000000000';
const criteria = 'identifier=urn:test|hidden';
const resource = (over: object = {}) =>
  patient({ identifier: [{ system: 'urn:test', value: 'hidden' }], ...over });

beforeAll(async () => {
  all = await createTestApp({ rights: () => systemRights('test') });
  other = await createTestApp({ store: narrowed(all.store) });
  hidden = (await all.ask('POST', '/Patient', { body: resource() })).json.id;
  await all.ask('PUT', `/Patient/${hidden}`, { body: resource({ id: hidden, active: false }) });
});
afterAll(async () => {
  await other.close();
  await all.close();
});

const staff = { as: 'journalsystem-utan-id' } as const;

/** Status, body and telling headers of the same request for what is hidden and for what was never there. */
async function both(
  method: string,
  path: (id: string) => string,
  request: (id: string) => TestRequest = () => ({}),
) {
  const ask = async (id: string) => {
    const { status, text, headers } = await other.ask(method, path(id), { ...staff, ...request(id) });
    return { status, text: text.replaceAll(id, '{id}'), etag: headers.etag, location: headers.location };
  };
  const [seen, never] = [await ask(hidden), await ask(unknown)];
  expect(seen).toEqual(never);
  return never.status;
}

describe('what a caller may not see answers as what was never there', () => {
  const patch = { body: [{ op: 'remove', path: '/active' }], type: 'application/json-patch+json' };

  test('on read, vread and history, with and without conditions', async () => {
    expect(await both('GET', (id) => `/Patient/${id}`)).toBe(404);
    expect(await both('HEAD', (id) => `/Patient/${id}`)).toBe(404);
    expect(
      await both(
        'GET',
        (id) => `/Patient/${id}`,
        () => ({ headers: { 'if-none-match': 'W/"2"' } }),
      ),
    ).toBe(404);
    expect(await both('GET', (id) => `/Patient/${id}/_history/1`)).toBe(404);
    expect(await both('GET', (id) => `/Patient/${id}/_history`)).toBe(404);
  });

  test('on update, patch and delete, with and without If-Match', async () => {
    const conditions: Record<string, string>[] = [{}, { 'if-match': 'W/"2"' }, { 'if-match': 'W/"9"' }];
    for (const headers of conditions) {
      expect(
        await both(
          'PUT',
          (id) => `/Patient/${id}`,
          (id) => ({ body: resource({ id }), headers }),
        ),
      ).toBe('if-match' in headers ? 412 : 403);
      expect(
        await both(
          'PATCH',
          (id) => `/Patient/${id}`,
          () => ({ ...patch, headers }),
        ),
      ).toBe(404);
      expect(
        await both(
          'DELETE',
          (id) => `/Patient/${id}`,
          () => ({ headers }),
        ),
      ).toBe(204);
    }
    expect((await all.ask('GET', `/Patient/${hidden}`)).headers.etag).toBe('W/"2"');
  });

  test('on search, count and type history', async () => {
    expect(await both('GET', (id) => `/Patient?_id=${id}&_total=accurate`)).toBe(200);
    expect((await other.ask('GET', `/Patient?${criteria}&_count=0`)).json.total).toBe(0);
    expect((await other.ask('GET', '/Patient/_history')).json.entry).toBeUndefined();
    expect((await other.ask('GET', '/_history')).json.entry).toBeUndefined();
  });

  test('in a batch and a transaction', async () => {
    const get = (id: string) => ({ request: { method: 'GET', url: `Patient/${id}` } });
    expect(
      await both(
        'POST',
        () => '',
        (id) => ({ body: bundle('batch', [get(id)]) }),
      ),
    ).toBe(200);
    expect(
      await both(
        'POST',
        () => '',
        (id) => ({ body: bundle('transaction', [get(id)]) }),
      ),
    ).toBe(404);
  });

  test('as a conditional reference, patch and delete', async () => {
    const team = post(careTeam(`Patient?${criteria}`));
    expect((await other.ask('POST', '', { ...staff, body: bundle('transaction', [team]) })).status).toBe(422);
    expect((await other.ask('PATCH', `/Patient?${criteria}`, { ...staff, ...patch })).status).toBe(404);
    expect((await other.ask('DELETE', `/Patient?${criteria}`, staff)).status).toBe(204);
    expect((await all.ask('GET', `/Patient/${hidden}`)).status).toBe(200);
  });

  test('as If-None-Exist: the caller gets a resource of its own', async () => {
    const headers = { 'if-none-exist': criteria };
    const created = await other.ask('POST', '/Patient', { ...staff, body: resource(), headers });
    expect(created.status).toBe(201);
    expect((await all.ask('GET', `/Patient?${criteria}&_count=0`)).json.total).toBe(2);
  });

  test('a PUT that would choose its id is an ordinary 403', async () => {
    const { status, json } = await other.ask('PUT', `/Patient/${hidden}`, { body: resource({ id: hidden }) });
    expect([status, json.issue[0].code]).toEqual([403, 'forbidden']);
  });
});

describe('a transaction', () => {
  test('that deletes what its caller may not see is done with the rest', async () => {
    const remove = (id: string) => ({ request: { method: 'DELETE', url: `Patient/${id}` } });
    const made = await other.ask('POST', '', {
      body: bundle('transaction', [post(patient()), remove(hidden)]),
      ...staff,
    });
    const { location } = made.json.entry[0].response;
    expect((await all.ask('GET', `/${location}`)).status).toBe(200);
  });
});
