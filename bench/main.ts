/**
 * `npm run bench`: starts a database, the service and the floor, loads patients, and prints what access costs (price.ts) and
 * each operation beside the floor measured in the same run. Environment: BENCH_PATIENTS (2000), BENCH_SECONDS a round (4;
 * half of it for the price), BENCH_ROUNDS (3), BENCH_PART (floor,price), BENCH_ONLY (part of an operation's name),
 * BENCH_VERBOSE (shows what the servers say), BENCH_NODE (flags of the service's Node, such as --cpu-prof).
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '@naravard/all-in-one/embedded';
import pg from 'pg';
import { createCallers } from './callers.ts';
import { cpuOf, residentOf } from './cpu.ts';
import { ingest } from './ingest.ts';
import { median } from './latency.ts';
import { type Figures, load, type Requested } from './load.ts';
import { type Operation, operations } from './operations.ts';
import { type Compared, priceOfAccess } from './price.ts';
import { createProcesses, until } from './processes.ts';
import { removeData } from './remove-data.ts';
import { settle } from './settle.ts';

const setting = (name: string, usual: number) => Number(process.env[name] ?? usual);
const patients = setting('BENCH_PATIENTS', 2000);
const seconds = setting('BENCH_SECONDS', 4);
const rounds = setting('BENCH_ROUNDS', 3);
const only = process.env.BENCH_ONLY ?? '';
const part = process.env.BENCH_PART ?? 'floor,price';
const ports = { service: 18_080, floor: 18_081, law: 18_083, all: 18_085 };
const service = `http://127.0.0.1:${ports.service}`;
const floor = `http://127.0.0.1:${ports.floor}`;

const { start, stopAll } = createProcesses();
const folder = mkdtempSync(join(tmpdir(), 'naravard-bench-'));
const database = await startEmbedded({ dataDir: folder });
async function run(): Promise<void> {
  const urls = await createDatabases();
  const env = { DATABASE_URL: urls.service, DATABASE_CONNECTIONS: '10', DATA_DIR: folder };
  const served = pidOf(
    start('../services/all-in-one/src/main.ts', {
      ...env,
      PORT: String(ports.service),
      BASE_URL: `${service}/fhir`,
      NODE_OPTIONS: process.env.BENCH_NODE ?? '',
    }),
  );
  const bare = pidOf(start('floor.ts', {}, [String(ports.floor), urls.floor]));
  await Promise.all([until(`${service}/readyz`, true), until(`${floor}/CarePlan/none`)]);
  const { tokenOf } = await createCallers(folder, `${service}/fhir`);
  const postmaster = await postmasterPid();
  console.log(`idle service ${residentOf(served)} MB`);
  const cpu = () => cpuOf(served) + cpuOf(postmaster);
  const loaded = await ingest({ service, floor: urls.floor, tokenOf, patients, cpu });
  await settle(urls.service);
  if (part.includes('price')) {
    const bases = await startComposed(env);
    await priceOfAccess(bases, loaded.cases, { rounds, seconds: seconds / 2, only });
  }
  if (part.includes('floor')) {
    console.log(
      `\n${'operation'.padEnd(38)}${'req/s'.padStart(8)}${'p50 ms'.padStart(8)}${'p99 ms'.padStart(8)}${'floor/s'.padStart(9)}${'ratio'.padStart(7)}${'goal'.padStart(6)}  CPU us/request: service+PostgreSQL (floor)`,
    );
    const wanted = operations(loaded).filter(({ name }) => name.includes(only));
    for (const operation of wanted) await compare(operation, { served, bare, postmaster });
  }
  console.log(`\nservice after the run ${residentOf(served)} MB`);
}

/** Over the database of the service. */
async function startComposed(env: Record<string, string>): Promise<Compared> {
  const startOne = async (rights: 'law' | 'all'): Promise<string> => {
    const base = `http://127.0.0.1:${ports[rights]}`;
    const port = { PORT: String(ports[rights]), BASE_URL: `${base}/fhir` };
    start('composed.ts', { ...env, ...port }, [rights, `${service}/fhir`]);
    await until(`${base}/readyz`, true);
    return base;
  };
  return { law: await startOne('law'), all: await startOne('all') };
}

const pidOf = ({ pid = 0 }: { pid?: number }): number => pid;

interface Measured extends Figures {
  cpu: { server: number; database: number };
}

/** Rounds of floor and service in turn, so that both meet the same noise; medians of the rounds. */
async function compare(operation: Operation, pids: { served: number; bare: number; postmaster: number }) {
  const measure = async (base: string, pid: number, next: () => Requested): Promise<Measured> => {
    const before = { server: cpuOf(pid), database: cpuOf(pids.postmaster) };
    const figures = await load(base, seconds, next);
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

try {
  await run();
} finally {
  await stopAll();
  await database.stop();
  removeData(folder);
}
