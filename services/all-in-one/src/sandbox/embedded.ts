import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { CannotStart } from '../cannot-start.ts';
import { isAlive, takeFolder } from './owner.ts';
import { type PostgresHome, postgresHome } from './postgres-home.ts';

export interface EmbeddedOptions {
  /** Holds everything: `pg` (PGDATA), the superuser's password and the file of the process that uses it. */
  dataDir: string;
  /** A free port when absent. */
  port?: number;
  /** False only in tests: no fsync. */
  durable?: boolean;
  log?: (line: string) => void;
}

export interface Embedded {
  /** Superuser connection to database `postgres`. */
  url: string;
  /** Ends sessions and stops after a checkpoint; safe to call twice. */
  stop(): Promise<void>;
}

const run = promisify(execFile);

/** SQL text and values stay out of the log: a statement may hold a personnummer. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  log_statement: 'none',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  max_wal_size: '2GB',
  // A new database makes one log segment after the other; filling each with zeros first was 6 % of a create's CPU.
  wal_init_zero: 'off',
};
const UNSAFE = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' };

/**
 * Starts PostgreSQL 18 from the npm packages on a data folder, initialising it when it is new. A server that a killed
 * process left on the folder is stopped cleanly first. Throws with the reason when the folder is in use or the
 * server does not start.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const dataDir = resolve(options.dataDir);
  const log = options.log ?? (() => {});
  mkdirSync(dataDir, { recursive: true });
  const owner = takeFolder(dataDir);
  try {
    const home = await postgresHome(dataDir);
    const password = await initialise(home, dataDir, options.durable !== false, log);
    await stopLeftover(home, log);
    const port = options.port ?? (await freePort());
    await start(home, port, options.durable !== false);
    return running(home, owner, `postgres://postgres:${password}@127.0.0.1:${port}/postgres`);
  } catch (error) {
    owner.release();
    throw error;
  }
}

function running(home: PostgresHome, owner: { release(): void }, url: string): Embedded {
  // A process that ends without stop() at least asks the server to stop; SIGINT is PostgreSQL's fast shutdown.
  const onExit = () => {
    const pid = postmaster(home.data);
    if (pid) process.kill(pid, 'SIGINT');
    owner.release();
  };
  process.once('exit', onExit);
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    process.off('exit', onExit);
    await stopServer(home);
    owner.release();
  };
  return { url, stop: () => (stopping ??= stop()) };
}

/** Returns the superuser's password. initdb works in a folder beside, so that a broken one is never taken for whole. */
async function initialise(
  home: PostgresHome,
  dataDir: string,
  durable: boolean,
  log: (line: string) => void,
) {
  const passwordFile = join(dataDir, 'pg-password');
  if (existsSync(join(home.data, 'PG_VERSION'))) {
    if (existsSync(passwordFile)) return readFileSync(passwordFile, 'utf8').trim();
    throw new CannotStart(
      `${passwordFile} is missing: put it back, or remove ${dataDir} to begin with an empty database.`,
    );
  }
  log('initialising the database');
  const password = randomBytes(18).toString('base64url');
  const staging = `${home.data}.new`;
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { mode: 0o700 });
  const secret = join(staging, '..', `${process.pid}.pw`);
  writeFileSync(secret, `${password}\n`, { mode: 0o600 });
  if (home.user.uid !== undefined && home.user.gid !== undefined) {
    for (const path of [staging, secret]) chownSync(path, home.user.uid, home.user.gid);
  }
  const flags = [
    '--username=postgres',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--data-checksums',
  ];
  try {
    const args = [`--pgdata=${staging}`, `--pwfile=${secret}`, ...flags, ...(durable ? [] : ['--no-sync'])];
    await run(home.initdb, args, { ...home.user, env: environment() });
  } catch (error) {
    throw new CannotStart(`initdb failed: ${reason(error)}`);
  } finally {
    rmSync(secret, { force: true });
  }
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  renameSync(staging, home.data);
  return password;
}

async function start(home: PostgresHome, port: number, durable: boolean): Promise<void> {
  const settings = Object.entries(durable ? SETTINGS : { ...SETTINGS, ...UNSAFE });
  const flags = [`-p ${port}`, ...settings.map(([name, value]) => `-c ${name}=${value}`)].join(' ');
  const logFile = join(home.data, 'server.log');
  if (existsSync(logFile)) renameSync(logFile, `${logFile}.1`);
  const args = ['start', '-D', home.data, '-l', logFile, '-w', '-t', '60', '-o', flags];
  try {
    await run(home.pgCtl, args, { ...home.user, env: environment() });
  } catch (error) {
    const tail = existsSync(logFile)
      ? readFileSync(logFile, 'utf8').trim().split('\n').slice(-5).join('\n')
      : '';
    throw new CannotStart(`PostgreSQL did not start on ${home.data}: ${tail || reason(error)}`);
  }
}

async function stopLeftover(home: PostgresHome, log: (line: string) => void): Promise<void> {
  const pidFile = join(home.data, 'postmaster.pid');
  if (postmaster(home.data)) {
    log('stopping the database that an ended process left running');
    await stopServer(home);
  } else if (existsSync(pidFile) && isAlive(pidIn(pidFile))) {
    // The number now belongs to another program, and PostgreSQL would take that for a running server.
    rmSync(pidFile);
  }
}

async function stopServer(home: PostgresHome): Promise<void> {
  if (!postmaster(home.data)) return;
  try {
    await run(home.pgCtl, ['stop', '-D', home.data, '-m', 'fast', '-w', '-t', '60'], {
      ...home.user,
      env: environment(),
    });
  } catch (error) {
    // It may have been on its way down already: then the file goes away by itself.
    for (let wait = 0; wait < 50 && postmaster(home.data); wait++) await sleep(100);
    if (postmaster(home.data)) throw new CannotStart(`PostgreSQL did not stop: ${reason(error)}`);
  }
}

/** The pid of the server that runs on this folder, or undefined: the number in the file may be another program's by now. */
function postmaster(data: string): number | undefined {
  const pid = pidIn(join(data, 'postmaster.pid'));
  return pid && isAlive(pid) && commandLine(pid).includes(data) ? pid : undefined;
}

function pidIn(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8').split('\n')[0]) || 0;
  } catch {
    return 0;
  }
}

function commandLine(pid: number): string {
  try {
    if (existsSync('/proc/self/cmdline')) return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

/** PG* variables of the caller would redirect the programs; messages are wanted in English. */
function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('PG') && !name.startsWith('LC_'),
  );
  return { ...Object.fromEntries(own), LC_ALL: 'C' };
}

const reason = (error: unknown) =>
  String((error as { stderr?: string }).stderr || (error as Error).message || error)
    .trim()
    .split('\n')
    .slice(-5)
    .join('\n');

function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolvePort(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
