import { loadDefinitions } from '@naravard/fhir';
import { createTestApp, type TestApp, type TestResponse } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { narrowed } from './narrowed-store.ts';
import { bundle, careTeam, encounter, patient } from './resources.ts';

/** Two apps on one database: `fhir` sees everything, `other` only what SE0000000001-A has written. */
let fhir: TestApp;
let other: TestApp;
const ids: Record<string, string> = {};

async function create(name: string, resource: { resourceType: string }): Promise<string> {
  const { json } = await fhir.ask('POST', `/${resource.resourceType}`, { body: resource });
  ids[name] = `${resource.resourceType}/${json.id}`;
  return ids[name];
}

beforeAll(async () => {
  fhir = await createTestApp();
  other = await createTestApp({ store: narrowed(fhir.store) });
  const astrid = await create('astrid', patient());
  const bo = await create('bo', patient({ name: [{ family: 'Bo' }] }));
  const nurse = await create('nurse', { resourceType: 'Practitioner' });
  const visit = await create(
    'visit',
    encounter(astrid, '2026-11-23T09:00:00Z', { participant: [{ individual: { reference: nurse } }] }),
  );
  await create('visit of bo', encounter(bo, '2026-11-24T09:00:00Z'));
  await create('team', careTeam(astrid, { encounter: { reference: visit } }));
  await create('bo with astrid in it', careTeam(bo, { participant: [{ member: { reference: astrid } }] }));
  await create('inactive team', careTeam(astrid, { status: 'inactive' }));
});
afterAll(async () => {
  await other.close();
  await fhir.close();
});

const found = ({ json }: TestResponse): string[] => {
  const names = new Map(Object.entries(ids).map(([name, id]) => [id, name]));
  return (json.entry ?? [])
    .map(({ resource: { resourceType, id } }: { resource: { resourceType: string; id: string } }) =>
      names.get(`${resourceType}/${id}`),
    )
    .sort();
};

describe('a compartment search', () => {
  test('finds what R4 puts into the compartment, and nothing else', async () => {
    const teams = await fhir.ask('GET', `/${ids.astrid}/CareTeam?_total=accurate`);
    expect(found(teams)).toEqual(['bo with astrid in it', 'inactive team', 'team']);
    expect(teams.json.total).toBe(3);
    expect(found(await fhir.ask('GET', `/${ids.astrid}/Encounter`))).toEqual(['visit']);
    expect(found(await fhir.ask('GET', `/${ids.nurse}/Encounter`))).toEqual(['visit']);
    expect(found(await fhir.ask('GET', `/${ids.visit}/CareTeam`))).toEqual(['team']);
  });

  test('takes parameters, sorting and pages like any search of the type', async () => {
    const path = `/${ids.astrid}/CareTeam?status=active&_sort=-_lastUpdated&_count=1`;
    const first = await fhir.ask('GET', path);
    expect(found(first)).toEqual(['bo with astrid in it']);
    const link = (relation: string) =>
      first.json.link.find((each: { relation: string }) => each.relation === relation).url;
    expect(link('self')).toBe(`${fhir.base}${path}`);
    expect(link('next')).toMatch(new RegExp(`/${ids.astrid}/CareTeam\\?_page=`));
    expect(found(await fhir.ask('GET', link('next')))).toEqual(['team']);
    const elsewhere = link('next').replace(ids.astrid, ids.bo);
    expect((await fhir.ask('GET', elsewhere)).status).toBe(400);
  });

  test('of every type holds the resource itself', async () => {
    expect(found(await fhir.ask('GET', `/${ids.astrid}/*`))).toEqual([
      'astrid',
      'bo with astrid in it',
      'inactive team',
      'team',
      'visit',
    ]);
    expect(found(await fhir.ask('GET', `/${ids.visit}/*?_type=CareTeam,Encounter`))).toEqual([
      'team',
      'visit',
    ]);
    expect(found(await fhir.ask('GET', `/${ids.astrid}/*?_type=CareTeam&status=inactive`))).toEqual([
      'inactive team',
    ]);
  });

  test('by POST keeps its parameters out of links', async () => {
    const form = { body: 'status=inactive', type: 'application/x-www-form-urlencoded' };
    for (const type of ['CareTeam', '*']) {
      const body = type === '*' ? { ...form, body: '_type=CareTeam&status=inactive' } : form;
      const answer = await fhir.ask('POST', `/${ids.astrid}/${type}/_search`, body);
      expect(found(answer)).toEqual(['inactive team']);
      expect(answer.json.link[0].url).toContain('?_page=');
      expect(found(await fhir.ask('GET', answer.json.link[0].url))).toEqual(['inactive team']);
    }
  });

  test('is an entry of a batch or a transaction', async () => {
    const urls = [`${ids.astrid}/CareTeam?status=inactive`, `${ids.visit}/*?_type=CareTeam`];
    for (const type of ['batch', 'transaction'] as const) {
      const body = bundle(
        type,
        urls.map((url) => ({ request: { method: 'GET', url } })),
      );
      const { json } = await fhir.ask('POST', '', { body });
      const totals = json.entry.map(
        ({ resource }: { resource: { entry: object[] } }) => resource.entry.length,
      );
      expect(totals).toEqual([1, 1]);
    }
  });

  test('answers for a resource that is hidden as for one that was never there', async () => {
    const unknown = 'Patient/0190aaaa-0000-7000-8000-000000000000';
    for (const path of ['CareTeam?_total=accurate', '*?_total=accurate', '*?_type=CareTeam']) {
      const [hidden, never] = await Promise.all(
        [ids.astrid ?? '', unknown].map(async (at) => {
          const { status, text } = await other.ask('GET', `/${at}/${path}`, { as: 'ssk-hemsjukvard' });
          return [status, text.replaceAll(at, '{at}')];
        }),
      );
      expect(hidden).toEqual(never);
      expect(hidden?.[0]).toBe(200);
    }
  });

  test('is audited with the patient', async () => {
    await fhir.ask('GET', `/${ids.astrid}/Encounter`, { headers: { 'x-request-id': 'compartment' } });
    const { rows } = await fhir.database.pool.query(
      `select interaction, type, patient from audit where request = 'compartment'`,
    );
    expect(rows).toEqual([{ interaction: 'search-type', type: 'Encounter', patient: ids.astrid?.slice(8) }]);
  });

  test.each([
    ['/CareTeam/x/Encounter', 404, 'compartment'],
    ['/Encounter/x/Patient', 404, 'compartment of Encounter'],
    ['/Patient/x/Colour', 404, 'not served'],
    ['/Patient/x/CareTeam?colour=red', 400, 'colour'],
    ['/Patient/x/*?status=active', 400, 'status'],
    ['/Patient/x/*?_type=Practitioner', 400, 'Practitioner'],
    ['/Patient/x/CareTeam?_type=CareTeam', 400, '_type'],
    [`/Patient/${'x'.repeat(65)}/CareTeam`, 400, 'id'],
  ])('refuses %s', async (path, status, advice) => {
    const answer = await fhir.ask('GET', path);
    expect([answer.status, answer.json.issue[0].diagnostics]).toEqual([
      status,
      expect.stringContaining(advice),
    ]);
  });

  test('asks for a token, and answers other methods with those that are', async () => {
    expect((await fhir.ask('GET', `/${ids.astrid}/CareTeam`, { as: null })).status).toBe(401);
    const { status, headers } = await fhir.ask('PUT', `/${ids.astrid}/CareTeam`, { body: {} });
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
  });
});

describe('the definitions of compartments', () => {
  const definitions = loadDefinitions();

  test('are those of R4', () => {
    expect([...definitions.compartments]).toEqual([
      'Device',
      'Encounter',
      'Patient',
      'Practitioner',
      'RelatedPerson',
    ]);
    expect(definitions.compartment('Patient', 'CarePlan')).toEqual(['patient', 'performer']);
    expect(definitions.compartment('Practitioner', 'EpisodeOfCare')).toEqual(['care-manager']);
    expect(definitions.compartment('Encounter', 'Practitioner')).toEqual([]);
  });

  test('name only references that can lead to the compartment, and the resource itself', () => {
    for (const name of definitions.compartments) {
      for (const type of definitions.resourceTypes) {
        for (const code of definitions.compartment(name, type)) {
          if (code === '_id') {
            expect(type).toBe(name);
            continue;
          }
          const parameter = definitions.searchParameters(type).find((each) => each.code === code);
          expect(parameter?.type, `${name}: ${type}.${code}`).toBe('reference');
          expect(parameter?.targets ?? [name], `${name}: ${type}.${code}`).toContain(name);
        }
      }
    }
  });
});
