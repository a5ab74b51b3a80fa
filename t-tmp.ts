import { startEmbedded } from './services/all-in-one/src/sandbox/embedded.ts';
import { migrate, openStore } from './libs/store/src/index.ts';
import { systemScope } from './libs/access/src/index.ts';
import { storedText, loadDefinitions } from './libs/fhir/src/index.ts';
import { createCatalog, createExtractor } from './libs/search/src/index.ts';
import { patientRecords } from './services/all-in-one/src/seed/patient-records.ts';
import { rmSync } from 'node:fs';
import { execSync, spawn } from 'node:child_process';
import pg from 'pg';
rmSync('/tmp/pgb', {recursive:true, force:true});
const pgs = await startEmbedded({ dataDir: '/tmp/pgb', durable: true });
await migrate(pgs.url);
const store = await openStore({ url: pgs.url, connections: 8 });
const d = loadDefinitions(); const ex = createExtractor(createCatalog(d), 'http://x/fhir');
const actor = { kind: 'staff', id: 'x', organisation: 'ORG1', unit: 'U1', purpose: 'care', mayChooseIds: true } as const;
const ctx = { actor, scope: systemScope('bench'), request: 'r1', interaction: 'create' };
const encs = Array.from({ length: 100 }, (_, n) => Object.values(patientRecords(1, n)).flat().filter((r: any) => r.resourceType === 'Encounter')).flat().map((r: any) => { const { id, ...rest } = r; return rest; });
console.log(encs.length, JSON.stringify(encs[0]).length, JSON.stringify(ex('Encounter', 'x', encs[0])));
const pool = new pg.Pool({ connectionString: pgs.url, max: 8 });
async function load(label: string, n: number, f: (i: number) => Promise<unknown>, width = 8) {
  let i = 0; const t = performance.now(); const c = process.cpuUsage();
  await Promise.all(Array.from({ length: width }, async () => { while (i < n) await f(i++); }));
  const ms = performance.now() - t; const u = process.cpuUsage(c);
  console.log(label, Math.round(n / ms * 1000) + '/s', 'node cpu us', Math.round((u.user + u.system) / n));
}
const one = (i: number) => { const r: any = encs[i % encs.length]; const text = JSON.stringify(r); const id = store.newId(); const { meta, body } = storedText(text); return { kind: 'put', method: 'POST', type: 'Encounter', id, mode: 'create', meta, body, rows: ex('Encounter', id, r) } as any; };
for (let r = 0; r < 3; r++) {
  await load('create', 8000, (i) => store.write(ctx, [one(i)]));
  await load('floor', 8000, (i) => pool.query({ name: 'b', text: "insert into outbox (bucket, rid, version, type, id, method) values (1, gen_random_uuid(), 1, $1, $2, 'x')", values: ['x', JSON.stringify(encs[i % encs.length])] }));
}
const pids = (await pool.query("select pid from pg_stat_activity where application_name='naravard'")).rows.map((r: any) => r.pid).join(',');
const p = spawn('perf', ['record', '-e', 'cpu-clock', '-F', '5000', '-g', '-p', pids, '-o', '/tmp/perf.data'], { stdio: 'ignore' });
await new Promise((r) => setTimeout(r, 500));
await load('create', 16000, (i) => store.write(ctx, [one(i)]));
p.kill('SIGINT'); await new Promise((r) => setTimeout(r, 1500));
process.exit();
