import { readFileSync } from 'node:fs';
import { problems } from '@naravard/fhir';
import { describe, expect, test } from 'vitest';
import { openApiFile, openApiText } from '../../scripts/build-openapi.ts';
import { type OpenApi, operationsOf } from './openapi-claims.ts';
import { openApiFaults } from './openapi-shape.ts';

const text = readFileSync(openApiFile, 'utf8');
const document: OpenApi = JSON.parse(text);
const operations = operationsOf(document);

/** Its statuses outside 2xx and 3xx. */
const refusalsOf = (method: string, path: string): string[] => {
  const found = operations.find((each) => each.method === method && each.path === path);
  return Object.keys(found?.operation.responses ?? {}).filter((status) => status >= '400');
};

/** A response as it is, whether it is referred to or not. */
const responseOf = (method: string, path: string, status: number) => {
  const found = operations.find((each) => each.method === method && each.path === path);
  const response = found?.operation.responses[status] as { $ref?: string } | undefined;
  const name = response?.$ref?.split('/').at(-1);
  return (name === undefined ? response : document.components.responses?.[name]) as {
    headers: object;
    content: object;
  };
};

describe('openapi/naravard.json', () => {
  test('is what the modules make: run `npm run openapi` when this fails', () => {
    expect(openApiText() === text).toBe(true);
  });

  test('is OpenAPI 3.1', () => {
    expect(openApiFaults(document)).toEqual([]);
  });

  test('has no operation id twice', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test('points at nothing that is not there, and keeps only statuses that no operation is answered with', () => {
    const targets = new Set(
      [...text.matchAll(/"\$ref": "#\/components\/(\w+\/[^"]+)"/g)].map(([, to]) => to),
    );
    const kept = Object.entries(document.components).flatMap(([kind, each]) =>
      kind === 'securitySchemes' ? [] : Object.keys(each).map((name) => `${kind}/${name}`),
    );
    expect([...targets].filter((target) => !kept.includes(String(target)))).toEqual([]);
    expect(kept.filter((name) => !targets.has(name))).toEqual(['responses/405', 'responses/428']);
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

  test('says which headers come with an answer, and that it comes in JSON and XML', () => {
    const { headers, content } = responseOf('POST', '/CareTeam', 201);
    expect(Object.keys(headers)).toEqual([
      'X-Request-Id',
      'Server-Timing',
      'ETag',
      'Last-Modified',
      'Location',
    ]);
    expect(Object.keys(content)).toEqual(['application/fhir+json', 'application/fhir+xml']);
    const running = responseOf('GET', '/_async-status/{id}', 202);
    expect(running.headers).toMatchObject({ 'X-Progress': {}, 'Retry-After': {} });
    expect(responseOf('GET', '/CareTeam', 202).headers).toMatchObject({ 'Content-Location': {} });
    expect(responseOf('GET', '/CareTeam', 429).headers).toMatchObject({ 'Retry-After': {} });
  });

  test('says of every status which refusals it stands for', () => {
    for (const [kind, { status }] of Object.entries(problems))
      expect(document.components.responses?.[status]).toMatchObject({
        description: expect.stringContaining(`\`${kind}\``),
      });
  });

  test('says which refusals to expect where', () => {
    const always = ['400', '406', '408', '414', '429', '431', '500', '503'];
    expect(refusalsOf('GET', '/metadata')).toEqual(always);
    expect(refusalsOf('GET', '/CareTeam/{id}')).toEqual(
      [...always, '401', '403', '404', '410', '422'].sort(),
    );
    expect(refusalsOf('PUT', '/CareTeam/{id}')).toEqual(
      [...always, '401', '403', '404', '409', '412', '413', '415', '422'].sort(),
    );
  });
});
