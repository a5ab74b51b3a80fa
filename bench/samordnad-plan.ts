/**
 * `npm run bench:plan`: the latency of `Patient/$samordnad-plan`, in each of its forms, beside that
 * of a search within the same patient, in turns over one database, as the patient's nurse asks by law. The goal is three times
 * the search at 50,000 patients. Environment: BENCH_PATIENTS (2000), BENCH_REQUESTS of each in a round (100), BENCH_ROUNDS (3),
 * BENCH_FOLDER, where the seeded database is kept and found again, BENCH_VERBOSE.
 */
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '@naravard/all-in-one/embedded';
import { createCallers, isShared, nurseOf, patientId } from './callers.ts';
import { median, quantile } from './latency.ts';
import { createProcesses, until } from './processes.ts';
import { removeData } from './remove-data.ts';
import { settle } from './settle.ts';

const setting = (name: string, usual: number) => Number(process.env[name] ?? usual);
const patients = setting('BENCH_PATIENTS', 2000);
const requests = setting('BENCH_REQUESTS', 100);
const rounds = setting('BENCH_ROUNDS', 3);
const kept = process.env.BENCH_FOLDER;
const folder = kept ?? mkdtempSync(join(tmpdir(), 'naravard-bench-'));
const port = 18_086;
const service = `http://127.0.0.1:${port}`;
const { start, stopAll } = createProcesses();
const database = await startEmbedded({ dataDir: folder });

/** Of whom one nurse sees all, in no order that a cache would like. */
const asked = Array.from({ length: Math.min(200, patients) }, (_, n) => (n * 7919) % patients).filter(
  isShared,
);

const questions: readonly { name: string; path(id: string): string }[] = [
  { name: 'CareTeam by patient', path: (id) => `CareTeam?patient=${id}` },
  {
    name: 'Encounter by patient and date, sorted',
    path: (id) => `Encounter?patient=${id}&date=ge2025-01-01&_sort=-date`,
  },
  { name: '$samordnad-plan, compact', path: (id) => `Patient/${id}/$samordnad-plan?_format=compact` },
  { name: '$samordnad-plan, document', path: (id) => `Patient/${id}/$samordnad-plan` },
  { name: '$samordnad-plan, page', path: (id) => `Patient/${id}/$samordnad-plan?_format=html` },
];

try {
  const env = {
    DATABASE_URL: database.url,
    DATA_DIR: folder,
    PORT: String(port),
    BASE_URL: `${service}/fhir`,
  };
  const seeded = start('../services/all-in-one/src/seed/main.ts', env, ['--patients', String(patients)]);
  const [code] = await once(seeded, 'exit');
  if (code !== 0) throw new Error('the seed was refused: BENCH_VERBOSE=1 says why');
  await settle(database.url);
  start('../services/all-in-one/src/main.ts', env);
  await until(`${service}/readyz`, true);
  const { tokenOf } = await createCallers(folder, `${service}/fhir`);
  const ask = async (path: string, n: number) => {
    const headers = { authorization: `Bearer ${await tokenOf(nurseOf(n))}` };
    const began = performance.now();
    const answer = await fetch(`${service}/fhir/${path}`, { headers });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text.slice(0, 300)}`);
    return performance.now() - began;
  };
  const times = new Map(questions.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round++) {
    for (const { name, path } of questions) {
      const found: number[] = [];
      for (let turn = 0; turn < requests; turn++) {
        const n = asked[(turn + round * 31) % asked.length] ?? 0;
        found.push(await ask(path(patientId(n)), n));
      }
      // The first round warms what is compiled and planned on first use.
      if (round > 0)
        times.get(name)?.push(
          quantile(
            found.toSorted((a, b) => a - b),
            0.5,
          ),
        );
    }
  }
  const base = median(times.get('CareTeam by patient') ?? []);
  console.log(
    `\n${patients} patients, ${rounds} rounds of ${requests} requests from one caller: p50 in milliseconds, and times the first`,
  );
  for (const { name } of questions) {
    const p50 = median(times.get(name) ?? []);
    console.log(`${name.padEnd(42)}${p50.toFixed(2).padStart(8)}${(p50 / base).toFixed(2).padStart(8)}`);
  }
} finally {
  await stopAll();
  await database.stop();
  if (!kept) removeData(folder);
}
