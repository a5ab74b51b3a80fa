/**
 * `npm run bench:search`: the latency of searches over 2,000 and over 50,000 patients (about 500,000 Encounters) on one
 * database each, as a nurse asks by law; beside it the same with all rights (composed.ts), which finds all patients where the
 * search names none; and whether PostgreSQL reads a table from end to end for the nurse. Environment: BENCH_SIZES
 * (2000,50000), BENCH_REQUESTS of each search (200), BENCH_FOLDER, where seeded databases are kept and found again,
 * BENCH_ONLY (part of a search's name), BENCH_VERBOSE.
 */
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '@naravard/all-in-one/embedded';
import { personas } from '../services/all-in-one/src/sandbox/personas.ts';
import { actorOfNurse, createCallers } from './callers.ts';
import { quantile } from './latency.ts';
import { createProcesses, until } from './processes.ts';
import { removeData } from './remove-data.ts';
import { falkenbergNurse, patientSearches, relationSearches, type Search, typeSearches } from './searches.ts';
import { settle } from './settle.ts';

const sizes = (process.env.BENCH_SIZES ?? '2000,50000').split(',').map(Number);
const requests = Number(process.env.BENCH_REQUESTS ?? 200);
const kept = process.env.BENCH_FOLDER;
const folder = kept ?? mkdtempSync(join(tmpdir(), 'naravard-bench-'));
const only = process.env.BENCH_ONLY ?? '';
const ports = { law: 18_082, all: 18_084 };
const law = `http://127.0.0.1:${ports.law}`;
const all = `http://127.0.0.1:${ports.all}`;
const { start, stopAll } = createProcesses();

interface Found {
  law: Latency;
  all: Latency;
  scans: boolean;
}

interface Latency {
  p50: number;
  p95: number;
}

type TokenOf = Awaited<ReturnType<typeof createCallers>>['tokenOf'];

const searchesOver = (patients: number): Search[] =>
  [...patientSearches(patients), ...typeSearches, ...relationSearches].filter(({ name }) =>
    name.includes(only),
  );

/** The latencies and plans of all searches over so many patients. */
async function measure(patients: number): Promise<Map<string, Found>> {
  const dataDir = join(folder, String(patients));
  const database = await startEmbedded({ dataDir });
  const env = { DATABASE_URL: database.url, DATA_DIR: dataDir };
  const served = { ...env, PORT: String(ports.law), BASE_URL: `${law}/fhir` };
  try {
    await once(
      start('../services/all-in-one/src/seed/main.ts', served, ['--patients', String(patients)]),
      'exit',
    );
    await settle(database.url);
    const explained = { EXPLAIN_AS: JSON.stringify(actorOfNurse(falkenbergNurse())) };
    for (const [rights, base] of [
      ['law', law],
      ['all', all],
    ] as const) {
      const port = { PORT: String(ports[rights]), BASE_URL: `${base}/fhir` };
      start('composed.ts', { ...env, ...explained, ...port }, [rights, `${law}/fhir`]);
      await until(`${base}/readyz`, true);
    }
    const { tokenOf } = await createCallers(dataDir, `${law}/fhir`);
    const found = new Map<string, Found>();
    for (const search of searchesOver(patients)) found.set(search.name, await measured(search, tokenOf));
    return found;
  } finally {
    await stopAll();
    await database.stop();
  }
}

const administrator = personas.find(({ id }) => id === 'administrator')?.claims;

async function measured(search: Search, tokenOf: TokenOf): Promise<Found> {
  if (!administrator) throw new Error('no administrator');
  const explain = `${search.path(0)}&_explain=true`.replace(/^([^?]*)&/, '$1?');
  const plan = await ask(`${law}/fhir/${explain}`, await tokenOf(administrator));
  return {
    all: await latency(all, search, tokenOf),
    law: await latency(law, search, tokenOf),
    scans: /Seq Scan on \w/.test(plan),
  };
}

async function ask(url: string, token: string): Promise<string> {
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${text.slice(0, 300)}`);
  return text;
}

/** Two callers at a time, one for each core of a small machine. */
async function latency(base: string, { path, nurse }: Search, tokenOf: TokenOf): Promise<Latency> {
  const asked = async (n: number) => ask(`${base}/fhir/${path(n)}`, await tokenOf(nurse(n)));
  for (let n = 0; n < 20; n++) await asked(n);
  const times: number[] = [];
  let next = 0;
  const caller = async () => {
    while (next < requests) {
      const n = next++;
      const token = await tokenOf(nurse(n));
      const start = performance.now();
      await ask(`${base}/fhir/${path(n)}`, token);
      times.push(performance.now() - start);
    }
  };
  await Promise.all([caller(), caller()]);
  times.sort((a, b) => a - b);
  return { p50: quantile(times, 0.5), p95: quantile(times, 0.95) };
}

/** `ratio`: of the medians of a patient's searches, at the last and the first size. */
function print(results: readonly Map<string, Found>[]): void {
  const cell = (value: string, width = 10) => value.padStart(width);
  const heads = sizes.map(
    (size) =>
      cell(`p50@${size}`, 12) + cell(`p95@${size}`, 12) + cell(`all@${size}`, 12) + cell('law/all', 9),
  );
  console.log(
    `\nmilliseconds, ${requests} requests from 2 callers${' '.repeat(40)}${heads.join('')}  ratio  scan`,
  );
  for (const { name, bound } of searchesOver(1)) {
    const rows = results.map((each) => each.get(name));
    const [first, last] = [rows[0], rows.at(-1)];
    const figures = rows.map((row) =>
      row
        ? cell(row.law.p50.toFixed(1), 12) +
          cell(row.law.p95.toFixed(1), 12) +
          cell(row.all.p50.toFixed(1), 12) +
          cell((row.law.p50 / row.all.p50).toFixed(2), 9)
        : '',
    );
    const ratio = bound && first && last ? (last.law.p50 / first.law.p50).toFixed(2) : '';
    console.log(
      `${name.padEnd(80).slice(0, 80)}${figures.join('')}${cell(ratio, 7)}${rows.some((row) => row?.scans) ? '  SCAN' : ''}`,
    );
  }
}

try {
  const results: Map<string, Found>[] = [];
  for (const patients of sizes) results.push(await measure(patients));
  print(results);
} finally {
  if (!kept) removeData(folder);
}
