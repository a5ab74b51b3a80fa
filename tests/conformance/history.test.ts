import { createTestApp, type TestApp, type TestResponse } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { careTeam, patient } from './resources.ts';

let fhir: TestApp;
let id: string;
beforeAll(async () => {
  fhir = await createTestApp();
  id = (await fhir.ask('POST', '/Patient', { body: patient() })).json.id;
  await fhir.ask('PUT', `/Patient/${id}`, { body: patient({ id, active: false }) });
  await fhir.ask('DELETE', `/Patient/${id}`);
  await fhir.ask('POST', '/CareTeam', { body: careTeam(`Patient/${id}`) });
});
afterAll(() => fhir.close());

const links = ({ json }: TestResponse): Record<string, string> =>
  Object.fromEntries(
    json.link.map(({ relation, url }: { relation: string; url: string }) => [relation, url]),
  );

describe('history', () => {
  test('of an instance gives all versions, newest first, and how each came', async () => {
    const { status, json } = await fhir.ask('GET', `/Patient/${id}/_history`);
    expect([status, json.type]).toEqual([200, 'history']);
    expect(json.entry.map((entry: { request: object }) => entry.request)).toEqual([
      { method: 'DELETE', url: `Patient/${id}` },
      { method: 'PUT', url: `Patient/${id}` },
      { method: 'POST', url: 'Patient' },
    ]);
    expect(
      json.entry.map((entry: { response: { status: string; etag: string } }) => entry.response.etag),
    ).toEqual(['W/"3"', 'W/"2"', 'W/"1"']);
    expect(json.entry[0].resource).toBeUndefined();
    expect(json.entry[1].resource.active).toBe(false);
  });

  test('of a type and of the system holds what belongs there', async () => {
    const type = await fhir.ask('GET', '/Patient/_history');
    const system = await fhir.ask('GET', '/_history');
    expect([type.json.entry.length, system.json.entry.length]).toEqual([3, 4]);
  });

  test('with _count=0 gives the total alone', async () => {
    const { status, json } = await fhir.ask('GET', `/Patient/${id}/_history?_count=0`);
    expect([status, json.total, json.entry]).toEqual([200, 3, undefined]);
    expect((await fhir.ask('GET', '/_history?_count=0')).json.entry).toBeUndefined();
  });

  test('says 201 of the version that came after a deletion', async () => {
    const other = await createTestApp();
    const body = patient({ id: 'back' });
    for (const method of ['PUT', 'DELETE', 'PUT']) await other.ask(method, '/Patient/back', { body });
    const { json } = await other.ask('GET', '/Patient/back/_history');
    await other.close();
    const statuses = json.entry.map((entry: { response: { status: string } }) => entry.response.status);
    expect(statuses).toEqual(['201 Created', '204 No Content', '201 Created']);
  });

  test('of what was never there is 404', async () => {
    expect((await fhir.ask('GET', '/Patient/unknown/_history')).status).toBe(404);
  });

  test('is walked page by page without loss or repetition', async () => {
    const seen: string[] = [];
    let url: string | undefined = '/_history?_count=1';
    while (url) {
      const page: TestResponse = await fhir.ask('GET', url);
      seen.push(
        ...page.json.entry.map((entry: { response: { etag: string }; request: { url: string } }) => {
          return `${entry.request.url} ${entry.response.etag}`;
        }),
      );
      url = links(page).next;
    }
    expect(new Set(seen).size).toBe(4);
    expect(seen).toHaveLength(4);
  });

  test('takes _since and _at', async () => {
    const whole = await fhir.ask('GET', `/Patient/${id}/_history`);
    const second = whole.json.entry[1].response.lastModified;
    const since = await fhir.ask('GET', `/Patient/${id}/_history?_since=${encodeURIComponent(second)}`);
    expect(since.json.entry).toHaveLength(2);
    const at = await fhir.ask('GET', `/Patient/${id}/_history?_at=${encodeURIComponent(second)}`);
    expect(at.json.entry.map((entry: { response: { etag: string } }) => entry.response.etag)).toContain(
      'W/"2"',
    );
    const future = await fhir.ask('GET', `/Patient/${id}/_history?_since=2199-01-01`);
    expect([future.status, future.json.entry]).toEqual([200, undefined]);
  });

  test.each(['_since=yesterday', '_count=-1', '_count=x', '_sort=date', 'name=x'])(
    'refuses %s',
    async (query) => {
      expect((await fhir.ask('GET', `/Patient/${id}/_history?${query}`)).status).toBe(400);
    },
  );
});
