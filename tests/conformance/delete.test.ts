import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { patient } from './resources.ts';

let fhir: TestApp;
beforeAll(async () => {
  fhir = await createTestApp();
});
afterAll(() => fhir.close());

const created = async (over: object = {}): Promise<string> =>
  (await fhir.ask('POST', '/Patient', { body: patient(over) })).json.id;

describe('delete', () => {
  test('answers 204 with the version of the deletion, and again when repeated', async () => {
    const id = await created();
    const first = await fhir.ask('DELETE', `/Patient/${id}`);
    const second = await fhir.ask('DELETE', `/Patient/${id}`);
    expect([first.status, first.text, first.headers.etag]).toEqual([204, '', 'W/"2"']);
    expect([second.status, second.headers.etag]).toEqual([204, 'W/"2"']);
    expect((await fhir.ask('DELETE', '/Patient/unknown')).status).toBe(204);
  });

  test('takes the resource out of searches', async () => {
    const id = await created({ identifier: [{ system: 'urn:test', value: 'gone' }] });
    await fhir.ask('DELETE', `/Patient/${id}`);
    expect((await fhir.ask('GET', '/Patient?identifier=urn:test|gone&_count=0')).json.total).toBe(0);
  });

  test('heeds If-Match', async () => {
    const id = await created();
    const stale = await fhir.ask('DELETE', `/Patient/${id}`, { headers: { 'if-match': 'W/"9"' } });
    expect(stale.status).toBe(412);
    expect((await fhir.ask('DELETE', `/Patient/${id}`, { headers: { 'if-match': 'W/"1"' } })).status).toBe(
      204,
    );
  });
});

describe('conditional delete', () => {
  const remove = (value: string) => fhir.ask('DELETE', `/Patient?identifier=urn:test|${value}`);

  test('deletes the one match, and is done when there is none', async () => {
    const id = await created({ identifier: [{ system: 'urn:test', value: 'c1' }] });
    expect((await remove('c1')).status).toBe(204);
    expect((await fhir.ask('GET', `/Patient/${id}`)).status).toBe(410);
    expect((await remove('c1')).status).toBe(204);
  });

  test('answers 412 when there are several, and deletes none', async () => {
    const first = await created({ identifier: [{ system: 'urn:test', value: 'c2' }] });
    await created({ identifier: [{ system: 'urn:test', value: 'c2' }] });
    expect((await remove('c2')).status).toBe(412);
    expect((await fhir.ask('GET', `/Patient/${first}`)).status).toBe(200);
  });

  test('names If-Match only when it was sent, while others change the match', async () => {
    const identifier = [{ system: 'urn:test', value: 'c3' }];
    const id = await created({ identifier, multipleBirthInteger: 0 });
    const change = (multipleBirthInteger: number) =>
      fhir.ask('PUT', `/Patient/${id}`, { body: patient({ id, identifier, multipleBirthInteger }) });
    const [removed] = await Promise.all([
      remove('c3'),
      ...Array.from({ length: 8 }, (_, n) => change(n + 1)),
    ]);
    expect(removed.status).toBe(204);
    const stale = await fhir.ask('DELETE', '/Patient?identifier=urn:test|c1', {
      headers: { 'if-match': 'W/"1"' },
    });
    expect(stale.status).toBe(204);
  });

  test('does not delete what no longer matches when its turn comes', async () => {
    const id = await created({ identifier: [{ system: 'urn:test', value: 'c4' }] });
    const client = await fhir.database.pool.connect();
    await client.query('begin');
    await client.query('select 1 from resource where id = $1 for update', [id]);
    const removing = remove('c4');
    await new Promise((done) => setTimeout(done, 150));
    await client.query(
      'delete from identifier i using resource r where r.id = $1 and i.bucket = r.bucket and i.rid = r.rid',
      [id],
    );
    await client.query('update resource set version = version + 1 where id = $1', [id]);
    await client.query('update version v set version = 2 from resource r where r.id = $1 and v.rid = r.rid', [
      id,
    ]);
    await client.query('commit');
    client.release();
    expect((await removing).status).toBe(204);
    expect((await fhir.ask('GET', `/Patient/${id}`)).status).toBe(200);
  });

  test('never deletes without a condition', async () => {
    expect((await fhir.ask('DELETE', '/Patient')).status).toBe(400);
    expect((await fhir.ask('DELETE', '/Patient?_count=1')).status).toBe(400);
  });
});
