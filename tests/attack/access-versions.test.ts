import { careRelation } from '@naravard/access';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AccessWorld, createAccessWorld, type Persona } from './access-world.ts';

// What a resource was about earlier.

let world: AccessWorld;
beforeAll(async () => {
  world = await createAccessWorld();
  const unit = 'SE0000000002-A1';
  await world.write('S_V', careRelation({ id: 'p3-region', patient: 'p3', unit, start: '2026-01-01' }));
});
afterAll(() => world.api.close());

const p3 = { sub: 'p3', patient: 'p3' };
const get = (as: Persona, path: string) => world.ask(as, 'GET', path, as === 'P2' ? { claims: p3 } : {});

const meeting = (id: string, ...patients: string[]) => ({
  resourceType: 'Appointment',
  id,
  status: 'proposed',
  description: `om ${patients.join(' och ')}`,
  participant: patients.map((each) => ({ actor: { reference: `Patient/${each}` }, status: 'needs-action' })),
});

describe('what was about several patients and is about one', () => {
  beforeAll(async () => {
    await world.write('S_V', meeting('m1', 'p1', 'p3'));
    await world.write('S_V', meeting('m1', 'p3'));
  });

  test.each<Persona>(['P2', 'V'])('attack 20: shows %s its current version and no other', async (as) => {
    expect((await get(as, '/Appointment/m1')).json.description).toBe('om p3');
    expect((await get(as, '/Appointment/m1/_history/1')).status).toBe(404);
    expect((await get(as, '/Appointment/m1/_history/2')).status).toBe(200);
    for (const path of [
      '/Appointment/m1/_history',
      '/Appointment/_history?_count=1000',
      '/_history?_count=1000',
      '/Provenance?target=Appointment/m1',
      '/Provenance?target=Appointment/m1/_history/1',
    ]) {
      const { status, json } = await get(as, path);
      const shown = JSON.stringify(json.entry ?? []);
      expect([path, status, /om p1|m1\/_history\/1/.test(shown)]).toEqual([path, 200, false]);
    }
  });

  test('shows all of it to the systems of the organisation', async () => {
    expect((await get('S_V', '/Appointment/m1/_history/1')).json.description).toBe('om p1 och p3');
    expect((await get('S_V', '/Appointment/m1/_history')).json.total).toBe(2);
    const { rows } = await world.api.database.pool.query(
      `select patient from audit where interaction = 'vread' and outcome = 0 and targets = array['Appointment/m1']`,
    );
    expect(rows).toContainEqual({ patient: null });
  });
});

describe('what was about nobody', () => {
  const list = (id: string, title: string, over: object = {}) => ({
    resourceType: 'List',
    id,
    status: 'current',
    mode: 'working',
    title,
    ...over,
  });
  const about = (id: string) => ({ subject: { reference: `Patient/${id}` } });
  const entry = ['p1', 'p3'].map((id) => ({ item: { reference: `Patient/${id}` } }));
  const put = (body: { id: string }) => world.ask('S_V', 'PUT', `/List/${body.id}`, { body });

  test('attack 35: becomes about no patient, not by way of several or of a deletion either', async () => {
    await world.write('S_V', list('l1', 'om p1 i text'));
    for (const before of [
      undefined,
      () => put(list('l1', 'om flera', { entry })),
      () => world.ask('S_V', 'DELETE', '/List/l1'),
    ]) {
      expect((await before?.())?.status ?? 200).toBeLessThan(300);
      const { status, json } = await put(list('l1', 'om p3', about('p3')));
      expect([status, json.issue?.[0].diagnostics]).toEqual([
        422,
        expect.stringContaining('create a new resource'),
      ]);
    }
    expect((await get('P2', '/List/l1/_history/1')).status).toBe(404);
  });

  test('attack 35: nor does what was about several in between', async () => {
    await world.write('S_V', list('l2', 'om flera', { entry }));
    await world.write('S_V', list('l2', 'om p1 i text'));
    await world.write('S_V', list('l2', 'om flera igen', { entry }));
    expect((await put(list('l2', 'om p3', about('p3')))).status).toBe(422);
  });
});
