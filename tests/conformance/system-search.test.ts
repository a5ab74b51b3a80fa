import { createTestApp, type TestApp, type TestResponse } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { narrowed } from './narrowed-store.ts';
import { bundle, careTeam, encounter, patient } from './resources.ts';

/** `other` sees only what SE0000000001-A has written: nothing here. */
let fhir: TestApp;
let other: TestApp;
const tag = [{ system: 'urn:test', code: 'grupp' }];
const made: string[] = [];

async function create(resource: { resourceType: string }): Promise<string> {
  const { json } = await fhir.ask('POST', `/${resource.resourceType}`, { body: resource });
  made.push(`${resource.resourceType}/${json.id}`);
  return `${resource.resourceType}/${json.id}`;
}

beforeAll(async () => {
  fhir = await createTestApp();
  other = await createTestApp({ store: narrowed(fhir.store) });
  const astrid = await create(patient({ meta: { tag } }));
  for (let day = 10; day < 14; day++) {
    await create(encounter(astrid, `2026-11-${day}T09:00:00Z`, { meta: { tag } }));
    await create(careTeam(astrid, { meta: { tag } }));
  }
  await fhir.ask('POST', '/Patient', { body: patient() });
});
afterAll(async () => {
  await other.close();
  await fhir.close();
});

const found = ({ json }: TestResponse): string[] =>
  (json.entry ?? []).map(
    ({ resource: { resourceType, id } }: { resource: { resourceType: string; id: string } }) =>
      `${resourceType}/${id}`,
  );
const link = ({ json }: TestResponse, relation: string): string | undefined =>
  json.link.find((each: { relation: string }) => each.relation === relation)?.url;
const form = (body: string) => ({ body, type: 'application/x-www-form-urlencoded' });

describe('a search of all types', () => {
  test('finds resources of every type by what all types have', async () => {
    const answer = await fhir.ask('GET', '?_tag=urn:test|grupp&_total=accurate');
    expect([answer.status, answer.json.total]).toEqual([200, 9]);
    expect(found(answer).sort()).toEqual(made.toSorted());
    expect(link(answer, 'self')).toBe(`${fhir.base}?_tag=urn:test%7Cgrupp&_total=accurate`);
  });

  test('finds by _id whatever type it is', async () => {
    const [, id] = made[0]?.split('/') ?? [];
    expect(found(await fhir.ask('GET', `?_id=${id}`))).toEqual([made[0]]);
  });

  test('with _type finds by any parameter that these types share', async () => {
    const [, id] = made[0]?.split('/') ?? [];
    const answer = await fhir.ask('GET', `?_type=CareTeam,Encounter&patient=Patient/${id}&_count=100`);
    expect(found(answer).sort()).toEqual(made.slice(1).sort());
    expect(link(answer, 'self')).toBe(
      `${fhir.base}?_type=CareTeam,Encounter&patient=Patient/${id}&_count=100`,
    );
  });

  test.each(['', '&_sort=_lastUpdated', '&_sort=-_lastUpdated', '&_sort=-_id'])(
    'is walked page by page in one order%s: every match once',
    async (sort) => {
      const walked: string[] = [];
      const stamps: string[] = [];
      let page = await fhir.ask('GET', `?_tag=grupp&_count=2${sort}`);
      for (let next: string | undefined = 'first'; next; next = link(page, 'next')) {
        if (next !== 'first') page = await fhir.ask('GET', next);
        walked.push(...found(page));
        stamps.push(
          ...page.json.entry.map(
            (entry: { resource: { meta: { lastUpdated: string } } }) => entry.resource.meta.lastUpdated,
          ),
        );
      }
      expect(walked.toSorted()).toEqual(made.toSorted());
      if (sort === '&_sort=_lastUpdated') expect(stamps).toEqual(stamps.toSorted());
      if (sort === '&_sort=-_lastUpdated') expect(stamps).toEqual(stamps.toSorted().reverse());
    },
  );

  test('by POST is the same, with its parameters in no link', async () => {
    const answer = await fhir.ask('POST', '/_search', form('_type=Encounter&_tag=grupp&_count=3'));
    expect([answer.status, found(answer).length]).toEqual([200, 3]);
    expect(link(answer, 'self')).toMatch(/\/fhir\?_page=[\w-]+$/);
    expect(found(await fhir.ask('GET', link(answer, 'next') ?? ''))).toHaveLength(1);
  });

  test('is an entry of a batch or a transaction', async () => {
    for (const type of ['batch', 'transaction'] as const) {
      const body = bundle(type, [{ request: { method: 'GET', url: '?_type=Encounter,Patient&_tag=grupp' } }]);
      const { json } = await fhir.ask('POST', '', { body });
      expect(json.entry[0].resource.entry).toHaveLength(5);
    }
  });

  test('keeps to the rights of the caller', async () => {
    for (const path of [
      '?_tag=grupp&_total=accurate',
      '?_type=CareTeam,Encounter&_tag=grupp&_total=accurate',
    ]) {
      const { json } = await other.ask('GET', path, { as: 'ssk-hemsjukvard' });
      expect([json.total, json.entry]).toEqual([0, undefined]);
    }
  });

  test('is audited per patient that it disclosed', async () => {
    await fhir.ask('GET', '?_type=Encounter,CareTeam&_tag=grupp', { headers: { 'x-request-id': 'system' } });
    const { rows } = await fhir.database.pool.query(
      `select interaction, patient, cardinality(targets) as targets from audit where request = 'system'`,
    );
    expect(rows).toEqual([{ interaction: 'search-system', patient: made[0]?.slice(8), targets: 8 }]);
  });

  test.each([
    ['status=active', 'status'],
    ['_type=CareTeam,Patient&status=active', 'status'],
    ['_type=Colour', '_type'],
    ['_type=CareTeam,', '_type'],
    ['_type=CareTeam&_type=Patient', '_type'],
    ['_type=CareTeam,Encounter&_sort=class', '_sort'],
    ['_type=CareTeam,Encounter&_elements=colour', '_elements'],
  ])('refuses %s and names the parameter', async (query, parameter) => {
    const { status, json } = await fhir.ask('GET', `?${query}`);
    expect([status, json.issue[0].expression]).toEqual([400, [parameter]]);
  });

  test('takes elements that one of the types has', async () => {
    const answer = await fhir.ask(
      'GET',
      '?_type=Encounter,CareTeam&_tag=grupp&_elements=period,Patient.gender',
    );
    const team = answer.json.entry.find(
      ({ resource }: { resource: { resourceType: string } }) => resource.resourceType === 'CareTeam',
    );
    expect(Object.keys(team.resource)).toEqual(['resourceType', 'id', 'meta', 'status']);
  });
});
