import { openStore, type Store } from '@naravard/store';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundle, careTeam, patient, post } from '../conformance/resources.ts';

const form = 'application/x-www-form-urlencoded';

describe('attack 73: what one request may ask for has an end', () => {
  let fhir: TestApp;
  beforeAll(async () => {
    fhir = await createTestApp({ limits: { included: 5 } });
    for (let at = 0; at < 12; at++) {
      const partOf = { reference: `Organization/unit-${at === 0 ? 11 : at - 1}` };
      const body = { resourceType: 'Organization', id: `unit-${at}`, name: `unit ${at}`, partOf };
      expect((await fhir.ask('PUT', `/Organization/unit-${at}`, { body })).status).toBe(201);
    }
  });
  afterAll(() => fhir.close());

  test('a _count beyond the page size is cut to it, none below 0 is taken', async () => {
    const self = async (count: string) => {
      const { status, json } = await fhir.ask('GET', `/Organization?_count=${count}`);
      return [status, json.link?.[0].url.split('_count=')[1], json.entry?.length];
    };
    expect(await self('1000000')).toEqual([200, '1000', 12]);
    expect(await self('999999999')).toEqual([200, '1000', 12]);
    expect(await self('0')).toEqual([200, '0', undefined]);
    for (const count of ['-1', '1e6', '0x10', '1.5', 'all', ''])
      expect((await fhir.ask('GET', `/Organization?_count=${count}`)).status, count).toBeLessThan(500);
    for (const count of ['-1', '9'.repeat(30)]) expect((await self(count))[0]).toBe(400);
  });

  test('references that go round are followed no further than the limit', async () => {
    for (const include of [
      '_include:iterate=Organization:partof',
      '_revinclude:iterate=Organization:partof',
      '_include:iterate=*',
      '_revinclude:iterate=*',
    ]) {
      const { status, json } = await fhir.ask('GET', `/Organization?_id=unit-6&${include}`);
      expect([200, 400, 422]).toContain(status);
      const included = (json.entry ?? []).filter(
        (entry: { search: { mode: string } }) => entry.search.mode === 'include',
      );
      expect(included.length, include).toBeLessThanOrEqual(5);
    }
  });

  const links = (count: number) => Array.from({ length: count }, () => 'partof').join('.');
  test.each([
    ['a chain of 10 links', `/Organization?${links(10)}.name=x`],
    ['a chain of 500 links', `/Organization?${links(500)}.name=x`],
    ['_has within _has ten times', `/Organization?${'_has:Organization:partof:'.repeat(10)}name=x`],
    ['a filter of 200 levels', `/Organization?_filter=${'('.repeat(200)}name eq x${')'.repeat(200)}`],
    ['40 sort keys', `/Organization?_sort=${'name,'.repeat(39)}name`],
  ])('%s: 400 or 422', async (_name, path) => {
    const { status, json } = await fhir.ask('GET', path.replaceAll(' ', '%20'));
    expect([400, 422], JSON.stringify(json).slice(0, 300)).toContain(status);
    expect(json.issue[0].diagnostics.length).toBeGreaterThan(10);
  });

  test.each([
    ['5,000 values joined by or', `name=${Array.from({ length: 5_000 }, (_, at) => `n${at}`)}`],
    ['5,000 parameters', Array.from({ length: 5_000 }, (_, at) => `name=n${at}`).join('&')],
    ['200,000 ids', `_id=${Array.from({ length: 200_000 }, (_, at) => at)}`],
    ['a million separators', `name=${','.repeat(1_000_000)}`],
    ['a million ampersands and one', `${'&'.repeat(1_000_000)}name=${'x,'.repeat(5_000)}`],
  ])('%s: 400, 413 or 422, soon', async (_name, body) => {
    const started = performance.now();
    const { status } = await fhir.ask('POST', '/Organization/_search', { body, type: form });
    expect([400, 413, 422]).toContain(status);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test('Bundles of too many entries, and Bundles in Bundles, do nothing', async () => {
    const entries = Array.from({ length: 10_000 }, () => post(patient()));
    for (const type of ['batch', 'transaction'] as const) {
      const { status } = await fhir.ask('POST', '', { body: bundle(type, entries) });
      expect([400, 413, 422]).toContain(status);
    }
    const inner = bundle('batch', [post(patient())]);
    const nested = { resource: inner, request: { method: 'POST', url: '' } };
    const { status, json } = await fhir.ask('POST', '', { body: bundle('batch', [nested]) });
    expect(status === 400 || json.entry[0].response.status.startsWith('4')).toBe(true);
    expect((await fhir.ask('GET', '/Patient?_count=0')).json.total).toBe(0);
  });

  test('10,000 operations of a patch are refused or done soon', async () => {
    const { json } = await fhir.ask('POST', '/Patient', { body: patient() });
    const started = performance.now();
    const body = Array.from({ length: 10_000 }, () => ({ op: 'add', path: '/name/0/given/0', value: 'x' }));
    const answer = await fhir.ask('PATCH', `/Patient/${json.id}`, {
      body,
      type: 'application/json-patch+json',
    });
    expect([400, 413, 422], answer.text.slice(0, 200)).toContain(answer.status);
    const copies = Array.from({ length: 40 }, () => ({ op: 'copy', from: '/name', path: '/name/-' }));
    const grown = await fhir.ask('PATCH', `/Patient/${json.id}`, {
      body: copies,
      type: 'application/json-patch+json',
    });
    expect(grown.status).toBeLessThan(500);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});

describe('attack 77: what runs too long in the database is cancelled there', () => {
  let fhir: TestApp;
  let hasty: TestApp;
  let store: Store;
  beforeAll(async () => {
    fhir = await createTestApp();
    store = await openStore({ url: fhir.database.url, statementTimeout: 200 });
    hasty = await createTestApp({ store });
    const { json } = await fhir.ask('POST', '/Patient', { body: patient() });
    await fhir.ask('POST', '/CareTeam', { body: careTeam(`Patient/${json.id}`) });
    // Rows that are slow to read stand in for a great deal of them.
    await fhir.database.pool.query(`
      create function slowly() returns boolean language plpgsql volatile as $$ begin perform pg_sleep(30); return true; end $$;
      alter table text_value rename to text_value_kept;
      create view text_value as select * from text_value_kept where slowly();
      grant all on text_value to naravard_service`);
  });
  afterAll(async () => {
    await hasty.close();
    await store.close();
    await fhir.close();
  });

  test.each([
    '/Patient?name:contains=estber',
    '/Patient?_sort=family',
    '/Patient?name=x&_total=accurate',
    '/CareTeam?subject:Patient.name:contains=x',
    '/CareTeam?subject:Patient.name=x',
    '/Patient?name:missing=true',
    '/Patient?_filter=name%20co%20x',
  ])('%s', async (path) => {
    const started = performance.now();
    const { status, json } = await hasty.ask('GET', path);
    expect([422, 503]).toContain(status);
    expect(json.issue[0].code).toMatch(/^(too-costly|transient)$/);
    expect(performance.now() - started).toBeLessThan(3_000);
    const working = async () =>
      (
        await fhir.database.pool.query(
          `select query from pg_stat_activity where application_name = 'naravard' and datname = current_database() and state = 'active'`,
        )
      ).rows;
    await expect.poll(working, { timeout: 2_000, message: 'no backend goes on' }).toEqual([]);
  });

  test('conditions of writes too, and nothing is written', async () => {
    for (const request of [
      hasty.ask('POST', '/Patient', {
        body: patient(),
        headers: { 'if-none-exist': 'name:contains=estber' },
      }),
      hasty.ask('DELETE', '/Patient?name:contains=estber'),
      hasty.ask('POST', '', {
        body: bundle('transaction', [post(patient(), undefined, { ifNoneExist: 'name:contains=estber' })]),
      }),
    ]) {
      const { status, json } = await request;
      expect([422, 503], JSON.stringify(json)).toContain(status);
    }
    expect((await fhir.ask('GET', '/Patient?_count=0')).json.total).toBe(1);
  });
});
