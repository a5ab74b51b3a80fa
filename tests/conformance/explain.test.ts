import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { patient } from './resources.ts';

let fhir: TestApp;
const number = '194103149805';
beforeAll(async () => {
  fhir = await createTestApp();
  const identifier = [{ system: 'http://electronichealth.se/identifier/personnummer', value: number }];
  await fhir.ask('POST', '/Patient', { body: patient({ identifier }) });
});
afterAll(() => fhir.close());

const explain = async (path: string) => {
  const { status, json, text } = await fhir.ask('GET', path, { as: 'administrator' });
  const part = (wanted: string): string =>
    json.parameter?.find(({ name }: { name: string }) => name === wanted)?.valueString ?? '';
  return { status, json, text, query: part('query'), plan: part('plan') };
};

describe('_explain=true', () => {
  test('shows an administrator how the query is understood and what PostgreSQL makes of it', async () => {
    const { status, json, query, plan } = await explain(
      '/CareTeam?patient=x&status=active&_sort=-date&_explain=true',
    );
    expect([status, json.resourceType]).toEqual([200, 'Parameters']);
    expect(query).toBe('CareTeam where patient = ?; status = ? sort -date count 20');
    expect(plan).toMatch(/Index .*Scan .*on resource/);
    expect(plan.split('\n').length).toBeGreaterThan(3);
  });

  test.each([
    `/Patient?identifier=${number}&_explain=true`,
    `/Patient?identifier=http://electronichealth.se/identifier/personnummer|${number}&_explain=true`,
    '/Patient?family=Testberg&_explain=true',
    '/Patient?name:contains=estbe&_explain=true',
    `/Encounter?subject:Patient.identifier=${number}&subject:Patient.name=Testberg&_explain=true`,
    `?_type=Patient,Encounter&_id=${number}&_explain=true`,
  ])('shows neither values nor data: %s', async (path) => {
    const { status, text } = await explain(path);
    expect(status).toBe(200);
    expect(text).not.toMatch(new RegExp(`${number}|testberg|estbe|Astrid`, 'i'));
  });

  test('discloses nothing: no search is run and none is audited as one', async () => {
    await fhir.ask('GET', '/Patient?_explain=true', {
      as: 'administrator',
      headers: { 'x-request-id': 'explained' },
    });
    const { rows } = await fhir.database.pool.query(
      `select patient, targets from audit where request = 'explained'`,
    );
    expect(rows.filter(({ patient, targets }) => patient !== null || targets.length)).toEqual([]);
  });

  test('is refused to everybody else', async () => {
    for (const as of ['journalsystem', 'ssk-hemsjukvard', 'patient'] as const) {
      const { status, json } = await fhir.ask('GET', '/Patient?_explain=true', { as });
      expect([status, json.issue[0].expression]).toEqual([403, ['_explain']]);
    }
  });

  test('is true or false', async () => {
    expect((await explain('/Patient?_explain=maybe')).status).toBe(400);
    const { json } = await explain('/Patient?_explain=false');
    expect([json.resourceType, json.link[0].url]).toEqual(['Bundle', `${fhir.base}/Patient`]);
  });
});
