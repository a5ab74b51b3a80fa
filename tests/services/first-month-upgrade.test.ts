import { cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkout, runBlock } from './first-month-blocks.ts';
import {
  freePort,
  runToEnd,
  type ServiceProcess,
  startService,
  temporaryFolder,
  tokenFor,
} from './service-process.ts';

/** What a later release may do to the schema at its worst, in the two steps that it must do it in. */
const migrations = {
  '0900_expand_priority': `
create table priority (rid uuid primary key, level integer not null);
grant select, insert, update, delete on priority to naravard_service;
alter table resource add column priority integer not null default 0;
alter table version add column priority text;
alter table fact add column priority text, alter column said drop not null;
alter table outbox add column priority text;
alter table identifier add column priority text;
alter table job add column priority text;
create index resource_priority on resource (type, priority);`,
  '0901_contract_priority': 'alter table audit drop column query;',
};

const folder = temporaryFolder();
const release = join(folder.path, 'release');
let database: TestDatabase;
let service: ServiceProcess;

beforeAll(async () => {
  database = await createTestDatabase();
  nextRelease();
  service = await startService(await environment());
});
afterAll(async () => {
  await service.stop();
  await database.drop();
  folder.remove();
});

const environment = async () => ({
  PORT: String(await freePort()),
  DATA_DIR: folder.path,
  DATABASE_URL: database.url,
  DEMO_DATA: 'false',
});

/** A checkout of the release after this one: the same code, and two migrations more. */
function nextRelease(): void {
  const modules = join(release, 'node_modules');
  mkdirSync(join(modules, '@naravard'), { recursive: true });
  const filter = (path: string) => !/\/(node_modules|dist|tsconfig\.tsbuildinfo)$/.test(path);
  for (const name of ['libs', 'services', 'package.json'])
    cpSync(join(checkout, name), join(release, name), { recursive: true, filter });
  for (const name of readdirSync(join(checkout, 'node_modules'))) {
    if (name !== '@naravard') symlinkSync(join(checkout, 'node_modules', name), join(modules, name));
  }
  for (const kind of ['libs', 'services']) {
    for (const name of readdirSync(join(release, kind)))
      symlinkSync(join(release, kind, name), join(modules, '@naravard', name));
  }
  for (const [name, sql] of Object.entries(migrations))
    writeFileSync(join(release, 'libs/store/migrations', `${name}.sql`), `-- Up Migration\n${sql}\n`);
}

const step = (name: string) =>
  runBlock(name, { names: { OWNER_LOGIN: database.url }, folder: release }).then(({ stderr }) => stderr);

/** A day's work at a process, from a create to a delete; the statuses. */
async function work({ origin }: { origin: string }): Promise<number[]> {
  const token = await tokenFor(origin, 'journalsystem');
  const ask = async (method: string, path: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${origin}/fhir/${path}`, { method, headers, ...sent });
    const text = await answer.text();
    return { status: answer.status, id: text && (JSON.parse(text) as { id?: string }).id };
  };
  const patient = { resourceType: 'Patient', name: [{ family: 'Testsson', given: ['DEMO'] }] };
  const made = await ask('POST', 'Patient', patient);
  const path = `Patient/${made.id}`;
  const entry = [{ request: { method: 'POST', url: 'Patient' }, resource: patient }];
  const done = [
    made,
    await ask('GET', path),
    await ask('PUT', path, { ...patient, id: made.id, active: true }),
    await ask('PUT', path, { ...patient, id: made.id, name: [{ family: 'Ny' }] }),
    await ask('GET', `${path}/_history`),
    await ask('GET', `Patient?_id=${made.id}&_include=*&_total=accurate`),
    await ask('GET', `CarePlan?patient=${made.id}&_sort=-date`),
    await ask('POST', '', { resourceType: 'Bundle', type: 'transaction', entry }),
    await ask('DELETE', path),
  ];
  return done.map(({ status }) => status);
}

const whole = [201, 200, 200, 200, 200, 200, 200, 200, 204];

async function readiness(until: number): Promise<string> {
  for (let wait = 0; ; wait++) {
    const answer = await fetch(`${service.origin}/readyz`);
    const text = await answer.text();
    if (answer.status === until || wait === 50) return `${answer.status} ${text}`;
    await sleep(100);
  }
}

describe('Week 3: a process of the release before', () => {
  it('works before the upgrade', async () => {
    expect(await work(service)).toEqual(whole);
  });

  it('works on when the schema is expanded under it, with statements that it has prepared and new ones', async () => {
    const said = await step('expand');
    expect(said).toContain('applied 0900_expand_priority');
    expect(said).toContain('Waiting for the end of the release before: 0901_contract_priority');
    expect(await work(service)).toEqual(whole);
    // Longer than a good answer holds.
    await sleep(1_100);
    expect(await readiness(200)).toContain('ready');
    expect(service.output()).not.toContain('"level":50');
  });

  it('can be started again beside the new one, as when the new release does not do', async () => {
    const again = await startService(await environment());
    try {
      expect(await work(again)).toEqual(whole);
    } finally {
      await again.stop();
    }
  });

  it('is red within seconds when the schema is contracted, and does not start again', async () => {
    const said = await step('contract');
    expect(said).toContain('applied 0901_contract_priority');
    expect(await readiness(503)).toContain('The schema is newer than this release (0901_contract_priority)');
    const { code, stderr } = await runToEnd('main.ts', [], await environment());
    expect([code, stderr]).toEqual([
      1,
      'The schema is newer than this release (0901_contract_priority): upgrade the service.\n',
    ]);
  });
});
