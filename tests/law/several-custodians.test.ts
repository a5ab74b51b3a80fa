import { afterAll, beforeAll, expect, test } from 'vitest';
import { astrid, createWorld, plan, type World } from './operations/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world?.api.close());

/** Each row tells the second check of its own custodian alone. */
test('a transaction starts from what several organisations have written about one patient', async () => {
  const { api, send, operate } = world;
  await operate('$samtycke', { answer: 'ja' }, 'lakare-vardcentral');
  const urls = [
    await send(plan(astrid, 'kommunens'), 'journalsystem-kommun'),
    await send(plan(astrid, 'hemtjänstens'), 'journalsystem-hemtjanst'),
  ];
  const patch = Buffer.from('[{"op":"replace","path":"/title","value":"en annan"}]').toString('base64');
  const resource = { resourceType: 'Binary', contentType: 'application/json-patch+json', data: patch };
  const entry = urls.map((url) => ({ request: { method: 'PATCH', url }, resource }));
  const body = { resourceType: 'Bundle', type: 'transaction', entry };
  const { status } = await api.ask('POST', '/', { as: 'lakare-vardcentral', body });
  expect(status).toBe(403);
});
