import { loadDefinitions } from '@naravard/fhir';
import { buildApp } from '@naravard/rest';
import { openStore, type Store } from '@naravard/store';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { allModules, ownGuide } from '../../services/all-in-one/src/modules.ts';
import { kindSet, kinds, organization, own, type Resource, structure, unit } from './made-package.ts';

const definitions = loadDefinitions();
const options = { modules: allModules(definitions), guide: ownGuide() };

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp(options);
});
afterAll(() => api.close());

const admin = 'administrator';
const put = (resource: Resource, as: 'administrator' | 'journalsystem' = admin) =>
  api.ask('PUT', `/${resource.resourceType}/${resource.id}`, { as, body: resource });
const remove = ({ resourceType, id }: Resource) => api.ask('DELETE', `/${resourceType}/${id}`, { as: admin });
const told = async (resource: object, { ask }: Pick<TestApp, 'ask'> = api) => {
  const { status, json } = await ask('POST', '/Organization', { as: admin, body: resource });
  return [status, json.issue?.[0]?.expression?.[0]];
};

const profile = (id: string, name: string, over: object = {}) =>
  structure(id, 'Organization', {
    differential: {
      element: [
        { id: 'Organization', path: 'Organization' },
        { id: `Organization.${name}`, path: `Organization.${name}`, min: 1 },
      ],
    },
    ...over,
  });
const follows = (canonical: string, over: object = {}) => ({
  resourceType: 'Organization',
  meta: { profile: [canonical] },
  identifier: [{ system: 'urn:example:local', value: '1' }],
  ...over,
});

describe('conformance resources', () => {
  test('are read and searched by whoever has a token, and written by administrators alone', async () => {
    expect((await put(kinds)).status).toBe(201);
    for (const as of ['ssk-hemsjukvard', 'patient', 'journalsystem'] as const) {
      expect((await api.ask('GET', '/CodeSystem/kinds', { as })).status).toBe(200);
      const { json } = await api.ask('GET', `/CodeSystem?url=${kinds.url}`, { as });
      expect(json.entry).toHaveLength(1);
      for (const resource of [kinds, kindSet, unit]) {
        const { resourceType, id } = resource;
        const body = { ...resource, title: 'Min' };
        expect((await api.ask('PUT', `/${resourceType}/${id}`, { as, body })).status).toBe(403);
      }
      expect((await api.ask('DELETE', '/CodeSystem/kinds', { as })).status).toBe(403);
    }
    expect((await api.ask('GET', '/CodeSystem/kinds', { as: null })).status).toBe(401);
    await remove(kinds);
  });

  test('tell this server itself: its CapabilityStatement says what /metadata says', async () => {
    const { json: metadata } = await api.ask('GET', '/metadata', { as: null });
    const { json } = await api.ask('GET', `/CapabilityStatement?url=${metadata.url}`, { as: 'patient' });
    const { meta: _, ...stored } = json.entry[0].resource;
    expect(stored).toEqual(metadata);
  });

  test('are there for each search parameter of our own that /metadata names', async () => {
    const { json } = await api.ask('GET', '/metadata');
    const urls: string[] = json.rest[0].resource
      .flatMap(({ searchParam = [] }: { searchParam?: { definition: string }[] }) => searchParam)
      .map(({ definition }: { definition: string }) => definition)
      .filter((url: string) => !url.startsWith('http://hl7.org/fhir/'));
    expect(urls).toContain('https://naravard.se/fhir/SearchParameter/CareTeam-role');
    for (const url of urls) {
      const { json: found } = await api.ask('GET', `/SearchParameter?url=${encodeURIComponent(url)}`);
      expect([url, found.entry?.[0]?.resource.url]).toEqual([url, url]);
    }
  });

  test('of our own are not taken by others', async () => {
    const url = 'https://naravard.se/fhir/CodeSystem/plantyp';
    const { status, json } = await put({ ...kinds, id: 'mine', url });
    expect([status, json.issue[0].expression]).toEqual([422, ['CodeSystem.url']]);
  });
});

describe('a profile that an administrator writes', () => {
  const named = profile('named', 'name');

  test('holds before the answer, and until it is retired or deleted', async () => {
    expect(await told(follows(named.url))).toEqual([201, undefined]);
    expect((await put(named)).status).toBe(201);
    expect(await told(follows(named.url))).toEqual([400, 'Organization.name']);
    const { json } = await api.ask('GET', '/metadata');
    const [rest] = json.rest;
    const stated = rest.resource.find(({ type }: { type: string }) => type === 'Organization');
    expect(stated.supportedProfile).toContain(named.url);
    expect((await put({ ...named, status: 'retired' })).status).toBe(200);
    expect(await told(follows(named.url))).toEqual([201, undefined]);
    expect((await put(named)).status).toBe(200);
    expect(await told(follows(named.url))).toEqual([400, 'Organization.name']);
    expect((await remove(named)).status).toBe(204);
    expect(await told(follows(named.url))).toEqual([201, undefined]);
  });

  test('may come in a transaction with what it is based on', async () => {
    const child = profile('child', 'telecom', { baseDefinition: named.url });
    const entry = [child, named].map((resource) => ({
      resource,
      request: { method: 'PUT', url: `StructureDefinition/${resource.id}` },
    }));
    const body = { resourceType: 'Bundle', type: 'transaction', entry };
    expect((await api.ask('POST', '', { as: admin, body })).status).toBe(200);
    expect(await told(follows(child.url))).toEqual([400, 'Organization.name']);
    expect(await told(follows(child.url, { name: 'A' }))).toEqual([400, 'Organization.telecom']);
    await remove(child);
    await remove(named);
  });

  test('is of one version among several, the last where none is named', async () => {
    const later = profile('named-2', 'telecom', { url: named.url, version: '1.10.0' });
    const earlier = { ...named, version: '1.9.0' };
    await put(later);
    await put(earlier);
    expect(await told(follows(named.url))).toEqual([400, 'Organization.telecom']);
    expect(await told(follows(`${named.url}|1.9.0`))).toEqual([400, 'Organization.name']);
    expect(await told(follows(`${named.url}|3`))).toEqual([201, undefined]);
    await remove(later);
    await remove(named);
  });

  test('whose constraint cannot be run refuses nothing, and says so', async () => {
    const constraint = [
      { key: 'x-1', severity: 'error', human: 'x', expression: "identifier.value.matches('(')" },
    ];
    const differential = { element: [{ id: 'Organization', path: 'Organization', constraint }] };
    const unrunnable = structure('unrunnable', 'Organization', { differential });
    expect((await put(unrunnable)).status).toBe(201);
    const { status, json } = await api.ask('POST', '/Organization', {
      as: admin,
      body: follows(unrunnable.url),
      headers: { prefer: 'return=OperationOutcome' },
    });
    expect([status, JSON.stringify(json)]).toEqual([201, expect.stringContaining('cannot be run')]);
    await remove(unrunnable);
  });

  test.each([
    ['an unknown base', { baseDefinition: `${own}/StructureDefinition/nobody` }, 'which is not known here'],
    [
      'what is not checked here',
      {
        differential: {
          element: [
            { id: 'Organization', path: 'Organization' },
            {
              id: 'Organization.identifier',
              path: 'Organization.identifier',
              slicing: { discriminator: [{ type: 'value', path: 'system' }], rules: 'open', ordered: true },
            },
          ],
        },
      },
      'element Organization.identifier: ordered slices are not supported',
    ],
  ])('is refused with %s, and the answer says where', async (_what, over, why) => {
    const { status, json } = await put(profile('refused', 'name', over));
    expect([status, json.issue[0].diagnostics]).toEqual([422, expect.stringContaining(why)]);
    expect((await api.ask('GET', '/StructureDefinition/refused')).status).toBe(404);
  });
});

describe('codes that an administrator writes', () => {
  beforeEach(async () => {
    for (const each of [kinds, kindSet, structure('size', 'Extension', sizeless), unit]) await put(each);
  });
  afterEach(async () => {
    for (const each of [unit, kindSet, kinds]) await remove(each);
  });
  const sizeless = {
    differential: { element: [{ id: 'Extension', path: 'Extension', max: '1' }] },
  };
  const bakery = organization({ type: [{ coding: [{ system: kinds.url, code: 'bakery' }] }] });

  test('are what bindings and searches find from then on', async () => {
    expect(await told(bakery)).toEqual([400, 'Organization.type[0]']);
    const find = async () =>
      (await api.ask('GET', `/Organization?type:in=${kindSet.url}&_summary=count`)).json.total as number;
    const before = await find();
    await put({ ...kinds, concept: [...kinds.concept, { code: 'bakery' }] });
    expect(await told(bakery)).toEqual([201, undefined]);
    expect(await find()).toBe(before + 1);
  });
});

describe('another process', () => {
  let store: Store;
  let other: ReturnType<typeof buildApp>;
  beforeAll(async () => {
    store = await openStore({ url: api.database.url });
    const rest = { store, definitions, base: api.base, identity: api.issuer.identity };
    other = buildApp({ ...options, ...rest, pageKey: new Uint8Array(32).fill(7) });
    await other.ready();
  });
  afterAll(async () => {
    await other.close();
    await store.close();
  });
  const askOther: TestApp['ask'] = async (method, path, request) => {
    const token = await api.issuer.token(admin);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' };
    const payload = JSON.stringify(request?.body);
    const answer = await other.inject({ method: method as 'POST', url: `/fhir${path}`, headers, payload });
    return { status: answer.statusCode, headers: {}, text: answer.body, json: JSON.parse(answer.body) };
  };

  test('learns of it when it looks, and of its end', async () => {
    const named = profile('elsewhere', 'name');
    await put(named);
    expect(await told(follows(named.url), { ask: askOther })).toEqual([201, undefined]);
    await other.reindexer.refresh();
    expect(await told(follows(named.url), { ask: askOther })).toEqual([400, 'Organization.name']);
    await remove(named);
    await other.reindexer.refresh();
    expect(await told(follows(named.url), { ask: askOther })).toEqual([201, undefined]);
  });

  test('starts whatever is stored, and says of a profile that cannot be kept that nothing is checked by it', async () => {
    const base = profile('base', 'name');
    const child = profile('orphan', 'telecom', { baseDefinition: base.url });
    await put(base);
    await put(child);
    expect((await remove(base)).status).toBe(204);
    await other.reindexer.refresh();
    const { status, json } = await askOther('POST', '/Organization', {
      body: follows(child.url),
    });
    expect(status).toBe(201);
    expect(json.resourceType).toBe('Organization');
    const third = buildApp({
      ...options,
      store,
      definitions,
      base: api.base,
      identity: api.issuer.identity,
      pageKey: new Uint8Array(32).fill(7),
    });
    await third.ready();
    await third.close();
    const { json: outcome } = await api.ask('POST', '/Organization', {
      as: admin,
      body: follows(child.url),
      headers: { prefer: 'return=OperationOutcome' },
    });
    expect(JSON.stringify(outcome.issue)).toContain('nothing is checked by it');
    await remove(child);
  });
});
