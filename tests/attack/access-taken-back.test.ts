import {
  careRelation,
  childFoundUnable,
  lastingIncapacityFound,
  sparr,
  svodInformationGiven,
  teamOf,
  workNeed,
} from '@naravard/access';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AccessWorld, createAccessWorld, type Persona, plan } from './access-world.ts';

// What has been stated is not taken back, nor opened anew, by who could not state it.

const since = '2026-01-01';
const psychiatry = 'SE0000000002-A3';
const registry = 'SE0000000002-A7';

let world: AccessWorld;
beforeAll(async () => {
  world = await createAccessWorld();
});
afterAll(() => world.api.close());

const patch = async (as: Persona, path: string, value: string) => {
  const body = [{ op: 'replace', path: '/status', value }];
  return (await world.ask(as, 'PATCH', `/${path}`, { body, type: 'application/json-patch+json' })).status;
};
const remove = async (as: Persona, path: string) => (await world.ask(as, 'DELETE', `/${path}`)).status;
const seen = async (as: Persona, path: string) => (await world.ask(as, 'GET', `/${path}`)).status === 200;
const parameters = (sent: Record<string, [type: string, value: unknown]>) => ({
  resourceType: 'Parameters',
  parameter: Object.entries(sent).map(([name, [type, value]]) => ({ name, [`value${type}`]: value })),
});
const hsaId = (value: string) => ({ system: 'urn:oid:1.2.752.29.4.19', value });
const operate = (as: Persona, operation: string, body: object, patient = 'p1') =>
  world.ask(as, 'POST', `/Patient/${patient}/${operation}`, { body });

describe('a relation of another unit', () => {
  test('attack 37: is not ended by a need of the work, nor are the CareTeam and a finding', async () => {
    await world.write(
      'S_V',
      careRelation({ id: 'p3-psychiatry', patient: 'p3', unit: psychiatry, start: since }),
      careRelation({ id: 'child-v', patient: 'child', unit: 'SE0000000002-A1', start: since }),
      ...['p3', 'child'].map((patient) =>
        workNeed({ id: `${patient}-need`, patient, unit: registry, start: since, end: '2026-12-31' }),
      ),
      teamOf({ id: 'p3-team', patient: 'p3', members: ['SE0000000002-2003'] }),
      childFoundUnable({ id: 'child-found', patient: 'child', start: since, end: '2026-12-31' }),
    );
    for (const [key, ended] of [
      ['EpisodeOfCare/p3-psychiatry', 'finished'],
      ['CareTeam/p3-team', 'inactive'],
      ['Consent/child-found', 'inactive'],
      ['RelatedPerson/child-guardian', undefined],
    ] as const) {
      if (ended !== undefined) expect([key, await patch('R', key, ended)]).toEqual([key, 403]);
      expect([key, await remove('R', key)]).toEqual([key, 403]);
    }
    expect(await seen('W', 'Patient/p3')).toBe(true);
  });

  test('attack 37: is not ended on a relation of the own unit either, which ends its own', async () => {
    expect(await patch('V', 'EpisodeOfCare/p1-psychiatry', 'finished')).toBe(403);
    expect(await remove('V', 'RelatedPerson/child-guardian')).toBe(403);
    expect(await patch('W', 'EpisodeOfCare/p3-psychiatry', 'finished')).toBe(200);
    expect(await patch('W', 'CareTeam/p3-team', 'inactive')).toBe(200);
    expect(await seen('W', 'Patient/p3')).toBe(false);
  });
});

describe('an answer of the person', () => {
  test('attack 37: that a later one has ended is not made to hold again by a client, nor deleted', async () => {
    const scope = { scope: 'patient/*.rs patient/Consent.cu' };
    const say = async (answer: 'ja' | 'nej') => {
      const body = parameters({
        answer: ['Code', answer],
        organisation: ['Identifier', hsaId('SE0000000004-A')],
        as: ['Code', 'vardgivare'],
      });
      const { json } = await world.ask('P1', 'POST', '/Patient/p1/$samtycke', { claims: scope, body });
      return json.parameter[0].valueReference.reference as string;
    };
    const yes = await say('ja');
    await say('nej');
    expect((await world.ask('S_B', 'GET', `/${yes}`)).json.status).toBe('inactive');
    expect(await patch('S_B', yes, 'active')).toBe(403);
    expect(await remove('S_B', yes)).toBe(403);
  });
});

describe('who an inner spärr keeps out', () => {
  test('is not told of a finding that the answer ends', async () => {
    await world.write(
      'S_W',
      lastingIncapacityFound({ id: 'found', patient: 'p1', at: since, start: since, end: '2026-12-31' }),
    );
    expect(await seen('V', 'Consent/found')).toBe(false);
    const answer = await operate('V', '$samtycke', parameters({ answer: ['Code', 'ja'] }));
    expect([answer.status, answer.text.includes('Consent/found')]).toEqual([200, false]);
    expect((await world.ask('S_W', 'GET', '/Consent/found')).json.status).toBe('inactive');
    const again = await operate('V', '$samtycke', parameters({ answer: ['Code', 'nej'] }));
    expect(again.json.parameter.map(({ name }: { name: string }) => name)).toContain('ended');
  });

  test('is not told whether one stands already for another unit', async () => {
    await world.write('S_V', sparr({ id: 'a5', patient: 'p1', reach: 'inner', unit: 'SE0000000002-A5' }));
    const block = async (unit: string) => {
      const body = parameters({ reach: ['Code', 'inre'], unit: ['Identifier', hsaId(unit)] });
      const { status, json } = await operate('V', '$sparra', body);
      return [status, json.parameter.map(({ name }: { name: string }) => name)];
    };
    expect(await block('SE0000000002-A6')).toEqual([200, ['text']]);
    expect(await block('SE0000000002-A5')).toEqual(await block('SE0000000002-A8'));
  });
});

describe('SVOD 2:6: what is made available without information', () => {
  const security = [{ system: 'https://naravard.se/fhir/CodeSystem/access', code: 'available-by-2-6' }];
  const labelled = plan('labelled', 'p3', { id: undefined, meta: { security } });
  const post = async (as: Persona, claims?: Record<string, unknown>) =>
    (await world.ask(as, 'POST', '/CarePlan', { body: labelled, ...(claims && { claims }) })).status;
  const found = (start: string, end: string, id = 'p3-found') =>
    lastingIncapacityFound({ id, patient: 'p3', at: since, start, end });

  test('is so where the organisation of the writer has found that the person cannot take a stand', async () => {
    await world.write(
      'S_V',
      svodInformationGiven({ patient: 'p3', id: 'p3-told', at: since }),
      careRelation({ id: 'p3-v', patient: 'p3', unit: 'SE0000000002-A1', start: since }),
    );
    await world.write('S_A', found(since, '2026-12-31', 'p3-of-a'));
    await world.write('S_V', found(since, '2026-10-31'));
    for (const as of ['V', 'S_V'] as const) expect([as, await post(as)]).toEqual([as, 403]);
    expect(await post('S_A')).toBe(201);
    await world.write('S_V', found(since, '2026-12-31'));
    for (const as of ['V', 'S_V'] as const) expect([as, await post(as)]).toEqual([as, 201]);
  });

  test('is found in the transaction that writes it too', async () => {
    const both = [
      lastingIncapacityFound({ id: 'p2-found', patient: 'p2', at: since, start: since, end: '2026-12-31' }),
      plan('p2-labelled', 'p2', { meta: { security } }),
    ];
    await world.write('S_B', ...both);
    expect(await seen('S_B', 'CarePlan/p2-labelled')).toBe(true);
  });
});
