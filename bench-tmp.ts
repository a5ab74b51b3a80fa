import { startEmbedded } from './services/all-in-one/src/sandbox/embedded.ts';
import { migrate } from './libs/store/src/migrate.ts';
import { openPool } from './libs/store/src/database.ts';
import { Statements } from './libs/store/src/statement.ts';
import { writeAll } from './libs/store/src/write.ts';
import { readOne } from './libs/store/src/read.ts';
import { historyPage } from './libs/store/src/history.ts';
import { systemScope, organisationScope } from './libs/access/src/index.ts';
import { storedText } from './libs/fhir/src/body.ts';
import { readFileSync, rmSync } from 'node:fs';
import { randomUUIDv7 } from 'node:crypto';
rmSync('/tmp/pgb', {recursive:true, force:true});
const pgs = await startEmbedded({ dataDir: '/tmp/pgb', durable: true });
await migrate(pgs.url);
await migrate(pgs.url);
const pool = openPool({ url: pgs.url, connections: 16 });
const s = new Statements();
const actor = { kind: 'staff', id: 'x', organisation: 'ORG1', unit: 'U1', purpose: 'care', mayChooseIds: true } as const;
const ctx = { actor, scope: systemScope('bench'), request: 'r1', interaction: 'create' };
const text = readFileSync('/work/shared/data/r4-examples/Encounter/' + (await import('node:fs')).readdirSync('/work/shared/data/r4-examples/Encounter')[0], 'utf8');
const st = storedText(text); console.log(st.type, st.id, st.body.length);
const rows = (p: string) => ({ patient: p, period: { start: '2026-01-01T00:00:00.000Z', end: null }, labels: [], tokens: ['status=finished','class|http://terminology.hl7.org/CodeSystem/v3-ActCode HH','class=HH','class|http://terminology.hl7.org/CodeSystem/v3-ActCode ', 'type|http://snomed.info/sct 1234', 'type=1234','type|http://snomed.info/sct '],
 identifiers: [{ param: 'identifier', system: 'http://x', value: randomUUIDv7() }], references: [{param:'subject', targetType:'Patient', target:p, system:null,value:null},{param:'service-provider', targetType:'Organization', target:'o1', system:null,value:null},{param:'participant', targetType:'Practitioner', target:'pr1', system:null,value:null}], texts: [], dates: [], quantities: [] });
const put = (id: string, p: string, extra = {}) => ({ kind: 'put', method: 'POST', type: 'Encounter', id, mode: 'create', meta: st.meta, body: st.body, rows: rows(p), ...extra }) as any;
const id = randomUUIDv7();
console.log(await writeAll(s, pool, ctx, [put(id, 'p1')]));
console.log(await writeAll(s, pool, ctx, [put(id, 'p1')]), 'exists');
console.log(await writeAll(s, pool, ctx, [put(id, 'p1', { mode: 'update', method: 'PUT' })]), 'unchanged');
console.log(await writeAll(s, pool, ctx, [put(id, 'p1', { mode: 'update', method: 'PUT', expected: 1, body: ',"x":1}' })]), 'updated');
console.log(await writeAll(s, pool, ctx, [put(id, 'p1', { mode: 'update', method: 'PUT', expected: 1, body: ',"x":2}' })]), 'stale');
console.log(await writeAll(s, pool, ctx, [put(id, 'p2', { mode: 'update', method: 'PUT', body: ',"x":2}' })]), 'subject-changed');
console.log(await writeAll(s, pool, ctx, [put('new1', 'p2', { mode: 'any', method: 'PUT', body: ',"x":2}' })]), 'created');
console.log(await writeAll(s, pool, ctx, [put('new1', 'p2', { mode: 'any', method: 'PUT', body: ',"x":3}' })]), 'updated');
console.log(await writeAll(s, pool, ctx, [{ kind: 'delete', type: 'Encounter', id: 'new1' }]), 'deleted');
console.log(await writeAll(s, pool, ctx, [{ kind: 'delete', type: 'Encounter', id: 'new1' }]), 'unchanged');
console.log(await writeAll(s, pool, ctx, [put('new1', 'p2', { mode: 'any', method: 'PUT', body: ',"x":3}' })]), 'recreated');
console.log(await readOne(s, pool, ctx, { type: 'Encounter', id }));
console.log(await readOne(s, pool, { ...ctx, scope: organisationScope('other') }, { type: 'Encounter', id }));
console.log(await readOne(s, pool, ctx, { type: 'Encounter', id, version: 1 }).then((x) => x?.version));
console.log(JSON.stringify(await historyPage(s, pool, ctx, { types: ['Encounter'], count: 2 })).slice(0, 300));
console.log((await pool.query('select interaction,outcome,reason,patient,targets from audit')).rows.slice(0,4), (await pool.query('select count(*) from outbox')).rows, (await pool.query('select count(*) from identifier')).rows);
async function load(label: string, n: number, f: (i: number) => Promise<unknown>, width = 16) {
  let i = 0; const t = performance.now(); const c = process.cpuUsage();
  await Promise.all(Array.from({ length: width }, async () => { while (i < n) await f(i++); }));
  const ms = performance.now() - t; const u = process.cpuUsage(c);
  console.log(label, Math.round(n / ms * 1000) + '/s', 'node cpu us', Math.round((u.user + u.system) / n));
}
await pool.query('create temp table if not exists t(x int)').catch(()=>{});
const admin = openPool({ url: pgs.url, connections: 16 });
for (let round = 0; round < 2; round++) {
await load('create 1', 10000, (i) => writeAll(s, pool, ctx, [put(randomUUIDv7(), 'p' + (i % 500))]));
await load('bare version insert', 10000, () => pool.query({ name: 'bare', text: "insert into version (bucket,rid,version,type,method,last_updated,body) values (1,$1,1,'Encounter','POST',now(),$2)", values: [randomUUIDv7(), st.body] }));
await load('create 50', 400, (i) => writeAll(s, pool, ctx, Array.from({ length: 50 }, () => put(randomUUIDv7(), 'p' + (i % 500)))), 4);
await load('read', 10000, () => readOne(s, pool, ctx, { type: 'Encounter', id }));
await load('floor read', 10000, () => pool.query({ name: 'fr', text: "with a as (insert into audit (bucket, request, interaction, outcome, reason, actor_kind) values (0,'r','read',0,'x','staff')) select meta, body from version where bucket=$1 and rid=$2 and version=$3", values: [1, randomUUIDv7(), 1] }));
}
await pool.end(); await admin.end(); await pgs.stop(); process.exit();
