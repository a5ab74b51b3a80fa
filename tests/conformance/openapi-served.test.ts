import { loadDefinitions } from '@naravard/fhir';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allModules } from '../../services/all-in-one/src/modules.ts';
import {
  claimsOfDocument,
  claimsOfStatement,
  type OpenApi,
  operationsOf,
  type Statement,
  typesAt,
} from './openapi-claims.ts';
import { openApiFaults } from './openapi-shape.ts';
import { registeredRoutes, unnamed } from './registered-routes.ts';

const modules = allModules(loadDefinitions());

const authorizationServer = {
  issuer: 'https://idp.example',
  tokenEndpoint: 'https://idp.example/token',
  grantTypes: [],
  authMethods: [],
  signingAlgorithms: [],
  scopes: [],
  capabilities: [],
};

/** That nobody writes the log, and that `$meta` is of one resource. */
const refusing = [
  'DELETE /fhir/AuditEvent',
  'DELETE /fhir/AuditEvent/:',
  'GET /fhir/$meta',
  'GET /fhir/:/$meta',
  'PATCH /fhir/AuditEvent',
  'PATCH /fhir/AuditEvent/:',
  'POST /fhir/AuditEvent',
  'PUT /fhir/AuditEvent',
  'PUT /fhir/AuditEvent/:',
];

const mounts = [undefined, ...modules.map(({ name }) => [name])].map((mount) => ({
  mount,
  name: mount?.join() ?? 'everything',
}));

describe.each(mounts)('Of a process that serves $name', ({ mount }) => {
  let fhir: TestApp;
  let document: OpenApi;
  let routes: string[];
  /** `GET /fhir/:/:` as they are registered. */
  let described: string[];
  beforeAll(async () => {
    fhir = await createTestApp({ modules, ...(mount && { mount }), authorizationServer });
    document = JSON.parse((await fhir.app.inject('/openapi.json')).body);
    routes = registeredRoutes(fhir.app);
    const all = operationsOf(document).flatMap(({ method, path }) => {
      const servers = document.paths[path]?.servers ?? document.servers;
      return servers.map(({ url }) => {
        const base = new URL(url).pathname.replace(/\/$/, '');
        const exact = `${method} ${base}${unnamed(path)}`.replace(/\/$/, '');
        const isGeneric = typesAt(document, path).length > 0 && !routes.includes(exact);
        return isGeneric ? exact.replace(/\/[A-Z]\w+/, '/:') : exact;
      });
    });
    described = [...new Set(all)].sort();
  });
  afterAll(() => fhir.close());

  test('the document is OpenAPI 3.1', () => {
    expect(openApiFaults(document)).toEqual([]);
  });

  test('what is described is a route, and every route is described but those that only refuse', async () => {
    expect(described.filter((each) => !routes.includes(each))).toEqual([]);
    const left = routes.filter((each) => !described.includes(each));
    expect(left).toEqual(refusing);
    for (const route of left) {
      const [method = '', path = ''] = route.split(' ');
      const { status } = await fhir.ask(method, path.replace('/fhir', '').replace(':', 'Consent'));
      expect([route, status]).toEqual([route, route.endsWith('$meta') ? 404 : 405]);
    }
  });

  test('what a GET is said to take in its address is not refused as unknown', async () => {
    const asked = operationsOf(document).flatMap(({ method, path, operation: { parameters = [] } }) =>
      method === 'GET' && path.includes('$') ? parameters.map(({ name }) => ({ path, name })) : [],
    );
    const refused: string[] = [];
    for (const { path, name } of asked.filter((each) => each.name !== undefined)) {
      const address = path.replace('{type}', 'Consent').replaceAll(/\{\w+\}/g, 'x');
      const { text } = await fhir.ask('GET', `${address}?${encodeURIComponent(name)}=x`, {
        headers: { prefer: 'respond-async' },
      });
      if (text.includes('unknown-parameter')) refused.push(`${path} ${name}`);
    }
    expect(refused).toEqual([]);
  });

  test('the document and the CapabilityStatement say the same of every type', async () => {
    const statement: Statement = (await fhir.ask('GET', '/metadata', { as: null })).json;
    const stated = claimsOfStatement(statement);
    expect(claimsOfDocument(document, new Set(Object.keys(stated)))).toEqual(stated);
  });
});
