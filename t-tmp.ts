import { startEmbedded } from './services/all-in-one/src/sandbox/embedded.ts';
import { migrate, openStore } from './libs/store/src/index.ts';
import { systemScope } from './libs/access/src/index.ts';
import { storedText, loadDefinitions } from './libs/fhir/src/index.ts';
import { createCatalog, createExtractor } from './libs/search/src/index.ts';
import { patientRecords } from './services/all-in-one/src/seed/patient-records.ts';
import { rmSync } from 'node:fs';
import pg from 'pg';
import { cpuOf } from './bench/cpu.ts';
rmSync('/tmp/pgb', {recursive:true, force:true});
const pgs = await startEmbedded({ dataDir: '/tmp/pgb', durable: true });
await migrate(pgs.url);
const store = await openStore({ url: pgs.url, connections: 8 });
const d = loadDefinitions(); const ex = createExtractor(createCatalog(d), 'http://x/fhir');
const actor = { kind: 'staff', id: 'x', organisation: 'ORG1', unit: 'U1', purpose: 'care', mayChooseIds: true } as const;
const ctx = { actor, scope: systemScope('bench'), request: 'r1', interaction: 'create' };
const encs = Array.from({ length: 100 }, (_, n) => Object.values(patientRecords(1, n)).flat().filter((r: any) => r.resourceType === 'Encounter')).flat().map((r: any) => { const { id, ...rest } = r; return rest; });
const pool = new pg.Pool({ connectionString: pgs.url, max: 8 });
const pid = (await pool.query("select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int as pid")).rows[0].pid;
async function load(label: string, n: number, per: number, f: (i: number) => Promise<unknown>, width = 8) {
  let i = 0; const t = performance.now(); const c = process.cpuUsage(); const p = cpuOf(pid);
  await Promise.all(Array.from({ length: width }, async () => { while (i < n) await f(i++); }));
  const ms = performance.now() - t; const u = process.cpuUsage(c);
  console.log(label.padEnd(34), Math.round(n * per / ms * 1000) + '/s', 'node us', Math.round((u.user + u.system) / n / per), 'pg us', Math.round((cpuOf(pid) - p) * 1000 / n / per));
}
const one = (i: number) => { const r: any = encs[i % encs.length]; const text = JSON.stringify(r); const id = store.newId(); const { meta, body } = storedText(text); return { kind: 'put', method: 'POST', type: 'Encounter', id, mode: 'create', meta, body, rows: ex('Encounter', id, r) } as any; };
let k = 0;
const both = async (label: string) => {
  await load(label + ' x1', 6000, 1, (i) => store.write(ctx, [one(k++)]));
  await load(label + ' x10', 1000, 10, (i) => store.write(ctx, Array.from({ length: 10 }, () => one(k++))));
};
await both('warm'); await both('all');
for (const sql of process.argv.slice(2)) { await pool.query(sql); await both(sql.slice(0, 26)); }
await load('floor bare', 6000, 1, (i) => pool.query({ name: 'b', text: "insert into outbox (bucket, rid, version, type, id, method) values (1, gen_random_uuid(), 1, $1, $2, 'x')", values: ['x', JSON.stringify(encs[i % encs.length])] }));
await pool.end(); await store.close(); await pgs.stop(); process.exit();
