import { loadDefinitions } from '@naravard/fhir';
import { createCatalog } from '@naravard/search';
import { loadTerminology } from '@naravard/terminology';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { careTeam, patient } from './resources.ts';

interface StatedResource {
  type: string;
  interaction: { code: string }[];
  searchParam: { name: string; type: string }[];
  searchInclude: string[];
  searchRevInclude: string[];
}

let fhir: TestApp;
let part: TestApp;
// biome-ignore lint/suspicious/noExplicitAny: a CapabilityStatement
let statement: any;
beforeAll(async () => {
  fhir = await createTestApp();
  const modules = [
    { name: 'care-team', resources: [{ type: 'CareTeam' }, { type: 'Patient' }] },
    { name: 'encounter', resources: [{ type: 'Encounter' }] },
  ];
  part = await createTestApp({ modules, mount: ['care-team'] });
  statement = (await fhir.ask('GET', '/metadata', { as: null })).json;
});
afterAll(async () => {
  await fhir.close();
  await part.close();
});

describe('/metadata', () => {
  test('is a valid CapabilityStatement', async () => {
    const { createValidator } = await import('@naravard/fhir');
    const findings = createValidator(loadDefinitions())(statement);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('names what is mounted and nothing else', async () => {
    const { json } = await part.ask('GET', '/metadata');
    const types = json.rest[0].resource.map(({ type }: StatedResource) => type);
    expect(types).toEqual(['AuditEvent', 'CareTeam', 'Consent', 'Patient', 'Provenance']);
    expect((await part.ask('GET', '/Encounter')).status).toBe(404);
    expect((await part.ask('GET', '/CareTeam')).status).toBe(200);
  });

  test('claims only interactions that answer', async () => {
    const id = (await fhir.ask('POST', '/CareTeam', { body: careTeam('Patient/1') })).json.id;
    const tried: Record<string, () => Promise<{ status: number }>> = {
      read: () => fhir.ask('GET', `/CareTeam/${id}`),
      vread: () => fhir.ask('GET', `/CareTeam/${id}/_history/1`),
      create: () => fhir.ask('POST', '/CareTeam', { body: careTeam('Patient/1') }),
      update: () => fhir.ask('PUT', `/CareTeam/${id}`, { body: careTeam('Patient/1', { id }) }),
      patch: () => fhir.ask('PATCH', `/CareTeam/${id}`, { body: '[]', type: 'application/json-patch+json' }),
      delete: () => fhir.ask('DELETE', '/CareTeam/unknown'),
      'search-type': () => fhir.ask('GET', '/CareTeam'),
      'history-instance': () => fhir.ask('GET', `/CareTeam/${id}/_history`),
      'history-type': () => fhir.ask('GET', '/CareTeam/_history'),
    };
    const stated = statement.rest[0].resource.find(
      ({ type }: StatedResource) => type === 'CareTeam',
    ) as StatedResource;
    expect(stated.interaction.map(({ code }) => code).sort()).toEqual(Object.keys(tried).sort());
    for (const [code, attempt] of Object.entries(tried))
      expect([code, (await attempt()).status < 300]).toEqual([code, true]);
    const system = statement.rest[0].interaction.map(({ code }: { code: string }) => code).sort();
    expect(system).toEqual(['batch', 'history-system', 'search-system', 'transaction']);
    expect((await fhir.ask('GET', '?_count=0')).status).toBe(200);
  });

  test('claims only search parameters that are understood', async () => {
    const values: Record<string, string> = {
      token: 'true',
      date: '2026',
      number: '1',
      quantity: '1',
      reference: 'Patient/1',
      uri: 'http://a.se',
      composite: 'x$2026',
    };
    for (const { type, searchParam } of statement.rest[0].resource as StatedResource[]) {
      if (!['CareTeam', 'CarePlan', 'Encounter', 'Patient', 'Task', 'Observation'].includes(type)) continue;
      expect(searchParam.length).toBeGreaterThan(5);
      for (const parameter of searchParam) {
        const value = parameter.type === 'reference' ? 'x' : (values[parameter.type] ?? 'x');
        const { status, text } = await fhir.ask('GET', `/${type}?${parameter.name}=${value}&_count=0`);
        expect(status, `${type}?${parameter.name}: ${text.slice(0, 200)}`).toBe(200);
      }
    }
  });

  test('leaves no supported parameter of a mounted type unsaid', () => {
    const catalog = createCatalog(loadDefinitions(), loadTerminology());
    for (const { type, searchParam } of statement.rest[0].resource as StatedResource[]) {
      if (type === 'AuditEvent') continue;
      expect(searchParam.map(({ name }) => name)).toEqual(catalog.parameters(type).map(({ code }) => code));
    }
  });

  test('claims of the log that it is read and searched, by parameters that it knows, and no more', async () => {
    const { rest } = statement;
    const all = rest[0].resource as (StatedResource & { conditionalCreate: boolean; versioning: string })[];
    const log = all.find(({ type }) => type === 'AuditEvent');
    expect(log?.interaction.map(({ code }) => code).sort()).toEqual(['read', 'search-type']);
    expect(log).toMatchObject({ versioning: 'no-version', updateCreate: false, conditionalCreate: false });
    expect(log).not.toHaveProperty('searchInclude');
    expect(all.flatMap(({ searchRevInclude = [] }) => searchRevInclude)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^AuditEvent:/)]),
    );
    const values: Record<string, string> = {
      reference: 'Patient/1',
      date: '2026',
      action: 'R',
      outcome: '0',
      patient: '1',
    };
    expect(log?.searchParam.length).toBeGreaterThan(8);
    for (const { name, type } of log?.searchParam ?? []) {
      const value = values[name] ?? values[type] ?? 'x';
      const { status, text } = await fhir.ask('GET', `/AuditEvent?${name}=${value}`);
      expect([name, status, status === 200 ? '' : text]).toEqual([name, 200, '']);
    }
    for (const [method, path] of [
      ['POST', '/AuditEvent'],
      ['PUT', '/AuditEvent/1'],
      ['DELETE', '/AuditEvent/1'],
    ] as const)
      expect((await fhir.ask(method, path, { body: { resourceType: 'AuditEvent' } })).status).toBe(405);
  });

  test('claims includes that answer, and all compartments', async () => {
    const { rest } = statement;
    const stated = rest[0].resource.find(({ type }: StatedResource) => type === 'CareTeam') as StatedResource;
    expect(stated.searchInclude).toContain('CareTeam:participant');
    expect(stated.searchRevInclude).toContain('CarePlan:care-team');
    for (const value of stated.searchInclude) {
      const { status, text } = await fhir.ask('GET', `/CareTeam?_include=${value}&_count=0`);
      expect(status, `${value}: ${text}`).toBe(200);
    }
    for (const value of stated.searchRevInclude) {
      const { status, text } = await fhir.ask('GET', `/CareTeam?_revinclude=${value}&_count=0`);
      expect(status, `${value}: ${text}`).toBe(200);
    }
    const all = rest[0].resource as StatedResource[];
    const followed = all.flatMap(({ searchInclude = [], searchRevInclude = [] }) => [
      ...searchInclude,
      ...searchRevInclude,
    ]);
    expect(followed).toContain('CarePlan:care-team');
    expect(followed).not.toContain('CarePlan:instantiates-canonical');
    expect(rest[0].compartment).toContain('http://hl7.org/fhir/CompartmentDefinition/relatedPerson');
    const shared = rest[0].searchParam.map(({ name }: { name: string }) => name);
    expect(shared).toEqual(expect.arrayContaining(['_id', '_lastUpdated', '_profile', '_security', '_tag']));
    expect(shared).not.toContain('status');
  });

  test('states the patch formats, and they are read', async () => {
    expect(statement.patchFormat).toEqual([
      'application/json-patch+json',
      'application/merge-patch+json',
      'application/fhir+json',
      'application/fhir+xml',
    ]);
    expect(statement.format).toEqual(['application/fhir+json', 'json', 'application/fhir+xml', 'xml']);
    expect(statement.fhirVersion).toBe('4.0.1');
    const { status } = await fhir.ask('POST', '/Patient', { body: patient() });
    expect(status).toBe(201);
  });

  test('a mount that names no module does not start', async () => {
    await expect(createTestApp({ mount: ['care-teams'] })).rejects.toThrow(/care-teams/);
  });
});
