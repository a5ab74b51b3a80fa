import {
  careRelation,
  insatsInvestigation,
  keyOfActor,
  type LegalActor,
  type Made,
  rightsOf,
  svodInformationGiven,
  svodMembership,
} from '@naravard/access';
import { createTestApp, type PersonaId, type TestApp, type TestResponse } from '@naravard/testkit';
import { expect } from 'vitest';

export const region: LegalActor = { hsaId: 'SE0000000002-A', as: 'vardgivare' };
export const kommun: LegalActor = { hsaId: 'SE0000000001-A', as: 'vardgivare' };
export const hemtjanst: LegalActor = { hsaId: 'SE0000000001-B', as: 'omsorgsgivare' };
export const number = {
  system: 'http://electronichealth.se/identifier/personnummer',
  value: '194103149805',
};
export const astrid = 'astrid-testberg';
export const alva = 'alva-testberg';

/** A part of Parameters: by name, its one value. */
export const value = (parts: Record<string, unknown>[] | undefined, name: string): unknown => {
  const found = parts?.find((each) => each.name === name);
  return found && Object.entries(found).find(([key]) => key !== 'name')?.[1];
};

type Sent = boolean | string | number | { identifier: string } | { reference: string } | { date: string };

/** Parameters of names and values: codes and texts as strings. */
export function parameters(sent: Record<string, Sent | Sent[] | undefined>): object {
  const parameter = Object.entries(sent).flatMap(([name, given]) =>
    (Array.isArray(given) ? given : [given]).flatMap((each) =>
      each === undefined ? [] : [partOf(name, each)],
    ),
  );
  return { resourceType: 'Parameters', ...(parameter.length && { parameter }) };
}

function partOf(name: string, sent: Sent): object {
  if (typeof sent === 'boolean') return { name, valueBoolean: sent };
  if (typeof sent === 'number') return { name, valueInteger: sent };
  if (typeof sent === 'string') return { name, valueString: sent };
  if ('date' in sent) return { name, valueDateTime: sent.date };
  if ('reference' in sent) return { name, valueReference: sent };
  return { name, valueIdentifier: { system: 'urn:oid:1.2.752.29.4.19', value: sent.identifier } };
}

/** A patient whom the region (unit A1), the kommun (unit A1) and hemtjänsten know; each has written and informed. */
export interface World {
  api: TestApp;
  /** What the service takes as now; null = the clock. */
  clock: { at: string | null };
  send(resource: Made | object, as?: PersonaId): Promise<string>;
  /** POSTs an operation on a patient. */
  operate(
    name: string,
    sent: Parameters<typeof parameters>[0],
    as: PersonaId,
    patient?: string,
  ): Promise<TestResponse>;
  sees(as: PersonaId, path: string): Promise<boolean>;
}

const category = (text: string) => [{ text }];

export const plan = (patient: string, title: string, over: object = {}): object => ({
  resourceType: 'CarePlan',
  status: 'active',
  intent: 'plan',
  title,
  category: category('plan'),
  subject: { reference: `Patient/${patient}` },
  ...over,
});

export async function createWorld(options: Parameters<typeof createTestApp>[0] = {}): Promise<World> {
  const clock: World['clock'] = { at: null };
  const api = await createTestApp({
    ...options,
    rights: (actor) => rightsOf(actor, clock.at ?? new Date().toISOString()),
  });
  const world: World = {
    api,
    clock,
    async send(resource, as = 'journalsystem') {
      const { resourceType } = resource as Made;
      const answer = await api.ask('POST', `/${resourceType}`, { as, body: resource });
      expect([answer.status, answer.status === 201 ? '' : answer.text]).toEqual([201, '']);
      return `${resourceType}/${answer.json.id}`;
    },
    operate: (name, sent, as, patient = astrid) =>
      api.ask('POST', `/Patient/${patient}/${name}`, { as, body: parameters(sent) }),
    sees: async (as, path) => (await api.ask('GET', `/${path}`, { as })).status === 200,
  };
  await people(world);
  await organisations(world);
  return world;
}

async function people({ api }: World): Promise<void> {
  for (const [id, birthDate, identifier] of [
    [astrid, '1941-03-14', [number]],
    [alva, '2019-05-02', []],
  ] as const) {
    const body = { resourceType: 'Patient', id, birthDate, ...(identifier.length && { identifier }) };
    const { status, text } = await api.ask('PUT', `/Patient/${id}`, { body });
    expect([status, text]).toEqual([201, text]);
  }
}

async function organisations({ send }: World): Promise<void> {
  for (const organisation of [region, kommun, hemtjanst]) {
    await send(svodMembership({ organisation }), 'administrator');
  }
  for (const [hsaId, name] of [
    [region.hsaId, 'Region Testland'],
    [kommun.hsaId, 'Testby kommun'],
  ] as const) {
    const identifier = [{ system: 'urn:oid:1.2.752.29.4.19', value: hsaId }];
    await send({ resourceType: 'Organization', name, identifier }, 'administrator');
  }
  await send(careRelation({ patient: astrid, unit: 'SE0000000002-A1' }), 'journalsystem');
  await send(careRelation({ patient: astrid, unit: 'SE0000000001-A1' }), 'journalsystem-kommun');
  await send(insatsInvestigation({ patient: astrid, unit: 'SE0000000001-B1' }), 'journalsystem-hemtjanst');
  const at = '2026-01-02';
  for (const system of ['journalsystem', 'journalsystem-kommun', 'journalsystem-hemtjanst'] as const) {
    await send(svodInformationGiven({ patient: astrid, at }), system);
  }
}

/** Rows of the audit by an operation, without times. */
export async function auditOf(
  { api }: World,
  interaction: string,
): Promise<
  { outcome: number; reason: string; patient: string | null; custodians: string[]; targets: string[] }[]
> {
  const { rows } = await api.database.pool.query(
    'select outcome, reason, patient, custodians, targets from audit where interaction = $1 order by at, id',
    [interaction],
  );
  return rows;
}

export const keys = { region: keyOfActor(region), kommun: keyOfActor(kommun) };
