import { join } from 'node:path';
import type { Config } from './config.ts';
import { startEmbedded } from './sandbox/embedded.ts';

/** The PostgreSQL that a process works on. */
export interface Database {
  url: string;
  /** For people: where it is, without password. */
  place: string;
  stop(): Promise<void>;
}

/** DATABASE_URL, or else an embedded PostgreSQL on DATA_DIR, which stops with us. */
export async function openDatabase(config: Config, log: (line: string) => void): Promise<Database> {
  if (config.DATABASE_URL) {
    const { hostname, port, pathname } = new URL(config.DATABASE_URL);
    return {
      url: config.DATABASE_URL,
      place: `${hostname}:${port || 5432}${pathname}`,
      stop: async () => {},
    };
  }
  const { url, stop } = await startEmbedded({ dataDir: config.DATA_DIR, log });
  return { url, place: `PostgreSQL 18 in ${join(config.DATA_DIR, 'pg')}, port ${new URL(url).port}`, stop };
}
