import { createTestApp, type PersonaId, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ago, clearAudit, insertRow, patientOf, rowsOf } from './audit-rows.ts';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
  await api.ask('PUT', '/Patient/astrid-testberg', { body: patientOf('astrid-testberg') });
});
afterAll(() => api.close());
beforeEach(() => clearAudit(api));

const reviewer = 'logg-granskare' satisfies PersonaId;
const region = 'vg:SE0000000002-A';
const kommun = 'vg:SE0000000001-A';

async function idsFor(as: PersonaId, query = ''): Promise<string[]> {
  const { status, json } = await api.ask('GET', `/AuditEvent${query}`, { as });
  expect([query, status]).toEqual([query, 200]);
  return (json.entry ?? [])
    .filter(({ search }: { search: { mode: string } }) => search.mode === 'match')
    .map(({ resource }: { resource: { id: string } }) => resource.id);
}

describe('the log of a legal actor', () => {
  test('shows its reviewer what its own staff did, newest first', async () => {
    const old = await insertRow(api, { at: ago(10) });
    const young = await insertRow(api, { at: ago(5), patient: 'other' });
    expect(await idsFor(reviewer)).toEqual([young, old]);
  });

  test('shows what others read of its data, and of that its own data alone', async () => {
    await api.ask('PUT', '/CarePlan/plan-region', {
      body: {
        resourceType: 'CarePlan',
        id: 'plan-region',
        status: 'active',
        intent: 'plan',
        subject: { reference: 'Patient/astrid-testberg' },
      },
    });
    await clearAudit(api);
    const targets = ['CarePlan/plan-kommun', 'CarePlan/plan-region/_history/1'];
    const id = await insertRow(api, {
      organisation: kommun,
      interaction: 'search-type',
      targets,
      custodians: [kommun, region],
      query: 'patient.identifier=x|194103149805',
    });
    const { json } = await api.ask('GET', '/AuditEvent', { as: reviewer });
    const [{ resource }] = json.entry;
    expect(resource.id).toBe(id);
    expect(JSON.stringify(resource)).toContain('CarePlan/plan-region/_history/1');
    expect(JSON.stringify(resource)).not.toContain('plan-kommun');
    const query = resource.entity.find((each: { query?: string }) => each.query).query;
    expect(Buffer.from(query, 'base64').toString()).toBe('CarePlan?patient.identifier=x|***');
    expect(await idsFor(reviewer, '?entity=CarePlan/plan-region')).toEqual([id]);
    expect(await idsFor(reviewer, '?entity=CarePlan/plan-kommun')).toEqual([]);
  });

  test('shows nothing of what others did with data of others', async () => {
    const id = await insertRow(api, { organisation: kommun, custodians: [kommun] });
    expect(await idsFor(reviewer)).toEqual([]);
    expect((await api.ask('GET', `/AuditEvent/${id}`, { as: reviewer })).status).toBe(404);
  });

  test('keeps the two legal actors of one municipality apart', async () => {
    await insertRow(api, { organisation: 'og:SE0000000002-A', custodians: [] });
    expect(await idsFor(reviewer)).toEqual([]);
  });

  test('is read one by one as it is searched', async () => {
    const id = await insertRow(api);
    const { status, json, headers } = await api.ask('GET', `/AuditEvent/${id}`, { as: reviewer });
    expect([status, json.id, headers.etag]).toEqual([200, id, 'W/"1"']);
    expect(json.meta.profile[0]).toContain('PatientRead');
  });

  test('tells who read it', async () => {
    await insertRow(api);
    await insertRow(api, { patient: 'other' });
    await idsFor(reviewer, '?outcome=0');
    const own = (await rowsOf(api)).filter(({ type }) => type === 'AuditEvent');
    expect(own.map(({ patient }) => patient).sort()).toEqual(['astrid-testberg', 'other']);
    expect(own[0]).toMatchObject({
      interaction: 'search-type',
      outcome: 0,
      reason: 'log-review',
      actor: 'SE0000000002-2005',
      organisation: region,
      query: 'outcome=0',
    });
    expect(own[0]?.targets?.[0]).toMatch(/^AuditEvent\//);
  });
});

describe('the log of a person', () => {
  test('shows what is about the own Patient, with title and unit and without names', async () => {
    const id = await insertRow(api, { interaction: 'search-type', query: 'patient=astrid-testberg' });
    await insertRow(api, { patient: 'other' });
    const { json, text } = await api.ask('GET', '/AuditEvent', { as: 'patient' });
    expect(json.entry.map(({ resource }: { resource: { id: string } }) => resource.id)).toEqual([id]);
    expect(text).toContain('Läkare');
    expect(text).toContain('SE0000000002-A1');
    expect(text).not.toContain('SE0000000002-2001');
    expect(text).not.toContain('plan-1');
  });

  test('does not let find out names by asking for them', async () => {
    await insertRow(api);
    const { status, json } = await api.ask('GET', '/AuditEvent?agent=SE0000000002-2001', { as: 'patient' });
    expect([status, json.issue[0].expression]).toEqual([403, ['agent']]);
    expect(await idsFor('patient', '?agent=Patient/astrid-testberg')).toEqual([]);
  });

  test('does not let find out by id what is kept from the person', async () => {
    await insertRow(api, { targets: ['Observation/secret'] });
    expect(await idsFor('patient', '?entity=Observation/secret')).toEqual([]);
    expect(await idsFor('patient', '?entity=Patient/astrid-testberg')).toHaveLength(1);
  });

  test('shows names where that is configured', async () => {
    const open = await createTestApp({ showStaffNames: true });
    try {
      await open.ask('PUT', '/Patient/astrid-testberg', { body: patientOf('astrid-testberg') });
      await insertRow(open);
      const { text } = await open.ask('GET', '/AuditEvent?agent=SE0000000002-2001', { as: 'patient' });
      expect(text).toContain('SE0000000002-2001');
    } finally {
      await open.close();
    }
  });
});

describe('to others the log', () => {
  const others: PersonaId[] = [
    'lakare-vardcentral',
    'usk-hemtjanst',
    'journalsystem',
    'vardnadshavare',
    'administrator',
    'sparr-handlaggare',
  ];

  test.each(others)('is empty and not found: %s', async (as) => {
    const id = await insertRow(api, { patient: 'alva-testberg' });
    expect(await idsFor(as)).toEqual([]);
    const found = await api.ask('GET', `/AuditEvent/${id}`, { as });
    const absent = await api.ask('GET', '/AuditEvent/01976f00-0000-7000-8000-00000000dead', { as });
    expect([found.status, found.text]).toEqual([404, absent.text]);
  });

  test('leaves a row of having been asked for', async () => {
    await idsFor('lakare-vardcentral');
    const [row] = await rowsOf(api);
    expect(row).toMatchObject({ type: 'AuditEvent', outcome: 4, reason: 'out of scope', targets: [] });
  });

  test('needs a token', async () => {
    expect((await api.ask('GET', '/AuditEvent', { as: null })).status).toBe(401);
  });
});

describe('a search of the log', () => {
  test('finds by each of its parameters', async () => {
    const id = await insertRow(api, {
      at: '2026-10-05T10:15:00.123Z',
      interaction: 'update',
      targets: ['CarePlan/x/_history/3'],
    });
    const refused = await insertRow(api, {
      at: '2026-10-07T10:15:00Z',
      outcome: 4,
      reason: 'out of scope',
      patient: 'other',
      actor: 'SE0000000002-2002',
      client: 'other',
    });
    const operation = await insertRow(api, {
      at: '2026-10-08T10:15:00Z',
      interaction: '$nodoppning',
      patient: 'other',
      actor: 'SE0000000002-2002',
      client: 'other',
    });
    const cases: Record<string, string[]> = {
      '?patient=Patient/astrid-testberg': [id],
      '?patient=astrid-testberg': [id],
      [`?patient=${api.base}/Patient/astrid-testberg`]: [id],
      '?entity=CarePlan/x': [id],
      '?entity=Patient/other': [operation, refused],
      '?agent=SE0000000002-2001': [id],
      '?agent:identifier=urn:oid:1.2.752.29.4.19|SE0000000002-2001': [id],
      '?agent:identifier=other': [operation, refused],
      '?action=U': [id],
      '?action=U,R': [refused, id],
      '?action=E': [operation],
      '?subtype=http://hl7.org/fhir/restful-interaction|update': [id],
      '?subtype=$nodoppning': [operation],
      '?subtype=operation,update': [operation, id],
      '?type=rest&outcome=0': [operation, id],
      '?type=http://terminology.hl7.org/CodeSystem/audit-event-type|rest&outcome=4,8': [refused],
      '?type=object': [],
      '?date=2026-10-05': [id],
      '?date=ne2026-10-05&date=lt2026-10-08': [refused],
      '?date=gt2026-10-05&date=le2026-10-07': [refused],
      '?date=ge2026-10-05T12:15:00%2B02:00&date=lt2026-10-05T12:15:01%2B02:00': [id],
      '?date=sa2026-10-07&date=eb2026-10-09': [operation],
      [`?_id=${id},junk`]: [id],
      '?_sort=-date&patient=other': [operation, refused],
      '?patient=astrid-testberg&agent=nobody': [],
    };
    for (const [query, expected] of Object.entries(cases)) {
      await api.database.pool.query(`delete from audit where type = 'AuditEvent'`);
      expect([query, await idsFor(reviewer, query)]).toEqual([query, expected]);
    }
  });

  test('is asked by POST and below a patient as well', async () => {
    const id = await insertRow(api);
    await insertRow(api, { patient: 'other' });
    const posted = await api.ask('POST', '/AuditEvent/_search', {
      as: reviewer,
      type: 'application/x-www-form-urlencoded',
      body: 'patient=astrid-testberg&entity=CarePlan/plan-1',
    });
    expect(posted.json.entry.map(({ resource }: { resource: { id: string } }) => resource.id)).toEqual([id]);
    expect(posted.json.link[0].url).toMatch(/AuditEvent\?_page=/);
    const below = await api.ask(
      'GET',
      '/Patient/astrid-testberg/AuditEvent?outcome=0&entity=CarePlan/plan-1',
      { as: reviewer },
    );
    expect(below.json.entry).toHaveLength(1);
  });

  test('gives every row once in a walk of pages, those of other organisations among them', async () => {
    const ids: string[] = [];
    for (let minute = 1; minute <= 7; minute++) {
      const over = minute % 2 ? {} : { organisation: kommun, custodians: [region] };
      ids.push(await insertRow(api, { at: ago(60 + minute), ...over }));
    }
    const walked: string[] = [];
    let url = `/AuditEvent?_count=3&date=lt${ago(60)}`;
    for (let page = 0; page < 5 && url; page++) {
      const { json } = await api.ask('GET', url, { as: reviewer });
      walked.push(...json.entry.map(({ resource }: { resource: { id: string } }) => resource.id));
      url = json.link.find(({ relation }: { relation: string }) => relation === 'next')?.url ?? '';
    }
    expect(walked).toEqual(ids);
  });

  test('gives page links that are for nobody else and carry no right', async () => {
    await insertRow(api, { at: ago(2) });
    await insertRow(api, { at: ago(1) });
    const { json } = await api.ask('GET', '/AuditEvent?_count=1', { as: reviewer });
    const next = json.link.find(({ relation }: { relation: string }) => relation === 'next').url;
    expect(next).not.toContain('astrid');
    expect((await api.ask('GET', next, { as: 'patient' })).status).toBe(400);
    expect((await api.ask('GET', next.replace('/AuditEvent', '/CarePlan'), { as: reviewer })).status).toBe(
      400,
    );
  });

  test('refuses what it does not know, or leaves it out and says so', async () => {
    await insertRow(api);
    const strict = await api.ask('GET', '/AuditEvent?agent-name=x', { as: reviewer });
    expect([strict.status, strict.json.issue[0].expression]).toEqual([400, ['agent-name']]);
    for (const bad of [
      'action=X',
      'outcome=9',
      'date=soon',
      '_count=0',
      '_sort=date',
      'patient=a/b',
      'entity=x',
      '__proto__=x',
      'constructor=x',
    ]) {
      expect([bad, (await api.ask('GET', `/AuditEvent?${bad}`, { as: reviewer })).status]).toEqual([
        bad,
        400,
      ]);
    }
    const lenient = await api.ask('GET', '/AuditEvent?agent-name=x', {
      as: reviewer,
      headers: { prefer: 'handling=lenient' },
    });
    expect(lenient.json.entry.at(-1).search.mode).toBe('outcome');
  });

  test('cuts to a summary', async () => {
    await insertRow(api);
    const { json } = await api.ask('GET', '/AuditEvent?_elements=recorded', { as: reviewer });
    expect(json.entry[0].resource.recorded).toBeDefined();
    expect(json.entry[0].resource.subtype).toBeUndefined();
  });
});

describe('an AuditEvent of a client', () => {
  const body = { resourceType: 'AuditEvent' };

  test.each([
    ['POST', '/AuditEvent'],
    ['PUT', '/AuditEvent/1'],
    ['PATCH', '/AuditEvent/1'],
    ['DELETE', '/AuditEvent/1'],
    ['PUT', '/AuditEvent?_id=1'],
    ['PATCH', '/AuditEvent?_id=1'],
    ['DELETE', '/AuditEvent?_id=1'],
  ])('is refused with advice: %s %s', async (method, path) => {
    const { status, json } = await api.ask(method, path, { body: method === 'DELETE' ? undefined : body });
    expect(status).toBe(405);
    expect(json.issue[0].diagnostics).toContain('$offline-reads');
    expect((await rowsOf(api)).at(-1)).toMatchObject({ outcome: 4, reason: 'method-not-allowed' });
  });

  test('is refused in a batch and fails a transaction', async () => {
    const entry = [{ resource: { ...body, ...minimal }, request: { method: 'POST', url: 'AuditEvent' } }];
    const batch = await api.ask('POST', '', { body: { resourceType: 'Bundle', type: 'batch', entry } });
    expect(batch.json.entry[0].response.status).toMatch(/^405/);
    const transaction = await api.ask('POST', '', {
      body: { resourceType: 'Bundle', type: 'transaction', entry },
    });
    expect(transaction.status).toBeGreaterThanOrEqual(400);
    expect(transaction.status).toBeLessThan(500);
    const { rows } = await api.database.pool.query(`select count(*) from resource where type = 'AuditEvent'`);
    expect(rows[0].count).toBe('0');
  });

  const minimal = {
    type: { system: 'http://terminology.hl7.org/CodeSystem/audit-event-type', code: 'rest' },
    recorded: '2026-11-23T10:00:00Z',
    agent: [{ requestor: true }],
    source: { observer: { display: 'x' } },
  };

  test('is searched for in a batch, and not in a transaction', async () => {
    const id = await insertRow(api);
    const entry = [{ request: { method: 'GET', url: `AuditEvent?_id=${id}` } }];
    const bundle = (type: string) =>
      api.ask('POST', '', { as: reviewer, body: { resourceType: 'Bundle', type, entry } });
    expect((await bundle('batch')).json.entry[0].resource.entry[0].resource.id).toBe(id);
    expect((await bundle('transaction')).status).toBe(422);
  });
});

test('when the audit cannot be written, the log is not shown', async () => {
  await insertRow(api);
  await api.database.pool.query('revoke insert on audit from naravard_service');
  try {
    const { status, text } = await api.ask('GET', '/AuditEvent', { as: reviewer });
    expect([status, text.includes('astrid')]).toEqual([503, false]);
  } finally {
    await api.database.pool.query('grant insert on audit to naravard_service');
  }
});

test('what the service itself wrote can be read: a create, a read and a search', async () => {
  const created = await api.ask('POST', '/CareTeam', {
    body: { resourceType: 'CareTeam', status: 'active', subject: { reference: 'Patient/astrid-testberg' } },
  });
  const id = created.json.id;
  await api.ask('GET', `/CareTeam/${id}`);
  await api.ask('GET', '/CareTeam?patient=astrid-testberg');
  const { json } = await api.ask('GET', `/AuditEvent?entity=CareTeam/${id}`, { as: reviewer });
  // biome-ignore lint/suspicious/noExplicitAny: looked into freely
  const seen = json.entry.map(({ resource }: any) => [
    resource.action,
    resource.meta.profile?.[0]?.split('Audit.')[1],
  ]);
  expect(seen).toEqual([
    ['E', 'PatientQuery'],
    ['R', 'PatientRead'],
    ['C', 'PatientCreate'],
  ]);
});
