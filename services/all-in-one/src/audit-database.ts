import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { type Database, openDatabase } from './database.ts';
import { isAlive } from './sandbox/owner.ts';

/** As `openDatabase`; when a sandbox runs on DATA_DIR, its embedded database. */
export async function openAuditDatabase(config: Config, log: (line: string) => void): Promise<Database> {
  const port = config.DATABASE_URL ? undefined : runningPort(config.DATA_DIR);
  if (port === undefined) return openDatabase(config, log);
  const password = readFileSync(join(config.DATA_DIR, 'pg-password'), 'utf8').trim();
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    place: `the running sandbox, port ${port}`,
    stop: async () => {},
  };
}

/** Lines 1 and 4 of postmaster.pid: https://www.postgresql.org/docs/current/storage-file-layout.html */
function runningPort(dataDir: string): number | undefined {
  const owner = join(dataDir, 'owner.pid');
  const file = join(dataDir, 'pg', 'postmaster.pid');
  if (!existsSync(owner) || !existsSync(file)) return undefined;
  const [pid, , , port] = readFileSync(file, 'utf8').split('\n');
  return isAlive(Number.parseInt(readFileSync(owner, 'utf8'), 10)) && isAlive(Number(pid))
    ? Number(port)
    : undefined;
}
