import { createTestApp, type PersonaId, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ago, clearAudit, insertRow, patientOf, rowsOf } from './audit-rows.ts';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
  await api.ask('PUT', '/Patient/astrid-testberg', { body: patientOf('astrid-testberg') });
  await api.ask('PUT', '/CarePlan/plan-1', {
    body: {
      resourceType: 'CarePlan',
      id: 'plan-1',
      status: 'active',
      intent: 'plan',
      subject: { reference: 'Patient/astrid-testberg' },
    },
  });
});
afterAll(() => api.close());
beforeEach(() => clearAudit(api));

const reader: PersonaId = 'journalsystem';
const hsa = 'urn:oid:1.2.752.29.4.19';

const read = (target: unknown, at: unknown, ...more: object[]) => ({
  name: 'read',
  part: [
    { name: 'target', valueReference: { reference: target } },
    { name: 'at', valueInstant: at },
    ...more,
  ],
});

const send = (parameter: object[], as: PersonaId = reader) =>
  api.ask('POST', '/$offline-reads', { as, body: { resourceType: 'Parameters', parameter } });

async function resultsOf(parameter: object[], as: PersonaId = reader): Promise<string[]> {
  const { status, json } = await send(parameter, as);
  expect(status).toBe(200);
  return json.parameter.map(
    ({ part }: { part: { name: string; valueCode: string }[] }) =>
      part.find(({ name }) => name === 'result')?.valueCode,
  );
}

describe('reads made offline', () => {
  test('are recorded as what they were, with the time told beside the time of writing', async () => {
    const at = ago(600);
    const before = Date.now();
    expect(await resultsOf([read('CarePlan/plan-1', at), read('CarePlan/plan-1/_history/1', at)])).toEqual([
      'recorded',
      'recorded',
    ]);
    const rows = await rowsOf(api);
    expect(rows).toMatchObject([
      {
        interaction: 'offline-read',
        outcome: 0,
        type: 'CarePlan',
        patient: 'astrid-testberg',
        targets: ['CarePlan/plan-1'],
        custodians: ['vg:SE0000000002-A'],
        actor: 'journalsystem',
        actor_kind: 'system',
        client: 'journalsystem',
        organisation: 'vg:SE0000000002-A',
        query: new URLSearchParams({ at }).toString(),
      },
      { targets: ['CarePlan/plan-1/_history/1'] },
    ]);
    expect(new Date(rows[0]?.at ?? 0).getTime()).toBeGreaterThanOrEqual(before - 1000);
  });

  test('are seen by the person at the time they took place', async () => {
    const at = ago(600);
    await resultsOf([read('CarePlan/plan-1', at)]);
    const { json } = await api.ask('GET', '/AuditEvent?patient=astrid-testberg', { as: 'patient' });
    expect(json.entry[0].resource.period.start).toBe(at);
    expect(json.entry[0].resource.meta.profile[0]).toContain('PatientRead');
    const log = await api.ask('GET', '/Patient/astrid-testberg/$atkomstlogg', { as: 'patient' });
    expect(log.text).toContain('läste utan uppkoppling din vårdplan');
    // Newest first: that the log was read comes before.
    const entry = log.json.parameter.at(-1);
    const told = Object.fromEntries(
      entry.part.map(({ name, valueInstant, valueString }: Record<string, string>) => [
        name,
        valueInstant ?? valueString,
      ]),
    );
    expect(told.at).toBe(at);
    expect(told.recorded > at).toBe(true);
    expect(told.text).toContain(' (uppgivet i efterhand ');
  });

  test('are listed one by one, each at its own time, over pages', async () => {
    const times = [1, 2, 3, 4].map((hours) => ago(60 * hours));
    await resultsOf(times.map((at) => read('CarePlan/plan-1', at)));
    const seen: string[] = [];
    let url = '/Patient/astrid-testberg/$atkomstlogg?_count=3';
    while (url) {
      const { json } = await api.ask('GET', url, { as: 'patient' });
      const parameter: { name: string; valueUri?: string; part?: { valueInstant?: string }[] }[] =
        json.parameter;
      for (const { name, part } of parameter)
        if (name === 'access') seen.push(part?.find(({ valueInstant }) => valueInstant)?.valueInstant ?? '');
      url = parameter.find(({ name }) => name === 'next')?.valueUri ?? '';
    }
    expect(seen.filter((at) => times.includes(at)).sort()).toEqual(times.toSorted());
  });

  test('are recorded once, though they are sent twice', async () => {
    const at = ago(10);
    const one = read('CarePlan/plan-1', at);
    expect(await resultsOf([one, one])).toEqual(['recorded', 'known']);
    expect(await resultsOf([one, read('CarePlan/plan-1', ago(9))])).toEqual(['known', 'recorded']);
    expect(await rowsOf(api)).toHaveLength(2);
  });

  test('of what nobody has are refused, and the claim is kept', async () => {
    expect(await resultsOf([read('CarePlan/none', ago(1))])).toEqual(['refused']);
    expect(await rowsOf(api)).toMatchObject([{ outcome: 4, reason: 'absent', targets: ['CarePlan/none'] }]);
  });

  test('of the future, and of more than 14 days ago, are refused', async () => {
    const reads = [ago(-5), ago(60 * 24 * 15), ago(60 * 24 * 13)].map((at) => read('CarePlan/plan-1', at));
    expect(await resultsOf(reads)).toEqual(['refused', 'refused', 'recorded']);
    const left = (await rowsOf(api)).map(({ outcome, reason, patient }) => [outcome, reason, patient]);
    expect(left.sort()).toEqual([
      [0, expect.any(String), 'astrid-testberg'],
      [4, 'untimely', 'astrid-testberg'],
      [4, 'untimely', 'astrid-testberg'],
    ]);
    const { json } = await send(reads.slice(0, 1));
    expect(json.parameter[0].part.at(-1).valueString).toContain('future');
  });

  test('leave a row of the attempt even when none of them counts', async () => {
    await resultsOf([read('CarePlan/plan-1', ago(-5)), read('CarePlan/plan-1', '0001-01-01T00:00:00+14:00')]);
    expect(await rowsOf(api)).toMatchObject(
      Array.from({ length: 2 }, () => ({
        interaction: 'offline-read',
        outcome: 4,
        targets: ['CarePlan/plan-1'],
      })),
    );
  });

  test('of named staff are told by a system client', async () => {
    const named = { name: 'reader', valueIdentifier: { system: hsa, value: 'SE0000000002-2001' } };
    expect(await resultsOf([read('CarePlan/plan-1', ago(3), named)])).toEqual(['recorded']);
    expect(await rowsOf(api)).toMatchObject([
      { actor_kind: 'staff', actor: 'SE0000000002-2001', client: 'journalsystem', outcome: 0 },
    ]);
    const { json } = await api.ask('GET', '/AuditEvent?agent:identifier=SE0000000002-2001', {
      as: 'logg-granskare',
    });
    const user = json.entry[0].resource.agent.find(({ requestor }: { requestor: boolean }) => requestor);
    expect(user.who).toMatchObject({ type: 'Practitioner', identifier: { value: 'SE0000000002-2001' } });
    const log = await api.ask('GET', '/Patient/astrid-testberg/$atkomstlogg', { as: 'patient' });
    expect(log.text).toContain('Personal vid');
    expect(log.text).not.toContain('Journalsystem');
  });

  test('of two employees are two reads, each known when it is sent again', async () => {
    const by = (value: string) => ({ name: 'reader', valueIdentifier: { system: hsa, value } });
    const at = ago(3);
    const reads = ['SE0000000002-2001', 'SE0000000002-2002'].map((each) =>
      read('CarePlan/plan-1', at, by(each)),
    );
    expect(await resultsOf(reads)).toEqual(['recorded', 'recorded']);
    expect(await resultsOf(reads)).toEqual(['known', 'known']);
  });

  test('of another person are told by nobody else', async () => {
    const named = (value: string) => ({ name: 'reader', valueIdentifier: { system: hsa, value } });
    const { status } = await send(
      [read('CarePlan/plan-1', ago(3), named('SE0000000002-2002'))],
      'lakare-vardcentral',
    );
    expect(status).toBe(403);
    expect(await rowsOf(api)).toMatchObject([{ outcome: 8 }]);
  });

  test.each<[string, object]>([
    ['no Parameters', { resourceType: 'AuditEvent' }],
    ['no read', { resourceType: 'Parameters' }],
    ['another parameter', { resourceType: 'Parameters', parameter: [{ name: 'event', valueString: 'x' }] }],
    [
      'no target',
      {
        resourceType: 'Parameters',
        parameter: [{ name: 'read', part: [{ name: 'at', valueInstant: ago(1) }] }],
      },
    ],
    ['no type', { resourceType: 'Parameters', parameter: [read('Nothing/1', ago(1))] }],
    [
      'a conditional target',
      { resourceType: 'Parameters', parameter: [read('Patient?identifier=1', ago(1))] },
    ],
    ['no time', { resourceType: 'Parameters', parameter: [read('CarePlan/plan-1', '2026-11-23')] }],
  ])('are not taken from %s', async (_, body) => {
    const { status } = await api.ask('POST', '/$offline-reads', { body });
    expect(status).toBe(400);
    expect(await rowsOf(api)).toMatchObject([{ outcome: 4 }]);
  });

  test('need a token', async () => {
    expect((await api.ask('POST', '/$offline-reads', { as: null, body: {} })).status).toBe(401);
  });
});

describe('a reader who may not see the target any more', () => {
  const context = async () => {
    const { organisationScope, rightsWithin } = await import('@naravard/access');
    const scope = organisationScope('nobody');
    const actor = {
      kind: 'staff' as const,
      id: 'SE0000000001-1001',
      caller: { kind: 'administrator' as const, id: 'x' },
      organisation: 'vg:SE0000000001-A',
      unit: 'SE0000000001-A1',
      commission: null,
      purpose: null,
      title: null,
      client: null,
      rights: [],
      grants: null,
      mayChooseIds: false,
    };
    return {
      actor,
      ...rightsWithin(scope, new Date().toISOString()),
      request: 'r',
      interaction: '$offline-reads',
    };
  };
  const shownTo = (over: object) =>
    insertRow(api, {
      actor: 'SE0000000001-1001',
      organisation: 'vg:SE0000000001-A',
      interaction: 'search-type',
      targets: ['CareTeam/1', 'CarePlan/plan-1/_history/1'],
      ...over,
    });
  const claim = async (at: string, reader: string | null = null) =>
    api.store.auditLog.offlineReads(await context(), [
      { type: 'CarePlan', id: 'plan-1', version: null, at, reader, query: `at=${at}` },
    ]);

  test('is believed when the service had shown it to the same reader before', async () => {
    await shownTo({ at: ago(120) });
    expect(await claim(ago(60))).toEqual(['recorded']);
    expect((await rowsOf(api)).at(-1)).toMatchObject({ outcome: 0, reason: 'shown-before' });
  });

  test.each<[string, object]>([
    ['who tells', {}],
    ['the reader', { actor: 'SE0000000001-1002' }],
  ])('is believed when somebody tells for the reader and it had been shown to %s', async (_, over) => {
    await shownTo({ at: ago(120), ...over });
    expect(await claim(ago(60), 'SE0000000001-1002')).toEqual(['recorded']);
    expect((await rowsOf(api)).at(-1)).toMatchObject({ actor: 'SE0000000001-1002', reason: 'shown-before' });
  });

  test.each<[string, object]>([
    ['after the time told', { at: ago(30) }],
    ['more than 14 days before', { at: ago(60 * 24 * 15) }],
    ['to a colleague', { at: ago(120), actor: 'SE0000000001-1002' }],
    ['to the same person in the other role', { at: ago(120), organisation: 'og:SE0000000001-A' }],
    ['in vain', { at: ago(120), outcome: 4 }],
    ['in another resource', { at: ago(120), targets: ['CarePlan/plan-11'] }],
  ])('is not believed when it was shown %s', async (_, over) => {
    await shownTo(over);
    expect(await claim(ago(60))).toEqual(['refused']);
    expect((await rowsOf(api)).at(-1)).toMatchObject({ outcome: 4, reason: 'out of scope' });
  });
});
