/**
 * `npm run bench:search`: the latency of searches over 2,000 and over 50,000 patients (about 500,000 Encounters) on one
 * service and database each, and whether PostgreSQL reads a table from end to end for them. Environment: BENCH_SIZES
 * (2000,50000), BENCH_REQUESTS of each search (200), BENCH_FOLDER, where seeded databases are kept and found again.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbedded } from '@naravard/all-in-one/embedded';
import pg from 'pg';
import { patientSearches, relationSearches, type Search, typeSearches } from './searches.ts';

const sizes = (process.env.BENCH_SIZES ?? '2000,50000').split(',').map(Number);
const requests = Number(process.env.BENCH_REQUESTS ?? 200);
const kept = process.env.BENCH_FOLDER;
const folder = kept ?? mkdtempSync(join(tmpdir(), 'naravard-bench-'));
const port = 18_082;
const base = `http://127.0.0.1:${port}/fhir`;

interface Latency {
  p50: number;
  p95: number;
}

const fileOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));

function run(file: string, env: Record<string, string>, args: string[] = []) {
  return spawn(process.execPath, ['--conditions=source', fileOf(file), ...args], {
    env: { ...process.env, LOG_LEVEL: 'warn', DEMO_DATA: 'false', ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** The latencies and plans of all searches over so many patients. */
async function measure(patients: number): Promise<Map<string, Latency & { scans: boolean }>> {
  const dataDir = join(folder, String(patients));
  const database = await startEmbedded({ dataDir });
  const env = { DATABASE_URL: database.url, DATA_DIR: dataDir, PORT: String(port), BASE_URL: base };
  const seeding = run('../services/all-in-one/src/seed/main.ts', env, ['--patients', String(patients)]);
  await new Promise((resolve) => seeding.on('exit', resolve));
  await settle(database.url);
  const service = run('../services/all-in-one/src/main.ts', env);
  try {
    await until(`http://127.0.0.1:${port}/readyz`);
    const [system, administrator] = await Promise.all([token('journalsystem'), token('administrator')]);
    const found = new Map<string, Latency & { scans: boolean }>();
    for (const search of [...patientSearches(patients), ...typeSearches, ...relationSearches]) {
      const plan = await ask(`${search.path(0)}&_explain=true`.replace(/^([^?]*)&/, '$1?'), administrator);
      found.set(search.name, { ...(await latency(search, system)), scans: /Seq Scan on \w/.test(plan) });
    }
    return found;
  } finally {
    service.kill('SIGTERM');
    await new Promise((resolve) => service.on('exit', resolve));
    await database.stop();
  }
}

/** What autovacuum does within minutes of a load. */
async function settle(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('vacuum analyze');
  await client.end();
}

async function ask(path: string, token: string): Promise<string> {
  const answer = await fetch(`${base}/${path}`, { headers: { authorization: `Bearer ${token}` } });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text.slice(0, 300)}`);
  return text;
}

/** Two callers at a time, one for each core of a small machine. */
async function latency({ path }: Search, token: string): Promise<Latency> {
  for (let n = 0; n < 20; n++) await ask(path(n), token);
  const times: number[] = [];
  let next = 0;
  const caller = async () => {
    while (next < requests) {
      const n = next++;
      const start = performance.now();
      await ask(path(n), token);
      times.push(performance.now() - start);
    }
  };
  await Promise.all([caller(), caller()]);
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}

async function token(persona: string): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/sandbox/token?persona=${persona}`, { method: 'POST' });
  return ((await answer.json()) as { access_token: string }).access_token;
}

async function until(url: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const ready = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`nothing answers at ${url}`);
}

try {
  const results: Map<string, Latency & { scans: boolean }>[] = [];
  for (const patients of sizes) results.push(await measure(patients));
  const cell = (value: string, width = 10) => value.padStart(width);
  console.log(
    `\nmilliseconds, ${requests} requests from 2 callers${' '.repeat(24)}${sizes.map((size) => cell(`p50@${size}`, 12) + cell(`p95@${size}`, 12)).join('')}  ratio  scan`,
  );
  const all = [...patientSearches(1), ...typeSearches, ...relationSearches];
  for (const { name, bound } of all) {
    const rows = results.map((each) => each.get(name));
    const [first, last] = [rows[0], rows.at(-1)];
    const figures = rows.map(
      (row) => cell(row?.p50.toFixed(1) ?? '', 12) + cell(row?.p95.toFixed(1) ?? '', 12),
    );
    const ratio = bound && first && last ? (last.p50 / first.p50).toFixed(2) : '';
    console.log(
      `${name.padEnd(80).slice(0, 80)}${figures.join('')}${cell(ratio, 7)}${rows.some((row) => row?.scans) ? '  SCAN' : ''}`,
    );
  }
} finally {
  if (!kept) rmSync(folder, { recursive: true, force: true });
}
