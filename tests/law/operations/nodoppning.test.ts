import { sparr } from '@naravard/access';
import type { PersonaId } from '@naravard/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { astrid, auditOf, createWorld, keys, parameters, plan, value, type World } from './world.ts';

let world: World;
let open: string;
let blocked: string;
let outer: string;
beforeAll(async () => {
  world = await createWorld();
  open = await world.send(plan(astrid, 'Plan i hemsjukvården'), 'ssk-hemsjukvard');
  await world.send(
    sparr({ patient: astrid, reach: 'outer', unit: 'SE0000000001-A2' }),
    'journalsystem-kommun',
  );
  blocked = await world.send(plan(astrid, 'Spärrad', { created: '2026-01-05' }), 'journalsystem-kommun');
});
afterAll(() => world.api.close());
afterEach(() => {
  world.clock.at = null;
});

const reason = 'Medvetslös, behöver läkemedelslistan';
const stated = { reason, dangerStated: true };
const attested = { ...stated, relationAttested: true };
const later = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

describe('Patient/$nodoppning', () => {
  test('attack 84: is refused without a reason, without stated danger and about nobody', async () => {
    for (const sent of [
      { dangerStated: true },
      { reason: '         .', dangerStated: true },
      { reason: 'akut', dangerStated: true },
      { reason },
      { reason, dangerStated: false },
    ]) {
      const { status, json } = await world.operate('$nodoppning', sent, 'ambulans');
      expect([sent, status]).toEqual([sent, 400]);
      expect(json.issue[0].details.text).toMatch(/Skriv varför|Intyga/);
    }
    expect((await world.operate('$nodoppning', attested, 'ambulans', 'unknown')).status).toBe(404);
    expect(await world.sees('ambulans', open)).toBe(false);
  });

  test.each<[PersonaId, number]>([
    ['usk-hemtjanst', 403],
    ['nattpatrull', 403],
    ['lakare-privat', 403],
    ['journalsystem', 403],
    ['patient', 403],
    ['vardnadshavare', 403],
    ['administrator', 403],
    ['logg-granskare', 403],
  ])('is for staff of a joined vårdgivare with care purpose: %s gets %i', async (as, status) => {
    const answer = await world.operate('$nodoppning', attested, as);
    expect(answer.status).toBe(status);
    expect(answer.json.issue[0].details.text).toMatch(/[åäö]/);
  });

  test('asks for an attested patientrelation when none is registered', async () => {
    const answer = await world.operate('$nodoppning', stated, 'ambulans');
    expect([answer.status, answer.json.issue[0].expression]).toEqual([422, ['relationAttested']]);
    expect((await world.operate('$nodoppning', stated, 'lakare-vardcentral')).status).toBe(200);
  });

  test('opens unblocked data of others for the employee, and tells who holds it', async () => {
    const before = Date.now();
    const { status, json } = await world.operate('$nodoppning', attested, 'ambulans');
    expect(status).toBe(200);
    const holders = json.parameter.filter(({ name }: { name: string }) => name === 'holder');
    expect(holders.map(({ part }: { part: Record<string, unknown>[] }) => value(part, 'display'))).toContain(
      'Testby kommun',
    );
    const expires = Date.parse(String(value(json.parameter, 'expires')));
    expect(expires - before).toBeGreaterThanOrEqual(60 * 60_000);
    expect(expires - before).toBeLessThan(60 * 60_000 + 30_000);
    expect(await world.sees('ambulans', open)).toBe(true);
    expect(await world.sees('ambulans', `Patient/${astrid}`)).toBe(true);
    expect(await world.sees('lakare-slutenvard', open)).toBe(false);
  });

  test('opens what the own vårdgivare has too, to read and not to change', async () => {
    const own = await world.send(plan(astrid, 'Plan på vårdcentralen'), 'journalsystem');
    world.clock.at = later(120);
    expect(await world.sees('ambulans', own)).toBe(false);
    world.clock.at = null;
    await world.operate('$nodoppning', attested, 'ambulans');
    expect(await world.sees('ambulans', own)).toBe(true);
    const changed = { ...(plan(astrid, 'Ändrad') as object), id: own.split('/')[1] };
    const asked = async (method: string, path: string, body?: object) => {
      const { status } = await world.api.ask(method, path, { as: 'ambulans', ...(body && { body }) });
      return [method, status];
    };
    expect([
      await asked('DELETE', `/${own}`),
      await asked('PUT', `/${own}`, changed),
      await asked('POST', '/CarePlan', plan(astrid, 'Ny')),
    ]).toEqual([
      ['DELETE', 403],
      ['PUT', 403],
      ['POST', 403],
    ]);
  });

  test('attack 84: opens nothing when its hour has passed', async () => {
    await world.operate('$nodoppning', attested, 'ambulans');
    world.clock.at = later(59);
    expect(await world.sees('ambulans', open)).toBe(true);
    world.clock.at = later(61);
    expect(await world.sees('ambulans', open)).toBe(false);
    expect(await world.sees('ambulans', `Patient/${astrid}`)).toBe(false);
  });

  test('attack 84: cannot be written, prolonged or copied as a resource', async () => {
    const { json } = await world.operate('$nodoppning', stated, 'lakare-vardcentral');
    const { reference } = value(json.parameter, 'opening') as { reference: string };
    const consent = (await world.api.ask('GET', `/${reference}`, { as: 'lakare-vardcentral' })).json;
    expect(consent.category[0].coding[0].code).toBe('nodoppning');
    const { id, meta, ...copy } = consent;
    const longer = {
      ...consent,
      provision: {
        ...consent.provision,
        period: { start: consent.provision.period.start, end: '2030-01-01T00:00:00Z' },
      },
    };
    for (const [method, path, body] of [
      ['POST', '/Consent', copy],
      ['PUT', `/${reference}`, longer],
    ] as const)
      expect([
        method,
        (await world.api.ask(method, path, { as: 'lakare-vardcentral', body })).status,
      ]).toEqual([method, 403]);
    const patch = [{ op: 'replace', path: '/provision/period/end', value: '2030-01-01T00:00:00Z' }];
    const patched = await world.api.ask('PATCH', `/${reference}`, {
      as: 'lakare-vardcentral',
      body: patch,
      type: 'application/json-patch+json',
    });
    expect(patched.status).toBe(403);
  });

  test('tells which vårdgivare has blocked, and opens nothing of that', async () => {
    outer = await world.send(sparr({ patient: astrid, reach: 'outer' }), 'journalsystem-kommun');
    const { json } = await world.operate('$nodoppning', attested, 'ambulans');
    const blockers = json.parameter.filter(({ name }: { name: string }) => name === 'blocker');
    expect(blockers.map(({ part }: { part: Record<string, unknown>[] }) => value(part, 'display'))).toEqual([
      'Testby kommun',
    ]);
    expect(String(value(json.parameter, 'request'))).toContain('$begar-havning');
    expect(await world.sees('ambulans', blocked)).toBe(false);
    expect(await world.sees('ambulans', open)).toBe(false);
  });

  test('attack 84: stands in the audit with the person and whose data it met, and in the log of the person', async () => {
    await world.operate('$nodoppning', attested, 'ambulans');
    const rows = (await auditOf(world, '$nodoppning')).filter(({ outcome }) => outcome === 0).slice(-2);
    expect(rows.map(({ reason, patient }) => [reason, patient])).toEqual([
      ['svod-emergency', astrid],
      ['svod-emergency', astrid],
    ]);
    expect(rows.flatMap(({ custodians }) => custodians)).toEqual(
      expect.arrayContaining([keys.region, keys.kommun]),
    );
    const { json } = await world.api.ask('GET', `/Patient/${astrid}/$atkomstlogg`, { as: 'patient' });
    expect(JSON.stringify(json)).toContain('gjorde en nödöppning');
  });

  test('what was refused is audited with the person, when there is one', async () => {
    await world.operate('$nodoppning', attested, 'usk-hemtjanst');
    const refused = { outcome: 8, reason: 'forbidden', patient: astrid };
    expect((await auditOf(world, '$nodoppning')).at(-1)).toMatchObject(refused);
    await world.operate('$nodoppning', attested, 'ambulans', 'unknown');
    const absent = { outcome: 4, reason: 'not-found', patient: null };
    expect((await auditOf(world, '$nodoppning')).at(-1)).toMatchObject(absent);
  });

  test('a client of the vårdgivare opens for the one employee whom it names', async () => {
    await world.operate('$hav-sparr', { sparr: { reference: outer } }, 'patient');
    const employee = (id: string) => ({
      on_behalf_of: {
        sub: id,
        kind: 'staff',
        employeeHsaId: id,
        commissionHsaId: `${id}U`,
        commissionPurpose: 'Vård och behandling',
        title: 'Läkare',
        healthCareProviderHsaId: 'SE0000000002-A',
        healthCareUnitHsaId: 'SE0000000002-A7',
      },
    });
    const ask = async (id: string, method: string, path: string, body?: object) => {
      const token = await world.api.issuer.token('journalsystem', employee(id));
      const headers = { authorization: `Bearer ${token}` };
      return (await world.api.ask(method, path, { as: null, headers, ...(body && { body }) })).status;
    };
    const [one, other] = ['SE0000000002-7001', 'SE0000000002-7002'] as const;
    expect(await ask(one, 'GET', `/${open}`)).toBe(404);
    expect(await ask(one, 'POST', `/Patient/${astrid}/$nodoppning`, parameters(attested))).toBe(200);
    expect(await ask(one, 'GET', `/${open}`)).toBe(200);
    expect(await ask(other, 'GET', `/${open}`)).toBe(404);
  });

  test('EMERGENCY_MINUTES sets how long it lasts, at most a day', async () => {
    const minutes = async (emergencyMinutes: number) => {
      const other = await createWorld({ emergencyMinutes });
      const { json } = await other.operate('$nodoppning', attested, 'ambulans');
      await other.api.close();
      return Math.round((Date.parse(String(value(json.parameter, 'expires'))) - Date.now()) / 60_000);
    };
    expect(await minutes(15)).toBe(15);
    expect(await minutes(100_000)).toBe(24 * 60);
  });
});
