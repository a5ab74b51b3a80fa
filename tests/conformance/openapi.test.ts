import { readFileSync } from 'node:fs';
import { loadDefinitions } from '@naravard/fhir';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApiFile, openApiText } from '../../scripts/build-openapi.ts';
import { allModules } from '../../services/all-in-one/src/modules.ts';

interface Operation {
  operationId: string;
  responses: Record<string, unknown>;
}

const text = readFileSync(openApiFile, 'utf8');
const document = JSON.parse(text) as {
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, Record<string, unknown>>;
};
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).flatMap(([method, operation]) =>
    method === 'parameters' ? [] : [{ path, method, operation }],
  ),
);

let fhir: TestApp;
beforeAll(async () => {
  fhir = await createTestApp({ modules: allModules(loadDefinitions()) });
});
afterAll(() => fhir.close());

describe('openapi/naravard.json', () => {
  test('is what the modules make: run `node --conditions=source scripts/build-openapi.ts` when this fails', () => {
    expect(openApiText() === text).toBe(true);
  });

  test('says what can be asked beside the parameters of a type, and which compartments there are', () => {
    const named = (path: string) =>
      JSON.stringify([document.paths[path]?.parameters, document.paths[path]?.get]);
    for (const name of ['_text', '_content', '_list', '_has', '_filter'])
      expect(named('/CareTeam')).toContain(`/query${name}"`);
    expect(named('/CareTeam')).not.toContain('/query_type"');
    for (const path of ['/', '/{compartment}/{id}/{type}']) expect(named(path)).toContain('/query_type"');
    const five = ['Device', 'Encounter', 'Patient', 'Practitioner', 'RelatedPerson'];
    expect(named('/{compartment}/{id}/{type}')).toContain(JSON.stringify(five));
  });

  test('has no operation id twice', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test('points at nothing that is not there', () => {
    const targets = [...text.matchAll(/"\$ref": "#\/components\/(\w+)\/([^"]+)"/g)];
    const missing = targets.filter(([, kind = '', name = '']) => !document.components[kind]?.[name]);
    expect(missing.map(([whole]) => whole)).toEqual([]);
  });

  test('describes operations that exist: none is an unknown route or method', async () => {
    for (const { path, method } of operations.filter(({ path }) =>
      /^\/(CareTeam|_|metadata|\{type\}|$)/.test(path),
    )) {
      const address = path.replace('{type}', 'Observation').replace('{id}', 'x').replace('{version}', '1');
      const { status, json } = await fhir.ask(method.toUpperCase(), address, {
        body: method === 'get' ? undefined : '{}',
      });
      const kind = json?.issue?.[0]?.details?.coding?.[0]?.code;
      expect([path, method, status, kind]).not.toEqual([path, method, expect.anything(), 'unknown-route']);
      expect([path, method, status]).not.toEqual([path, method, 405]);
    }
  });
});

describe('/openapi.json', () => {
  test('gives the same document to callers without a token, for what is mounted here', async () => {
    const { statusCode, headers, body } = await fhir.app.inject('/openapi.json');
    expect([statusCode, headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
    const served = JSON.parse(body);
    expect(served.servers).toEqual([{ url: fhir.base }]);
    expect(served.paths['/CareTeam/{id}']).toEqual(document.paths['/CareTeam/{id}']);
  });

  test('is where /docs leads', async () => {
    const { statusCode, headers } = await fhir.app.inject('/docs');
    expect([statusCode, headers.location]).toEqual([302, '/openapi.json']);
  });
});
