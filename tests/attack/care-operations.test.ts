import { careRelation } from '@naravard/access';
import { acknowledgementOf, extensions, signatureOf, sipCategory, systems } from '@naravard/care';
import { audienceExtension, loadDefinitions } from '@naravard/fhir';
import type { PersonaId } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { doings } from '../../libs/rest/src/audit/plain-words.ts';
import { allModules } from '../../services/all-in-one/src/modules.ts';
import { contact, createContactWorld } from '../flows/contact-world.ts';
import { alva, astrid, auditOf, parameters, value } from '../law/operations/world.ts';

/** Without a relation to the patient: at the same vårdgivare, and at another one. */
const strangers: readonly PersonaId[] = ['lakare-slutenvard', 'lakare-privat'];
const doctor: PersonaId = 'lakare-vardcentral';
/** At another vårdgivare, with relation and consent. */
const nurse: PersonaId = 'ssk-hemsjukvard';

let contacts: Awaited<ReturnType<typeof createContactWorld>>;
let team: string;
let plan: string;
let sip: string;
beforeAll(async () => {
  contacts = await createContactWorld();
  const { world } = contacts;
  await world.operate('$samtycke', { answer: 'ja', scope: 'organisation' }, nurse);
  await world.operate('$samtycke', { answer: 'ja', kind: 'sip', form: 'muntligt' }, doctor);
  team = await contacts.appointed(contact(astrid, 'omar-lind', '2', withLabels('DEMO', staffNumbers)));
  plan = (await world.send(draft(), doctor)).slice('CarePlan/'.length);
  const invited = await world.operate('$sip-inbjudan', invitation, doctor);
  sip = (value(invited.json.parameter, 'plan') as { reference: string }).reference.slice('CarePlan/'.length);
});
afterAll(() => contacts.world.api.close());

const OFFICE = '010-111 11 11';
const NIGHT_DOCTOR = '010-999 99 99';
const staffNumbers = {
  text: { status: 'additional', div: `<div xmlns="http://www.w3.org/1999/xhtml">${NIGHT_DOCTOR}</div>` },
  telecom: [
    { system: 'phone', value: OFFICE },
    {
      system: 'phone',
      value: NIGHT_DOCTOR,
      extension: [{ url: extensions.malgrupp, valueCode: 'personal' }],
    },
  ],
};

const access = 'https://naravard.se/fhir/CodeSystem/access';
const actCode = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';

const withLabels = (code: 'NOPAT' | 'DEMO' | 'outside-svod', over: object = {}): object => ({
  meta: { security: [{ system: code === 'outside-svod' ? access : actCode, code }] },
  ...over,
});

const draft = (over: object = {}): object => ({
  resourceType: 'CarePlan',
  status: 'draft',
  intent: 'plan',
  title: 'Behandlingsplan',
  category: [
    {
      coding: [
        { system: systems.ownPlanType, code: 'behandlingsplan' },
        { system: systems.planType, code: 'VP' },
      ],
    },
  ],
  subject: { reference: `Patient/${astrid}` },
  ...over,
});

const invitation = {
  samordnare: { reference: 'PractitionerRole/omar-lind' },
  inbjuden: [{ reference: 'Organization/hemsjukvarden-soder' }],
};

interface Asked {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
}

const operations = (of: { patient: string; team: string; plan: string; sip: string }): Asked[] => {
  const get = (path: string): Asked => ({ method: 'GET', path });
  const post = (path: string, sent: Parameters<typeof parameters>[0] = {}): Asked => ({
    method: 'POST',
    path,
    body: parameters(sent),
  });
  return [
    get(`/Patient/${of.patient}/$fasta-kontakter`),
    get(`/Patient/${of.patient}/$vem-ringer-jag`),
    get(`/Patient/${of.patient}/$samordnad-plan`),
    get(`/CareTeam/${of.team}/$to-inera`),
    get(`/CarePlan/${of.plan}/$kand-av`),
    post(`/CareTeam/${of.team}/$handover`, {
      to: { reference: 'PractitionerRole/lena-falk' },
      reason: 'Byte',
    }),
    post(`/CarePlan/${of.plan}/$sign`, { version: 1 }),
    post(`/CarePlan/${of.plan}/$activate`),
    post(`/CarePlan/${of.plan}/$revise`),
    post(`/CarePlan/${of.plan}/$acknowledge`, { version: 1 }),
    post(`/Patient/${of.patient}/$sip-inbjudan`, invitation),
    post(`/CarePlan/${of.sip}/$sip-svar`, { svar: 'accepterad' }),
    post(`/CarePlan/${of.sip}/$sip-mote`, { narvarande: { reference: `Patient/${astrid}` } }),
    post(`/CarePlan/${of.sip}/$sip-beslut`),
    post(`/CarePlan/${of.sip}/$sip-avslut`, { orsak: 'flytt' }),
  ];
};

const name = ({ path }: Asked): string => path.slice(path.indexOf('$'));

const as = async (persona: PersonaId, { method, path, body }: Asked, claims: Record<string, unknown> = {}) =>
  contacts.world.api.ask(method, path, {
    as: null,
    headers: { authorization: `Bearer ${await contacts.world.api.issuer.token(persona, claims)}` },
    ...(body && { body }),
  });

describe('an operation of care tells nothing to who has no right', () => {
  test.each(strangers)(
    'that there is such a patient, contact or plan: %s is answered as of none',
    async (stranger) => {
      const known = operations({ patient: astrid, team, plan, sip });
      const unknown = operations({ patient: 'nobody', team: 'none', plan: 'none', sip: 'none' });
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
      for (const asked of operations({ patient: astrid, team, plan, sip })) {
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
    for (const asked of operations({ patient: astrid, team, plan, sip })) {
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
    const asked = operations({ patient: astrid, team, plan, sip }).find((each) => name(each) === operation);
    expect((await as(doctor, asked as Asked, { scope })).status).toBe(403);
  });
});

describe('what is made of something that is kept has its labels', () => {
  test('a contact that the patient is not shown is not shown when it has been handed over', async () => {
    const patient = await contacts.person();
    const hidden = await contacts.appointed(contact(patient, 'omar-lind', '2', withLabels('NOPAT')));
    const handed = await contacts.hand(hidden, {
      to: { reference: 'PractitionerRole/lena-falk' },
      reason: 'Byte',
    });
    const next = value(handed.json.parameter, 'contact') as { reference: string };
    expect((await contacts.asPatient(patient, `/${next.reference}`)).status).toBe(404);
    expect((await contacts.asPatient(patient, `/Patient/${patient}/$fasta-kontakter`)).text).not.toMatch(
      /Lena/,
    );
  });

  test('what stays outside SVOD is not told of by its signature or its message', async () => {
    const { world } = contacts;
    const secret = await world.send(draft(withLabels('outside-svod')), doctor);
    const signed = await world.api.ask('POST', `/${secret}/$sign`, {
      as: doctor,
      body: parameters({ version: 1 }),
    });
    const { reference } = value(signed.json.parameter, 'signature') as { reference: string };
    expect([await world.sees(doctor, reference), await world.sees(nurse, reference)]).toEqual([true, false]);
    const open = await world.api.ask('POST', `/CarePlan/${plan}/$sign`, {
      as: doctor,
      body: parameters({ version: 1 }),
    });
    const other = value(open.json.parameter, 'signature') as { reference: string };
    expect(await world.sees(nurse, other.reference)).toBe(true);
  });
});

describe('numbers for the staff alone', () => {
  test('are in nothing that the patient reads, nor is the narrative that says them', async () => {
    expect(audienceExtension).toBe(extensions.malgrupp);
    for (const path of [
      `/CareTeam/${team}`,
      `/CareTeam/${team}/_history/1`,
      `/CareTeam/${team}/_history`,
      `/CareTeam?patient=${astrid}`,
      `/CareTeam/${team}/$to-inera`,
      `/Patient/${astrid}/$fasta-kontakter`,
      `/Patient/${astrid}/$vem-ringer-jag`,
      `/Patient/${astrid}/$samordnad-plan`,
    ]) {
      const { status, text } = await contacts.world.api.ask('GET', path, { as: 'patient' });
      expect([path, status, text.includes(NIGHT_DOCTOR)]).toEqual([path, 200, false]);
      expect(text).toContain(OFFICE);
    }
    const { text } = await contacts.world.api.ask('GET', `/CareTeam/${team}`, { as: nurse });
    expect(text).toContain(NIGHT_DOCTOR);
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

test('OSL 22:1: where a meeting is held is masked with a protected identity', async () => {
  const { put, world } = contacts;
  const label = { system: 'http://hl7.se/fhir/ig/base/CodeSystem/SecurityLabel', code: 'sekretessmarkering' };
  const id = 'skyddad';
  await put(
    { resourceType: 'Patient', id, meta: { security: [label] }, birthDate: '1970-01-01' },
    'journalsystem',
  );
  const meeting = await world.send({
    resourceType: 'Appointment',
    status: 'booked',
    start: '2026-12-01T10:00:00Z',
    end: '2026-12-01T11:00:00Z',
    comment: 'Hemma på Strandgatan 1',
    participant: [{ actor: { reference: `Patient/${id}` }, status: 'accepted' }],
  });
  const { status, text } = await world.api.ask('GET', `/${meeting}`, { as: 'journalsystem' });
  expect([status, text.includes('Strandgatan')]).toEqual([200, false]);
});

describe('OSL 22:1: a protected identity in what is composed', () => {
  const label = { system: 'http://hl7.se/fhir/ig/base/CodeSystem/SecurityLabel', code: 'sekretessmarkering' };
  const meta = { security: [label] };
  const id = 'hemlig';
  beforeAll(async () => {
    const { put, world } = contacts;
    const name = [{ family: 'Hemlig', given: ['Stina'] }];
    await put({ resourceType: 'Patient', id, meta, name, birthDate: '1970-01-01' }, 'journalsystem');
    await world.send(careRelation({ patient: id, unit: 'SE0000000002-A1' }));
    await put({
      resourceType: 'Practitioner',
      id: 'dold',
      meta,
      name: [{ family: 'Dold', given: ['Disa'] }],
    });
    await put({
      resourceType: 'PractitionerRole',
      id: 'dold',
      practitioner: { reference: 'Practitioner/dold', display: 'Disa Dold' },
      organization: { reference: 'Organization/vc-havsvinden' },
    });
    const member = { reference: 'PractitionerRole/dold', display: 'Disa Dold' };
    const role = [{ coding: [{ system: systems.fastKontakt, code: '2' }] }];
    const over = { name: 'Fast läkarkontakt: Disa Dold', participant: [{ role, member }] };
    await contacts.appointed(contact(id, 'omar-lind', '2', over));
  });

  test.each(['', '?_format=compact', '?_format=html'])(
    'is warned of to who takes part in the care, and masked for others: $samordnad-plan%s',
    async (query) => {
      const path = `/Patient/${id}/$samordnad-plan${query}`;
      const shown = await contacts.world.api.ask('GET', path, { as: doctor });
      expect(shown.text).toContain('Stina Hemlig');
      expect(shown.text).toMatch(/sekretessmarkering|"protectedIdentity":true|Skyddade personuppgifter/);
      const masked = await contacts.world.api.ask('GET', path, { as: 'journalsystem' });
      expect([masked.status, /Stina|Hemlig/.test(masked.text)]).toEqual([200, false]);
    },
  );

  test('of the staff is named nowhere, also where a contact is named after the person', async () => {
    const found = await contacts.world.api.ask('GET', `/CareTeam?patient=${id}`, { as: doctor });
    expect(found.json.entry).toHaveLength(1);
    const [{ resource }] = found.json.entry;
    for (const path of [
      `/CareTeam/${resource.id}`,
      `/CareTeam/${resource.id}/$to-inera`,
      `/Patient/${id}/$fasta-kontakter`,
      `/Patient/${id}/$vem-ringer-jag`,
      `/Patient/${id}/$samordnad-plan?since=2026-01-01`,
      `/Patient/${id}/$samordnad-plan?since=2026-01-01&_format=html`,
    ]) {
      const { status, text } = await contacts.world.api.ask('GET', path, { as: doctor });
      expect([path, status, /Disa|Dold/.test(text)]).toEqual([path, 200, false]);
    }
  });
});
