import { careRelation, sparr } from '@naravard/access';
import { openStore, type Store } from '@naravard/store';
import { createTestDatabase, type PersonaId, type TestDatabase } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { astrid, createWorld, parameters, plan, value, type World } from './world.ts';

// With row-level security: what an officer is shown lies in the record of who asks.
let database: TestDatabase;
let store: Store;
let world: World;
beforeAll(async () => {
  database = await createTestDatabase();
  store = await openStore({ url: database.url, rowSecurity: true });
  world = await createWorld({ store });
});
afterAll(async () => {
  await world.api.close();
  await store.close();
  await database.drop();
});

const system = 'https://naravard.se/fhir/CodeSystem/task';
const request = (over: object = {}) => ({
  resourceType: 'Task',
  status: 'requested',
  intent: 'order',
  code: { coding: [{ system, code: 'begar-havning' }] },
  for: { reference: `Patient/${astrid}` },
  owner: { identifier: { system: 'urn:oid:1.2.752.29.4.19', value: 'SE0000000002-A' } },
  requester: { identifier: { system: 'urn:oid:1.2.752.29.4.19', value: 'SE0000000009-1' } },
  description: 'Påhittad',
  ...over,
});
/** How many requests the officer is shown. */
async function asked(): Promise<number> {
  const { status, json } = await world.api.ask('GET', '/$begarda-havningar', { as: 'sparr-handlaggare' });
  expect(status).toBe(200);
  return (json.entry ?? []).length;
}

describe('SVOD 3:5: a request to lift', () => {
  test.each<PersonaId>([
    'journalsystem',
    'journalsystem-kommun',
    'journalsystem-hemtjanst',
    'ssk-hemsjukvard',
    'usk-hemtjanst',
    'lakare-vardcentral',
  ])('is not written past the operation: %s', async (as) => {
    const { status, json } = await world.api.ask('POST', '/Task', { as, body: request() });
    expect([status, json.issue[0].expression]).toEqual([403, ['Task.code']]);
    expect(await asked()).toBe(0);
  });

  test('is not what another Task is changed to', async () => {
    const as = 'journalsystem-kommun';
    const key = await world.send(request({ code: { text: 'Ring' } }), as);
    const patch = [
      {
        op: 'add',
        path: '/code/coding',
        value: [
          { system: 'urn:other', code: 'x' },
          { system, code: 'begar-havning' },
        ],
      },
    ];
    const { status } = await world.api.ask('PATCH', `/${key}`, {
      as,
      body: patch,
      type: 'application/json-patch+json',
    });
    expect(status).toBe(403);
    const entry = [{ resource: request(), request: { method: 'POST', url: 'Task' } }];
    for (const type of ['batch', 'transaction'])
      await world.api.ask('POST', '', { as, body: { resourceType: 'Bundle', type, entry } });
    expect(await asked()).toBe(0);
  });

  test('SVOD 2:5: names who has blocked, and is shown at the unit that asks and to the person alone', async () => {
    const block = await world.send(sparr({ patient: astrid, reach: 'outer' }), 'journalsystem');
    await world.send(careRelation({ patient: astrid, unit: 'SE0000000001-A2' }), 'journalsystem-kommun');
    const opening = { reason: 'Medvetslös hemma', dangerStated: true, relationAttested: true };
    expect((await world.operate('$nodoppning', opening, 'ssk-hemsjukvard')).status).toBe(200);
    const sent = { organisation: { identifier: 'SE0000000002-A' }, reason: 'Fara för liv' };
    const { json } = await world.operate('$begar-havning', sent, 'ssk-hemsjukvard');
    const { reference } = value(json.parameter, 'request') as { reference: string };
    const colleague = await world.api.issuer.token('ssk-hemsjukvard', {
      healthCareUnitHsaId: 'SE0000000001-A2',
    });
    const elsewhere = await world.api.ask('GET', `/${reference}`, {
      as: null,
      headers: { authorization: `Bearer ${colleague}` },
    });
    expect(elsewhere.status).toBe(404);
    for (const as of ['ssk-hemsjukvard', 'patient'] as const)
      expect(await world.sees(as, reference)).toBe(true);
    expect(await asked()).toBe(1);
    await world.api.ask('DELETE', `/${reference}`, { as: 'journalsystem-kommun' });
    await world.api.ask('DELETE', `/${block}`, { as: 'journalsystem' });
  });

  test('is shown with row-level security after the spärr it is about has ended', async () => {
    await world.send(plan(astrid, 'Regionens plan'), 'journalsystem');
    const block = await world.send(sparr({ patient: astrid, reach: 'outer' }), 'journalsystem');
    const opening = { reason: 'Medvetslös hemma', dangerStated: true, relationAttested: true };
    expect((await world.operate('$nodoppning', opening, 'ssk-hemsjukvard')).status).toBe(200);
    const answer = await world.operate(
      '$begar-havning',
      { organisation: { identifier: 'SE0000000002-A' }, reason: 'Fara för liv' },
      'ssk-hemsjukvard',
    );
    expect(value(answer.json.parameter, 'request')).toBeDefined();
    expect(await asked()).toBe(1);
    // Nothing of the region about the person is left but its own rows.
    const body = parameters({ sparr: { reference: block }, ground: 'consent' });
    expect(
      (await world.api.ask('POST', `/Patient/${astrid}/$hav-sparr`, { as: 'sparr-handlaggare', body }))
        .status,
    ).toBe(200);
    await database.pool.query(`delete from fact where patient = $1 and organisation = 'vg:SE0000000002-A'`, [
      astrid,
    ]);
    expect(await asked()).toBe(1);
  });
});
