import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { careTeam, observation } from './resources.ts';

let fhir: TestApp;
beforeAll(async () => {
  fhir = await createTestApp();
});
afterAll(() => fhir.close());

const profile = 'http://example.org/StructureDefinition/a';
const tag = (code: string, over: object = {}) => ({ system: 'urn:tags', code, ...over });

async function created(meta?: object): Promise<string> {
  const body = careTeam('Patient/1', meta && { meta });
  return (await fhir.ask('POST', '/CareTeam', { body })).json.id;
}

const change = (id: string, operation: string, meta: object, headers: Record<string, string> = {}) =>
  fhir.ask('POST', `/CareTeam/${id}/${operation}`, {
    body: { resourceType: 'Parameters', parameter: [{ name: 'meta', valueMeta: meta }] },
    headers,
  });

const labels = ({ profile, security, tag }: Record<string, unknown>): object => ({ profile, security, tag });

describe('$meta', () => {
  test('is the meta of a read, of the current version and of others', async () => {
    const id = await created({ tag: [tag('a')], profile: [profile] });
    await change(id, '$meta-add', { tag: [tag('b')] });
    for (const path of [`/CareTeam/${id}`, `/CareTeam/${id}/_history/1`]) {
      const { json, headers } = await fhir.ask('GET', `${path}/$meta`);
      const read = await fhir.ask('GET', path);
      expect(json).toEqual({
        resourceType: 'Parameters',
        parameter: [{ name: 'return', valueMeta: read.json.meta }],
      });
      expect(headers.etag).toBe(read.headers.etag);
    }
  });

  test('is refused over a type and over everything, with what to ask in its place', async () => {
    for (const path of ['/CareTeam/$meta', '/$meta']) {
      const { status, json } = await fhir.ask('GET', path);
      expect([status, json.issue[0].code]).toEqual([404, 'not-supported']);
      expect(json.issue[0].diagnostics).toContain('[type]/[id]/$meta');
    }
  });

  test('of what is not there is 404, of what was deleted 410', async () => {
    const id = await created();
    expect((await fhir.ask('GET', '/CareTeam/nowhere/$meta')).status).toBe(404);
    expect((await fhir.ask('GET', `/CareTeam/${id}/_history/7/$meta`)).status).toBe(404);
    await fhir.ask('DELETE', `/CareTeam/${id}`);
    expect((await fhir.ask('GET', `/CareTeam/${id}/$meta`)).status).toBe(410);
    expect((await change(id, '$meta-add', { tag: [tag('a')] })).status).toBe(410);
  });
});

describe('$meta-add', () => {
  test('adds what is new, in a new version, and leaves the rest as it is', async () => {
    const id = await created({ tag: [tag('a', { display: 'A' })] });
    const { status, json, headers } = await change(id, '$meta-add', {
      profile: [profile],
      security: [{ system: 'urn:labels', code: 'x' }],
      tag: [tag('a', { display: 'Another' }), tag('b'), tag('b')],
    });
    expect([status, headers.etag]).toEqual([200, 'W/"2"']);
    const { json: read } = await fhir.ask('GET', `/CareTeam/${id}`);
    expect(json.parameter).toEqual([{ name: 'return', valueMeta: read.meta }]);
    expect(labels(read.meta)).toEqual({
      profile: [profile],
      security: [{ system: 'urn:labels', code: 'x' }],
      tag: [tag('a', { display: 'A' }), tag('b')],
    });
    expect((await fhir.ask('GET', `/CareTeam?_tag=urn:tags|b&_id=${id}`)).json.entry).toHaveLength(1);
  });

  test('makes no version where nothing is new', async () => {
    const id = await created({ tag: [tag('a')] });
    const { status, headers } = await change(id, '$meta-add', { tag: [tag('a')] });
    expect([status, headers.etag]).toEqual([200, 'W/"1"']);
    expect((await change(id, '$meta-delete', { tag: [tag('b')] })).headers.etag).toBe('W/"1"');
    expect((await fhir.ask('GET', `/CareTeam/${id}/_history`)).json.total).toBe(1);
  });

  test('keeps the digits of the resource', async () => {
    const { json } = await fhir.ask('POST', '/Observation', { body: observation('70.10') });
    const parameter = [{ name: 'meta', valueMeta: { tag: [tag('a')] } }];
    const body = { resourceType: 'Parameters', parameter };
    await fhir.ask('POST', `/Observation/${json.id}/$meta-add`, { body });
    expect((await fhir.ask('GET', `/Observation/${json.id}`)).text).toContain('"value":70.10');
  });

  test('heeds If-Match', async () => {
    const id = await created();
    const stale = await change(id, '$meta-add', { tag: [tag('a')] }, { 'if-match': 'W/"7"' });
    expect(stale.status).toBe(412);
    const fresh = await change(id, '$meta-add', { tag: [tag('a')] }, { 'if-match': 'W/"1"' });
    expect(fresh.status).toBe(200);
  });

  test('does not take labels that the service itself sets', async () => {
    const id = await created();
    const system = 'https://naravard.se/fhir/CodeSystem/access';
    const put = await fhir.ask('PUT', `/CareTeam/${id}`, {
      body: { ...careTeam('Patient/1', { meta: { security: [{ system, code: 'shows-block' }] } }), id },
    });
    const { status, text } = await change(id, '$meta-add', { security: [{ system, code: 'shows-block' }] });
    expect([status, text]).toEqual([put.status, put.text]);
    expect(status).toBe(403);
  });

  test('is for who may change the resource', async () => {
    const id = await created();
    const body = {
      resourceType: 'Parameters',
      parameter: [{ name: 'meta', valueMeta: { tag: [tag('a')] } }],
    };
    const { status } = await fhir.ask('POST', `/CareTeam/${id}/$meta-add`, {
      as: 'journalsystem-kommun',
      body,
    });
    expect(status).toBe(404);
  });

  test('says what it wants', async () => {
    const id = await created();
    const asked = async (body: unknown) => {
      const { status, json } = await fhir.ask('POST', `/CareTeam/${id}/$meta-add`, { body });
      return [status, json.issue[0].code];
    };
    const parameters = (...parameter: object[]) => ({ resourceType: 'Parameters', parameter });
    expect(await asked({ resourceType: 'Parameters' })).toEqual([400, 'value']);
    expect(await asked({ resourceType: 'Patient' })).toEqual([400, 'structure']);
    expect(await asked(parameters({ name: 'meta', valueString: 'x' }))).toEqual([400, 'value']);
    const twice = parameters({ name: 'meta', valueMeta: {} }, { name: 'meta', valueMeta: {} });
    expect((await asked(twice))[0]).toBe(400);
  });
});

describe('$meta-delete', () => {
  test('takes away what is named, by system and code, and the list that is left empty', async () => {
    const id = await created({ tag: [tag('a'), tag('b'), tag('c')], profile: [profile] });
    const { status } = await change(id, '$meta-delete', {
      tag: [tag('c', { version: '2' }), tag('a')],
      profile: [profile],
    });
    expect(status).toBe(200);
    const { json } = await fhir.ask('GET', `/CareTeam/${id}`);
    expect(labels(json.meta)).toEqual({ profile: undefined, security: undefined, tag: [tag('b')] });
  });
});
