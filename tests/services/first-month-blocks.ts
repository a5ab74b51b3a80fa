import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

export const checkout = fileURLToPath(new URL('../..', import.meta.url));

export type Names = Readonly<Record<string, string>>;

/** docs/first-month.md, whose blocks marked `tested NAME` are run as they stand there. */
export const page = readFileSync(new URL('../../docs/first-month.md', import.meta.url), 'utf8');

/** Blocks by name, in their order. */
export const blocks: ReadonlyMap<string, string> = new Map(
  [...page.matchAll(/^```\w+ tested (\S+)\n([\s\S]*?)^```$/gm)].map(([, name = '', text = '']) => [
    name,
    text,
  ]),
);

/** A block's text; `places` replaces what the page asks the reader to replace. */
export function blockOf(name: string, places: Names = {}): string {
  let text = blocks.get(name);
  if (text === undefined) throw new Error(`docs/first-month.md has no tested block ${name}`);
  for (const [from, to] of Object.entries(places)) text = text.replaceAll(from, to);
  return text;
}

export interface BlockRun {
  /** What is exported before it, besides PATH and HOME. */
  names: Names;
  /** The folder that it is run in, the checkout when absent. */
  folder?: string;
  places?: Names;
}

/** Runs a block of shell to its end; fails with what it said when a command of it fails. */
export async function runBlock(name: string, run: BlockRun): Promise<{ stdout: string; stderr: string }> {
  const child = shell(blockOf(name, run.places), run);
  const said = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk) => {
    said.stdout += String(chunk);
  });
  child.stderr?.on('data', (chunk) => {
    said.stderr += String(chunk);
  });
  await once(child, 'close');
  if (child.exitCode !== 0) throw new Error(`${name}: exit ${child.exitCode}\n${said.stderr}${said.stdout}`);
  return said;
}

export interface Started {
  output(): string;
  /** SIGTERM to all that the block started, and the end of it. */
  stop(): Promise<void>;
}

/** Runs a block that starts the service, until /readyz is green. */
export async function startBlock(name: string, origin: string, run: BlockRun): Promise<Started> {
  const child = shell(blockOf(name, run.places), run);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      output += String(chunk);
    });
  const ended = once(child, 'close');
  const stop = async () => {
    if (child.exitCode === null && child.pid) process.kill(-child.pid, 'SIGTERM');
    await ended;
  };
  for (let wait = 0; wait < 300 && child.exitCode === null; wait++) {
    const ready = await fetch(`${origin}/readyz`).catch(() => undefined);
    if (ready?.ok) return { output: () => output, stop };
    await sleep(100);
  }
  await stop();
  throw new Error(`${name}: was not ready\n${output}`);
}

function shell(text: string, { names, folder = checkout }: BlockRun): ChildProcess {
  // npm's own steps before a start install and build, which a test run has done already.
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    npm_config_ignore_scripts: 'true',
  };
  return spawn('bash', ['-euo', 'pipefail', '-c', text], {
    cwd: folder,
    env: { ...env, ...names },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs a block of SQL, statement by statement; the rows of the last one. */
export async function runSql(
  client: pg.Client,
  name: string,
  places: Names = {},
): Promise<Record<string, string>[]> {
  let rows: Record<string, string>[] = [];
  for (const statement of blockOf(name, places).split(/;\s*\n/)) {
    if (statement.trim()) ({ rows } = await client.query(statement));
  }
  return rows;
}

export async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The same server with another login and database. */
export function loginOf(url: string, user: string, password: string, database: string): string {
  const login = new URL(url);
  [login.username, login.password, login.pathname] = [user, password, `/${database}`];
  return login.href;
}
