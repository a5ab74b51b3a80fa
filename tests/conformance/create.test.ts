import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { careTeam, patient } from './resources.ts';

let fhir: TestApp;
beforeAll(async () => {
  fhir = await createTestApp();
});
afterAll(() => fhir.close());

const count = async (path: string) => (await fhir.ask('GET', `${path}&_count=0`)).json.total;

describe('create', () => {
  test('answers 201 with Location, ETag and the resource', async () => {
    const { status, headers, json } = await fhir.ask('POST', '/CareTeam', { body: careTeam('Patient/1') });
    expect(status).toBe(201);
    expect(headers.location).toBe(`${fhir.base}/CareTeam/${json.id}/_history/1`);
    expect(headers.etag).toBe('W/"1"');
    expect(json).toMatchObject(careTeam('Patient/1'));
    expect((await fhir.ask('GET', headers.location ?? '')).text).toBe(
      (await fhir.ask('GET', `/CareTeam/${json.id}`)).text,
    );
  });

  test('gives a new id whatever id the body has', async () => {
    const { status, json } = await fhir.ask('POST', '/Patient', { body: patient({ id: 'mine' }) });
    expect([status, json.id === 'mine']).toEqual([201, false]);
  });

  test('is found by search at once', async () => {
    await fhir.ask('POST', '/CareTeam', { body: careTeam('Patient/at-once') });
    expect(await count('/CareTeam?patient=at-once')).toBe(1);
  });

  test('refuses a resource of another type than the address', async () => {
    const { status, json } = await fhir.ask('POST', '/Encounter', { body: careTeam('Patient/1') });
    expect([status, json.issue[0].expression]).toEqual([400, ['resourceType']]);
  });

  test('names every fault of an invalid resource and stores nothing', async () => {
    const body = careTeam('Patient/faulty', { status: 'aktiv', period: { start: '2026-13-01' } });
    const { status, json } = await fhir.ask('POST', '/CareTeam', { body });
    const expressions = json.issue.map((issue: { expression: string[] }) => issue.expression[0]);
    expect(status).toBe(400);
    expect(expressions).toEqual(expect.arrayContaining(['CareTeam.status', 'CareTeam.period.start']));
    expect(await count('/CareTeam?patient=faulty')).toBe(0);
  });

  test('refuses a conditional reference, which only a transaction resolves', async () => {
    const { status, json } = await fhir.ask('POST', '/CareTeam', {
      body: careTeam('Patient?identifier=x|1'),
    });
    expect([status, json.issue[0].code]).toEqual([422, 'processing']);
  });

  test('audits the write with patient and caller, and a refusal as well', async () => {
    const ask = (request: string, body: object) =>
      fhir.ask('POST', '/CareTeam', {
        as: 'journalsystem-utan-id',
        body,
        headers: { 'x-request-id': request },
      });
    await ask('create-good', careTeam('Patient/audited'));
    await ask('create-bad', careTeam('Patient/audited', { status: 'aktiv' }));
    const { rows } = await fhir.database.pool.query(
      `select request, interaction, outcome, reason, actor, organisation, patient from audit where request like 'create-%' order by request`,
    );
    const caller = { actor: 'journalsystem-utan-id', organisation: 'vg:SE0000000001-A' };
    expect(rows).toEqual([
      {
        request: 'create-bad',
        interaction: 'create',
        outcome: 4,
        reason: 'invalid',
        ...caller,
        patient: null,
      },
      expect.objectContaining({
        request: 'create-good',
        interaction: 'create',
        outcome: 0,
        ...caller,
        patient: 'audited',
      }),
    ]);
  });
});

describe('Prefer', () => {
  const ask = (prefer: string, body: object = patient()) =>
    fhir.ask('POST', '/Patient', { body, headers: { prefer } });

  test('return=minimal answers without a body', async () => {
    const { status, text, headers } = await ask('return=minimal');
    expect([status, text]).toEqual([201, '']);
    expect(headers.location).toMatch(/\/Patient\/[^/]+\/_history\/1$/);
  });

  test('return=OperationOutcome answers with an outcome that holds the warnings', async () => {
    const { status, json } = await ask('return=OperationOutcome');
    expect([status, json.resourceType, json.issue[0].severity]).toEqual([
      201,
      'OperationOutcome',
      'information',
    ]);
  });

  test('return=representation answers with the resource', async () => {
    expect((await ask('return=representation')).json.resourceType).toBe('Patient');
  });
});

describe('conditional create', () => {
  const ask = (value: string, criteria = `identifier=urn:test|${value}`) =>
    fhir.ask('POST', '/Patient', {
      body: patient({ identifier: [{ system: 'urn:test', value }] }),
      headers: { 'if-none-exist': criteria },
    });

  test('creates when there is none, and finds it the next time', async () => {
    const first = await ask('a');
    const second = await ask('a');
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.json.id).toBe(first.json.id);
    expect(second.headers.location).toBe(first.headers.location);
  });

  test('answers 412 when the condition matches more than one', async () => {
    const body = patient({ identifier: [{ system: 'urn:test', value: 'twice' }] });
    await fhir.ask('POST', '/Patient', { body });
    await fhir.ask('POST', '/Patient', { body });
    const { status, json } = await ask('twice');
    expect([status, json.issue[0].code]).toEqual([412, 'multiple-matches']);
  });

  test.each(['', 'unknown=1', '_count=1', 'identifier=', 'identifier:exact=1'])(
    'refuses the condition %j',
    async (criteria) => {
      expect((await ask('b', criteria)).status).toBe(400);
    },
  );

  test('200 racing ones make one resource', async () => {
    // On a busy machine some wait too long, and come again as they are told to.
    const asked = async (tries = 5): ReturnType<typeof ask> => {
      const answer = await ask('race');
      return answer.status === 503 && tries > 1 ? asked(tries - 1) : answer;
    };
    const answers = await Promise.all(Array.from({ length: 200 }, () => asked()));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 200)).toHaveLength(199);
    expect(await count('/Patient?identifier=urn:test|race')).toBe(1);
  });
});
