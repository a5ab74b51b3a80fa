import pg from 'pg';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser URL of the cluster and name of the migrated template database. */
    cluster: { url: string; template: string };
  }
}

export interface TestDatabase {
  /** Superuser URL of this file's own database; the store acts as naravard_service on it. */
  url: string;
  /** Superuser pool, for looking behind the service's back. */
  pool: pg.Pool;
  drop(): Promise<void>;
}

/** A clone of the migrated template (about 150 ms); call it in beforeAll and `drop` in afterAll. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { url: server, template } = inject('cluster');
  const name = `test_${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
  await onServer(server, `create database ${name} template ${template} strategy wal_log`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const pool = new pg.Pool({ connectionString: url.href, max: 4 });
  pool.on('error', () => {});
  return {
    url: url.href,
    pool,
    drop: async () => {
      await pool.end();
      await dropDatabase(server, name);
    },
  };
}

/** A pool's connections close a moment after it has ended; force comes last, since it breaks them. */
async function dropDatabase(server: string, name: string): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const dropped = await onServer(server, `drop database ${name}`).then(
      () => true,
      () => false,
    );
    if (dropped) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await onServer(server, `drop database ${name} with (force)`);
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
