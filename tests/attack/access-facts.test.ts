import {
  careRelation,
  childFoundUnable,
  lastingIncapacityFound,
  representativeOf,
  sipConsent,
  sparr,
  sparrLift,
  svodConsent,
  svodInformationGiven,
  teamOf,
  workNeed,
} from '@naravard/access';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { patient } from '../conformance/resources.ts';
import { type AccessWorld, createAccessWorld, type Persona, plan } from './access-world.ts';

const since = '2026-01-01';
const p1 = { patient: 'p1' };
const vardcentral = 'SE0000000002-A1';

let world: AccessWorld;
beforeAll(async () => {
  world = await createAccessWorld();
  await world.write('S_A', svodInformationGiven({ id: 'a-info', patient: 'p1', at: since }));
});
afterAll(() => world.api.close());

const post = async (as: Persona, resource: object, claims?: Record<string, unknown>) => {
  const { resourceType } = resource as { resourceType: string };
  const answer = await world.ask(as, 'POST', `/${resourceType}`, {
    body: resource,
    ...(claims && { claims }),
  });
  return answer.status;
};
const seen = async (as: Persona, path: string) => (await world.ask(as, 'GET', `/${path}`)).status === 200;
const put = async (as: Persona, resource: object) => {
  const { resourceType, id } = resource as { resourceType: string; id: string };
  return (await world.ask(as, 'PUT', `/${resourceType}/${id}`, { body: resource })).status;
};
const touch = async (as: Persona, path: string) =>
  (
    await world.ask(as, 'PATCH', `/${path}`, {
      body: [{ op: 'add', path: '/language', value: 'sv' }],
      type: 'application/json-patch+json',
    })
  ).status;
const parameters = (sent: Record<string, [type: string, value: unknown]>) => ({
  resourceType: 'Parameters',
  parameter: Object.entries(sent).map(([name, [type, value]]) => ({ name, [`value${type}`]: value })),
});
const hsaId = (value: string) => ({ system: 'urn:oid:1.2.752.29.4.19', value });
const byHand = { start: '2026-11-01', end: '2026-11-30' };

describe('a need of the work', () => {
  test('attack 36: is no way to a relation of the unit, to the CareTeam, or to more of itself', async () => {
    expect(await seen('R', 'CarePlan/p1-plan')).toBe(true);
    expect(await seen('R', 'CarePlan/a-plan')).toBe(false);
    const member = 'SE0000000002-2007';
    for (const resource of [
      careRelation({ ...p1, start: since }),
      workNeed({ ...p1, start: since, end: '2027-01-01' }),
      teamOf({ ...p1, members: [member] }),
      childFoundUnable({ ...p1, ...byHand }),
    ])
      expect(await post('R', resource)).toBe(403);
    expect(await touch('R', 'EpisodeOfCare/p1-need')).toBe(403);
    expect(await seen('R', 'CarePlan/a-plan')).toBe(false);
  });

  test('attack 36: a relation is registered where there is one, and by the systems', async () => {
    const prolonged = careRelation({ ...p1, start: since, end: '2027-12-31' });
    expect(await post('V', prolonged)).toBe(201);
    expect(await post('V', teamOf({ ...p1, members: ['SE0000000002-2001'] }))).toBe(201);
    await world.write(
      'S_A',
      teamOf({ ...p1, id: 'in-team', members: ['SE0000000001-1001'], unit: 'SE0000000001-A9' }),
    );
    expect(await seen('A2', 'CarePlan/a-plan')).toBe(true);
    expect(await post('A2', careRelation({ ...p1, start: since }))).toBe(403);
    expect(await post('A2', teamOf({ ...p1, members: ['SE0000000001-1001'] }))).toBe(201);
  });

  test('attack 36: answers, findings, information and lifts are taken down by operations', async () => {
    for (const resource of [
      svodConsent({ ...p1, answer: 'yes', start: since }),
      sipConsent({ ...p1, answer: 'yes', start: since }),
      lastingIncapacityFound({ ...p1, ...byHand }),
      svodInformationGiven({ ...p1, at: since }),
      sparr({ ...p1, reach: 'inner' }),
      sparrLift({ ...p1, sparr: 'p1-outer', ground: 'consent', unit: 'SE0000000001-A1', ...byHand }),
    ])
      for (const as of ['R', 'V'] as const) expect(await post(as, resource)).toBe(403);
  });

  test('what holds for a limited time does so for a year, a lift for 30 days', async () => {
    const { sparr } = { sparr: 'p1-outer' };
    const to = { ...p1, sparr, ground: 'consent', unit: 'SE0000000001-A1' } as const;
    for (const resource of [
      workNeed({ ...p1, start: '2026-11-01', end: '9998-12-31' }),
      lastingIncapacityFound({ ...p1, start: '2026-11-01', end: '9998-12-31' }),
      childFoundUnable({ ...p1, start: '2026-11-01', end: '2028-01-01' }),
      sparrLift({ ...to, start: '2026-11-01', end: '2027-01-01' }),
    ])
      expect(await post('S_W', resource)).toBe(422);
  });
});

describe('a spärr', () => {
  test('attack 37: is not lifted at request but by an officer, whatever body says so', async () => {
    const lift = sparrLift({
      ...p1,
      sparr: 'p1-outer',
      ground: 'blocker',
      unit: 'SE0000000001-A1',
      ...byHand,
    });
    for (const as of ['V', 'R', 'S_V', 'S_W'] as const) expect(await post(as, lift)).toBe(403);
    expect(await seen('A', 'Encounter/p1-secret')).toBe(false);
  });

  test('attack 37: is not deleted or edited by a client of another unit, nor by staff', async () => {
    for (const [as, status] of [
      ['S_V', 403],
      ['W', 403],
    ] as const) {
      expect((await world.ask(as, 'DELETE', '/Consent/p1-inner')).status).toBe(status);
      expect(await touch(as, 'Consent/p1-inner')).toBe(status);
    }
    expect(await seen('V', 'CarePlan/p1-secret-plan')).toBe(false);
    expect(await touch('S_W', 'Consent/p1-inner')).toBe(200);
  });

  test('attack 37: stays over what it is about when a client of the whole organisation edits it', async () => {
    await world.write('S_W', sparr({ id: 'unnamed', ...p1, reach: 'inner', at: since }));
    const whole = { healthCareUnitHsaId: undefined };
    const edit = (claims: Record<string, unknown>, path: string) =>
      world.ask('S_V', 'PATCH', `/Consent/${path}`, {
        claims,
        body: [{ op: 'add', path: '/language', value: 'sv' }],
        type: 'application/json-patch+json',
      });
    expect((await edit(whole, 'unnamed')).status).toBe(403);
    expect((await edit(whole, 'p1-inner')).status).toBe(200);
    const { rows } = await world.api.database.pool.query(
      `select f.unit from fact f join resource r on r.rid = f.rid and r.bucket = f.bucket where r.id = any($1)`,
      [['unnamed', 'p1-inner']],
    );
    expect(rows).toEqual([{ unit: 'SE0000000002-A3' }, { unit: 'SE0000000002-A3' }]);
  });
});

describe('what one unit has stated', () => {
  test('attack 37: is not moved to another by an edit there', async () => {
    const { id: _, ...relation } = careRelation({ ...p1, start: since });
    const made = await world.ask('S_W', 'POST', '/EpisodeOfCare', { body: relation });
    const path = `EpisodeOfCare/${made.json.id}`;
    expect(await touch('S_V', path)).toBe(403);
    expect(await touch('S_W', path)).toBe(200);
    const ended = { ...made.json, status: 'finished' };
    expect((await world.ask('S_V', 'PUT', `/${path}`, { body: ended })).status).toBe(200);
  });
});

describe('who acts for a child', () => {
  const evil = (id: string, of = 'child') =>
    representativeOf({ id, patient: of, person: 'evil', as: 'vardnadshavare', start: since });
  const asEvil = { claims: { sub: 'evil' } };

  test('attack 36: is said by the organisation that registered the child, and no other', async () => {
    for (const as of ['S_A', 'S_B'] as const) {
      expect(await put(as, evil('evil-guardian'))).toBe(403);
      expect(await put(as, evil('evil-guardian', 'nobody-yet'))).toBe(403);
      expect(
        (
          await world.ask(as, 'POST', '', {
            body: {
              resourceType: 'Bundle',
              type: 'transaction',
              entry: [
                {
                  resource: evil('evil-guardian'),
                  request: { method: 'PUT', url: 'RelatedPerson/evil-guardian' },
                },
              ],
            },
          })
        ).status,
      ).toBe(403);
    }
    expect((await world.ask('G', 'GET', '/CarePlan/child-plan', asEvil)).status).toBe(404);
    expect(await seen('G', 'CarePlan/child-plan')).toBe(true);
  });

  test('is said together with the child, in one transaction', async () => {
    await world.write(
      'S_B',
      evil('guardian-of-newborn', 'newborn'),
      patient({
        id: 'newborn',
        birthDate: '2026-10-01',
        identifier: [{ system: 'urn:test', value: 'newborn' }],
      }) as never,
    );
    const { status } = await world.ask('G', 'GET', '/Patient/newborn', {
      claims: { sub: 'evil', act_for: 'newborn' },
    });
    expect(status).toBe(200);
  });
});

describe('what the person has said by own log-in', () => {
  const scope = { scope: 'patient/*.rs patient/Consent.cu' };
  const answer = async (said: 'ja' | 'nej') => {
    const { json } = await world.ask('P1', 'POST', '/Patient/p1/$samtycke', {
      claims: scope,
      body: parameters({
        answer: ['Code', said],
        organisation: ['Identifier', hsaId('SE0000000002-A')],
        as: ['Code', 'vardgivare'],
      }),
    });
    return json.parameter[0].valueReference.reference as string;
  };

  test('attack 37: is changed through operations alone', async () => {
    const said = await answer('nej');
    for (const as of ['S_V', 'S_W', 'R', 'V'] as const) {
      expect((await world.ask(as, 'DELETE', `/${said}`)).status).toBe(403);
      expect(await touch(as, said)).toBe(403);
    }
    const whole = { claims: { healthCareUnitHsaId: undefined } };
    expect((await world.ask('S_V', 'DELETE', `/${said}`, whole)).status).toBe(403);
    const { status } = await world.ask('V', 'POST', '/Patient/p1/$samtycke', {
      body: parameters({ answer: ['Code', 'ja'], scope: ['Code', 'organisation'] }),
    });
    expect(status).toBe(200);
    expect((await world.ask('V', 'GET', `/${said}`)).json.status).toBe('inactive');
  });

  test('is read by the staff it is for, whatever units have a spärr', async () => {
    const said = await answer('ja');
    for (const as of ['V', 'W', 'R'] as const) expect(await seen(as, said)).toBe(true);
    expect(await found('V', said)).toBe(true);
  });

  const found = async (as: Persona, key: string) =>
    (await world.found(as, '/Consent?patient=p1&_count=100')).includes(key);

  test('a label that says so in a body is refused', async () => {
    const label = { system: 'https://naravard.se/fhir/CodeSystem/access', code: 'answer' };
    expect(await post('W', plan('x', 'p1', { id: undefined, meta: { security: [label] } }))).toBe(403);
  });
});

describe('who writes about care', () => {
  const treatment = {
    resourceType: 'Consent',
    status: 'active',
    scope: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'treatment' }],
    },
    category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
    policyRule: { text: 'x' },
  };

  test('no person, child or guardian writes a Consent beside the operations', async () => {
    const claims = { scope: 'patient/*.cruds' };
    for (const as of ['P1', 'C', 'G'] as const) {
      expect(await post(as, treatment, claims)).toBe(403);
      const of = as === 'P1' ? 'p1' : 'child';
      expect(await post(as, { ...treatment, patient: { reference: `Patient/${of}` } }, claims)).toBe(403);
    }
  });

  test('a system for a patient writes what the patient would', async () => {
    const claims = { on_behalf_of: { patient: 'p1' } };
    expect(await post('S_A', { resourceType: 'Practitioner', name: [{ family: 'X' }] }, claims)).toBe(403);
    expect(await post('S_A', plan('x', 'p1', { id: undefined }), claims)).toBe(403);
    expect(await post('S_A', { ...treatment, patient: { reference: 'Patient/p1' } }, claims)).toBe(403);
  });

  test('no commission but one for care writes', async () => {
    const claims = { commissionRight: ['log-review'], commissionPurpose: 'Administration' };
    const task = { resourceType: 'Task', status: 'requested', intent: 'order' };
    expect(await post('V', task, claims)).toBe(403);
    expect(await post('V', task)).toBe(201);
  });
});

describe('who an inner spärr keeps out', () => {
  const operate = (as: Persona, operation: string, body: object) =>
    world.ask(as, 'POST', `/Patient/p1/${operation}`, { body });

  test('attack 37: does not end it, nor learns which Consent it is', async () => {
    const own = await operate('V', '$sparra', parameters({ reach: ['Code', 'inre'] }));
    const sparr = own.json.parameter.find(({ name }: { name: string }) => name === 'sparr').valueReference;
    const asked = parameters({ reach: ['Code', 'inre'], unit: ['Identifier', hsaId(vardcentral)] });
    const again = await operate('W', '$sparra', asked);
    expect([again.status, again.text.includes(sparr.reference)]).toEqual([200, false]);
    const wished = parameters({ sparr: ['Reference', sparr], ground: ['Code', 'consent'] });
    const unsaid = parameters({ sparr: ['Reference', sparr] });
    for (const body of [wished, unsaid]) {
      expect((await operate('W', '$hav-sparr', body)).status).toBe(403);
    }
    expect(await seen('W', 'CarePlan/p1-plan')).toBe(false);
    expect((await operate('V', '$hav-sparr', unsaid)).status).toBe(400);
    expect((await operate('V', '$hav-sparr', wished)).status).toBe(200);
    expect(await seen('W', 'CarePlan/p1-plan')).toBe(true);
    expect((await world.ask('V', 'GET', `/${sparr.reference}`)).json).toMatchObject({
      status: 'inactive',
      verification: [{ verified: true, verifiedWith: { reference: 'Patient/p1' } }],
    });
  });
});
