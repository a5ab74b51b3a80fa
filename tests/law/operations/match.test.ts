import type { PersonaId } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { astrid, auditOf, createWorld, number, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.api.close());

const ask = (as: PersonaId, identifier: object[] = [number], more: object[] = []) =>
  world.api.ask('POST', '/Patient/$match', {
    as,
    body: {
      resourceType: 'Parameters',
      parameter: [{ name: 'resource', resource: { resourceType: 'Patient', identifier } }, ...more],
    },
  });

describe('Patient/$match', () => {
  test.each<PersonaId>([
    'journalsystem',
    'journalsystem-hemtjanst',
    'lakare-privat',
    'usk-hemtjanst',
    'ambulans',
  ])('gives %s id and number of the person, and nothing else', async (as) => {
    const { status, json } = await ask(as);
    expect([status, json.type, json.total]).toEqual([200, 'searchset', 1]);
    expect(json.entry[0].resource).toEqual({ resourceType: 'Patient', id: astrid, identifier: [number] });
    expect(json.entry[0].search).toMatchObject({
      mode: 'match',
      score: 1,
      extension: [{ valueCode: 'certain' }],
    });
  });

  test.each<PersonaId>(['patient', 'vardnadshavare', 'administrator', 'logg-granskare'])(
    'is not for %s',
    async (as) => {
      const { status, json } = await ask(as);
      expect(status).toBe(403);
      expect(json.issue[0].details.text).toMatch(/[åäö]/);
    },
  );

  test('finds the number however it is written, and by its OID', async () => {
    for (const value of ['19410314-9805', '410314-9805'])
      expect(
        (await ask('journalsystem', [{ system: 'urn:oid:1.2.752.129.2.1.3.1', value }])).json.total,
      ).toBe(1);
  });

  test('finds nobody by another number, and leaves an audit row of that', async () => {
    const { status, json } = await ask('journalsystem', [{ ...number, value: '198505122385' }]);
    expect([status, json.total, json.entry]).toEqual([200, 0, undefined]);
    expect((await auditOf(world, '$match')).at(-1)).toMatchObject({
      reason: 'no match',
      patient: null,
      targets: [],
    });
  });

  test('is audited with the person who was found, and no number', async () => {
    await ask('ambulans');
    expect((await auditOf(world, '$match')).at(-1)).toMatchObject({
      outcome: 0,
      reason: 'person-match',
      patient: astrid,
      targets: [`Patient/${astrid}`],
    });
    const { rows } = await world.api.database.pool.query(`select 1 from audit a where a::text like '%9805%'`);
    expect(rows).toEqual([]);
  });

  test('compares national numbers alone, and asks for one', async () => {
    expect((await ask('journalsystem', [{ system: 'http://x.se', value: '1' }])).status).toBe(422);
    expect((await ask('journalsystem', [{ system: number.system, value: 'x'.repeat(3) }])).status).toBe(200);
    expect((await ask('journalsystem', [number], [{ name: 'name', valueString: 'x' }])).status).toBe(400);
  });

  test('with onlyCertainMatches two people of one number are none', async () => {
    await world.send({ resourceType: 'Patient', identifier: [{ ...number, value: '194103149805' }] });
    expect((await ask('journalsystem')).json.total).toBe(2);
    const only = [{ name: 'onlyCertainMatches', valueBoolean: true }];
    expect((await ask('journalsystem', [number], only)).json.total).toBe(0);
    expect((await ask('journalsystem', [number], [{ name: 'count', valueInteger: 1 }])).json.total).toBe(1);
    for (const valueInteger of [0, -1])
      expect((await ask('journalsystem', [number], [{ name: 'count', valueInteger }])).status).toBe(400);
  });
});
