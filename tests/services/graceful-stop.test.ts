import { createTestDatabase, type TestDatabase } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { patientRecords, transaction } from '../../services/all-in-one/src/seed/patient-records.ts';
import { type ServiceProcess, startService, temporaryFolder, tokenFor } from './service-process.ts';

const folder = temporaryFolder();
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
  folder.remove();
});

const start = (environment: Record<string, string>) =>
  startService({ DATA_DIR: folder.path, DATABASE_URL: database.url, DEMO_DATA: 'false', ...environment });

/** What can be stored without the directory of units and staff. */
const needsNoStaff = ({ resourceType }: { resourceType: string }): boolean =>
  ['Patient', 'Condition', 'Goal', 'Encounter'].includes(resourceType);

/** A client as behind a load balancer: works over kept connections until /readyz is red. */
async function clientUntilRed(
  { origin }: ServiceProcess,
  token: string,
  red: () => boolean,
  answers: (number | string)[],
) {
  for (let n = 0; !red(); n++) {
    const body = JSON.stringify({ resourceType: 'Encounter', status: 'planned', class: { code: 'HH' } });
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' };
    const request = n % 2 ? { headers } : { method: 'POST', headers, body };
    const answer = await fetch(`${origin}/fhir/Encounter`, request).catch((error: Error) => `${error.cause}`);
    if (typeof answer === 'string') answers.push(answer);
    else {
      await answer.text();
      answers.push(answer.status);
    }
  }
}

describe('SIGTERM under load', () => {
  it('turns /readyz red first, fails no request, and exits with 0', async () => {
    const service = await start({ DRAIN_MS: '1500' });
    const token = await tokenFor(service.origin, 'journalsystem');
    let red = 0;
    const answers: (number | string)[] = [];
    const clients = Array.from({ length: 12 }, () => clientUntilRed(service, token, () => red > 0, answers));
    await new Promise((done) => setTimeout(done, 500));
    const stopped = service.stop('SIGTERM');
    while (red === 0) {
      const { status } = await fetch(`${service.origin}/readyz`);
      if (status === 503) red = Date.now();
      await new Promise((done) => setTimeout(done, 50));
    }
    expect((await fetch(`${service.origin}/livez`)).status, 'still alive while it drains').toBe(200);
    await Promise.all(clients);
    expect(await stopped).toBe(0);
    expect(answers.length).toBeGreaterThan(20);
    expect(answers.filter((answer) => answer !== 200 && answer !== 201)).toEqual([]);
  });

  it('finishes the requests that it has begun, without any drain time', async () => {
    const service = await start({});
    const token = await tokenFor(service.origin, 'journalsystem');
    const { entry } = transaction(
      Array.from({ length: 80 }, (_, n) => patientRecords(9, n).region.filter(needsNoStaff)).flat(),
    );
    const body = JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry });
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' };
    const answer = fetch(`${service.origin}/fhir`, { method: 'POST', headers, body });
    await new Promise((done) => setTimeout(done, 60));
    const stopped = service.stop('SIGTERM');
    expect((await answer).status).toBe(200);
    const { entry: results } = (await (await answer).json()) as { entry: unknown[] };
    expect(results).toHaveLength(entry?.length ?? 0);
    expect(await stopped).toBe(0);
    const { rows } = await database.pool.query(
      "select count(*)::int as n from resource where id like 's9-%'",
    );
    expect(rows).toEqual([{ n: entry?.length }]);
  });

  it('ends within the grace time although a client holds its connection and sends nothing', async () => {
    const service = await start({ SHUTDOWN_GRACE_MS: '2000' });
    const { connect } = await import('node:net');
    const silent = connect(Number(new URL(service.origin).port), 'localhost');
    silent.on('error', () => {});
    await new Promise((done) => silent.once('connect', done));
    silent.write('GET /fhir/metadata HTTP/1.1\r\nHost: x\r\n');
    const before = Date.now();
    await service.stop('SIGTERM');
    expect(Date.now() - before).toBeLessThan(4000);
    silent.destroy();
  });
});
