import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '@naravard/all-in-one/embedded';
import pg from 'pg';

export interface Cluster {
  kind: string;
  /** Superuser URL. */
  url: string;
  folder?: string;
  run(sql: string): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The PostgreSQL of a test run: TEST_DATABASE_URL, else a container, else the embedded one. TEST_DB=url|container|
 * embedded forces one and fails rather than falls back.
 */
export async function openCluster(): Promise<Cluster> {
  const forced = process.env.TEST_DB;
  const url = process.env.TEST_DATABASE_URL;
  if (forced === 'url' || (!forced && url)) {
    if (!url) throw new Error('TEST_DB=url needs TEST_DATABASE_URL');
    return { kind: 'TEST_DATABASE_URL', url, run: runner(url), stop: async () => {} };
  }
  if (forced !== 'embedded') {
    try {
      return await container();
    } catch (error) {
      if (forced === 'container') throw error;
    }
  }
  return embedded();
}

async function container(): Promise<Cluster> {
  const { GenericContainer } = await import('testcontainers');
  const started = await new GenericContainer('postgres:18')
    .withEnvironment({ POSTGRES_PASSWORD: 'naravard' })
    .withExposedPorts(5432)
    .start();
  const url = `postgres://postgres:naravard@${started.getHost()}:${started.getMappedPort(5432)}/postgres`;
  return {
    kind: 'a container of postgres:18',
    url,
    run: runner(url),
    stop: async () => void (await started.stop()),
  };
}

async function embedded(): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'naravard-test-'));
  // Run as root, PostgreSQL becomes user postgres, who must be able to reach its folder.
  chmodSync(folder, 0o755);
  const server = await startEmbedded({ dataDir: folder, durable: false });
  return {
    kind: 'embedded PostgreSQL 18',
    url: server.url,
    folder,
    run: runner(server.url),
    stop: server.stop,
  };
}

const runner = (url: string) => async (sql: string) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};
