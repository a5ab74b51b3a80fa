import { svodConsent } from '@naravard/access';
import type { PersonaId, TestResponse } from '@naravard/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { astrid, createWorld, plan, type World } from '../law/operations/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.api.close());

const security = [
  { system: 'http://hl7.se/fhir/ig/base/CodeSystem/SecurityLabel', code: 'sekretessmarkering' },
];
const ref = (reference: string, over: object = {}) => ({ reference, ...over });
const subject = ref(`Patient/${astrid}`);

async function put(as: PersonaId, body: { resourceType: string; id: string; [element: string]: unknown }) {
  const { status, text } = await world.api.ask('PUT', `/${body.resourceType}/${body.id}`, { as, body });
  expect([status, status === 201 ? '' : text]).toEqual([201, '']);
}

const ask = (path: string, as: PersonaId): Promise<TestResponse> =>
  world.api.ask('GET', `/${path}/$everything`, { as });
const keysIn = ({ json }: TestResponse): string[] =>
  (json.entry ?? []).map(
    ({ resource }: { resource: { resourceType: string; id: string } }) =>
      `${resource.resourceType}/${resource.id}`,
  );

test('what is masked is not followed: a place of staff with protected identity, also by who takes part in the care', async () => {
  await put('administrator', { resourceType: 'Location', id: 'hemlig-plats', name: 'Plats' });
  await put('administrator', { resourceType: 'Location', id: 'annan-plats', name: 'Plats' });
  const role = (id: string, place: string, over: object) =>
    put('administrator', { resourceType: 'PractitionerRole', id, location: [ref(place)], ...over });
  await role('skyddad', 'Location/hemlig-plats', { meta: { security } });
  await role('oskyddad', 'Location/annan-plats', {});
  await put('journalsystem', {
    resourceType: 'CareTeam',
    id: 'team',
    status: 'active',
    subject,
    participant: ['skyddad', 'oskyddad'].map((id) => ({ member: ref(`PractitionerRole/${id}`) })),
  });
  for (const path of ['CareTeam/team', `Patient/${astrid}`]) {
    for (const as of ['lakare-vardcentral', 'journalsystem', 'patient'] as const) {
      const answer = await ask(path, as);
      expect(keysIn(answer)).toContain('PractitionerRole/skyddad');
      expect(keysIn(answer)).toContain('Location/annan-plats');
      expect(answer.text).not.toContain('hemlig-plats');
    }
  }
});

test('what stands within a reference that is hidden is not followed either', async () => {
  await put('administrator', { resourceType: 'Organization', id: 'inom', name: 'Enhet' });
  await put('journalsystem-kommun', {
    resourceType: 'Goal',
    id: 'dolt',
    lifecycleStatus: 'active',
    description: { text: 'Gå ut' },
    subject,
  });
  const extension = [{ url: 'urn:om', valueReference: ref('Organization/inom') }];
  const goal = [ref('Goal/dolt', { extension })];
  await put('journalsystem', {
    ...(plan(astrid, 'Plan', { goal }) as { resourceType: string }),
    id: 'plan',
  });
  const agreed = svodConsent({
    patient: astrid,
    at: '2026-01-02',
    answer: 'yes',
    unit: 'SE0000000002-A1',
    start: '2026-01-02',
  });
  await world.send(agreed, 'journalsystem');
  for (const path of ['CarePlan/plan', `Patient/${astrid}`]) {
    expect(keysIn(await ask(path, 'lakare-vardcentral'))).toEqual(
      expect.arrayContaining(['Goal/dolt', 'Organization/inom']),
    );
  }
  expect((await world.operate('$sparra', { reach: 'yttre' }, 'ssk-hemsjukvard')).status).toBe(200);
  for (const path of ['CarePlan/plan', `Patient/${astrid}`]) {
    const answer = await ask(path, 'lakare-vardcentral');
    expect(keysIn(answer)).toContain('CarePlan/plan');
    for (const hidden of ['Goal/dolt', 'Organization/inom']) expect(answer.text).not.toContain(hidden);
  }
});

test('of a person with protected identity all is masked, and no place comes along', async () => {
  const visit = {
    resourceType: 'Encounter',
    id: 'besok',
    status: 'finished',
    class: { code: 'HH' },
    subject,
    location: [{ location: ref('Location/annan-plats') }],
    serviceProvider: ref('Organization/inom'),
  };
  await put('journalsystem', visit);
  expect(keysIn(await ask(`Patient/${astrid}`, 'journalsystem'))).toContain('Location/annan-plats');
  const { json } = await world.api.ask('GET', `/Patient/${astrid}`);
  const body = { ...json, meta: { security }, name: [{ family: 'Testberg', given: ['Astrid'] }] };
  expect((await world.api.ask('PUT', `/Patient/${astrid}`, { body })).status).toBe(200);
  // Of staff with a place of their own nobody is told either where that is.
  for (const as of ['journalsystem', 'lakare-vardcentral'] as const) {
    const answer = await ask(`Patient/${astrid}`, as);
    const isMasked = as === 'journalsystem';
    expect([as, answer.text.includes('Testberg')]).toEqual([as, !isMasked]);
    const encounters = await world.api.ask(
      'GET',
      `/Patient/${astrid}/$everything?_type=Encounter,Location,Organization`,
      { as },
    );
    expect(keysIn(encounters)).toEqual([
      'Encounter/besok',
      ...(isMasked ? [] : ['Location/annan-plats']),
      'Organization/inom',
    ]);
  }
});
