import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { operationOn } from '../../../libs/rest/src/operation-name.ts';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());

const onPatient = [
  'match',
  'svod-status',
  'nodoppning',
  'begar-havning',
  'samtycke',
  'informera',
  'sparra',
  'hav-sparr',
  'sparrar',
];
const onService = ['nodoppningar', 'begarda-havningar', 'avvikande-mening'];

test('/metadata names the operations where they are, each once', async () => {
  const { json } = await api.ask('GET', '/metadata', { as: null });
  const [rest] = json.rest;
  const names = (operations: { name: string; definition: string }[]) => operations.map(({ name }) => name);
  const patient = rest.resource.find(({ type }: { type: string }) => type === 'Patient').operation;
  expect(names(patient)).toEqual(expect.arrayContaining(onPatient));
  expect(names(rest.operation)).toEqual(expect.arrayContaining(onService));
  for (const list of [patient, rest.operation]) expect(new Set(names(list)).size).toBe(list.length);
  expect(patient.find(({ name }: { name: string }) => name === 'match').definition).toBe(
    'http://hl7.org/fhir/OperationDefinition/Patient-match',
  );
});

test('OpenAPI has them with their methods and bodies', async () => {
  const { paths } = JSON.parse((await api.app.inject('/openapi.json')).body);
  expect(paths['/Patient/$match'].post.requestBody).toBeDefined();
  expect(Object.keys(paths['/Patient/{id}/$svod-status']).sort()).toEqual(['get', 'parameters']);
  for (const name of onPatient.slice(2, -1))
    expect(paths[`/Patient/{id}/$${name}`].post.operationId).toBeTruthy();
  expect(paths['/{type}/{id}/$avvikande-mening'].post).toBeDefined();
});

test('an operation is told from an interaction by its dollar sign', () => {
  expect(operationOn({ route: '/Patient/:id/$match' })).toEqual({ name: 'match', type: 'Patient' });
  expect(operationOn({ route: '/$nodoppningar' })).toEqual({ name: 'nodoppningar', type: null });
  expect(operationOn({ route: '/:type/:id' })).toBeUndefined();
});
