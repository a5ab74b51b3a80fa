import { readFileSync } from 'node:fs';
import { loadDefinitions } from '@naravard/fhir';
import { buildApp } from '@naravard/rest';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allModules, ownGuide } from '../../services/all-in-one/src/modules.ts';

const definitions = loadDefinitions();
const guide = ownGuide();
const own = 'https://naravard.se/fhir';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp({ modules: allModules(definitions), guide });
});
afterAll(() => api.close());

const startAgain = async ({ store, issuer }: TestApp) => {
  const app = buildApp({
    store,
    definitions,
    modules: allModules(definitions),
    guide,
    base: api.base,
    identity: issuer.identity,
    pageKey: new Uint8Array(32).fill(7),
  });
  await app.ready();
  await app.close();
};

describe('the implementation guide', () => {
  test('is served: every resource of it is read and searched as any other', async () => {
    for (const definition of guide.definitions as readonly { resourceType: string; id: string }[]) {
      const { resourceType, id } = definition;
      const { status, json } = await api.ask('GET', `/${resourceType}/${id}`);
      expect([status, json.meta.versionId]).toEqual([200, '1']);
      const { meta: _, ...rest } = json;
      expect(rest).toEqual({ ...definition, meta: undefined });
    }
    const url = encodeURIComponent(`${own}/StructureDefinition/fast-kontakt`);
    const { json } = await api.ask('GET', `/StructureDefinition?url=${url}`, { as: 'patient' });
    expect(json.entry).toHaveLength(1);
  });

  test('is left as it is by a process that starts later, and mended where it was changed', async () => {
    const path = '/CodeSystem/plantyp';
    const { json } = await api.ask('GET', path);
    const changed = { ...json, title: 'Ändrad' };
    const put = await api.ask('PUT', path, { as: 'administrator', body: changed });
    expect(put.status).toBe(200);
    await startAgain(api);
    const mended = await api.ask('GET', path);
    expect([mended.json.meta.versionId, mended.json.title]).toEqual(['3', json.title]);
    const { rows } = await api.database.pool.query(
      `select count(*) filter (where version > 1) as touched, count(custodian) as kept from resource where type in ('StructureDefinition', 'ValueSet', 'CodeSystem', 'OperationDefinition', 'ImplementationGuide')`,
    );
    expect(rows).toEqual([{ touched: '1', kept: '0' }]);
  });

  test('with a profile that cannot be kept starts no process', async () => {
    const broken = JSON.parse(JSON.stringify(guide.definitions)) as {
      id: string;
      differential?: { element: { id: string; path: string }[] };
    }[];
    const [, element] = broken.find(({ id }) => id === 'fast-kontakt')?.differential?.element ?? [];
    if (element) Object.assign(element, { id: 'CareTeam.noSuch', path: 'CareTeam.noSuch' });
    expect(() =>
      buildApp({
        store: api.store,
        definitions,
        modules: allModules(definitions),
        guide: { ...guide, definitions: broken },
        base: api.base,
        identity: api.issuer.identity,
        pageKey: new Uint8Array(32).fill(7),
      }),
    ).toThrow('fast-kontakt');
  });

  test('is written once by two processes that start together', async () => {
    const empty = await createTestApp({ modules: allModules(definitions) });
    await Promise.all([startAgain(empty), startAgain(empty), startAgain(empty)]);
    const { rows } = await empty.database.pool.query(
      'select count(*)::int, count(*) filter (where version > 1)::int as again from resource',
    );
    await empty.close();
    expect(rows).toEqual([{ count: expect.any(Number), again: 0 }]);
    expect(rows[0].count).toBeGreaterThan(guide.definitions.length);
  });
});

describe('a profile of the guide', () => {
  const contact = (over: object = {}) => ({
    ...(JSON.parse(
      readFileSync('libs/care/guide/examples/CareTeam-astrid-fast-vardkontakt.json', 'utf8'),
    ) as object),
    id: undefined,
    ...over,
  });
  const sent = (body: object) => api.ask('POST', '/CareTeam', { body });

  test('holds where the category says so, and the finding names it', async () => {
    const { status, json } = await sent(contact({ subject: undefined }));
    expect([status, json.issue[0].code, json.issue[0].expression]).toEqual([
      400,
      'required',
      ['CareTeam.subject'],
    ]);
    expect(json.issue[0].diagnostics).toContain('fast-kontakt');
  });

  test('holds where meta.profile says so, also by its name of the Swedish base profiles', async () => {
    const profile = ['http://hl7.se/fhir/ig/base/StructureDefinition/SEBasePatient'];
    const system = 'http://electronichealth.se/identifier/personnummer';
    const identifier = ['194103149805', '198505122385'].map((value) => ({ system, value }));
    const body = { resourceType: 'Patient', meta: { profile }, identifier };
    const { status, json } = await api.ask('POST', '/Patient', { body });
    expect([status, json.issue[0].expression]).toEqual([400, ['Patient.identifier']]);
  });

  test('that nobody has defined here is let be', async () => {
    const body = {
      resourceType: 'Basic',
      meta: { profile: ['https://other.example/P'] },
      code: { text: 'x' },
    };
    expect((await api.ask('POST', '/Basic', { body })).status).toBe(201);
  });

  test('is told of by the CapabilityStatement', async () => {
    const { json } = await api.ask('GET', '/metadata');
    const team = json.rest[0].resource.find(({ type }: { type: string }) => type === 'CareTeam');
    expect(team.supportedProfile).toContain(`${own}/StructureDefinition/fast-kontakt`);
  });

  test('has its value sets at hand in searches too', async () => {
    const set = encodeURIComponent(`${own}/ValueSet/behov`);
    expect((await api.ask('GET', `/Basic?code:in=${set}`)).status).toBe(200);
  });
});
