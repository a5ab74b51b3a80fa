import { careRelation, sparr } from '@naravard/access';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { linesIn } from '../conformance/exported-file.ts';
import {
  type AccessWorld,
  createAccessWorld,
  keysIn,
  type Persona,
  plan,
  secret,
  visit,
} from './access-world.ts';

// What was found when a job ran is no right to it when it is fetched, and no caller's job is another's.

let world: AccessWorld;
beforeAll(async () => {
  world = await createAccessWorld();
});
afterAll(() => world.api.close());
beforeEach(() => world.api.database.pool.query('delete from job'));

const later = { prefer: 'respond-async' };

async function started(as: Persona, path: string, claims?: Record<string, unknown>): Promise<string> {
  const answer = await world.ask(as, 'GET', path, { headers: later, ...(claims && { claims }) });
  expect([path, answer.status, answer.text]).toEqual([path, 202, '']);
  await world.api.app.jobs.finish();
  return String(answer.headers['content-location']);
}

/** `Type/id` of what the one answer holds, and what is said beside. */
async function fetched(as: Persona, address: string) {
  const { status, json, text } = await world.ask(as, 'GET', address);
  expect(status).toBe(200);
  const [{ resource, response }] = json.entry;
  return { keys: keysIn(resource), response, text };
}

const auditOf = async (request: string) => {
  const { rows } = await world.api.database.pool.query<{ patient: string | null; targets: string[] }>(
    `select patient, targets from audit where request = $1 and outcome = 0 order by patient`,
    [request],
  );
  return rows.map(({ patient, targets }) => [
    patient,
    targets.map((each) => each.split('/_history')[0]).sort(),
  ]);
};

describe('the answer of an asynchronous search', () => {
  test('leaves out what has been blocked since, says how many, and nothing of which', async () => {
    await world.write('S_V', visit('blocked-later', 'p1'));
    await world.write('S_A', plan('names-it', 'p1', { encounter: { reference: 'Encounter/blocked-later' } }));
    const address = await started('A', '/Encounter?patient=p1');
    const byVisit = await started('A', '/CarePlan?encounter=Encounter/blocked-later');
    expect((await fetched('A', address)).keys).toContain('Encounter/blocked-later');
    expect((await fetched('A', byVisit)).keys).toEqual(['CarePlan/names-it']);
    await world.write(
      'S_V',
      sparr({ id: 'later-outer', patient: 'p1', reach: 'outer', unit: 'SE0000000002-A1', at: '2026-01-01' }),
    );
    const { keys, response, text } = await fetched('A', address);
    expect(keys).not.toContain('Encounter/blocked-later');
    expect(text).not.toMatch(/blocked-later|p1-visit/);
    expect(response.outcome.issue[0].diagnostics).toMatch(/^\d of the resources/);
    // That the plan was found by the visit would tell of it.
    expect((await fetched('A', byVisit)).keys).toEqual([]);
    expect((await fetched('V', await started('V', '/Encounter?patient=p1'))).keys).toContain(
      'Encounter/blocked-later',
    );
  });

  test('is empty when the relation has ended, and $everything is not found', async () => {
    const relation = (end?: string) =>
      careRelation({
        id: 'p3-short',
        patient: 'p3',
        unit: 'SE0000000002-A3',
        start: '2026-01-01',
        ...(end && { end }),
      });
    await world.write('S_V', relation());
    const address = await started('W', '/CarePlan?patient=p3');
    expect((await fetched('W', address)).keys).toEqual(['CarePlan/p3-plan']);
    await world.write('S_V', relation('2026-10-01'));
    const { keys, text } = await fetched('W', address);
    expect([keys, text.includes('p3-plan')]).toEqual([[], false]);
  });

  test('is audited each time it is fetched, with all that is shown; what a spärr makes look again is too', async () => {
    const address = await started('A', '/CarePlan?patient=p1,p3&_sort=_id');
    for (const request of ['fetch-one', 'fetch-two']) {
      const { json } = await world.ask('A', 'GET', address, { headers: { 'x-request-id': request } });
      const shown = keysIn(json.entry[0].resource);
      const told = await auditOf(request);
      expect([...new Set(told.flatMap(([, targets]) => targets))].sort()).toEqual(shown);
      const patients = [...new Set(told.map(([patient]) => patient))];
      expect(patients).toEqual(['p1', 'p3'].slice(0, patients.length));
    }
  });
});

describe('an asynchronous request', () => {
  test('is nobody else’s: not a colleague’s, not the same person’s in another commission, not another end user’s', async () => {
    const address = await started('A', '/CarePlan?patient=p1');
    const unknown = await world.ask('A', 'GET', '/_async-status/0190a000-0000-7000-8000-000000000000');
    for (const as of ['A2', 'B', 'V', 'P1', 'S_A', 'administrator'] as const) {
      for (const method of ['GET', 'DELETE']) {
        const { status, text } = await world.ask(as, method, address);
        expect([as, method, status, text]).toEqual([as, method, 404, unknown.text]);
      }
    }
    const user = (employee: string) => ({
      on_behalf_of: {
        employeeHsaId: employee,
        commissionHsaId: `${employee}U`,
        commissionPurpose: 'Vård och behandling',
        healthCareProviderHsaId: 'SE0000000001-A',
        healthCareUnitHsaId: 'SE0000000001-A1',
      },
    });
    const own = await started('S_A', '/CarePlan?patient=p1', user('SE0000000001-1001'));
    const by = (claims?: object) =>
      world.ask('S_A', 'GET', own, { ...(claims && { claims: { ...claims } }) });
    expect((await by(user('SE0000000001-1001'))).status).toBe(200);
    expect((await by(user('SE0000000001-1002'))).status).toBe(404);
    expect((await by()).status).toBe(404);
  });

  test('needs a token, and the scopes of the token that fetches hold', async () => {
    const address = await started('A', '/CarePlan?patient=p1');
    expect((await world.api.ask('GET', address, { as: null })).status).toBe(401);
    const claims = { scope: 'user/Encounter.rs' };
    const { json, text } = await world.ask('A', 'GET', address, { claims });
    expect([json.entry[0].response.status, text.includes('a-plan')]).toEqual(['403 Forbidden', false]);
  });

  test('tells nothing of what it holds in an error or to a search', async () => {
    const address = await started('V', '/Encounter?patient=p1');
    const id = address.split('/').at(-1);
    for (const path of [`/_async-status/${id}/Encounter`, `/_async-status/${id}%2f..`, `/Basic/${id}`]) {
      const { status, text } = await world.ask('V', 'GET', path);
      expect([path, status === 404 || status === 400]).toEqual([path, true]);
      expect(text).not.toMatch(secret);
    }
  });
});

describe('a bulk export', () => {
  const files = async (as: Persona, address: string): Promise<string[]> => {
    const { json } = await world.ask(as, 'GET', address);
    const all = await Promise.all(
      json.output.map(async ({ url }: { url: string }) => linesIn((await world.ask(as, 'GET', url)).text)),
    );
    return all.flat().map(({ resourceType, id }) => `${resourceType}/${id}`);
  };

  test('holds the own organisation’s data alone, and its audit has a row for each patient of a page', async () => {
    const own = await files('S_B', await started('S_B', '/$export?_type=CarePlan,Encounter,Patient'));
    expect(own.sort()).toEqual(['CarePlan/p2-plan', 'Encounter/p2-visit', 'Patient/p2']);
    const address = await started('S_V', '/$export?_type=CarePlan');
    const before = await exports();
    const shown = await files('S_V', address);
    const rows = (await exports()).slice(before.length);
    expect(rows.flatMap(({ targets }) => targets.map((each) => each.split('/_history')[0])).sort()).toEqual(
      [...shown].sort(),
    );
    expect(rows.map(({ patient }) => patient).sort()).toEqual(['child', 'p1', 'p3']);
    expect(shown).not.toContain('CarePlan/a-plan');
  });

  test('is not made by staff, persons, or a system for an end user', async () => {
    for (const as of ['A', 'V', 'P1', 'G'] as const) {
      const { status, json } = await world.ask(as, 'GET', '/$export', { headers: later });
      expect([as, status, json.issue[0].code]).toEqual([as, 403, 'forbidden']);
    }
  });

  test('leaves out what was deleted since, and its files are gone with it', async () => {
    await world.write('S_V', visit('short-lived', 'p3'));
    const address = await started('S_V', '/Patient/$export?_type=Encounter');
    await world.ask('S_V', 'DELETE', '/Encounter/short-lived');
    expect(await files('S_V', address)).not.toContain('Encounter/short-lived');
    const { json } = await world.ask('S_V', 'GET', address);
    expect((await world.ask('S_V', 'DELETE', address)).status).toBe(202);
    expect((await world.ask('S_V', 'GET', json.output[0].url)).status).toBe(404);
  });

  const exports = async () => {
    const { rows } = await world.api.database.pool.query<{ patient: string; targets: string[] }>(
      `select patient, targets from audit where interaction = '$export' and outcome = 0 and cardinality(targets) > 0 order by at, id`,
    );
    return rows;
  };
});
