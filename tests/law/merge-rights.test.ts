import { careRelation, workNeed } from '@naravard/access';
import type { PersonaId } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMerging, type Merging, reserve } from './merging.ts';
import { astrid, number, parameters, type World } from './operations/world.ts';

// Who may merge: Patient/$merge.

let world: World;
let unknown: Merging['unknown'];
let merge: Merging['merge'];
beforeAll(async () => {
  ({ world, unknown, merge } = await createMerging());
});
afterAll(() => world.api.close());

describe('who may merge', () => {
  test('a person who is not seen is not there', async () => {
    const { id } = await unknown();
    const absent = await merge('finns-inte', astrid, 'lakare-slutenvard');
    const hidden = await merge(id, astrid, 'lakare-slutenvard');
    expect([hidden.status, hidden.text]).toEqual([404, absent.text]);
    const bySystem = await merge(id, astrid, 'journalsystem-kommun');
    expect([bySystem.status, bySystem.text]).toEqual([404, absent.text]);
  });

  test('a target that is not known of is not there', async () => {
    const { id } = await unknown();
    const body = { resourceType: 'Patient', id: 'bo', identifier: [{ ...number, value: '198505122385' }] };
    await world.api.ask('PUT', '/Patient/bo', { as: 'journalsystem-kommun', body });
    for (const as of ['journalsystem', 'lakare-vardcentral'] as const) {
      const hidden = await merge(id, 'bo', as);
      const absent = await merge(id, 'finns-inte', as);
      expect([hidden.status, hidden.text]).toEqual([422, absent.text]);
      expect(hidden.json.issue[0].details.text).toMatch(/[åäö]/);
    }
    await world.send(careRelation({ patient: 'bo', unit: 'SE0000000002-A1' }));
    expect((await merge(id, 'bo')).status).toBe(200);
  });

  test.each<PersonaId>(['patient', 'vardnadshavare', 'administrator', 'logg-granskare'])(
    'not %s',
    async (as) => {
      const { id } = await unknown();
      expect((await merge(id, astrid, as)).status).toBe(403);
    },
  );

  test('not another organisation, though it cares for the person', async () => {
    const { id } = await unknown();
    await world.send(careRelation({ patient: id, unit: 'SE0000000001-A1' }), 'journalsystem-kommun');
    const { status, json } = await merge(id, astrid, 'ssk-hemsjukvard');
    expect([status, json.issue[0].details.text]).toEqual([
      403,
      expect.stringContaining('annan organisation'),
    ]);
  });

  test('staff who take part in the care of both persons: no need of the work and no nödöppning', async () => {
    const since = '2026-01-01';
    const unit = 'SE0000000002-A2';
    const register = async (id: string, value: string) => {
      const body = { resourceType: 'Patient', id, identifier: [{ ...number, value }] };
      expect((await world.api.ask('PUT', `/Patient/${id}`, { body })).status).toBe(201);
    };
    const { id } = await unknown();
    await world.send(careRelation({ patient: id, unit, start: since }));
    await register('behovd', '195005052387');
    await world.send(workNeed({ patient: 'behovd', unit, start: since, end: '2026-12-31' }));
    await register('oppnad', '195005062386');
    const opened = await world.operate(
      '$nodoppning',
      { reason: 'Medvetslös på golvet', dangerStated: true, relationAttested: true },
      'lakare-slutenvard',
      'oppnad',
    );
    expect(opened.status).toBe(200);
    const absent = await merge(id, 'finns-inte', 'lakare-slutenvard');
    for (const target of ['behovd', 'oppnad']) {
      expect(await world.sees('lakare-slutenvard', `Patient/${target}`)).toBe(true);
      const { status, text } = await merge(id, target, 'lakare-slutenvard');
      expect([status, text]).toEqual([422, absent.text]);
    }
    await world.send(careRelation({ patient: 'behovd', unit, start: since }));
    const needed = await unknown();
    await world.send(workNeed({ patient: needed.id, unit, start: since, end: '2026-12-31' }));
    expect((await merge(needed.id, 'behovd', 'lakare-slutenvard')).status).toBe(403);
    expect((await merge(id, 'behovd', 'lakare-slutenvard')).status).toBe(200);
  });

  test('who may change all that its organisation keeps about the source', async () => {
    const { id } = await unknown();
    const within = async (scope: string, preview: boolean) => {
      const token = await world.api.issuer.token('journalsystem', { scope });
      return world.api.ask('POST', `/Patient/${id}/$merge`, {
        as: null,
        headers: { authorization: `Bearer ${token}` },
        body: parameters({ 'target-patient': { reference: `Patient/${astrid}` }, preview }),
      });
    };
    const some = 'system/Patient.rus system/EpisodeOfCare.rus';
    for (const preview of [true, false]) {
      const { status, json } = await within(some, preview);
      expect([status, json.issue[0].diagnostics]).toEqual([403, expect.stringContaining('CarePlan')]);
    }
    expect((await within(`${some} system/CarePlan.rus`, false)).status).toBe(200);
  });

  test('not by a replaced-by that a body claims', async () => {
    const link = [{ other: { reference: `Patient/${astrid}` }, type: 'replaced-by' }];
    const body = { resourceType: 'Patient', identifier: [reserve('19410314BB01')], link };
    const { status, json } = await world.api.ask('POST', '/Patient', { body });
    expect([status, json.issue[0].expression]).toEqual([422, ['Patient.link']]);
  });
});
