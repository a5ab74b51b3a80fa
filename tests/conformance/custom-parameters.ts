import type { TestApp } from '@naravard/testkit';
import { expect } from 'vitest';

/** Searches are changed by administrators only. */
export const as = 'administrator';

/** The walk starts at once, in small steps. */
export const options = { reindexer: { grace: 0, batch: 3 } };

/** An active SearchParameter of Encounter.priority. */
export const parameter = (code: string, changes: object = {}) => ({
  resourceType: 'SearchParameter',
  url: `https://example.se/SearchParameter/${code}`,
  name: code.replaceAll('-', '_'),
  status: 'active',
  description: 'A test',
  code,
  base: ['Encounter'],
  type: 'token',
  expression: 'Encounter.priority',
  ...changes,
});

export const encounter = (id: string, priority: string) => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HH' },
  priority: { coding: [{ system: 'http://a.se', code: priority }] },
});

/** Stores an Encounter of this priority. */
export const put = async (app: TestApp, id: string, priority: string) =>
  expect((await app.ask('PUT', `/Encounter/${id}`, { body: encounter(id, priority) })).status).toBeLessThan(
    300,
  );

/** Ids that a search finds. */
export const found = async (app: TestApp, query: string): Promise<string[]> => {
  const { status, json } = await app.ask('GET', query);
  expect(status).toBe(200);
  return (json.entry ?? []).map(({ resource }: { resource: { id: string } }) => resource.id).sort();
};

/** The parts of the first index that `$reindex` tells of. */
export const progress = async (app: TestApp, id: string) => {
  const { json } = await app.ask('GET', `/SearchParameter/${id}/$reindex`, { as });
  const index = json.parameter.find(({ name }: { name: string }) => name === 'index');
  return Object.fromEntries(
    (index?.part ?? []).map(({ name, ...value }: { name: string }) => [name, Object.values(value)[0]]),
  );
};
