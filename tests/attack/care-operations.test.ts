import { careRelation } from '@naravard/access';
import { acknowledgementOf, extensions, signatureOf, sipCategory } from '@naravard/care';
import { loadDefinitions } from '@naravard/fhir';
import type { PersonaId } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { doings } from '../../libs/rest/src/audit/plain-words.ts';
import { allModules } from '../../services/all-in-one/src/modules.ts';
import { contact } from '../flows/contact-world.ts';
import { alva, astrid, auditOf, parameters, value } from '../law/operations/world.ts';
import { type Asked, createCareWorld, doctor, draft, nurse, operationsOn } from './care-world.ts';

/** Without a relation to the patient: at the same vårdgivare, and at another one. */
const strangers: readonly PersonaId[] = ['lakare-slutenvard', 'lakare-privat'];

let contacts: Awaited<ReturnType<typeof createCareWorld>>;
let team: string;
let plan: string;
let sip: string;
let as: typeof contacts.as;
beforeAll(async () => {
  contacts = await createCareWorld();
  ({ team, plan, sip, as } = contacts);
});
afterAll(() => contacts.world.api.close());

const name = ({ path }: Asked): string => path.slice(path.indexOf('$'));

describe('an operation of care tells nothing to who has no right', () => {
  test.each(strangers)(
    'that there is such a patient, contact or plan: %s is answered as of none',
    async (stranger) => {
      const known = operationsOn({ patient: astrid, team, plan, sip });
      const unknown = operationsOn({ patient: 'nobody', team: 'none', plan: 'none', sip: 'none' });
      for (const [index, asked] of known.entries()) {
        const there = await as(stranger, asked);
        const none = await as(stranger, unknown[index] as Asked);
        expect([
          name(asked),
          there.status,
          there.text.replace(/"value(Instant|DateTime)":"[^"]+"/g, ''),
        ]).toEqual([name(asked), none.status, none.text.replace(/"value(Instant|DateTime)":"[^"]+"/g, '')]);
        expect(there.text).not.toMatch(/Omar|010-/);
      }
    },
  );

  test('persons and administrators change nothing by it', async () => {
    for (const persona of ['patient', 'administrator'] as const) {
      for (const asked of operationsOn({ patient: astrid, team, plan, sip })) {
        if (asked.method === 'POST')
          expect([name(asked), (await as(persona, asked)).status]).toEqual([name(asked), 403]);
      }
    }
  });

  test('a nödöppning reads, and writes by no operation', async () => {
    const { world } = contacts;
    const opened = await world.operate(
      '$nodoppning',
      { reason: 'Fara för livet', dangerStated: true, relationAttested: true },
      'ambulans',
    );
    expect([opened.status, opened.text]).toEqual([200, opened.text]);
    for (const asked of operationsOn({ patient: astrid, team, plan, sip })) {
      const { status } = await as('ambulans', asked);
      if (asked.method === 'POST') expect([name(asked), status >= 400]).toEqual([name(asked), true]);
    }
    const [now] = (await world.api.ask('GET', `/CareTeam?_id=${team}`, { as: doctor })).json.entry;
    expect(now.resource.meta.versionId).toBe('1');
  });
});

describe('the scopes of the token', () => {
  test.each([
    ['$kand-av', 'user/CarePlan.rs'],
    ['$samordnad-plan', 'user/Patient.rs user/CarePlan.rs'],
    ['$sip-inbjudan', 'user/CarePlan.c'],
    ['$sip-mote', 'user/CarePlan.cru'],
    ['$sip-avslut', 'user/CarePlan.cru'],
    ['$handover', 'user/CareTeam.cru'],
    ['$sign', 'user/CarePlan.cruds'],
    ['$activate', 'user/CarePlan.cruds'],
    ['$acknowledge', 'user/CarePlan.cruds'],
  ])('are asked for all that %s does: %s is not enough', async (operation, scope) => {
    const asked = operationsOn({ patient: astrid, team, plan, sip }).find((each) => name(each) === operation);
    expect((await as(doctor, asked as Asked, { scope })).status).toBe(403);
  });
});

test('rule provenance-egen-signatur: nor does a system sign in the name of others for a member of staff', async () => {
  const by = { employee: 'SE0000000002-2002', unit: 'SE0000000002-A1' };
  const body = signatureOf(
    { plan: `CarePlan/${plan}`, version: 1 },
    `Patient/${astrid}`,
    by,
    '2026-11-23T10:00:00Z',
  );
  const user = {
    employeeHsaId: 'SE0000000002-2001',
    commissionHsaId: 'SE0000000002-2001U',
    commissionPurpose: 'Vård och behandling',
    healthCareProviderHsaId: 'SE0000000002-A',
    healthCareUnitHsaId: 'SE0000000002-A1',
  };
  const { status, text } = await as(
    'journalsystem',
    { method: 'POST', path: '/Provenance', body },
    { on_behalf_of: user },
  );
  expect([status, text.includes('provenance-egen-signatur')]).toEqual([422, true]);
});

test('PDL 3:10, 3:14: nobody of the staff changes or takes away a signature, be it their own', async () => {
  const { api } = contacts.world;
  const path = `/CarePlan/${plan}/$sign`;
  const { json } = await as(doctor, { method: 'POST', path, body: parameters({ version: 1 }) });
  const { reference } = value(json.parameter, 'signature') as { reference: string };
  const { signature: _signature, ...unsigned } = (await api.ask('GET', `/${reference}`, { as: doctor })).json;
  const put = await api.ask('PUT', `/${reference}`, { as: doctor, body: unsigned });
  const removed = await api.ask('DELETE', `/${reference}`, { as: doctor });
  const body = [{ op: 'remove', path: '/signature' }];
  const patched = await api.ask('PATCH', `/${reference}`, {
    as: doctor,
    body,
    type: 'application/json-patch+json',
  });
  expect([put.status, removed.status, patched.status]).toEqual([403, 403, 403]);
  expect((await api.ask('GET', `/${reference}`, { as: doctor })).json.signature).toHaveLength(1);
});

test('rule behandlingsplan-kand-av: nobody says for a colleague that a plan is known', async () => {
  const said = (employee: string) =>
    acknowledgementOf(
      { plan: `CarePlan/${plan}`, version: 1 },
      `Patient/${astrid}`,
      { employee, unit: 'SE0000000002-A1' },
      '2026-11-23T10:00:00Z',
    );
  const post = (employee: string) =>
    contacts.world.api.ask('POST', '/Communication', { as: doctor, body: said(employee) });
  const forged = await post('SE0000000002-2002');
  expect([forged.status, forged.text.includes('behandlingsplan-kand-av')]).toEqual([422, true]);
  expect((await post('SE0000000002-2001')).status).toBe(201);
});

describe('references in what is written', () => {
  const withUnit = (reference: string) =>
    contact(alva, 'maja-berg', '1', { managingOrganization: [{ reference }] });
  beforeAll(() => contacts.world.send(careRelation({ patient: alva, unit: 'SE0000000002-A1' })));

  test('make no search of their own, whatever server and query they name', async () => {
    for (const base of ['https://other.example/fhir', 'http://localhost:8080/fhir']) {
      const { telecom: _telecom, ...body } = withUnit(`${base}/Organization?patient=${astrid}`) as {
        telecom: unknown;
      };
      const { status, text } = await contacts.create(body);
      expect([base, status, text.includes('careteam-kontaktvag')]).toEqual([base, 422, true]);
    }
  });

  test('are looked up within bounds', async () => {
    const many = Array.from({ length: 400 }, (_, index) => ({
      url: extensions.kontaktvag,
      valueReference: { reference: `CareTeam/none-${index}` },
    }));
    const body = draft({ status: 'active', period: { start: '2026-11-23' }, extension: many });
    const { status, text } = await contacts.world.api.ask('POST', '/CarePlan', { as: doctor, body });
    expect([status, text.includes('more than 300 other resources')]).toEqual([422, true]);
  });
});

describe('the log', () => {
  test('has whose plan it was that another organisation tried to sign', async () => {
    const { status } = await contacts.world.api.ask('POST', `/CarePlan/${plan}/$sign`, {
      as: nurse,
      body: parameters({ version: 1 }),
    });
    expect(status).toBe(403);
    const refused = (await auditOf(contacts.world, '$sign')).filter(({ targets }) =>
      targets.includes(`CarePlan/${plan}`),
    );
    expect(refused.at(-1)).toMatchObject({ outcome: 8, patient: astrid });
  });

  test('has whose plan was read to refuse what refers to it', async () => {
    const part = draft({
      category: [{ coding: [sipCategory] }],
      partOf: [{ reference: `CarePlan/${plan}` }],
    });
    const body = {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [
        { resource: part, request: { method: 'POST', url: 'CarePlan' } },
        // What is read too makes it a transaction of the database.
        { request: { method: 'GET', url: `Patient/${astrid}` } },
      ],
    };
    const { status, text } = await contacts.world.api.ask('POST', '', { as: nurse, body });
    expect([status, text.includes('sip-del-av-huvud')]).toEqual([422, true]);
    const rows = await auditOf(contacts.world, 'transaction');
    expect(rows.at(-1)).toMatchObject({ outcome: 4, patient: astrid, targets: [`CarePlan/${plan}`] });
  });

  test('tells the patient of every operation in words', () => {
    const names = allModules(loadDefinitions()).flatMap(({ operations = [] }) =>
      operations.map(({ name }) => name),
    );
    expect(names.length).toBeGreaterThan(15);
    const said = doings([['$unknown', null]], 'patient');
    expect(names.filter((name) => doings([[name, null]], 'patient') === said)).toEqual([]);
  });
});

test('of patients only the person takes part in a SIP: a meeting about several would be seen by none of the staff', async () => {
  const meeting = parameters({
    narvarande: [{ reference: `Patient/${astrid}` }, { reference: `Patient/${alva}` }],
  });
  const { status, text } = await contacts.world.api.ask('POST', `/CarePlan/${sip}/$sip-mote`, {
    as: doctor,
    body: meeting,
  });
  expect([status, text.includes('narvarande')]).toEqual([400, true]);
});
