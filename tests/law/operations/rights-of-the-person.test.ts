import type { PersonaId } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alva, astrid, createWorld, plan, value, type World } from './world.ts';

let world: World;
let ours: string;
beforeAll(async () => {
  world = await createWorld();
  ours = await world.send(plan(astrid, 'Plan på vårdcentralen'), 'lakare-vardcentral');
});
afterAll(() => world.api.close());

describe('Patient/$informera (SVOD 2:2)', () => {
  const tell = (sent: Parameters<World['operate']>[1], as: PersonaId, patient = astrid) =>
    world.operate('$informera', sent, as, patient);

  test('records that the person was told, from when on the data of the organisation is shared', async () => {
    await world.send({
      resourceType: 'EpisodeOfCare',
      status: 'active',
      patient: { reference: `Patient/${alva}` },
      managingOrganization: { identifier: { system: 'urn:oid:1.2.752.29.4.19', value: 'SE0000000002-A1' } },
    });
    await world.send(plan(alva, 'Plan för Alva'), 'lakare-vardcentral');
    const status = async () => {
      const { json } = await world.api.ask('GET', `/Patient/${alva}/$svod-status`, { as: 'ssk-hemsjukvard' });
      return value(json.parameter, 'unblockedDataExists');
    };
    expect(await status()).toBe(false);
    const answer = await tell({}, 'lakare-vardcentral', alva);
    expect(answer.status).toBe(200);
    expect(await status()).toBe(true);
    const { reference } = value(answer.json.parameter, 'information') as { reference: string };
    const { json } = await world.api.ask('GET', `/${reference}`, { as: 'lakare-vardcentral' });
    expect(json.category[0].coding[0].code).toBe('information');
  });

  test('takes a day or an instant that has been, and nothing to come', async () => {
    for (const [date, status] of [
      ['2026-01-02', 200],
      ['2026', 400],
      ['2090-01-01', 400],
    ] as const)
      expect([date, (await tell({ at: { date } }, 'lakare-vardcentral')).status]).toEqual([date, status]);
  });

  test.each<[PersonaId, number]>([
    ['lakare-privat', 404],
    ['psykiatri', 404],
    ['patient', 403],
    ['vardnadshavare', 403],
    ['journalsystem', 403],
    ['administrator', 403],
  ])('is for who takes part in the care: %s gets %i', async (as, status) =>
    expect((await tell({}, as)).status).toBe(status),
  );
});

describe('$avvikande-mening (PDL 3:8)', () => {
  const disagree = (record: string, as: PersonaId, text = 'Jag har aldrig haft diabetes.') =>
    world.api.ask('POST', `/${record}/$avvikande-mening`, {
      as,
      body: { resourceType: 'Parameters', parameter: [{ name: 'text', valueString: text }] },
    });

  test('stands beside the record in the words of the person, found from it, and the record is as it was', async () => {
    const { status, json } = await disagree(ours, 'lakare-vardcentral');
    expect(status).toBe(200);
    const { reference } = value(json.parameter, 'communication') as { reference: string };
    for (const as of ['lakare-vardcentral', 'patient'] as const) {
      const found = await world.api.ask('GET', `/Communication?part-of=${ours}&patient=${astrid}`, { as });
      expect(
        found.json.entry.map(({ resource }: { resource: { id: string } }) => `Communication/${resource.id}`),
      ).toEqual([reference]);
      expect(found.json.entry[0].resource).toMatchObject({
        sender: { reference: `Patient/${astrid}` },
        about: [{ reference: ours }],
        payload: [{ contentString: 'Jag har aldrig haft diabetes.' }],
      });
    }
    const beside = await world.api.ask(
      'GET',
      `/CarePlan?patient=${astrid}&_revinclude=Communication:part-of`,
      { as: 'lakare-vardcentral' },
    );
    expect(JSON.stringify(beside.json)).toContain(reference);
    expect((await world.api.ask('GET', `/${ours}`, { as: 'lakare-vardcentral' })).json.meta.versionId).toBe(
      '1',
    );
  });

  test('is recorded by the staff of who keeps the record, on a record that they see', async () => {
    const theirs = await world.send(plan(astrid, 'Plan i hemsjukvården'), 'ssk-hemsjukvard');
    expect((await disagree(theirs, 'lakare-vardcentral')).status).toBe(404);
    await world.operate('$samtycke', { answer: 'ja' }, 'lakare-vardcentral');
    expect(await world.sees('lakare-vardcentral', theirs)).toBe(true);
    expect((await disagree(theirs, 'lakare-vardcentral')).status).toBe(403);
    expect((await disagree(ours, 'psykiatri')).status).toBe(404);
    for (const as of ['patient', 'journalsystem', 'administrator', 'vardnadshavare'] as const)
      expect((await disagree(ours, as)).status).toBe(403);
  });

  test('asks for a text and a record that is about one patient', async () => {
    expect((await disagree(ours, 'lakare-vardcentral', ' ')).status).toBe(400);
    expect((await disagree('CarePlan/unknown', 'lakare-vardcentral')).status).toBe(404);
    const list = await world.send(
      { resourceType: 'List', status: 'current', mode: 'working', title: 'Ronden' },
      'lakare-vardcentral',
    );
    expect((await disagree(list, 'lakare-vardcentral')).status).toBe(422);
  });
});

describe('corrections (PDL 3:14)', () => {
  test('a correction leaves what was written before, with when, and nothing is erased', async () => {
    const path = await world.send(plan(astrid, 'Felskriven'), 'lakare-vardcentral');
    const [, id] = path.split('/');
    const as = 'lakare-vardcentral';
    const corrected = await world.api.ask('PUT', `/${path}`, { as, body: { ...plan(astrid, 'Rättad'), id } });
    expect(corrected.status).toBe(200);
    expect((await world.api.ask('DELETE', `/${path}`, { as })).status).toBe(204);
    expect((await world.api.ask('GET', `/${path}`, { as })).status).toBe(410);
    const { json } = await world.api.ask('GET', `/${path}/_history`, { as });
    expect(json.entry.map(({ request }: { request: { method: string } }) => request.method)).toEqual([
      'DELETE',
      'PUT',
      'POST',
    ]);
    expect(json.entry.map(({ resource }: { resource?: { title: string } }) => resource?.title)).toEqual([
      undefined,
      'Rättad',
      'Felskriven',
    ]);
    for (const { response } of json.entry) expect(Date.parse(response.lastModified)).toBeGreaterThan(0);
    expect((await world.api.ask('GET', `/${path}/_history/1`, { as })).json.title).toBe('Felskriven');
  });

  test('nobody has a way to erase: no method or operation takes a version away', async () => {
    for (const [method, path] of [
      ['DELETE', `${ours}/_history`],
      ['DELETE', `${ours}/_history/1`],
      ['POST', `${ours}/$expunge`],
      ['POST', `Patient/${astrid}/$expunge`],
    ] as const)
      for (const as of ['administrator', 'journalsystem', 'lakare-vardcentral', 'patient'] as const)
        expect([404, 405]).toContain((await world.api.ask(method, `/${path}`, { as, body: {} })).status);
    expect(await world.sees('lakare-vardcentral', ours)).toBe(true);
  });

  test('who corrected is known by employee, unit and organisation of the token', async () => {
    const path = await world.send(plan(astrid, 'Först'), 'lakare-vardcentral');
    const [, id] = path.split('/');
    await world.api.ask('PUT', `/${path}`, {
      as: 'lakare-vardcentral',
      body: { ...plan(astrid, 'Sedan'), id },
    });
    const { rows } = await world.api.database.pool.query(
      `select v.version, v.author, v.author_unit, v.custodian from version v join resource r using (bucket, rid) where r.id = $1 order by v.version`,
      [id],
    );
    const who = {
      author: 'SE0000000002-2001',
      author_unit: 'SE0000000002-A1',
      custodian: 'vg:SE0000000002-A',
    };
    expect(rows).toEqual([
      { version: 1, ...who },
      { version: 2, ...who },
    ]);
  });
});
