import { applyFhirPathPatch, loadDefinitions } from '@naravard/fhir';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { careTeam, patient } from './resources.ts';

const definitions = loadDefinitions();
let fhir: TestApp;
beforeAll(async () => {
  fhir = await createTestApp();
});
afterAll(() => fhir.close());

const read = async (path: string): Promise<string> => (await fhir.ask('GET', path)).text;

/** A team with one version for each change. */
async function changed(...changes: readonly object[]): Promise<string> {
  const [first = {}, ...more] = changes;
  const { id } = (await fhir.ask('POST', '/CareTeam', { body: careTeam('Patient/1', first) })).json;
  for (const change of more) {
    const { status } = await fhir.ask('PUT', `/CareTeam/${id}`, {
      body: { ...careTeam('Patient/1', change), id },
    });
    expect(status).toBe(200);
  }
  return id;
}

/** Without what the server says of a version. */
const content = (text: string): object => {
  const { meta: _meta, id: _id, ...rest } = JSON.parse(text);
  return rest;
};

describe('$diff of one resource', () => {
  test('is the patch from the version before to the current one', async () => {
    const id = await changed({ name: 'A' }, { name: 'B' }, { name: 'C', status: 'inactive' });
    const { status, text } = await fhir.ask('GET', `/CareTeam/${id}/$diff`);
    expect(status).toBe(200);
    const result = applyFhirPathPatch(await read(`/CareTeam/${id}/_history/2`), text, definitions);
    expect(content(result)).toEqual(content(await read(`/CareTeam/${id}`)));
    expect(JSON.parse(text).parameter).toHaveLength(2);
  });

  test('starts at fromVersion', async () => {
    const id = await changed({ name: 'A' }, { name: 'B' }, { name: 'A' });
    expect((await fhir.ask('GET', `/CareTeam/${id}/$diff?fromVersion=1`)).json).toEqual({
      resourceType: 'Parameters',
    });
    expect((await fhir.ask('GET', `/CareTeam/${id}/$diff?fromVersion=2`)).json.parameter).toHaveLength(1);
  });

  test('is a patch that can be sent', async () => {
    const id = await changed({ name: 'A' }, { name: 'B', note: [{ text: 'ny' }] });
    const { text } = await fhir.ask('GET', `/CareTeam/${id}/$diff`);
    const other = await changed({ name: 'A' });
    const { status, json } = await fhir.ask('PATCH', `/CareTeam/${other}`, { body: text });
    expect([status, json.name, json.note]).toEqual([200, 'B', [{ text: 'ny' }]]);
  });

  test('tells of labels when it is asked to', async () => {
    const meta = { tag: [{ system: 'urn:x', code: 'a' }] };
    const id = await changed({}, { meta });
    expect((await fhir.ask('GET', `/CareTeam/${id}/$diff`)).json.parameter).toBeUndefined();
    const { json } = await fhir.ask('GET', `/CareTeam/${id}/$diff?includeMeta=true`);
    expect(json.parameter[0].part.slice(0, 3)).toEqual([
      { name: 'type', valueCode: 'add' },
      { name: 'path', valueString: 'CareTeam.meta' },
      { name: 'name', valueString: 'tag' },
    ]);
  });

  test('says what is wrong with the question', async () => {
    const id = await changed({});
    const asked = async (path: string) => {
      const { status, json } = await fhir.ask('GET', path);
      return [status, json.issue[0].code];
    };
    expect(await asked(`/CareTeam/${id}/$diff`)).toEqual([400, 'value']);
    expect(await asked(`/CareTeam/${id}/$diff?fromVersion=7`)).toEqual([404, 'not-found']);
    expect(await asked(`/CareTeam/${id}/$diff?fromVersion=x`)).toEqual([404, 'not-found']);
    expect(await asked(`/CareTeam/${id}/$diff?from=1`)).toEqual([400, 'not-supported']);
    expect(await asked('/CareTeam/nowhere/$diff')).toEqual([404, 'not-found']);
    await fhir.ask('DELETE', `/CareTeam/${id}`);
    expect(await asked(`/CareTeam/${id}/$diff`)).toEqual([410, 'deleted']);
  });
});

describe('$diff of two', () => {
  test('compares versions, and resources of one type', async () => {
    const one = await changed({ name: 'A' }, { name: 'B' });
    const two = await changed({ name: 'C' });
    const back = await fhir.ask('GET', `/$diff?from=CareTeam/${one}&to=CareTeam/${one}/_history/1`);
    expect(back.json.parameter[0].part[2]).toEqual({ name: 'value', valueString: 'A' });
    const across = await fhir.ask('GET', `/$diff?from=${fhir.base}/CareTeam/${one}&to=CareTeam/${two}`);
    expect(across.json.parameter[0].part[2]).toEqual({ name: 'value', valueString: 'C' });
  });

  test('is of one type, and of what there is', async () => {
    const one = await changed({});
    const { json } = await fhir.ask('POST', '/Patient', { body: patient() });
    const asked = async (query: string) => (await fhir.ask('GET', `/$diff?${query}`)).status;
    expect(await asked(`from=CareTeam/${one}&to=Patient/${json.id}`)).toBe(400);
    expect(await asked(`from=CareTeam/${one}`)).toBe(400);
    expect(await asked(`from=CareTeam/${one}&to=Nonsense/1`)).toBe(400);
    expect(await asked(`from=CareTeam/${one}&to=CareTeam/nowhere`)).toBe(404);
  });
});

test('who may not see a resource learns nothing from $diff or $meta that an unknown id would not tell', async () => {
  const id = await changed({ name: 'A' }, { name: 'B' });
  const of = async (at: string) => {
    const { status, text } = await fhir.ask('GET', at, { as: 'lakare-privat' });
    return [status, text];
  };
  for (const rest of [
    '$diff',
    '$diff?fromVersion=1',
    '$meta',
    '_history/1/$meta',
    '$validate',
    '$validate?mode=delete',
  ]) {
    const [status, text] = await of(`/CareTeam/${id}/${rest}`);
    expect(status).toBe(404);
    expect([status, text]).toEqual(await of(`/CareTeam/nowhere/${rest}`));
  }
  const both = (one: string) => of(`/$diff?from=CareTeam/${one}/_history/1&to=CareTeam/${one}`);
  expect(await both(id)).toEqual(await both('nowhere'));
});
