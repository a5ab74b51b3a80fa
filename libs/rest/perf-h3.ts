import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';
import { fork } from 'node:child_process';
import { loadDefinitions, storedText } from '@naravard/fhir';
import { buildApp } from './src/index.ts';
import { Session } from 'node:inspector/promises';
import { writeFileSync } from 'node:fs';

if (process.argv[2] === 'client') {
  process.on('message', async (m: any) => {
    const r = await autocannon({ url: m.url, connections: 16, duration: 5, method: m.method, body: m.body, headers: m.headers });
    process.send!({ rps: r.requests.average, non2xx: r.non2xx, total: r.requests.total });
  });
} else {
  const text = JSON.stringify({resourceType:'CareTeam',status:'active',name:'Fast vårdkontakt',subject:{reference:'Patient/1'},category:[{coding:[{system:'http://snomed.info/sct',code:'1'}]}],participant:Array.from({length:4},(_, i)=>({role:[{coding:[{system:'http://x',code:'a'}]}],member:{reference:'Practitioner/'+i}}))});
  const enc = JSON.stringify({resourceType:'Encounter',status:'finished',class:{system:'http://terminology.hl7.org/CodeSystem/v3-ActCode',code:'HH'},subject:{reference:'Patient/1'},period:{start:'2026-01-01T10:00:00Z',end:'2026-01-01T11:00:00Z'},participant:[{individual:{reference:'Practitioner/1'}}],serviceProvider:{reference:'Organization/1'}});
  const st = storedText(text);
  const stored = { type:'CareTeam', id:'1', version:1, lastUpdated:'2026-01-01T10:00:00.000Z', deleted:false, method:'POST' as const, meta: st.meta, body: st.body };
  const store: any = { read: async () => stored, search: async () => ({ resources: Array(10).fill(stored) }), write: async (_c: any, w: any[]) => w.map((x) => ({ result: 'created', type: x.type, id: x.id, version: 1, lastUpdated: stored.lastUpdated })), newId: () => crypto.randomUUID(), refuse: async()=>{}, ready: async()=>{} };
  const defs = loadDefinitions();
  const actor = { kind:'system' as const, id:'x', organisation:null, unit:null, purpose:null, mayChooseIds:true };
  const app = buildApp({ store, definitions: defs, modules: [{name:'a',resources:[...defs.resourceTypes].map(type=>({type}))}], base:'http://localhost:8080/fhir', identity:{ actorOf: () => actor }, pageKey: new Uint8Array(32), logger: false });
  app.get('/static', async () => ({ hello: 'world' }));
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  if (process.argv[2]==='tx') { const m = JSON.parse(process.argv[3] ?? 'null'); }
  const probe = await fetch(url+'/fhir',{method:'POST',headers:{authorization:'Bearer a','content-type':'application/fhir+json'},body:JSON.stringify({resourceType:'Bundle',type:'transaction',entry:Array.from({length:10},(_, i)=>({fullUrl:'urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0'+i,resource:{...JSON.parse(enc),partOf:{reference:'urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f01'}},request:{method:'POST',url:'Encounter'}}))})}); console.log((await probe.text()).slice(0,600));
  const child = fork(new URL(import.meta.url), ['client'], { execArgv: ['--conditions=source'] });
  const headers = { authorization: 'Bearer abc', 'content-type': 'application/fhir+json' };
  for (const [name, m] of Object.entries({ static: {url: url+'/static', method:'GET', headers}, read: { url: url+'/fhir/CareTeam/1', method:'GET', headers }, search: { url: url+'/fhir/Encounter?patient=1&date=ge2026-01-01&_sort=-date', method:'GET', headers }, tx: { url: url+'/fhir', method:'POST', body: JSON.stringify({resourceType:'Bundle',type:'transaction',entry:Array.from({length:10},(_, i)=>({fullUrl:'urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0'+i,resource:{...JSON.parse(enc),partOf:{reference:'urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f01'}},request:{method:'POST',url:'Encounter'}}))}), headers }, create: { url: url+'/fhir/Encounter', method:'POST', body: enc, headers } })) {
    const run = () => new Promise<any>((res) => { child.once('message', res); child.send(m); });
    await run();
    const s = new Session(); s.connect(); await s.post('Profiler.enable'); await s.post('Profiler.start');
    const c = process.cpuUsage(); const r = await run(); const d = process.cpuUsage(c);
    const { profile } = await s.post('Profiler.stop'); writeFileSync(`/tmp/h3/${name}.cpuprofile`, JSON.stringify(profile)); s.disconnect();
    console.log(name, r.rps, 'non2xx', r.non2xx, 'us/req', Math.round((d.user+d.system)/r.total));
  }
  child.kill(); await app.close();
}
