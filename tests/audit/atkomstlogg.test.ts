import { organisationScope, representativeOf, rightsWithin } from '@naravard/access';
import { createValidator, loadDefinitions } from '@naravard/fhir';
import { createTestApp, type PersonaId, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ago, clearAudit, hsaId, insertRow, patientOf, rowsOf } from './audit-rows.ts';

let api: TestApp;
const validate = createValidator(loadDefinitions());

beforeAll(async () => {
  api = await createTestApp();
  await api.ask('PUT', '/Patient/astrid-testberg', { body: patientOf('astrid-testberg') });
  for (const [patient, birthDate] of [
    ['alva-testberg', '2018-05-01'],
    ['tonaring', '2012-05-01'],
  ] as const) {
    await api.ask('PUT', `/Patient/${patient}`, { body: patientOf(patient, { birthDate }) });
    const guardian = representativeOf({
      id: `guardian-${patient}`,
      patient,
      person: 'hanna-testberg',
      as: 'vardnadshavare',
    });
    expect((await api.ask('PUT', `/RelatedPerson/guardian-${patient}`, { body: guardian })).status).toBe(201);
  }
  const organisations = {
    region: ['SE0000000002-A', 'Region Halland'],
    unit: ['SE0000000002-A1', 'Vårdcentralen Testet'],
  };
  for (const [id, [value = '', name]] of Object.entries(organisations)) {
    await api.ask('PUT', `/Organization/${id}`, {
      as: 'administrator',
      body: { resourceType: 'Organization', id, identifier: hsaId(value), name },
    });
  }
  const practitioner = (id: string, value: string, over: object = {}) =>
    api.ask('PUT', `/Practitioner/${id}`, {
      as: 'administrator',
      body: {
        resourceType: 'Practitioner',
        id,
        identifier: hsaId(value),
        name: [{ family: 'Läkarsson', given: ['Lisa'] }],
        ...over,
      },
    });
  await practitioner('lisa', 'SE0000000002-2001');
  await practitioner('hemlig', 'SE0000000002-2002', {
    meta: {
      security: [
        { system: 'http://hl7.se/fhir/ig/base/CodeSystem/SecurityLabel', code: 'sekretessmarkering' },
      ],
    },
  });
});
afterAll(() => api.close());
beforeEach(() => clearAudit(api));

interface Part {
  name: string;
  valueString?: string;
  valueBoolean?: boolean;
  valueReference?: { reference: string };
  valueUri?: string;
  part?: Part[];
}

async function accessesFor(as: PersonaId, query = '', patient = 'astrid-testberg'): Promise<Part[][]> {
  const { status, json } = await api.ask('GET', `/Patient/${patient}/$atkomstlogg${query}`, { as });
  expect([query, status]).toEqual([query, 200]);
  expect(validate(json)).toEqual([]);
  return json.parameter.filter(({ name }: Part) => name === 'access').map(({ part }: Part) => part);
}

const textOf = (parts: Part[] | undefined, name: string) =>
  parts?.find((part) => part.name === name)?.valueString;

describe('the log of accesses for the person', () => {
  test('tells in plain Swedish who did what, when and why', async () => {
    await insertRow(api, { at: '2026-07-01T10:15:00Z', reason: 'svod-consent' });
    const [access] = await accessesFor('patient');
    expect(textOf(access, 'text')).toBe(
      '1 juli 2026 kl. 12:15: Läkare vid Vårdcentralen Testet, Region Halland (vårdgivare) läste din vårdplan. Skäl: sammanhållen vård- och omsorgsdokumentation med ditt samtycke.',
    );
    expect(textOf(access, 'unit')).toBe('Vårdcentralen Testet');
    expect(textOf(access, 'law')).toBe('SVOD 3:1');
    expect(access?.find(({ name }) => name === 'emergency')?.valueBoolean).toBe(false);
  });

  test('takes the rows of one request together', async () => {
    const at = ago(3);
    const first = await insertRow(api, {
      at,
      interaction: 'search-type',
      targets: ['CarePlan/1', 'CarePlan/2', 'Goal/1'],
    });
    const second = await insertRow(api, {
      at,
      interaction: 'read',
      type: 'CareTeam',
      targets: ['CareTeam/1'],
      reason: 'same-provider',
    });
    await insertRow(api, {
      at: ago(1),
      request: 'request-2',
      interaction: 'update',
      targets: ['CarePlan/1/_history/2'],
    });
    const [young, old] = await accessesFor('patient');
    expect(textOf(young, 'what')).toBe('ändrade din vårdplan');
    expect(textOf(old, 'what')).toBe(
      'läste dina fasta kontakter och ditt vårdteam, din vårdplan och dina mål',
    );
    expect(textOf(old, 'law')).toBe('PDL 4:1');
    const events = old?.filter(({ name }) => name === 'event').map((each) => each.valueReference?.reference);
    expect(events?.sort()).toEqual([`AuditEvent/${first}`, `AuditEvent/${second}`].sort());
    expect((await api.ask('GET', `/${events?.[0]}`, { as: 'patient' })).status).toBe(200);
  });

  test('does not take together what another caller, or another minute, did under the same request id', async () => {
    await insertRow(api, { at: ago(1) });
    await insertRow(api, { at: ago(1), actor: 'SE0000000002-2002' });
    await insertRow(api, { at: ago(30) });
    expect(await accessesFor('patient')).toHaveLength(3);
  });

  test('marks emergency openings', async () => {
    await insertRow(api, { at: ago(1), request: 'r2', reason: 'svod-emergency' });
    await insertRow(api, {
      at: ago(2),
      interaction: '$nodoppning',
      reason: 'own-unit',
      type: null,
      targets: ['Consent/1'],
    });
    const [reading, opening] = await accessesFor('patient');
    for (const access of [reading, opening]) {
      expect(textOf(access, 'text')).toMatch(/^Nödöppning\. /);
      expect(access?.find(({ name }) => name === 'emergency')?.valueBoolean).toBe(true);
    }
    expect(textOf(reading, 'why')).toContain('fara för liv');
    expect(textOf(opening, 'what')).toBe('gjorde en nödöppning');
  });

  test('leaves out what showed nothing', async () => {
    await insertRow(api, { outcome: 4, reason: 'out of scope' });
    await insertRow(api, { interaction: 'search-type', targets: [], reason: 'no match' });
    expect(await accessesFor('patient')).toEqual([]);
  });

  test('names no staff, unless that is configured', async () => {
    await insertRow(api);
    await insertRow(api, { actor: 'SE0000000002-2002', title: null, unit: 'SE0000000009-X' });
    const { text } = await api.ask('GET', '/Patient/astrid-testberg/$atkomstlogg', { as: 'patient' });
    expect(text).not.toMatch(/Läkarsson|SE0000000002-200/);
    expect(text).toContain('Personal vid SE0000000009-X');
  });

  test('calls the person you, and a system a system', async () => {
    await insertRow(api, {
      actor_kind: 'patient',
      actor: 'astrid-testberg',
      organisation: null,
      unit: null,
      title: null,
      reason: 'patient-self',
    });
    await insertRow(api, {
      actor_kind: 'system',
      actor: 'journal',
      unit: null,
      title: null,
      reason: 'system-own-organisation',
    });
    const texts = (await accessesFor('patient')).map((access) => textOf(access, 'who'));
    expect(texts.sort()).toEqual(['Du', 'Journalsystem vid Region Halland (vårdgivare)']);
  });

  test('keeps to a period and walks in pages, each access once', async () => {
    for (let minute = 1; minute <= 5; minute++)
      await insertRow(api, { at: ago(minute), request: `r${minute}` });
    await insertRow(api, { at: '2025-01-15T22:30:00Z', request: 'old' });
    const times = new Set<string>();
    let url = '/Patient/astrid-testberg/$atkomstlogg?_count=2&start=2026-01-01';
    for (let page = 0; page < 4 && url; page++) {
      const { json } = await api.ask('GET', url, { as: 'patient' });
      const parameter: Part[] = json.parameter;
      for (const { part } of parameter.filter(({ name }) => name === 'access'))
        times.add(JSON.stringify(part?.filter(({ name }) => name === 'event')));
      url = parameter.find(({ name }) => name === 'next')?.valueUri ?? '';
    }
    // Own readings of the log are written while it is walked, newer than its first page.
    expect(times.size).toBe(5);
    expect(await accessesFor('patient', '?start=2025-01-15&end=2025-01-15')).toHaveLength(1);
    expect(await accessesFor('patient', '?end=2025-01-14')).toHaveLength(0);
  });

  test('is asked for by POST as well', async () => {
    await insertRow(api, { at: '2025-01-15T12:00:00Z' });
    const body = {
      resourceType: 'Parameters',
      parameter: [
        { name: 'start', valueDate: '2025-01-15' },
        { name: 'end', valueDate: '2025-01-15' },
        { name: '_count', valueInteger: 5 },
      ],
    };
    const { json } = await api.ask('POST', '/Patient/astrid-testberg/$atkomstlogg', { as: 'patient', body });
    expect(json.parameter.filter(({ name }: Part) => name === 'access')).toHaveLength(1);
  });

  test('is an access itself, and shows the next time', async () => {
    await accessesFor('patient');
    expect(await rowsOf(api)).toMatchObject([
      { interaction: '$atkomstlogg', type: 'AuditEvent', reason: 'no match', actor: 'astrid-testberg' },
    ]);
    await insertRow(api);
    await accessesFor('patient');
    const [own] = await accessesFor('patient');
    expect(textOf(own, 'text')).toMatch(
      /: Du läste loggen över vilka som har läst\. Skäl: egen läsning av loggen\.$/,
    );
  });

  test('refuses what it does not know', async () => {
    for (const query of ['?start=soon', '?_count=x', '?name=x']) {
      const { status } = await api.ask('GET', `/Patient/astrid-testberg/$atkomstlogg${query}`, {
        as: 'patient',
      });
      expect([query, status]).toEqual([query, 400]);
    }
  });
});

describe('the log of accesses for others', () => {
  test('tells a guardian about the child', async () => {
    await insertRow(api, {
      patient: 'alva-testberg',
      reason: 'svod-child',
      type: 'Encounter',
      targets: ['Encounter/1'],
    });
    const [access] = await accessesFor('vardnadshavare', '', 'alva-testberg');
    expect(textOf(access, 'what')).toBe('läste barnets besök och inläggningar');
    expect(access?.some(({ name }) => name === 'event')).toBe(false);
  });

  test('is closed to a child, and to a guardian whose child has turned 13, as the record is', async () => {
    await insertRow(api, { patient: 'alva-testberg' });
    expect((await api.ask('GET', '/Patient/alva-testberg/$atkomstlogg', { as: 'barn' })).status).toBe(404);
    expect((await api.ask('GET', '/AuditEvent?_id=x', { as: 'barn' })).json.entry).toBeUndefined();
    const token = await api.issuer.token('vardnadshavare', { act_for: 'tonaring' });
    const { statusCode } = await api.app.inject({
      method: 'GET',
      url: '/fhir/Patient/tonaring/$atkomstlogg',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(statusCode).toBe(404);
  });

  test('tells the reviewer of own accesses with names, protected identities by HSA-id', async () => {
    await insertRow(api, { at: ago(1) });
    await insertRow(api, { at: ago(2), actor: 'SE0000000002-2002' });
    await insertRow(api, { at: ago(3), organisation: 'vg:SE0000000001-A', custodians: [] });
    const who = (await accessesFor('logg-granskare')).map((access) => textOf(access, 'who'));
    expect(who).toEqual([
      expect.stringMatching(/^Lisa Läkarsson, Läkare vid/),
      expect.stringMatching(/^SE0000000002-2002, Läkare vid/),
    ]);
  });

  test.each<[PersonaId, string]>([
    ['patient', 'alva-testberg'],
    ['vardnadshavare', 'astrid-testberg'],
    ['lakare-vardcentral', 'astrid-testberg'],
    ['journalsystem', 'astrid-testberg'],
    ['administrator', 'astrid-testberg'],
  ])('is not found, and the attempt is kept: %s about %s', async (as, patient) => {
    await insertRow(api, { patient });
    const found = await api.ask('GET', `/Patient/${patient}/$atkomstlogg`, { as });
    const absent = await api.ask('GET', '/Patient/nobody/$atkomstlogg', { as });
    expect([found.status, found.text]).toEqual([404, absent.text]);
    expect((await rowsOf(api)).at(-1)).toMatchObject({ outcome: 4, reason: 'out of scope', targets: [] });
  });

  test('is not found for a person whom the access decision does not let see the own Patient', async () => {
    await insertRow(api);
    const actor = {
      kind: 'patient' as const,
      id: 'astrid-testberg',
      caller: { kind: 'patient' as const, patient: 'astrid-testberg' },
      organisation: null,
      unit: null,
      commission: null,
      purpose: null,
      title: null,
      client: null,
      rights: [],
      grants: null,
      mayChooseIds: false,
    };
    const scope = organisationScope('nobody');
    const context = {
      actor,
      ...rightsWithin(scope, new Date().toISOString()),
      request: 'r',
      interaction: '$atkomstlogg',
    };
    const reader = { kind: 'person' as const, patient: 'astrid-testberg' };
    const query = { patient: 'astrid-testberg', start: null, end: null, count: 5 };
    expect(await api.store.auditLog.accesses(context, reader, query)).toBeUndefined();
    expect((await api.store.auditLog.search(context, reader, { filters: [], count: 5 })).rows).toEqual([]);
  });
});
