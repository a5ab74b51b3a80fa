/**
 * `npm run bench`: starts a database, the service and the floor, loads patients, and prints each operation beside the
 * floor measured in the same run. Environment: BENCH_PATIENTS (2000), BENCH_SECONDS a round (4), BENCH_ROUNDS (3),
 * BENCH_ONLY (part of an operation's name), BENCH_VERBOSE (shows what the servers say), BENCH_NODE (flags of the service's
 * Node, such as --cpu-prof).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbedded } from '@naravard/all-in-one/embedded';
import pg from 'pg';
import { cpuOf, residentOf } from './cpu.ts';
import { ingest } from './ingest.ts';
import { type Figures, load, type Requested } from './load.ts';
import { type Operation, operations } from './operations.ts';

const setting = (name: string, usual: number) => Number(process.env[name] ?? usual);
const patients = setting('BENCH_PATIENTS', 2000);
const seconds = setting('BENCH_SECONDS', 4);
const rounds = setting('BENCH_ROUNDS', 3);
const ports = { service: 18_080, floor: 18_081 };
const service = `http://127.0.0.1:${ports.service}`;
const floor = `http://127.0.0.1:${ports.floor}`;

const folder = mkdtempSync(join(tmpdir(), 'naravard-bench-'));
const children: ChildProcess[] = [];
const database = await startEmbedded({ dataDir: folder });
async function run(): Promise<void> {
  const urls = await createDatabases();
  const served = start('../services/all-in-one/src/main.ts', {
    PORT: String(ports.service),
    BASE_URL: `${service}/fhir`,
    DATABASE_URL: urls.service,
    DATABASE_CONNECTIONS: '10',
    DATA_DIR: folder,
    DEMO_DATA: 'false',
    LOG_LEVEL: 'warn',
    NODE_OPTIONS: process.env.BENCH_NODE ?? '',
  });
  const bare = start('floor.ts', {}, [String(ports.floor), urls.floor]);
  await Promise.all([until(`${service}/livez`), until(`${floor}/CarePlan/none`)]);
  const answer = await fetch(`${service}/sandbox/token?persona=journalsystem`, { method: 'POST' });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  const postmaster = await postmasterPid();
  console.log(`idle service ${residentOf(served)} MB`);
  const loaded = await ingest({
    service,
    floor: urls.floor,
    token,
    patients,
    cpu: () => cpuOf(served) + cpuOf(postmaster),
  });
  console.log(
    `\n${'operation'.padEnd(38)}${'req/s'.padStart(8)}${'p50 ms'.padStart(8)}${'p99 ms'.padStart(8)}${'floor/s'.padStart(9)}${'ratio'.padStart(7)}${'goal'.padStart(6)}  CPU us/request: service+PostgreSQL (floor)`,
  );
  const wanted = operations(loaded).filter(({ name }) => name.includes(process.env.BENCH_ONLY ?? ''));
  for (const operation of wanted) await compare(operation, token, { served, bare, postmaster });
  console.log(`\nservice after the run ${residentOf(served)} MB`);
}

interface Measured extends Figures {
  cpu: { server: number; database: number };
}

/** Rounds of floor and service in turn, so that both meet the same noise; medians of the rounds. */
async function compare(
  operation: Operation,
  token: string,
  pids: { served: number; bare: number; postmaster: number },
) {
  const measure = async (base: string, pid: number, next: () => Requested): Promise<Measured> => {
    const before = { server: cpuOf(pid), database: cpuOf(pids.postmaster) };
    const figures = await load(base, token, seconds, next);
    const requests = figures.perSecond * seconds;
    const per = (now: number, then: number) => Math.round(((now - then) * 1000) / requests);
    return {
      ...figures,
      cpu: { server: per(cpuOf(pid), before.server), database: per(cpuOf(pids.postmaster), before.database) },
    };
  };
  const ours: Measured[] = [];
  const theirs: Measured[] = [];
  for (let round = 0; round < rounds; round++) {
    theirs.push(await measure(floor, pids.bare, operation.floor));
    ours.push(await measure(service, pids.served, operation.ours));
  }
  const of = (figures: Measured[], pick: (each: Measured) => number) => median(figures.map(pick));
  const ratio = median(ours.map((each, round) => each.perSecond / (theirs[round]?.perSecond ?? 1)));
  const failed = [...ours, ...theirs].reduce((sum, each) => sum + each.failed, 0);
  const number = (value: number, width: number, digits = 0) => value.toFixed(digits).padStart(width);
  console.log(
    operation.name.padEnd(38) +
      number(
        of(ours, (each) => each.perSecond),
        8,
      ) +
      number(
        of(ours, (each) => each.p50),
        8,
      ) +
      number(
        of(ours, (each) => each.p99),
        8,
      ) +
      number(
        of(theirs, (each) => each.perSecond),
        9,
      ) +
      number(ratio, 7, 2) +
      number(operation.goal, 6, 2) +
      `  ${of(ours, (each) => each.cpu.server)}+${of(ours, (each) => each.cpu.database)} (${of(theirs, (each) => each.cpu.server)}+${of(theirs, (each) => each.cpu.database)})` +
      (failed ? `  ${failed} failed` : ''),
  );
}

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function createDatabases() {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query('create database service');
  await client.query('create database floor');
  await client.end();
  const at = (name: string) => Object.assign(new URL(database.url), { pathname: `/${name}` }).href;
  return { service: at('service'), floor: at('floor') };
}

async function postmasterPid(): Promise<number> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query(
    "select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int as pid",
  );
  await client.end();
  return rows[0].pid;
}

function start(file: string, env: Record<string, string>, args: string[] = []): number {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, ['--conditions=source', path, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', process.env.BENCH_VERBOSE ? 'inherit' : 'ignore'],
  });
  children.push(child);
  return child.pid ?? 0;
}

async function until(url: string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const up = await fetch(url).then(
      () => true,
      () => false,
    );
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`nothing answers at ${url}`);
}

try {
  await run();
} finally {
  for (const child of children) child.kill('SIGTERM');
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
}
