import { Statements } from './libs/store/src/statement.ts';
import { writeAll } from './libs/store/src/write.ts';
import { systemScope } from './libs/access/src/index.ts';
import { storedText, loadDefinitions, readJson, createValidator } from './libs/fhir/src/index.ts';
import { createCatalog, createExtractor, parseQuery } from './libs/search/src/index.ts';
import { patientRecords } from './services/all-in-one/src/seed/patient-records.ts';
const d = loadDefinitions(); const cat = createCatalog(d); const ex = createExtractor(cat, 'http://x/fhir'); const val = createValidator(d);
const actor = { kind: 'staff', id: 'x', organisation: 'ORG1', unit: 'U1', purpose: 'care', mayChooseIds: true } as const;
const ctx = { actor, scope: systemScope('bench'), request: 'r1', interaction: 'create' };
const all = Array.from({ length: 100 }, (_, n) => Object.values(patientRecords(1, n)).flat()).flat() as any[];
const s = new Statements();
const stub = { query: async () => ({ rows: [{ n: '1', version: '1', last_updated: '2026-11-23 02:15:00.12+00', was_absent: 't' }] }) } as any;
async function t(label: string, f: (i: number) => unknown, n = 20000) { for (let i = 0; i < 3000; i++) await f(i); const c = process.cpuUsage(); for (let i = 0; i < n; i++) await f(i); const u = process.cpuUsage(c); console.log(label.padEnd(30), ((u.user + u.system) / n).toFixed(1), 'us'); }
for (const type of ['Encounter', 'CarePlan', 'CareTeam']) {
  const res = all.filter((r) => r.resourceType === type); const texts = res.map((r) => JSON.stringify(r)); console.log(type, res.length, 'avg', Math.round(texts.reduce((a, b) => a + b.length, 0) / texts.length));
  const st = texts.map((x) => storedText(x)); const rows = res.map((r) => ex(type, r.id, r));
  console.log(Object.entries(rows[0]!).map(([k, v]) => k + ':' + (Array.isArray(v) ? v.length : 1)).join(' '));
  const N = res.length;
  await t('JSON.parse', (i) => JSON.parse(texts[i % N]!));
  await t('readJson', (i) => readJson(texts[i % N]!));
  await t('storedText', (i) => storedText(texts[i % N]!));
  await t('validate', (i) => val(res[i % N]));
  await t('extract', (i) => ex(type, 'x', res[i % N]));
  await t('write stub', (i) => writeAll(s, stub, ctx, [{ kind: 'put', method: 'POST', type, id: 'x' + i, mode: 'create', meta: st[i % N]!.meta, body: st[i % N]!.body, rows: rows[i % N]! }]));
}
