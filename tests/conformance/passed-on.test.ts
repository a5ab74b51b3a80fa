import { loadDefinitions } from '@naravard/fhir';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allModules } from '../../services/all-in-one/src/modules.ts';
import { bundle, patient } from './resources.ts';

// http://hl7.org/fhir/R4/http.html#trules: what an entry deletes is gone for those that are created.

let fhir: TestApp;
beforeAll(async () => {
  fhir = await createTestApp({ modules: allModules(loadDefinitions()) });
});
afterAll(() => fhir.close());

const identifier = [{ system: 'http://electronichealth.se/identifier/personnummer', value: '194103149805' }];
const remove = (id: string) => ({ request: { method: 'DELETE', url: `Patient/${id}` } });
const create = { resource: patient({ identifier }), request: { method: 'POST', url: 'Patient' } };
const update = (id: string) => ({
  resource: patient({ id, identifier }),
  request: { method: 'PUT', url: `Patient/${id}` },
});
const put = (id: string, over: object = {}) =>
  fhir.ask('PUT', `/Patient/${id}`, { body: patient({ id, ...over }) });
const send = (...entry: object[]) => fhir.ask('POST', '', { body: bundle('transaction', entry) });

describe('The number of a person that a transaction deletes', () => {
  test('is free for one that it creates or updates, wherever the entries stand', async () => {
    expect((await put('first', { identifier })).status).toBe(201);
    const created = await send(create, remove('first'));
    expect(
      created.json.entry.map(({ response }: { response: { status: string } }) => response.status),
    ).toEqual([expect.stringMatching(/^201/), expect.stringMatching(/^204/)]);
    const id = created.json.entry[0].response.location.split('/')[1];
    expect((await fhir.ask('GET', '/Patient/first')).status).toBe(410);
    expect((await fhir.ask('GET', `/Patient/${id}`)).json.identifier).toEqual(identifier);
    expect((await put('third')).status).toBe(201);
    expect((await send(update('third'), remove(id))).status).toBe(200);
    const history = await fhir.ask('GET', `/Patient/${id}/_history`);
    expect(history.json.entry.map(({ request }: { request: { method: string } }) => request.method)).toEqual([
      'DELETE',
      'POST',
    ]);
    const { rows } = await fhir.database.pool.query(
      `select targets from audit where interaction = 'transaction' and outcome = 0 and patient = any($1) order by xid, id`,
      [['first', id, 'third']],
    );
    expect(rows.flatMap(({ targets }) => targets).sort()).toEqual(
      [
        'Patient/first/_history/2',
        `Patient/${id}/_history/1`,
        `Patient/${id}/_history/2`,
        'Patient/third/_history/2',
      ].sort(),
    );
  });

  test('stays with it when another entry is refused', async () => {
    const number = [{ ...identifier[0], value: '198505122385' }];
    expect((await put('kept', { identifier: number })).status).toBe(201);
    const stale = { ...update('third'), request: { method: 'PUT', url: 'Patient/third', ifMatch: 'W/"9"' } };
    expect((await send(stale, remove('kept'))).status).toBe(412);
    expect((await fhir.ask('GET', '/Patient/kept')).status).toBe(200);
    expect((await put('other', { identifier: number })).status).toBe(409);
  });
});
