import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, type TestDatabase } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  freePort,
  runToEnd,
  type ServiceProcess,
  startService,
  temporaryFolder,
  tokenFor,
} from './service-process.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const folder = temporaryFolder();
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
  folder.remove();
});

async function statusOf(service: ServiceProcess, path: string): Promise<number> {
  const authorization = `Bearer ${await tokenFor(service.origin, 'journalsystem')}`;
  return (await fetch(`${service.origin}/fhir/${path}`, { headers: { authorization } })).status;
}

describe('A process that mounts care-team and encounter', () => {
  let service: ServiceProcess;
  beforeAll(async () => {
    service = await startService({
      DATA_DIR: folder.path,
      DATABASE_URL: database.url,
      MOUNT: 'care-team,encounter',
    });
  });
  afterAll(() => service.stop());

  it('serves their types and those of the base', async () => {
    for (const type of ['CareTeam', 'Patient', 'Encounter', 'Consent', 'AuditEvent']) {
      expect([type, await statusOf(service, type)]).toEqual([type, 200]);
    }
  });

  it('has no routes for the types of the others, nor claims them', async () => {
    expect(await statusOf(service, 'CarePlan')).toBe(404);
    expect(await statusOf(service, 'Observation')).toBe(404);
    const metadata = (await (await fetch(`${service.origin}/fhir/metadata`)).json()) as {
      rest: [{ resource: { type: string }[] }];
    };
    const claimed = metadata.rest[0].resource.map(({ type }) => type);
    expect(claimed).toContain('CareTeam');
    expect(claimed).not.toContain('CarePlan');
  });
});

it('npm start -w services/care-team serves care teams on a given database', async () => {
  const port = String(await freePort());
  const { PATH, HOME } = process.env;
  const environment = { PATH, HOME, PORT: port, DATABASE_URL: database.url, DATA_DIR: folder.path };
  const child = spawn('npm', ['start', '-w', 'services/care-team'], {
    cwd: checkout,
    env: environment,
    detached: true,
  });
  try {
    let ready = false;
    for (let wait = 0; wait < 200 && !ready; wait++) {
      ready = await fetch(`http://localhost:${port}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      );
      await sleep(100);
    }
    expect(ready).toBe(true);
    const token = await tokenFor(`http://localhost:${port}`, 'patient');
    const ask = (type: string) =>
      fetch(`http://localhost:${port}/fhir/${type}`, { headers: { authorization: `Bearer ${token}` } });
    expect((await ask('CareTeam')).status).toBe(200);
    expect((await ask('CarePlan')).status).toBe(404);
  } finally {
    const ended = once(child, 'exit');
    process.kill(-(child.pid ?? 0), 'SIGTERM');
    await ended;
  }
});

it('A process that mounts care-team alone starts on a fresh checkout, with an embedded database', async () => {
  const fresh = temporaryFolder();
  const service = await startService({ DATA_DIR: fresh.path, MOUNT: 'care-team' });
  try {
    expect([await statusOf(service, 'CareTeam'), await statusOf(service, 'CarePlan')]).toEqual([200, 404]);
  } finally {
    await service.stop();
    fresh.remove();
  }
});

it('Production has no way to get a test token', async () => {
  const service = await startService({
    MODE: 'production',
    HOST: 'localhost',
    DATABASE_URL: database.url,
    BASE_URL: 'https://fhir.example/fhir',
    ISSUERS: '[{"issuer":"https://idp.example","jwks":"http://localhost:9/jwks"}]',
    PAGE_KEY: Buffer.alloc(32, 1).toString('base64'),
    SEAL_KEY: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  });
  try {
    const token = await fetch(`${service.origin}/sandbox/token?persona=journalsystem`, { method: 'POST' });
    expect([401, 404]).toContain(token.status);
    expect((await fetch(`${service.origin}/sandbox/personas`)).ok).toBe(false);
    expect((await fetch(`${service.origin}/fhir/metadata`)).status).toBe(200);
  } finally {
    await service.stop();
  }
});

it('A database with a migration that this release does not know is refused in one line', async () => {
  const { rows } = await database.pool.query(
    "insert into schema_migration (name, run_on) values ('9999_future', now()) returning id",
  );
  try {
    const { code, stderr } = await runToEnd('main.ts', [], {
      DATABASE_URL: database.url,
      DATA_DIR: folder.path,
      PORT: '18998',
    });
    expect([code, stderr]).toEqual([
      1,
      'The schema is newer than this release (9999_future): upgrade the service.\n',
    ]);
  } finally {
    await database.pool.query('delete from schema_migration where id = $1', [rows[0].id]);
  }
});
