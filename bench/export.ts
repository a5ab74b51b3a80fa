/**
 * `npm run bench:export`: the memory of the server while a bulk export is gathered and one large file of it is downloaded.
 * Observations are copied in the database, since it is not their writing that is measured: EXPORT_RESOURCES (20000) of them
 * about EXPORT_PATIENTS (1000) patients. Fails when resident memory grows by more than EXPORT_MOST_MB (200) from what the
 * server has when it has been at work: after ten exports of 2,000, by which V8 has made its spaces for short-lived texts (184 MB
 * before them, about 310 after). Environment besides: BENCH_VERBOSE.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '@naravard/all-in-one/embedded';
import { migrate } from '@naravard/store';
import pg from 'pg';
import { personas } from '../services/all-in-one/src/sandbox/personas.ts';
import { createCallers } from './callers.ts';
import { residentOf } from './cpu.ts';
import { createProcesses, until } from './processes.ts';
import { removeData } from './remove-data.ts';
import { settle } from './settle.ts';

const resources = Number(process.env.EXPORT_RESOURCES ?? 20_000);
const patients = Number(process.env.EXPORT_PATIENTS ?? 1_000);
const most = Number(process.env.EXPORT_MOST_MB ?? 200);
const port = 18_086;
const base = `http://127.0.0.1:${port}/fhir`;
const folder = mkdtempSync(join(tmpdir(), 'naravard-bench-'));
const { start, stopAll } = createProcesses();
const client = personas.find(({ id }) => id === 'journalsystem')?.claims;

const observation = {
  resourceType: 'Observation',
  id: 'first',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '29463-7', display: 'Body weight' }], text: 'Vikt' },
  effectiveDateTime: '2026-10-01T08:00:00+02:00',
  valueQuantity: { value: 71.5, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
  note: [{ text: 'Vägd på morgonen i hemmet, med kläder. '.repeat(25) }],
};

/** The most resident memory since it was last asked for, in MB; looked at ten times a second. */
function watch(pid: number) {
  let highest = 0;
  const timer = setInterval(() => {
    highest = Math.max(highest, residentOf(pid));
  }, 100);
  timer.unref();
  return () => {
    const most = Math.max(highest, residentOf(pid));
    highest = 0;
    return most;
  };
}

async function ask(method: string, path: string, token: string, body?: object): Promise<Response> {
  const url = path.startsWith('http') ? path : `${base}${path}`;
  const answer = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      prefer: 'respond-async',
      ...(body && { 'content-type': 'application/fhir+json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
  return answer;
}

/** Copies the one Observation, spread over ids of patients; audit rows and pages see as many patients as there are. */
async function copy(url: string, first: number, count: number): Promise<void> {
  const database = new pg.Client({ connectionString: url });
  await database.connect();
  await database.query(
    `with first as (select * from resource where type = 'Observation' and id = 'first'), made as (
  insert into resource (bucket, rid, type, id, version, deleted, last_updated, digest, found, patient, custodian, author_unit, labels, starts, ends, tokens)
  select bucket, gen_random_uuid(), type, 'o-' || lpad(n::text, 9, '0'), 1, false, last_updated, digest, found, 'p-' || n % $3::int, custodian, author_unit, labels, starts, ends, tokens
  from first cross join generate_series($1::int, $1::int + $2::int - 1) n returning *
)
insert into version (bucket, rid, version, type, method, last_updated, custodian, author_unit, meta, body)
select made.bucket, made.rid, 1, made.type, 'PUT', made.last_updated, made.custodian, made.author_unit, v.meta, v.body
from made cross join first join version v on v.bucket = first.bucket and v.rid = first.rid`,
    [first, count, patients],
  );
  await database.end();
}

interface Exported {
  readonly lines: number;
  readonly megabytes: number;
  readonly gathered: number;
  readonly downloaded: number;
}

/** One export and its file, thrown away as it comes; times in seconds. */
async function exported(token: string): Promise<Exported> {
  const began = performance.now();
  const accepted = await ask('GET', '/$export?_type=Observation', token);
  const address = accepted.headers.get('content-location') ?? '';
  let status = await ask('GET', address, token);
  while (status.status === 202) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    status = await ask('GET', address, token);
  }
  const { output } = (await status.json()) as { output: { url: string }[] };
  const gathered = performance.now();
  const file = await ask('GET', output[0]?.url ?? '', token);
  let [lines, bytes] = [0, 0];
  for await (const chunk of file.body ?? []) {
    bytes += chunk.length;
    for (const byte of chunk) if (byte === 10) lines++;
  }
  await ask('DELETE', address, token);
  return {
    lines,
    megabytes: bytes / 1e6,
    gathered: (gathered - began) / 1000,
    downloaded: (performance.now() - gathered) / 1000,
  };
}

async function measure(url: string): Promise<void> {
  if (!client) throw new Error('no system client');
  const env = { DATABASE_URL: url, DATA_DIR: folder, PORT: String(port), BASE_URL: base };
  const server = start('composed.ts', env, ['law', base]);
  await until(`http://127.0.0.1:${port}/readyz`, true);
  const token = await (await createCallers(folder, base)).tokenOf(client);
  await ask('PUT', '/Observation/first', token, observation);
  await copy(url, 1, Math.min(resources, 2_000));
  await settle(url);
  const pid = server.pid ?? 0;
  const highest = watch(pid);
  for (let round = 0; round < 10; round++) await exported(token);
  const before = highest();
  for (let at = 2_001; at <= resources; at += 50_000)
    await copy(url, at, Math.min(50_000, resources - at + 1));
  await settle(url);
  const { lines, megabytes, gathered, downloaded } = await exported(token);
  const growth = highest() - before;
  console.log(
    `${lines} resources, ${megabytes.toFixed(0)} MB: gathered in ${gathered.toFixed(1)} s, downloaded in ${downloaded.toFixed(1)} s; resident memory ${before} MB, at most ${growth} MB more`,
  );
  if (lines !== resources + 1) throw new Error(`${resources + 1} were expected`);
  if (growth > most) throw new Error(`more than ${most} MB`);
}

const database = await startEmbedded({ dataDir: folder });
try {
  await migrate(database.url);
  await measure(database.url);
} finally {
  await stopAll();
  await database.stop();
  removeData(folder);
}
