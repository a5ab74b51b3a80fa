import { promisify } from 'node:util';
import { createTestApp, type TestApp, type TestRequest, type TestResponse } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linesOf } from './exported-file.ts';
import { careTeam, encounter, patient } from './resources.ts';

let fhir: TestApp;
beforeAll(async () => {
  fhir = await createTestApp({ jobs: { chunk: 100 } });
  for (const id of ['p1', 'p2', 'p3']) {
    await put('Patient', id, patient());
    await put('CareTeam', `team-${id}`, careTeam(`Patient/${id}`));
    await put('Encounter', `visit-${id}`, encounter(`Patient/${id}`, '2026-10-01T10:00:00Z'));
  }
  await put('Encounter', 'planned', encounter('Patient/p1', '2026-12-01T10:00:00Z', { status: 'planned' }));
  await put('Organization', 'unit', { resourceType: 'Organization', name: 'Enheten' });
  await put('CareTeam', 'of-kommun', careTeam('Patient/p1'), 'journalsystem-kommun');
});
afterAll(() => fhir.close());

async function put(type: string, id: string, resource: object, as?: TestRequest['as']): Promise<void> {
  const answer = await fhir.ask('PUT', `/${type}/${id}`, { body: { id, ...resource }, ...(as && { as }) });
  expect([answer.text, answer.status]).toEqual([expect.anything(), 201]);
}

const later = { prefer: 'respond-async' };
const ask = (path: string, request: TestRequest = {}) =>
  fhir.ask('GET', path, { ...request, headers: { ...later, ...request.headers } });

async function started(path: string, request?: TestRequest): Promise<string> {
  const answer = await ask(path, request);
  expect([answer.text, answer.status]).toEqual(['', 202]);
  return String(answer.headers['content-location']);
}

const manifestOf = async (address: string, as?: TestRequest['as']): Promise<TestResponse> => {
  await fhir.app.jobs.finish();
  return fhir.ask('GET', address, as ? { as } : {});
};

/** Ids of each file, by type. */
async function exported(path: string, request?: TestRequest): Promise<Record<string, string[]>> {
  const { status, json } = await manifestOf(await started(path, request), request?.as);
  expect([status, json.error]).toEqual([200, []]);
  const files: Record<string, string[]> = {};
  for (const { type, url, count } of json.output) {
    const lines = (await linesOf(fhir, url, await fhir.issuer.token(request?.as ?? 'journalsystem'))) ?? [];
    expect(lines.length).toBe(count);
    expect(new Set(lines.map(({ resourceType }) => resourceType))).toEqual(new Set([type]));
    files[type] = lines.map(({ id }) => id);
  }
  return files;
}

const diagnosticsOf = ({ status, json }: TestResponse) => [status, json?.issue?.[0]?.diagnostics];

describe('$export', () => {
  test('gives the own organisation its data, a file a type, and the manifest of Bulk Data Access', async () => {
    const address = await started('/$export?_type=Patient,CareTeam,Encounter');
    const waiting = await fhir.ask('GET', address);
    expect([waiting.status, waiting.headers['retry-after']]).toEqual([202, '1']);
    expect(waiting.headers['x-progress']).toBe('0 resources found, 0 of 3 types looked through');
    const { json, headers } = await manifestOf(address);
    expect(headers['content-type']).toMatch(/^application\/json/);
    expect(Date.parse(String(headers.expires))).toBeGreaterThan(Date.now() + 23 * 3_600_000);
    expect(json).toMatchObject({
      request: `${fhir.base}/$export?_type=Patient%2CCareTeam%2CEncounter`,
      requiresAccessToken: true,
      output: [
        { type: 'CareTeam', url: `${address}/CareTeam`, count: 3 },
        { type: 'Encounter', url: `${address}/Encounter`, count: 4 },
        { type: 'Patient', url: `${address}/Patient`, count: 3 },
      ],
      error: [],
    });
    expect(Date.now() - Date.parse(json.transactionTime)).toBeGreaterThan(60_000);
    const [first] =
      (await linesOf(fhir, `${address}/CareTeam`, await fhir.issuer.token('journalsystem'))) ?? [];
    expect(first).toMatchObject({ resourceType: 'CareTeam', id: 'team-p1', meta: { versionId: '1' } });
  });

  test('of everything has what is about nobody; Patient/$export has not', async () => {
    expect((await exported('/$export')).Organization).toEqual(['unit']);
    const files = await exported('/Patient/$export');
    expect(Object.keys(files)).toEqual(['CareTeam', 'Encounter', 'Patient']);
    expect(files.Patient).toEqual(['p1', 'p2', 'p3']);
  });

  test('of a Group is of its members, without those that are inactive', async () => {
    await put('Group', 'g', {
      resourceType: 'Group',
      type: 'person',
      actual: true,
      member: [
        { entity: { reference: 'Patient/p1' } },
        { entity: { reference: 'Patient/p2' }, inactive: true },
        { entity: { reference: 'Patient/p3' } },
      ],
    });
    const files = await exported('/Group/g/$export?_type=Patient,Encounter');
    expect(files.Patient).toEqual(['p1', 'p3']);
    expect(files.Encounter?.sort()).toEqual(['planned', 'visit-p1', 'visit-p3']);
    expect((await ask('/Group/unknown/$export')).status).toBe(404);
  });

  test('heeds _since, _typeFilter and _elements, by GET and by POST', async () => {
    const filter = encodeURIComponent('Encounter?status=planned,Encounter?_id=visit-p2,CareTeam?patient=p3');
    const files = await exported(`/$export?_type=Encounter,CareTeam,Patient&_typeFilter=${filter}`);
    expect(files).toEqual({
      CareTeam: ['team-p3'],
      Encounter: ['planned', 'visit-p2'],
      Patient: ['p1', 'p2', 'p3'],
    });
    const since = new Date().toISOString();
    await fhir.ask('PUT', '/Patient/p2', { body: { id: 'p2', ...patient({ active: false }) } });
    expect(await exported(`/$export?_type=Patient,CareTeam&_since=${since}`)).toEqual({ Patient: ['p2'] });
    const parameter = [
      { name: '_type', valueString: 'Patient' },
      { name: '_since', valueInstant: since },
      { name: '_elements', valueString: 'active' },
      { name: '_outputFormat', valueString: 'ndjson' },
    ];
    const posted = await fhir.ask('POST', '/Patient/$export', {
      body: { resourceType: 'Parameters', parameter },
      headers: later,
    });
    expect(posted.status).toBe(202);
    const { json } = await manifestOf(String(posted.headers['content-location']));
    const [line] = (await linesOf(fhir, json.output[0].url, await fhir.issuer.token('journalsystem'))) ?? [];
    expect(line).toMatchObject({ id: 'p2', active: false });
    expect(JSON.stringify(line)).not.toContain('Testberg');
  });

  test('needs Prefer: respond-async', async () => {
    const refused = await fhir.ask('GET', '/$export');
    expect(diagnosticsOf(refused)).toEqual([400, expect.stringContaining('Prefer: respond-async')]);
  });

  test.each([
    ['_since=yesterday', '_since'],
    ['_since=2026-11-23', '_since'],
    ['_type=Banana', '_type'],
    ['_type=AuditEvent', '_type'],
    ['_outputFormat=text/csv', '_outputFormat'],
    ['_typeFilter=banana', '_typeFilter'],
    ['_typeFilter=Encounter%3Fbanana=1', '_typeFilter'],
    ['_typeFilter=Encounter%3F_sort%3Ddate', '_typeFilter'],
    ['_type=Patient&_typeFilter=Encounter%3Fstatus%3Dplanned', '_typeFilter'],
    ['_elements=banana', '_elements'],
    ['includeAssociatedData=LatestProvenanceResources', 'includeAssociatedData'],
    ['_since=2026-11-23T10:00:00Z&_since=2026-11-23T10:00:00Z', '_since'],
  ])('is refused with 400 that names the parameter: %s', async (query, name) => {
    const { status, json } = await ask(`/$export?${query}`);
    expect([status, json.issue[0].expression]).toEqual([400, [name]]);
  });

  test('leaves an unknown parameter aside for who is lenient', async () => {
    const headers = { prefer: 'respond-async, handling=lenient' };
    expect((await fhir.ask('GET', '/$export?banana=1&_type=Patient', { headers })).status).toBe(202);
    await fhir.app.jobs.finish();
  });

  test('is for systems and administrators: others are told what to do instead', async () => {
    for (const as of ['lakare-vardcentral', 'patient', 'vardnadshavare', 'usk-hemtjanst'] as const) {
      expect(diagnosticsOf(await ask('/$export', { as }))).toEqual([
        403,
        expect.stringContaining('$everything'),
      ]);
    }
    expect(await exported('/$export?_type=Organization,Patient', { as: 'administrator' })).toEqual({
      Organization: ['unit'],
    });
    expect((await exported('/$export?_type=CareTeam', { as: 'journalsystem-kommun' })).CareTeam).toEqual([
      'of-kommun',
    ]);
  });

  test('has no file of another type, of another export, or before it is done', async () => {
    const address = await started('/$export?_type=Patient');
    expect((await fhir.ask('GET', `${address}/Patient`)).status).toBe(404);
    await fhir.app.jobs.finish();
    expect((await fhir.ask('GET', `${address}/CareTeam`)).status).toBe(404);
    const stranger = await fhir.ask('GET', `${address}/Patient`, { as: 'journalsystem-kommun' });
    expect(stranger.status).toBe(404);
    expect((await fhir.ask('HEAD', `${address}/Patient`)).text).toBe('');
    expect((await fhir.ask('DELETE', address)).status).toBe(202);
    expect((await fhir.ask('GET', `${address}/Patient`)).status).toBe(404);
  });

  test('goes on where it was when the process that gathered is lost', async () => {
    const address = await started('/$export?_type=CareTeam,Encounter');
    const id = String(address.split('/').at(-1));
    const { jobs } = fhir.store;
    const dead = { id, worker: '00000000-0000-4000-8000-000000000002' };
    expect((await jobs.take(dead.worker, 1))?.position).toBe('');
    await fhir.database.pool.query(
      `insert into job_item (job, file, type, id, version) values ($1, 0, 'CareTeam', 'team-p1', 1)`,
      [id],
    );
    await fhir.database.pool.query(`update job set position = 'team-p1', done = 1 where id = $1`, [id]);
    await expect.poll(() => fhir.app.jobs.step()).toBe(true);
    const { json } = await manifestOf(address);
    expect(json.output.map(({ count }: { count: number }) => count)).toEqual([3, 4]);
    expect(await jobs.keep(dead, 1_000)).toBe(false);
  });
});

describe('a file of an export', () => {
  test('is read no further than the client takes it, and no more once the client is gone', async () => {
    const many = 3_100;
    await fill(many);
    const { json } = await manifestOf(await started('/$export?_type=Basic'));
    expect(json.output).toMatchObject([{ type: 'Basic', count: many }]);
    const { path, token } = {
      path: new URL(json.output[0].url).pathname,
      token: await fhir.issuer.token('journalsystem'),
    };
    const address = await fhir.app.listen({ port: 0, host: '127.0.0.1' });
    const before = await pagesRead();
    const stop = new AbortController();
    const response = await fetch(`${address}${path}`, {
      headers: { authorization: `Bearer ${token}` },
      signal: stop.signal,
    });
    await response.body?.getReader().read();
    stop.abort();
    await expect.poll(openConnections).toBe(0);
    expect((await pagesRead()) - before).toBeLessThan(4);
    const whole = await fetch(`${address}${path}`, { headers: { authorization: `Bearer ${token}` } });
    expect((await whole.text()).split('\n').length).toBe(many + 1);
  });
});

const openConnections = (): Promise<number> =>
  promisify(fhir.app.server.getConnections.bind(fhir.app.server))();

const pagesRead = async (): Promise<number> => {
  const { rows } = await fhir.database.pool.query<{ count: string }>(
    `select count(*) from audit where interaction = '$export' and type = 'Basic'`,
  );
  return Number(rows[0]?.count);
};

/** Resources about nobody, of 10,000 characters each, so that a page is more than any buffer on the way. */
async function fill(count: number): Promise<void> {
  const text = 'x'.repeat(10_000);
  await put('Basic', 'first', { resourceType: 'Basic', code: { text } });
  await fhir.database.pool.query(
    `with first as (select * from resource where type = 'Basic'), made as (
  insert into resource (bucket, rid, type, id, version, deleted, last_updated, digest, found, patient, custodian, author_unit, labels, tokens)
  select bucket, gen_random_uuid(), type, 'basic-' || n, 1, false, last_updated, digest, found, patient, custodian, author_unit, labels, tokens
  from first cross join generate_series(2, $1::int) n returning *
)
insert into version (bucket, rid, version, type, method, last_updated, custodian, author_unit, meta, body)
select made.bucket, made.rid, 1, made.type, 'PUT', made.last_updated, made.custodian, made.author_unit, v.meta, v.body
from made cross join first join version v on v.bucket = first.bucket and v.rid = first.rid`,
    [count],
  );
}
