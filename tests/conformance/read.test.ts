import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { careTeam, observation, patient } from './resources.ts';

let fhir: TestApp;
beforeAll(async () => {
  fhir = await createTestApp();
});
afterAll(() => fhir.close());

describe('read', () => {
  test('gives what was created, with version, time and id', async () => {
    const created = await fhir.ask('POST', '/Patient', { body: patient() });
    const read = await fhir.ask('GET', `/Patient/${created.json.id}`);
    expect(read.status).toBe(200);
    expect(read.json).toMatchObject({ ...patient(), meta: { versionId: '1' } });
    expect(read.headers.etag).toBe('W/"1"');
    expect(read.headers['last-modified']).toBe(new Date(read.json.meta.lastUpdated).toUTCString());
    expect(read.headers['content-type']).toBe('application/fhir+json; charset=utf-8');
  });

  test('answers 404 for what was never there, with the same bytes as for what may not be seen', async () => {
    const one = await fhir.ask('GET', '/Patient/unknown');
    const other = await fhir.ask('GET', '/Patient/0190aaaa-0000-7000-8000-000000000000');
    expect(one.status).toBe(404);
    expect(one.json.issue[0].code).toBe('not-found');
    expect(one.text).toBe(other.text);
  });

  test('answers 410 for what has been deleted, and its versions stay readable', async () => {
    const { json } = await fhir.ask('POST', '/Patient', { body: patient() });
    await fhir.ask('DELETE', `/Patient/${json.id}`);
    expect((await fhir.ask('GET', `/Patient/${json.id}`)).status).toBe(410);
    expect((await fhir.ask('GET', `/Patient/${json.id}/_history/1`)).status).toBe(200);
    expect((await fhir.ask('GET', `/Patient/${json.id}/_history/2`)).status).toBe(410);
  });

  test('keeps the digits of decimals and the order of members', async () => {
    const { json } = await fhir.ask('POST', '/Observation', {
      body: observation('1.50', ',"note":[{"text":"b"}]'),
    });
    const { text } = await fhir.ask('GET', `/Observation/${json.id}`);
    expect(text).toContain('"valueQuantity":{"value":1.50,"unit":"kg"},"note"');
  });

  test('answers 304 to If-None-Match and If-Modified-Since when nothing has changed', async () => {
    const { json, headers } = await fhir.ask('POST', '/Patient', { body: patient() });
    const path = `/Patient/${json.id}`;
    const same = await fhir.ask('GET', path, { headers: { 'if-none-match': headers.etag ?? '' } });
    expect([same.status, same.text, same.headers.etag]).toEqual([304, '', 'W/"1"']);
    const since = { 'if-modified-since': headers['last-modified'] ?? '' };
    expect((await fhir.ask('GET', path, { headers: since })).status).toBe(304);
    expect((await fhir.ask('GET', path, { headers: { 'if-none-match': 'W/"2"' } })).status).toBe(200);
    const past = { 'if-modified-since': 'Mon, 01 Jan 2024 00:00:00 GMT' };
    expect((await fhir.ask('GET', path, { headers: past })).status).toBe(200);
    expect((await fhir.ask('GET', '/Patient/unknown', { headers: { 'if-none-match': '*' } })).status).toBe(
      404,
    );
  });

  test('answers HEAD as GET without the body', async () => {
    const { json } = await fhir.ask('POST', '/Patient', { body: patient() });
    const head = await fhir.ask('HEAD', `/Patient/${json.id}`);
    expect([head.status, head.text, head.headers.etag]).toEqual([200, '', 'W/"1"']);
  });

  test('leaves one audit row, also for what is not there', async () => {
    const { json } = await fhir.ask('POST', '/CareTeam', { body: careTeam('Patient/audited') });
    const ask = (id: string, request: string) =>
      fhir.ask('GET', `/CareTeam/${id}`, { headers: { 'x-request-id': request } });
    await ask(json.id, 'audit-read');
    await ask('unknown', 'audit-miss');
    const { rows } = await fhir.database.pool.query(
      `select request, interaction, outcome, actor, patient from audit where request like 'audit-%' order by request`,
    );
    expect(rows).toEqual([
      { request: 'audit-miss', interaction: 'read', outcome: 4, actor: 'journalsystem', patient: null },
      { request: 'audit-read', interaction: 'read', outcome: 0, actor: 'journalsystem', patient: 'audited' },
    ]);
  });
});

describe('vread', () => {
  test('gives each version as it was', async () => {
    const { json } = await fhir.ask('POST', '/Patient', { body: patient() });
    await fhir.ask('PUT', `/Patient/${json.id}`, { body: patient({ id: json.id, active: false }) });
    const first = await fhir.ask('GET', `/Patient/${json.id}/_history/1`);
    const second = await fhir.ask('GET', `/Patient/${json.id}/_history/2`);
    expect([first.json.active, second.json.active]).toEqual([true, false]);
    expect(second.headers.etag).toBe('W/"2"');
  });

  test.each(['0', '3', '1.0', '-1', 'abc', '99999999999'])('answers 404 for version %s', async (version) => {
    const { json } = await fhir.ask('POST', '/Patient', { body: patient() });
    expect((await fhir.ask('GET', `/Patient/${json.id}/_history/${version}`)).status).toBe(404);
  });
});
