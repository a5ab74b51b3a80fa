import { encounter as encounterModule } from '@naravard/encounter';
import { loadDefinitions } from '@naravard/fhir';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let fhir: TestApp;
beforeAll(async () => {
  const own = new Set(encounterModule.resources.map(({ type }) => type));
  const types = ['Patient', 'Practitioner', 'CareTeam', 'CarePlan', 'Condition'].filter(
    (type) => !own.has(type),
  );
  expect(loadDefinitions().resourceTypes.has('EpisodeOfCare')).toBe(true);
  fhir = await createTestApp({
    modules: [encounterModule, { name: 'others', resources: types.map((type) => ({ type })) }],
  });
});
afterAll(() => fhir.close());

const personnummer = 'http://electronichealth.se/identifier/personnummer|194103149805';

describe('PDL 2 kap. 8 §: that somebody has insatser of socialtjänst is no search term', () => {
  test.each([
    'EpisodeOfCare?type=HTJ',
    'EpisodeOfCare?type:not=HTJ',
    'EpisodeOfCare?type:missing=false',
    'EpisodeOfCare?type=HTJ&status=active',
    'EpisodeOfCare?type=HTJ&patient=Patient/a,Patient/b',
    'EpisodeOfCare?type=HTJ&patient:missing=false',
    'EpisodeOfCare?type=HTJ&patient.name=Testberg',
    'EpisodeOfCare?_sort=type',
    'EpisodeOfCare?_filter=type eq HTJ',
    'EpisodeOfCare?_filter=type eq HTJ or patient eq Patient/a',
    'EpisodeOfCare?_content=hemtjänst',
    'EpisodeOfCare?_text=hemtjänst',
    'Encounter?episode-of-care.type=HTJ',
    'Encounter?episode-of-care:EpisodeOfCare.type=HTJ&patient.name=Testberg',
    'Patient?_has:EpisodeOfCare:patient:type=HTJ',
    'Patient?_has:EpisodeOfCare:patient:type=HTJ&_id=a,b',
    'Practitioner?_has:EpisodeOfCare:care-manager:type=HTJ',
    'Condition?patient._has:EpisodeOfCare:patient:type=HTJ',
    'Patient?_has:Encounter:patient:episode-of-care.type=HTJ',
    'Practitioner/x/EpisodeOfCare?type=HTJ',
    'EpisodeOfCare?type=HTJ&patient=',
    'EpisodeOfCare?type=HTJ&patient.identifier:text=person',
    'EpisodeOfCare?type=HTJ&patient.identifier:not=urn:a|1',
    'EpisodeOfCare?type=HTJ&patient.identifier=urn:a|',
    'EpisodeOfCare?type=HTJ&patient:identifier=urn:a|',
    'EpisodeOfCare?type=HTJ&patient:identifier=urn:a|1,urn:a|2',
    'Patient?_has:EpisodeOfCare:patient:type=HTJ&identifier:text=person',
    'CareTeam?patient=a&participant:Patient._has:EpisodeOfCare:patient:type=HTJ',
    'Encounter?patient=a&episode-of-care.type=HTJ',
    'Patient?_id=a&_has:Encounter:patient:episode-of-care.type=HTJ',
    'Patient?_id=a&link:Patient._has:EpisodeOfCare:patient:type=HTJ',
    'Encounter?_filter=patient eq Patient/a and episode-of-care.type eq HTJ',
    'Encounter?_filter=patient eq Patient/a and (status eq finished or episode-of-care.type eq HTJ)',
    '?_type=EpisodeOfCare,Encounter&type=HTJ',
  ])('%s is refused with the law', async (path) => {
    const { status, json } = await fhir.ask('GET', `/${path}`);
    expect([status, json.issue[0].code]).toEqual([422, 'business-rule']);
    expect(json.issue[0].diagnostics).toContain('(2008:355) 2 kap. 8 §');
  });

  test.each([
    'EpisodeOfCare?status=active',
    'EpisodeOfCare?type=HTJ&patient=Patient/a',
    `EpisodeOfCare?type=HTJ&patient.identifier=${personnummer}`,
    'EpisodeOfCare?patient=a&_sort=type',
    'EpisodeOfCare?_filter=type eq HTJ and patient eq Patient/a',
    'EpisodeOfCare?patient=Patient/a&_content=hemtjänst',
    'Patient/a/EpisodeOfCare?type:not=HTJ',
    `EpisodeOfCare?type=HTJ&patient:identifier=${personnummer}`,
    'EpisodeOfCare?type=HTJ&patient.identifier:of-type=urn:types|SB|1',
    'Encounter?_filter=episode-of-care[patient eq Patient/a].type eq HTJ',
    'CareTeam?patient=a&patient._has:EpisodeOfCare:patient:type=HTJ',
    'EpisodeOfCare?patient=a&_filter=not (type eq HTJ)',
    'EpisodeOfCare?_filter=not (type eq HTJ and patient eq Patient/a)',
    'Patient?_has:EpisodeOfCare:patient:type=HTJ&_id=a',
    `Patient?_has:EpisodeOfCare:patient:type=HTJ&identifier=${personnummer}`,
    'Encounter?type=HTJ',
  ])('%s is answered', async (path) => {
    const { status, text } = await fhir.ask('GET', `/${path}`);
    expect(status, text).toBe(200);
  });

  test('a refusal for what is related says where to search instead', async () => {
    const { json } = await fhir.ask('GET', '/Encounter?patient=a&episode-of-care.type=HTJ');
    expect(json.issue[0].diagnostics).toContain('search EpisodeOfCare itself, with patient=');
  });

  test('nor is it a condition of a write, or searched within a batch', async () => {
    const body = { resourceType: 'EpisodeOfCare', status: 'active', patient: { reference: 'Patient/a' } };
    const asked = { body, headers: { 'if-none-exist': 'type=HTJ' } };
    expect((await fhir.ask('POST', '/EpisodeOfCare', asked)).status).toBe(422);
    const entry = [{ request: { method: 'GET', url: 'EpisodeOfCare?type=HTJ' } }];
    const batch = await fhir.ask('POST', '', { body: { resourceType: 'Bundle', type: 'batch', entry } });
    expect(batch.json.entry[0].response.status).toMatch(/^422/);
  });

  test('a refusal is audited', async () => {
    await fhir.ask('GET', '/EpisodeOfCare?type=HTJ', { headers: { 'x-request-id': 'term' } });
    const { rows } = await fhir.database.pool.query(
      `select reason, outcome from audit where request = 'term'`,
    );
    expect(rows).toEqual([{ reason: 'business-rule', outcome: 4 }]);
  });
});
