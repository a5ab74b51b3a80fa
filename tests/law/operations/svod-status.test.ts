import { sparr, svodInformationGiven } from '@naravard/access';
import type { PersonaId } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alva, astrid, auditOf, createWorld, plan, value, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.api.close());

const ask = (as: PersonaId, patient = astrid) =>
  world.api.ask('GET', `/Patient/${patient}/$svod-status`, { as });
const told = async (as: PersonaId) => {
  const { status, json } = await ask(as);
  return [status, value(json.parameter, 'unblockedDataExists'), value(json.parameter, 'blockedDataExists')];
};

describe('Patient/$svod-status', () => {
  test('answers a vårdgivare with two booleans and a sentence', async () => {
    const { json } = await ask('lakare-vardcentral');
    expect(json.parameter.map(({ name }: { name: string }) => name)).toEqual([
      'unblockedDataExists',
      'blockedDataExists',
      'text',
    ]);
  });

  test('tells a vårdgivare of blocked data, an omsorgsgivare of unblocked alone, and nobody who or what', async () => {
    await world.send(plan(astrid, 'Plan i kommunen'), 'ssk-hemsjukvard');
    expect(await told('ambulans')).toEqual([200, true, false]);
    expect(await told('usk-hemtjanst')).toEqual([200, true, undefined]);
    expect(await told('patient')).toEqual([200, true, false]);
    await world.send(sparr({ patient: astrid, reach: 'outer' }), 'journalsystem-kommun');
    expect((await told('ambulans'))[2]).toBe(true);
    expect(await told('usk-hemtjanst')).toEqual([200, true, undefined]);
    expect((await told('patient'))[2]).toBe(true);
    const { text } = await ask('ambulans');
    for (const hidden of ['SE0000000001', 'Testby', 'CarePlan', 'Plan i', 'Consent'])
      expect(text).not.toContain(hidden);
  });

  test('says that only blocked data is left when everything unblocked is the own', async () => {
    for (const system of ['journalsystem-kommun', 'journalsystem-hemtjanst'] as const)
      await world.send(sparr({ patient: astrid, reach: 'outer' }), system);
    expect(await told('ambulans')).toEqual([200, false, true]);
  });

  test('knows nothing of data that is not made available', async () => {
    await world.send(plan(alva, 'Plan utan information'), 'journalsystem-kommun');
    const { json } = await ask('ambulans', alva);
    expect([
      value(json.parameter, 'unblockedDataExists'),
      value(json.parameter, 'blockedDataExists'),
    ]).toEqual([false, false]);
  });

  /** What the person of a Patient of one's own is told: status and whether there is unblocked data. */
  const toldTo = async (id: string) => {
    const token = await world.api.issuer.token('patient', { patient: id });
    const headers = { authorization: `Bearer ${token}` };
    const { status, json } = await world.api.ask('GET', `/Patient/${id}/$svod-status`, { as: null, headers });
    return [status, value(json.parameter ?? [], 'unblockedDataExists')];
  };
  const register = async (id: string, over: object = {}) => {
    const body = { resourceType: 'Patient', id, birthDate: '1941-01-01', ...over };
    expect((await world.api.ask('PUT', `/Patient/${id}`, { body })).status).toBe(201);
  };

  test('tells a person nothing of what is kept from the person', async () => {
    await register('kept');
    await world.send(svodInformationGiven({ patient: 'kept', at: '2026-01-02' }), 'journalsystem');
    for (const [system, code] of [
      ['http://terminology.hl7.org/CodeSystem/v3-ActCode', 'NOPAT'],
      ['https://naravard.se/fhir/CodeSystem/access', 'internal-note'],
    ])
      await world.send(plan('kept', 'Plan', { meta: { security: [{ system, code }] } }), 'journalsystem');
    expect(await toldTo('kept')).toEqual([200, false]);
    await world.send(plan('kept', 'Plan'), 'journalsystem');
    expect(await toldTo('kept')).toEqual([200, true]);
  });

  test('is refused to who has not turned 16, and in the name of who is registered as dead', async () => {
    await register('young', { birthDate: '2018-05-01' });
    await register('dead', { deceasedBoolean: true });
    for (const id of ['young', 'dead']) expect((await toldTo(id))[0]).toBe(403);
  });

  test.each<[PersonaId, string, number]>([
    ['lakare-privat', astrid, 403],
    ['logg-granskare', astrid, 403],
    ['journalsystem', astrid, 403],
    ['administrator', astrid, 403],
    ['vardnadshavare', alva, 403],
    ['patient', alva, 404],
    ['patient', 'unknown', 404],
    ['ambulans', 'unknown', 404],
  ])(
    'is for care staff of who has joined, and the person: %s about %s is answered %i',
    async (as, patient, status) => {
      expect((await ask(as, patient)).status).toBe(status);
    },
  );

  test('is audited with the person, and with nobody whose data it is', async () => {
    await ask('ambulans');
    expect((await auditOf(world, '$svod-status')).at(-1)).toEqual({
      outcome: 0,
      reason: 'svod-status',
      patient: astrid,
      custodians: [],
      targets: [],
    });
  });
});
