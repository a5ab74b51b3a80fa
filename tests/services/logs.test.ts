import { createTestDatabase, type TestDatabase } from '@naravard/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ServiceProcess, startService, temporaryFolder, tokenFor } from './service-process.ts';

const folder = temporaryFolder();
let database: TestDatabase;
let service: ServiceProcess;

beforeAll(async () => {
  database = await createTestDatabase();
  service = await startService({
    DATA_DIR: folder.path,
    DATABASE_URL: database.url,
    DEMO_DATA: 'false',
    LOG_LEVEL: 'trace',
  });
});
afterAll(async () => {
  await service.stop();
  await database.drop();
  folder.remove();
});

const NUMBER = '194103149805';
const SYSTEM = 'http://electronichealth.se/identifier/personnummer';
const patient = { resourceType: 'Patient', identifier: [{ system: SYSTEM, value: NUMBER }] };
const json = { 'content-type': 'application/fhir+json' };

/** Requests that carry a personnummer wherever a client could put one, right and wrong. */
const requests: [path: string, init: RequestInit][] = [
  ['/fhir/Patient', { method: 'POST', body: JSON.stringify(patient), headers: json }],
  ['/fhir/Patient', { method: 'POST', body: JSON.stringify({ ...patient, wrong: NUMBER }), headers: json }],
  ['/fhir/Patient', { method: 'POST', body: `{"resourceType":"Patient","id":"${NUMBER}`, headers: json }],
  ['/fhir/Patient', { method: 'POST', body: NUMBER, headers: { 'content-type': `text/${NUMBER}` } }],
  [`/fhir/Patient?identifier=${SYSTEM}|${NUMBER}`, {}],
  [`/fhir/Patient?identifier=${NUMBER}&nonsense=${NUMBER}`, {}],
  [`/fhir/Patient/${NUMBER}`, {}],
  [`/fhir/Patient/${NUMBER}/_history/${NUMBER}`, {}],
  [`/fhir/${NUMBER}/1`, {}],
  [`/${NUMBER}?${NUMBER}`, {}],
  [`/sandbox/token?persona=${NUMBER}`, { method: 'POST' }],
  ['/fhir/CareTeam', { headers: { 'x-request-id': `my request of ${NUMBER}` } }],
  [
    '/fhir/Patient',
    {
      method: 'POST',
      body: JSON.stringify(patient),
      headers: { ...json, 'if-none-exist': `identifier=${NUMBER}` },
    },
  ],
  [
    '/fhir/Patient/_search',
    {
      method: 'POST',
      body: `identifier=${NUMBER}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    },
  ],
];

it('No personnummer reaches the log, at any level, by whatever way it came', async () => {
  const token = await tokenFor(service.origin, 'journalsystem');
  const statuses: number[] = [];
  for (const [path, init] of requests) {
    const headers = { ...(init.headers as Record<string, string>), authorization: `Bearer ${token}` };
    const answer = await fetch(service.origin + path, { ...init, headers });
    await answer.text();
    statuses.push(answer.status);
  }
  expect(statuses).toContain(201);
  expect(statuses).toContain(400);
  expect(statuses.filter((status) => status >= 500)).toEqual([]);
  const log = service.output();
  const lines = log.split('\n').filter((line) => line.includes('"msg":"request"'));
  expect(lines.length, 'a line for each request').toBeGreaterThanOrEqual(requests.length);
  expect(log).not.toContain(NUMBER);
  expect(log).not.toContain(NUMBER.slice(2));
  expect(log, 'nor a token').not.toContain(token.split('.')[2]);
});

it('A failing database leaves no personnummer in the log either', async () => {
  const token = await tokenFor(service.origin, 'journalsystem');
  await database.pool.query('alter table identifier rename to identifier_gone');
  try {
    const answer = await fetch(`${service.origin}/fhir/Patient`, {
      method: 'POST',
      body: JSON.stringify(patient),
      headers: { ...json, authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect(await answer.text()).not.toContain(NUMBER);
  } finally {
    await database.pool.query('alter table identifier_gone rename to identifier');
  }
  expect(service.output()).toContain('"level":50');
  expect(service.output()).not.toContain(NUMBER);
});
