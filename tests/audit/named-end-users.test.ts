import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { astrid, createWorld, plan, value, type World } from '../law/operations/world.ts';
import { clearAudit, rowsOf } from './audit-rows.ts';

let world: World;
let id: string;
beforeAll(async () => {
  world = await createWorld();
  id = (await world.send(plan(astrid, 'Plan i regionen'), 'lakare-vardcentral')).split('/')[1] ?? '';
});
afterAll(() => world.api.close());
beforeEach(() => clearAudit(world.api));

const physician = {
  employeeHsaId: 'SE0000000002-2001',
  commissionHsaId: 'SE0000000002-2001U',
  commissionPurpose: 'Vård och behandling',
  healthCareProviderHsaId: 'SE0000000002-A',
  healthCareUnitHsaId: 'SE0000000002-A1',
  title: 'Läkare',
};

/** Asks as the journal system for an end user. */
async function ask(onBehalfOf: object, method: string, path: string, body?: object) {
  const token = await world.api.issuer.token('journalsystem', { on_behalf_of: onBehalfOf });
  return world.api.ask(method, path, {
    as: null,
    headers: { authorization: `Bearer ${token}` },
    ...(body && { body }),
  });
}

const opened = { reason: 'Medvetslös på mottagningen', dangerStated: true, relationAttested: true };
const parameters = {
  resourceType: 'Parameters',
  parameter: Object.entries(opened).map(([name, said]) =>
    typeof said === 'string' ? { name, valueString: said } : { name, valueBoolean: said },
  ),
};

interface Agent {
  type: { coding: { code: string }[] };
  who: { type?: string; identifier?: { value: string }; reference?: string };
  requestor: boolean;
}

describe('HSLF-FS 2016:40 4:9: an end user whom a system client names is who did it', () => {
  test('for staff, with the client beside', async () => {
    expect((await ask(physician, 'GET', `/CarePlan/${id}`)).status).toBe(200);
    expect(await rowsOf(world.api)).toMatchObject([
      {
        actor_kind: 'staff',
        actor: 'SE0000000002-2001',
        client: 'journalsystem',
        unit: 'SE0000000002-A1',
        commission: 'SE0000000002-2001U',
        title: 'Läkare',
      },
    ]);
    const { json } = await world.api.ask('GET', `/AuditEvent?patient=${astrid}`, { as: 'logg-granskare' });
    const agents: Agent[] = json.entry[0].resource.agent;
    expect(agents.find(({ requestor }) => requestor)?.who).toMatchObject({
      type: 'Practitioner',
      identifier: { value: 'SE0000000002-2001' },
    });
    expect(agents.find(({ who }) => who.type === 'Device')?.who.identifier?.value).toBe('journalsystem');
  });

  test('for a patient, who is told "you"', async () => {
    const { status } = await ask({ patient: astrid }, 'GET', `/CarePlan/${id}`);
    expect(status).toBe(200);
    expect(await rowsOf(world.api)).toMatchObject([
      { actor_kind: 'patient', actor: astrid, client: 'journalsystem' },
    ]);
    const { json } = await world.api.ask('GET', `/Patient/${astrid}/$atkomstlogg`, { as: 'patient' });
    expect(value(json.parameter[1].part, 'who')).toBe('Du');
  });

  test('in the Provenance of what is written and deleted', async () => {
    const made = await ask(physician, 'POST', '/CarePlan', plan(astrid, 'Ny plan'));
    expect(made.status).toBe(201);
    const path = `CarePlan/${made.json.id}`;
    await ask(physician, 'PUT', `/${path}`, { ...made.json, title: 'Ändrad plan' });
    const origin = await world.api.ask('GET', `/Provenance?target=${path}`, { as: 'lakare-vardcentral' });
    expect(origin.json.entry).toHaveLength(2);
    for (const { resource } of origin.json.entry) {
      const enterer = resource.agent.find((each: Agent) => each.type.coding[0]?.code === 'enterer');
      expect(enterer.who).toMatchObject({ type: 'Practitioner', identifier: { value: 'SE0000000002-2001' } });
    }
    expect((await ask(physician, 'DELETE', `/${path}`)).status).toBe(204);
    const { rows } = await world.api.database.pool.query(
      `select distinct v.author from version v join resource r on r.bucket = v.bucket and r.rid = v.rid where r.id = $1`,
      [made.json.id],
    );
    expect(rows).toEqual([{ author: 'SE0000000002-2001' }]);
  });

  test('of a nödöppning: two employees are two, the person is told who, the check of the log finds it', async () => {
    const second = {
      ...physician,
      employeeHsaId: 'SE0000000002-2009',
      commissionHsaId: 'SE0000000002-2009U',
    };
    for (const each of [physician, second]) {
      const { status, text } = await ask(each, 'POST', `/Patient/${astrid}/$nodoppning`, parameters);
      expect([status, text]).toEqual([200, text]);
    }
    const listed = await world.api.ask('GET', '/$nodoppningar', { as: 'logg-granskare' });
    const employees = listed.json.parameter
      .filter(({ name }: { name: string }) => name === 'opening')
      .map(({ part }: { part: Record<string, unknown>[] }) => value(part, 'employee'));
    expect(employees.sort()).toEqual([
      expect.stringContaining('SE0000000002-2001'),
      expect.stringContaining('SE0000000002-2009'),
    ]);
    const told = await world.api.ask('GET', `/Patient/${astrid}/$atkomstlogg`, { as: 'patient' });
    const texts = told.json.parameter
      .slice(1)
      .map(({ part }: { part: Record<string, unknown>[] }) => String(value(part, 'text')));
    expect(texts.filter((text: string) => text.includes('gjorde en nödöppning'))).toHaveLength(2);
    expect(texts.join()).toMatch(/Läkare vid .* gjorde en nödöppning/);
    const checked = await world.api.ask('GET', '/$logg-stickprov?n=1', { as: 'logg-granskare' });
    const emergencies = checked.json.parameter.filter(
      ({ name, part }: { name: string; part: object }) =>
        name === 'finding' && JSON.stringify(part).includes('"emergency"'),
    );
    for (const employee of ['SE0000000002-2001', 'SE0000000002-2009'])
      expect(JSON.stringify(emergencies)).toContain(employee);
  });

  test('while pages are held by the client, whichever end user asks for the next', async () => {
    await world.send(plan(astrid, 'En plan till'), 'lakare-vardcentral');
    const { json } = await ask(physician, 'GET', `/CarePlan?patient=${astrid}&_count=1`);
    const next = json.link.find(({ relation }: { relation: string }) => relation === 'next').url;
    const path = next.slice(next.indexOf('/CarePlan'));
    const second = {
      ...physician,
      employeeHsaId: 'SE0000000002-2009',
      commissionHsaId: 'SE0000000002-2009U',
    };
    expect((await ask(second, 'GET', path)).status).toBe(200);
    expect((await world.api.ask('GET', path, { as: 'lakare-vardcentral' })).status).toBe(400);
  });

  test('and gets no more of the log than a client may', async () => {
    const reviewer = { ...physician, commissionRight: ['log-review'] };
    for (const user of [reviewer, { patient: astrid }]) {
      await ask(physician, 'GET', `/CarePlan/${id}`);
      expect((await ask(user, 'GET', `/AuditEvent?patient=${astrid}`)).json.entry).toBeUndefined();
      expect((await ask(user, 'GET', `/Patient/${astrid}/$atkomstlogg`)).status).toBe(404);
      expect((await ask(user, 'GET', '/$nodoppningar')).status).toBe(403);
    }
  });
});
