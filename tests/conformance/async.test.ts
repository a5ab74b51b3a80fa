import { createTestApp, type TestApp, type TestRequest, type TestResponse } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundle, careTeam, patient, post } from './resources.ts';

let fhir: TestApp;
beforeAll(async () => {
  fhir = await createTestApp();
  await fhir.ask('PUT', '/Patient/p1', { body: { id: 'p1', ...patient() } });
  for (const id of ['t1', 't2', 't3'])
    await fhir.ask('PUT', `/CareTeam/${id}`, { body: { id, ...careTeam('Patient/p1') } });
});
afterAll(() => fhir.close());

const later = { prefer: 'respond-async' };
const form = 'application/x-www-form-urlencoded';

/** Asks asynchronously; the address that tells of it. */
async function started(method: string, path: string, request: TestRequest = {}): Promise<string> {
  const answer = await fhir.ask(method, path, { ...request, headers: { ...later, ...request.headers } });
  expect([answer.status, answer.text]).toEqual([202, '']);
  return String(answer.headers['content-location']);
}

const status = (address: string, as?: TestRequest['as']): Promise<TestResponse> =>
  fhir.ask('GET', address, as ? { as } : {});

/** The one answer in the batch-response, after the work is done. */
async function answered(address: string) {
  await fhir.app.jobs.finish();
  const { status: code, json } = await status(address);
  expect([code, json.resourceType, json.type, json.entry.length]).toEqual([
    200,
    'Bundle',
    'batch-response',
    1,
  ]);
  return json.entry[0];
}

const found = (searchset: { entry?: { resource: { id: string } }[] }) =>
  (searchset.entry ?? []).map(({ resource }) => resource.id);

describe('a search with Prefer: respond-async', () => {
  test('is accepted, tells its progress, and gives the Bundle that it would have given at once', async () => {
    const path = '/CareTeam?patient=p1&_include=CareTeam:subject&_total=accurate&_sort=_id';
    const address = await started('GET', path);
    expect(address).toMatch(`${fhir.base}/_async-status/`);
    const waiting = await status(address);
    expect([waiting.status, waiting.text]).toEqual([202, '']);
    expect(waiting.headers['x-progress']).toBe('in progress');
    expect(waiting.headers['retry-after']).toBe('1');
    const { resource, response } = await answered(address);
    expect(response).toEqual({ status: '200 OK' });
    expect(resource).toEqual((await fhir.ask('GET', path)).json);
    expect((await status(address)).headers.expires).toBeDefined();
  });

  test('has links to further pages that work, and only what _elements asks for', async () => {
    const { resource } = await answered(
      await started('GET', '/CareTeam?patient=p1&_count=2&_elements=status'),
    );
    expect(resource.entry.map(({ resource: { name } }: { resource: { name?: string } }) => name)).toEqual([
      undefined,
      undefined,
    ]);
    const next = resource.link.find(({ relation }: { relation: string }) => relation === 'next').url;
    expect(found((await fhir.ask('GET', next)).json)).toEqual(['t3']);
  });

  test('can be of everything, of a compartment, and by POST', async () => {
    const all = await answered(await started('GET', '/?_type=CareTeam,Patient&_id=p1,t1'));
    expect(found(all.resource).sort()).toEqual(['p1', 't1']);
    const compartment = await answered(await started('GET', '/Patient/p1/CareTeam'));
    expect(found(compartment.resource)).toEqual(['t1', 't2', 't3']);
    const posted = await started('POST', '/CareTeam/_search', { body: 'patient=p1&_count=1', type: form });
    const { resource } = await answered(posted);
    expect(found(resource)).toEqual(['t1']);
    expect(JSON.stringify(resource.link)).not.toContain('patient=');
  });

  test('shows the versions that it found then, and leaves out what is deleted', async () => {
    for (const id of ['v1', 'v2'])
      await fhir.ask('PUT', `/CareTeam/${id}`, {
        body: { id, ...careTeam('Patient/p1', { name: 'Första' }) },
      });
    const address = await started('GET', '/CareTeam?_id=v1,v2');
    await fhir.app.jobs.finish();
    await fhir.ask('PUT', '/CareTeam/v1', {
      body: { id: 'v1', ...careTeam('Patient/p1', { name: 'Andra' }) },
    });
    await fhir.ask('DELETE', '/CareTeam/v2');
    const { resource, response } = await answered(address);
    expect(resource.entry.map((entry: { resource: object }) => entry.resource)).toMatchObject([
      { id: 'v1', name: 'Första', meta: { versionId: '1' } },
    ]);
    expect(response.outcome.issue[0]).toMatchObject({ severity: 'information', code: 'suppressed' });
    expect(response.outcome.issue[0].diagnostics).toMatch(/^1 of the resources/);
  });

  test('that cannot be understood is refused before anything is promised', async () => {
    const { status: code, json } = await fhir.ask('GET', '/CareTeam?banana=1', { headers: later });
    expect([code, json.issue[0].expression]).toEqual([400, ['banana']]);
    const posted = await fhir.ask('POST', '/CareTeam/_search', {
      body: 'banana=1',
      type: form,
      headers: later,
    });
    expect(posted.status).toBe(400);
  });

  test('heeds handling=lenient beside it', async () => {
    const address = await started('GET', '/CareTeam?banana=1&_id=t1', {
      headers: { prefer: 'respond-async, handling=lenient' },
    });
    const { resource } = await answered(address);
    expect(resource.entry.at(-1).search.mode).toBe('outcome');
  });
});

describe('a batch with Prefer: respond-async', () => {
  test('is run once; what it wrote is told as it was, what it asks is answered when it is fetched', async () => {
    const address = await started('POST', '', {
      body: bundle('batch', [
        post(patient()),
        post(careTeam('Patient/p1', { status: 'aktiv' })),
        { request: { method: 'GET', url: 'Patient/p1' } },
        { request: { method: 'GET', url: 'Patient/unknown' } },
        { request: { method: 'HEAD', url: 'Patient/p1' } },
      ]),
    });
    const { resource, response } = await answered(address);
    expect([response.status, resource.type]).toEqual(['200 OK', 'batch-response']);
    const statuses = resource.entry.map((entry: { response: { status: string } }) =>
      entry.response.status.slice(0, 3),
    );
    expect(statuses).toEqual(['201', '400', '200', '404', '200']);
    const { location, etag } = resource.entry[0].response;
    expect([etag, resource.entry[0].resource]).toEqual(['W/"1"', undefined]);
    expect((await fhir.ask('GET', `/${location}`)).status).toBe(200);
    expect(resource.entry[1].response.outcome.issue[0].expression).toEqual([
      'Bundle.entry[1].resource.status',
    ]);
    expect([resource.entry[2].resource.id, resource.entry[4].resource]).toEqual(['p1', undefined]);
    expect((await answered(address)).resource.entry[0].response.location).toBe(location);
  });

  test('keeps no resources: its body goes with its end', async () => {
    const address = await started('POST', '', {
      body: bundle('batch', [post(patient({ name: [{ family: 'Kvarglömd' }] }))]),
    });
    await fhir.app.jobs.finish();
    const id = address.split('/').at(-1);
    const { rows } = await fhir.database.pool.query(
      `select (select j::text from job j where id = $1) || string_agg(i::text, '') as text from job_item i where job = $1`,
      [id],
    );
    expect(rows[0].text).toContain('Patient/');
    expect(rows[0].text).not.toContain('Kvarglömd');
  });

  test('does not run an entry again that had begun when its process was lost', async () => {
    const address = await started('POST', '', { body: bundle('batch', [post(patient()), post(patient())]) });
    const id = String(address.split('/').at(-1));
    const dead = { id, worker: '00000000-0000-4000-8000-000000000001' };
    const taken = await fhir.store.jobs.take(dead.worker, 1);
    expect(taken?.id).toBe(id);
    expect(await fhir.store.jobs.begin(dead, [0])).toBe(true);
    await expect.poll(() => fhir.app.jobs.step()).toBe(true);
    const { resource } = await answered(address);
    expect(resource.entry[0].response.status).toBe('503 Service Unavailable');
    expect(resource.entry[0].response.outcome.issue[0].diagnostics).toMatch(/^It is not known/);
    expect(resource.entry[1].response.status).toBe('201 Created');
    expect(await fhir.store.jobs.begin(dead, [7])).toBe(false);
  });

  test('is refused as a whole in its answer when it is no valid Bundle; a transaction is done at once', async () => {
    const broken = await started('POST', '', { body: bundle('batch', [{ resource: patient() }]) });
    const { response } = await answered(broken);
    expect([response.status, response.outcome.resourceType]).toEqual(['400 Bad Request', 'OperationOutcome']);
    const whole = await fhir.ask('POST', '', {
      body: bundle('transaction', [post(patient())]),
      headers: later,
    });
    expect([whole.status, whole.json.type]).toEqual([200, 'transaction-response']);
  });
});

describe('the address of an asynchronous request', () => {
  test('is forgotten by DELETE, done or not', async () => {
    for (const isDone of [false, true]) {
      const address = await started('GET', '/CareTeam?_id=t1');
      if (isDone) await fhir.app.jobs.finish();
      expect((await fhir.ask('DELETE', address)).status).toBe(202);
      expect((await status(address)).status).toBe(404);
      expect((await fhir.ask('DELETE', address)).status).toBe(404);
    }
    await fhir.app.jobs.finish();
    while (await fhir.store.jobs.sweep());
    const left = await fhir.database.pool.query(`select from job where state = 'cancelled'`);
    expect(left.rowCount).toBe(0);
  });

  test('is nothing to others: the same bytes as an unknown one', async () => {
    const address = await started('GET', '/CareTeam?_id=t1');
    await fhir.app.jobs.finish();
    const unknown = await fhir.ask('GET', '/_async-status/0190a000-0000-7000-8000-000000000000');
    expect(unknown.status).toBe(404);
    for (const as of ['journalsystem-kommun', 'lakare-vardcentral', 'administrator', 'patient'] as const) {
      const { status: code, text } = await status(address, as);
      expect([as, code, text]).toEqual([as, 404, unknown.text]);
      expect((await fhir.ask('DELETE', address, { as })).status).toBe(404);
    }
    expect((await fhir.ask('GET', '/_async-status/banana')).text).toBe(unknown.text);
    expect((await status(address)).status).toBe(200);
  });

  test('is over when it expires, and then removed with what was found', async () => {
    const address = await started('GET', '/CareTeam?patient=p1');
    await fhir.app.jobs.finish();
    const id = address.split('/').at(-1);
    await fhir.database.pool.query(`update job set expires = now() - interval '1 second' where id = $1`, [
      id,
    ]);
    expect((await status(address)).status).toBe(404);
    while (await fhir.store.jobs.sweep());
    const { rows } = await fhir.database.pool.query(
      'select (select count(*)::int from job where id = $1) + (select count(*)::int from job_item where job = $1) as left',
      [id],
    );
    expect(rows[0].left).toBe(0);
  });

  test('is given to so many at a time', async () => {
    const as = 'journalsystem-hemtjanst';
    const ask = () => fhir.ask('GET', '/CareTeam?_id=t1', { as, headers: later });
    const answers = await Promise.all(Array.from({ length: 6 }, ask));
    expect(answers.map((answer) => answer.status).sort()).toEqual([202, 202, 202, 202, 429, 429]);
    const refused = answers.find((answer) => answer.status === 429);
    expect(refused?.json.issue[0].diagnostics).toMatch(/DELETE one at its status address/);
    expect(refused?.headers['retry-after']).toBeDefined();
    await fhir.app.jobs.finish();
    expect((await ask()).status).toBe(202);
  });
});
