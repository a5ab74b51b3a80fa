import { startEmbedded } from './services/all-in-one/src/sandbox/embedded.ts';
import { migrate } from './libs/store/src/index.ts';
import { openPool } from './libs/store/src/database.ts';
import { Statements } from './libs/store/src/statement.ts';
import { searchPage } from './libs/store/src/search.ts';
import { readOne } from './libs/store/src/read.ts';
import { writeAll } from './libs/store/src/write.ts';
import { systemScope } from './libs/access/src/index.ts';
import { storedText, loadDefinitions } from './libs/fhir/src/index.ts';
import { createCatalog, createExtractor, parseQuery } from './libs/search/src/index.ts';
import { patientRecords } from './services/all-in-one/src/seed/patient-records.ts';
import { rmSync } from 'node:fs';
import { cpuOf } from './bench/cpu.ts';
import pg from 'pg';
rmSync('/tmp/pgb', {recursive:true, force:true});
const pgs = await startEmbedded({ dataDir: '/tmp/pgb', durable: true });
await migrate(pgs.url);
const pool = openPool({ url: pgs.url, connections: 1 });
const s = new Statements();
const d = loadDefinitions(); const cat = createCatalog(d); const ex = createExtractor(cat, 'http://x/fhir');
const actor = { kind: 'staff', id: 'x', organisation: 'ORG1', unit: 'U1', purpose: 'care', mayChooseIds: true } as const;
const ctx = { actor, scope: systemScope('bench'), request: 'r1', interaction: 'create' };
for (let n = 0; n < 300; n++) {
  const w = Object.values(patientRecords(1, n)).flat().map((r: any) => { const { meta, body } = storedText(JSON.stringify(r)); return { kind: 'put', method: 'PUT', type: r.resourceType, id: r.id, mode: 'create', meta, body, rows: ex(r.resourceType, r.id, r) } as any; });
  await writeAll(s, pool, ctx, w);
}
const admin = new pg.Pool({ connectionString: pgs.url, max: 1 });
if (process.argv[2] !== 'noanalyze') await admin.query('vacuum analyze');
const pid = (await admin.query("select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int as pid")).rows[0].pid;
const q = (type: string, pairs: [string, string][]) => parseQuery(cat, type, pairs, { handling: 'strict', base: 'http://x/fhir' });
const pat = (n: number) => patientRecords(1, n % 300).region[0]!.id as string;
async function time(label: string, f: (i: number) => Promise<unknown>) {
  for (let i = 0; i < 50; i++) await f(i);
  const t = performance.now(), c = process.cpuUsage(), p = cpuOf(pid); const n = 1500;
  for (let i = 0; i < n; i++) await f(i);
  const u = process.cpuUsage(c);
  console.log(label.padEnd(20), 'us wall', Math.round((performance.now() - t) / n * 1000), 'node', Math.round((u.user + u.system) / n), 'pg', Math.round((cpuOf(pid) - p) * 1000 / n));
}
await time('read', (i) => readOne(s, pool, ctx, { type: 'Patient', id: pat(i) }));
await time('careteam', (i) => searchPage(s, pool, ctx, q('CareTeam', [['patient', 'Patient/' + pat(i)]])));
await time('encounter sorted', (i) => searchPage(s, pool, ctx, q('Encounter', [['patient', 'Patient/' + pat(i)], ['date', 'ge2025-01-01'], ['_sort', '-date']])));
await time('parse+sql only', async (i) => q('Encounter', [['patient', 'Patient/' + pat(i)], ['date', 'ge2025-01-01'], ['_sort', '-date']]));
await time('status', (i) => searchPage(s, pool, ctx, q('Encounter', [['status', 'finished']])));
console.log((await pool.query('select left(statement, 60) st, generic_plans::int g, custom_plans::int c from pg_prepared_statements')).rows);
const captured: any[] = [];
const cap = { query: async (c: any) => { captured.push(c); return pool.query(c); } } as any;
await searchPage(s, cap, ctx, q('Encounter', [['patient', 'Patient/' + pat(7)], ['date', 'ge2025-01-01'], ['_sort', '-date']]));
const { text, values } = captured[0];
console.log(text);
const lit = (v: any) => v === null ? 'null' : Array.isArray(v) ? "array[" + v.map(lit).join(',') + "]::text[]" : "'" + String(v).replace(/'/g, "''") + "'";
const inlined = text.replace(/\$(\d+)/g, (_: any, n: string) => lit(values[Number(n) - 1]));
for (let k = 0; k < 3; k++) { const e = await admin.query('explain (analyze, costs off, buffers off) ' + inlined); if (k === 2) console.log(e.rows.map((r: any) => r['QUERY PLAN']).join('\n')); }
await pool.end(); await admin.end(); await pgs.stop(); process.exit();
