import { careRelation } from '@naravard/access';
import { loadDefinitions } from '@naravard/fhir';
import type { PersonaId, TestResponse } from '@naravard/testkit';
import { expect } from 'vitest';
import { createWorld, parameters, plan, type World } from './operations/world.ts';

/** One team at a time and person. */
const once = (resource: object) =>
  'name' in resource && resource.name === 'fast läkarkontakt'
    ? [{ key: 'fast-lakarkontakt', start: null, end: null }]
    : [];
const unstored = new Set(['Bundle', 'Parameters', 'OperationOutcome', 'Binary', 'Subscription']);
export const modules = [
  {
    name: 'everything',
    resources: [...loadDefinitions().resourceTypes]
      .filter((type) => !unstored.has(type))
      .map((type) => (type === 'CareTeam' ? { type, claims: once } : { type })),
  },
];

export const reserve = (value: string) => ({
  system: 'http://electronichealth.se/identifier/nationelltReservnummer',
  value,
});

/** What merges are tried with. */
export interface Merging {
  readonly world: World;
  /** Somebody without a number, whom the vårdcentral of the region cares for and has written about. */
  unknown(over?: object): Promise<{ id: string; reserved: string; plan: string }>;
  merge(source: string, target: string, as?: PersonaId, more?: object): Promise<TestResponse>;
  // biome-ignore lint/suspicious/noExplicitAny: answers are of every type
  read(path: string, as?: PersonaId): Promise<any>;
}

export async function createMerging(): Promise<Merging> {
  const world = await createWorld({ modules });
  let count = 0;
  async function unknown(over: object = {}): Promise<{ id: string; reserved: string; plan: string }> {
    count += 1;
    const id = `okand-${count}`;
    const reserved = `19410314AA${String(count).padStart(2, '0')}`;
    const body = { resourceType: 'Patient', id, identifier: [reserve(reserved)], ...over };
    expect((await world.api.ask('PUT', `/Patient/${id}`, { body })).status).toBe(201);
    await world.send(careRelation({ patient: id, unit: 'SE0000000002-A1' }));
    return { id, reserved, plan: await world.send(plan(id, 'Akut')) };
  }

  const merge = (source: string, target: string, as: PersonaId = 'journalsystem', more: object = {}) =>
    world.api.ask('POST', `/Patient/${source}/$merge`, {
      as,
      body: parameters({ 'target-patient': { reference: `Patient/${target}` }, ...more }),
    });

  const read = async (path: string, as: PersonaId = 'journalsystem') =>
    (await world.api.ask('GET', `/${path}`, { as })).json;
  return { world, unknown, merge, read };
}
