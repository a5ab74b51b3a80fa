import type { PersonaId } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { astrid, createWorld, plan, value, type World } from './world.ts';

type Parts = Record<string, unknown>[];

let world: World;
let read: string;
let ownRead: string;
beforeAll(async () => {
  world = await createWorld();
  read = await world.send(plan(astrid, 'Plan i hemsjukvården'), 'ssk-hemsjukvard');
  ownRead = await world.send(plan(astrid, 'Plan i regionen'), 'lakare-vardcentral');
  const sent = { reason: 'Medvetslös i ambulansen', dangerStated: true, relationAttested: true };
  await world.operate('$nodoppning', sent, 'ambulans');
  expect(await world.sees('ambulans', read)).toBe(true);
  expect(await world.sees('ambulans', ownRead)).toBe(true);
  await world.operate('$nodoppning', { ...sent, reason: 'Akut försämring i hemmet' }, 'ssk-hemsjukvard');
  expect(await world.sees('ssk-hemsjukvard', ownRead)).toBe(true);
});
afterAll(() => world.api.close());

const openings = async (as: PersonaId, query = '', claims?: Record<string, unknown>): Promise<Parts[]> => {
  const token = claims && (await world.api.issuer.token(as, claims));
  const { status, json } = await world.api.ask('GET', `/$nodoppningar${query}`, {
    as: token ? null : as,
    ...(token && { headers: { authorization: `Bearer ${token}` } }),
  });
  expect(status).toBe(200);
  return json.parameter
    .filter(({ name }: { name: string }) => name === 'opening')
    .map(({ part }: { part: Parts }) => part);
};

describe('$nodoppningar', () => {
  test('lists the openings by the own organisation: who, where, about whom, why, and what was read', async () => {
    const mine = (await openings('logg-granskare')).find(
      (part) => value(part, 'reason') === 'Medvetslös i ambulansen',
    );
    expect(value(mine, 'employee')).toContain('SE0000000002-2004');
    expect(value(mine, 'unit')).toContain('SE0000000002-A4');
    expect(value(mine, 'patient')).toEqual({ reference: `Patient/${astrid}` });
    const reads = JSON.stringify(mine?.filter(({ name }) => name === 'read'));
    expect(reads).toContain(read);
    expect(reads).toContain(ownRead);
  });

  test('lists the openings by others of the own data, without their reason and what was others', async () => {
    const theirs = (await openings('logg-granskare')).find((part) =>
      String(value(part, 'employee')).includes('SE0000000001-1001'),
    );
    expect(value(theirs, 'reason')).toBeUndefined();
    expect(JSON.stringify(value(theirs, 'read'))).toMatch(/CarePlan/);
    expect(JSON.stringify(theirs)).not.toContain('Akut försämring');
    const kommun = {
      healthCareProviderHsaId: 'SE0000000001-A',
      healthCareUnitHsaId: 'SE0000000001-A1',
      employeeHsaId: 'SE0000000001-1999',
      sub: 'SE0000000001-1999',
    };
    const seen = await openings('logg-granskare', '', kommun);
    expect(seen.map((part) => value(part, 'reason')).sort()).toEqual(['Akut försämring i hemmet', undefined]);
  });

  test('lists nothing to who has nothing to do with them', async () => {
    const privat = {
      healthCareProviderHsaId: 'SE0000000003-A',
      healthCareUnitHsaId: 'SE0000000003-A1',
      employeeHsaId: 'SE0000000003-3999',
      sub: 'SE0000000003-3999',
    };
    expect(await openings('logg-granskare', '', privat)).toEqual([]);
  });

  test('is cut to a period and a count, newest first', async () => {
    expect(await openings('logg-granskare', '?end=2020-01-01')).toEqual([]);
    expect(await openings('logg-granskare', '?_count=1')).toHaveLength(1);
    for (const query of ['?start=x', '?name=x', '?start=2026-11-23&end=2026-11-01'])
      expect((await world.api.ask('GET', `/$nodoppningar${query}`, { as: 'logg-granskare' })).status).toBe(
        400,
      );
  });

  test.each<PersonaId>([
    'ambulans',
    'lakare-vardcentral',
    'patient',
    'journalsystem',
    'administrator',
    'sparr-handlaggare',
  ])('is not for %s', async (as) => {
    expect((await world.api.ask('GET', '/$nodoppningar', { as })).status).toBe(403);
  });

  test('is itself audited, about each person in it', async () => {
    await openings('logg-granskare');
    const { rows } = await world.api.database.pool.query(
      `select patient, reason from audit where interaction = '$nodoppningar' and outcome = 0 order by at desc limit 1`,
    );
    expect(rows).toEqual([{ patient: astrid, reason: 'log-review' }]);
  });
});
