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

await pool.query(`
create function put_one(b smallint, r uuid, t text, i text, m text, dg bytea, p text, st timestamptz, en timestamptz, lab text[], tok text[], me text, bo text, cu text, un text,
  g text[], reason text, rparam text[], rtype text[], rtarget text[]) returns timestamptz language plpgsql as $$
declare at timestamptz := date_trunc('milliseconds', clock_timestamp());
begin
  insert into resource (bucket, rid, type, id, version, deleted, last_updated, digest, patient, custodian, author_unit, labels, starts, ends, tokens)
  values (b, r, t, i, 1, false, at, dg, p, cu, un, lab, st, en, tok) on conflict on constraint resource_type_id do nothing;
  if not found then return null; end if;
  insert into version (bucket, rid, version, type, method, last_updated, custodian, author_unit, meta, body) values (b, r, 1, t, m, at, cu, un, me, bo);
  if cardinality(rparam) > 0 then
    insert into reference (bucket, rid, type, param, target_type, target) select b, r, t, x.xa, x.xb, x.xc from unnest(rparam, rtype, rtarget) x(xa,xb,xc);
  end if;
  insert into audit (request, interaction, actor_kind, actor, organisation, unit, purpose, query, reason, outcome, bucket, type, patient, targets)
  values (g[1], g[2], g[3], g[4], g[5], g[6], g[7], g[8], reason, 0, b, t, p, array[t || '/' || i || '/_history/1']);
  insert into outbox (bucket, rid, version, type, id, method, patient) values (b, r, 1, t, i, m, p);
  return at;
end $$`);
import { randomUUIDv7, hash } from 'node:crypto';
const mk = (k: number) => { const r: any = encs[k % encs.length]; const text = JSON.stringify(r); const id = randomUUIDv7(); const { meta, body } = storedText(text); const rows = ex('Encounter', id, r); return [5, randomUUIDv7(), 'Encounter', id, 'POST', '\\x'+hash('sha256', body).slice(0,32), rows.patient, rows.period?.start, rows.period?.end, rows.labels, rows.tokens, meta, body, 'ORG', 'UNIT', ['r','i','k','a','o','u','p',null], 'why', rows.references.map(x=>x.param), rows.references.map(x=>x.targetType), rows.references.map(x=>x.target)]; };
const spool = new pg.Pool({ connectionString: pgs.url, max: 8, options: '-c jit=off' });
let k = 0;
const one = (i: number) => { const r: any = encs[i % encs.length]; const text = JSON.stringify(r); const id = store.newId(); const { meta, body } = storedText(text); return { kind: 'put', method: 'POST', type: 'Encounter', id, mode: 'create', meta, body, rows: ex('Encounter', id, r) } as any; };
for (let r = 0; r < 3; r++) {
  await load('cte x1', 6000, 1, (i) => store.write(ctx, [one(k++)]));
  await load('plpgsql x1', 6000, 1, () => spool.query({ name: 'f', text: 'select put_one($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20)', values: mk(k++) }));
  await load('floor bare', 6000, 1, (i) => pool.query({ name: 'b', text: "insert into outbox (bucket, rid, version, type, id, method) values (1, gen_random_uuid(), 1, $1, $2, 'x')", values: ['x', JSON.stringify(encs[i % encs.length])] }));
}
await pool.end(); await spool.end(); await store.close(); await pgs.stop(); process.exit();
