import {
  careRelation,
  type LegalActor,
  type Made,
  representativeOf,
  rightsOf,
  sparr,
  svodConsent,
  svodInformationGiven,
  svodMembership,
  workNeed,
} from '@naravard/access';
import { createTestApp, createTestIssuer, type TestApp, type TestResponse } from '@naravard/testkit';
import { expect } from 'vitest';
import { careTeam, encounter, patient } from '../conformance/resources.ts';
import { tokenWith } from '../law/routes/cast.ts';

const kommun: LegalActor = { hsaId: 'SE0000000001-A', as: 'vardgivare' };
const region: LegalActor = { hsaId: 'SE0000000002-A', as: 'vardgivare' };
const otherKommun: LegalActor = { hsaId: 'SE0000000004-A', as: 'vardgivare' };

const care = 'Vård och behandling';
const staff = (employee: string, commission: string, organisation: object) => ({
  kind: 'staff',
  sub: employee,
  employeeHsaId: employee,
  commissionHsaId: commission,
  commissionPurpose: care,
  scope: 'user/*.cruds',
  ...organisation,
});
const health = (provider: string, unit?: string) => ({
  healthCareProviderHsaId: provider,
  ...(unit && { healthCareUnitHsaId: unit }),
});
const system = (client: string, organisation: object, mayChooseIds = true) => ({
  kind: 'system',
  sub: client,
  client_id: client,
  scope: 'system/*.cruds',
  may_choose_ids: mayChooseIds,
  ...organisation,
});

/**
 * A: nurse of a kommun. A2: the same person in another commission. B: nurse of another kommun. V: doctor of the region's
 * vårdcentral, W of its psychiatry. R: of its registry, which needs the record without taking part in the care. P1, P2 and
 * the child C themselves, G who acts for C. S_A, S_B, S_V: backend systems. X: no commission.
 */
const personas = {
  A: staff('SE0000000001-1001', 'SE0000000001-1001U', health('SE0000000001-A', 'SE0000000001-A1')),
  A2: staff('SE0000000001-1001', 'SE0000000001-1001V', health('SE0000000001-A', 'SE0000000001-A9')),
  B: staff('SE0000000004-1001', 'SE0000000004-1001U', health('SE0000000004-A', 'SE0000000004-A1')),
  V: staff('SE0000000002-2001', 'SE0000000002-2001U', health('SE0000000002-A', 'SE0000000002-A1')),
  W: staff('SE0000000002-2003', 'SE0000000002-2003U', health('SE0000000002-A', 'SE0000000002-A3')),
  R: staff('SE0000000002-2007', 'SE0000000002-2007U', health('SE0000000002-A', 'SE0000000002-A7')),
  P1: { kind: 'patient', sub: 'p1', patient: 'p1', scope: 'patient/*.rs' },
  P2: { kind: 'patient', sub: 'p2', patient: 'p2', scope: 'patient/*.rs' },
  C: { kind: 'patient', sub: 'child', patient: 'child', scope: 'patient/*.rs' },
  G: { kind: 'guardian', sub: 'hanna', act_for: 'child', scope: 'patient/*.rs' },
  S_A: system('system-a', health('SE0000000001-A')),
  S_B: system('system-b', health('SE0000000004-A')),
  S_B_by_post: system('system-b-post', health('SE0000000004-A'), false),
  S_V: system('system-v', health('SE0000000002-A', 'SE0000000002-A1')),
  S_W: system('system-w', health('SE0000000002-A', 'SE0000000002-A3')),
  X: { kind: 'staff', sub: 'SE0000000001-1001', employeeHsaId: 'SE0000000001-1001', scope: 'user/*.cruds' },
  administrator: {
    kind: 'administrator',
    sub: 'administrator',
    scope: 'user/*.cruds',
    may_choose_ids: true,
    ...health('SE0000000002-A'),
  },
} as const;

export type Persona = keyof typeof personas;

interface Request {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly type?: string;
  /** Claims in place of the persona's. */
  readonly claims?: Record<string, unknown>;
}

export interface AccessWorld {
  readonly api: TestApp;
  /** What the service takes as now. */
  readonly clock: { at: string };
  ask(as: Persona, method: string, path: string, request?: Request): Promise<TestResponse>;
  /** `Type/id` of what a search or history answers with. */
  found(as: Persona, path: string, request?: Request): Promise<string[]>;
  /** Writes resources with their ids, all or none. */
  write(as: Persona, ...resources: object[]): Promise<void>;
}

export const now = '2026-11-23T10:00:00.000Z';
const since = '2026-01-01';

/**
 * P1 is cared for by A and by the region, and has said yes to A; what the region's psychiatry wrote is blocked, inner and
 * outer. P2 is cared for by B alone. A's relation to P3 ended yesterday. C is eight, and G's child until yesterday in `ended`.
 */
export async function createAccessWorld(
  options: Pick<Parameters<typeof createTestApp>[0] & object, 'reindexer' | 'references'> = {},
): Promise<AccessWorld> {
  const clock = { at: now };
  const issuer = await createTestIssuer();
  const api = await createTestApp({
    ...options,
    identity: (lookups) => issuer.identityWith(lookups),
    rights: (actor) => rightsOf(actor, clock.at),
  });
  const world: AccessWorld = {
    api,
    clock,
    async ask(as, method, path, { body, headers, type, claims } = {}) {
      const token = await tokenWith(issuer, { ...personas[as], ...claims });
      return api.ask(method, path, {
        as: null,
        body,
        ...(type !== undefined && { type }),
        headers: { authorization: `Bearer ${token}`, ...headers },
      });
    },
    async found(as, path, request = {}) {
      const { status, json, text } = await world.ask(as, 'GET', path, request);
      expect([path, status, status === 200 ? '' : text]).toEqual([path, 200, '']);
      return keysIn(json);
    },
    async write(as, ...resources) {
      const entry = resources.map((each) => {
        const { resourceType, id } = each as { resourceType: string; id: string };
        return { resource: each, request: { method: 'PUT', url: `${resourceType}/${id}` } };
      });
      const body = { resourceType: 'Bundle', type: 'transaction', entry };
      const { status, text } = await world.ask(as, 'POST', '', { body });
      expect([status, status === 200 ? '' : text]).toEqual([200, '']);
    },
  };
  await fill(world);
  return world;
}

// biome-ignore lint/suspicious/noExplicitAny: answers are of every type
export const keysIn = (json: any): string[] =>
  (json?.entry ?? [])
    // biome-ignore lint/suspicious/noExplicitAny: answers are of every type
    .filter(({ search }: any) => search?.mode !== 'outcome')
    // biome-ignore lint/suspicious/noExplicitAny: answers are of every type
    .flatMap(({ resource }: any) => (resource ? [`${resource.resourceType}/${resource.id}`] : []))
    .sort();

export const plan = (id: string, of: string, over: object = {}): object => ({
  resourceType: 'CarePlan',
  id,
  status: 'active',
  intent: 'plan',
  category: [{ coding: [{ system: 'urn:c', code: 'sip' }] }],
  identifier: [{ system: 'urn:test', value: id }],
  subject: { reference: `Patient/${of}` },
  period: { start: '2026-10-01' },
  ...over,
});

export const visit = (id: string, of: string, over: object = {}): object =>
  encounter(`Patient/${of}`, '2026-10-01T10:00:00Z', {
    id,
    identifier: [{ system: 'urn:test', value: id }],
    ...over,
  });

const person = (id: string, over: object = {}): object =>
  patient({
    id,
    name: [{ family: `Namn${id}` }],
    identifier: [{ system: 'urn:test', value: id }],
    birthDate: '1950-01-01',
    ...over,
  });

/** What the psychiatry of the region wrote, and nobody else may know of. */
export const secret = /hemlig|p1-secret/i;

async function fill({ write }: AccessWorld): Promise<void> {
  await write(
    'administrator',
    ...[kommun, region, otherKommun].map((organisation) =>
      svodMembership({ id: `joined-${organisation.hsaId}`, organisation }),
    ),
    { resourceType: 'Organization', id: 'enheten', name: 'Enheten' },
  );
  await write('S_V', person('p1'), person('p3'), person('child', { birthDate: '2018-05-01' }));
  await write('S_B', person('p2'));
  await write(
    'S_W',
    ...psychiatry,
    sparr({ id: 'p1-outer', patient: 'p1', reach: 'outer', unit: 'SE0000000002-A3', at: since }),
    sparr({ id: 'p1-inner', patient: 'p1', reach: 'inner', unit: 'SE0000000002-A3', at: since }),
  );
  await write(
    'S_V',
    ...['p1', 'p3', 'child'].flatMap((id) => [
      svodInformationGiven({ id: `${id}-info`, patient: id, at: since }),
      plan(`${id}-plan`, id),
      visit(`${id}-visit`, id),
    ]),
    careRelation({ id: 'p1-region', patient: 'p1', unit: 'SE0000000002-A1', start: since }),
    careRelation({ id: 'p1-psychiatry', patient: 'p1', unit: 'SE0000000002-A3', start: since }),
    workNeed({ id: 'p1-need', patient: 'p1', unit: 'SE0000000002-A7', start: since, end: '2027-01-01' }),
    ...referring,
    representativeOf({
      id: 'child-guardian',
      patient: 'child',
      person: 'hanna',
      as: 'vardnadshavare',
      start: since,
    }),
  );
  await write(
    'S_A',
    ...['p1', 'p3'].flatMap((id) => relatedToA(id)),
    careTeam('Patient/p1', { id: 'a-team' }),
    plan('a-plan', 'p1'),
  );
  await write(
    'S_B',
    careRelation({ id: 'p2-relation', patient: 'p2', unit: 'SE0000000004-A1', start: since }),
    svodInformationGiven({ id: 'p2-info', patient: 'p2', at: since }),
    plan('p2-plan', 'p2', { basedOn: [{ reference: 'CarePlan/p1-plan' }] }),
    visit('p2-visit', 'p2'),
  );
}

/** A's relation and the yes that A was given. */
export const relatedToA = (id: string, end?: string): Made[] => [
  careRelation({ id: `${id}-a`, patient: id, unit: 'SE0000000001-A1', start: since, ...(end && { end }) }),
  svodConsent({
    id: `${id}-a-yes`,
    patient: id,
    answer: 'yes',
    unit: 'SE0000000001-A1',
    at: since,
    start: since,
  }),
];

const narrative = (words: string) => ({
  status: 'generated',
  div: `<div xmlns="http://www.w3.org/1999/xhtml">${words}</div>`,
});

const psychiatry = [
  visit('p1-secret', 'p1', { text: narrative('Hemligt samtal') }),
  plan('p1-secret-plan', 'p1', {
    description: 'Hemlig plan',
    encounter: { reference: 'Encounter/p1-secret' },
  }),
];

/** Of the vårdcentral, not blocked, but they tell of what is. */
const referring = [
  plan('p1-refers', 'p1', {
    text: narrative('Se hemligt samtal i psykiatrin'),
    encounter: {
      reference: 'Encounter/p1-secret',
      type: 'Encounter',
      display: 'Hemligt samtal',
      identifier: { system: 'urn:test', value: 'p1-secret' },
    },
    supportingInfo: [{ reference: '#inside' }, { reference: 'Encounter/p1-visit', display: 'Öppet besök' }],
    contained: [
      {
        resourceType: 'Observation',
        id: 'inside',
        status: 'final',
        code: { text: 'Vikt' },
        encounter: { reference: 'Encounter/p1-secret', display: 'Hemligt samtal' },
      },
    ],
  }),
  visit('p1-next', 'p1', { partOf: { reference: 'Encounter/p1-secret', display: 'Hemligt samtal' } }),
];
