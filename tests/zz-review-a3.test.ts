import { encounter as encounterModule } from '@naravard/encounter';
import { loadDefinitions } from '@naravard/fhir';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, test } from 'vitest';
import { writeFileSync, appendFileSync } from 'node:fs';

let fhir: TestApp;
const out = '/tmp/zz-a3.log';
const log = (s: string) => appendFileSync(out, s + '\n');
const put = async (r: any) => {
  const a = await fhir.ask('PUT', `/${r.resourceType}/${r.id}`, { body: r });
  if (a.status > 201) log(`PUT ${r.resourceType}/${r.id} ${a.status} ${a.text.slice(0, 400)}`);
};
const get = async (p: string, o: any = {}) => {
  const a = await fhir.ask(o.method ?? 'GET', p, o);
  const e = a.json?.entry?.map((x: any) => `${x.search?.mode === 'include' ? '+' : x.search?.mode === 'outcome' ? '!' : ''}${x.resource?.resourceType === 'OperationOutcome' ? x.resource.issue.map((i: any) => i.diagnostics).join(';') : x.resource?.id}`);
  const msg = a.status === 200 ? `[${(e ?? []).join(' ')}]${a.json?.total !== undefined ? ' total ' + a.json.total : ''}` : JSON.stringify((a.json?.issue ?? []).map((i: any) => [i.code, i.expression, i.diagnostics ?? i.details?.text]));
  log(`${o.method ?? 'GET'} ${p}${o.body ? ' {' + o.body + '}' : ''} -> ${a.status} ${msg}`);
  return a;
};
const PNR = 'http://electronichealth.se/identifier/personnummer';
beforeAll(async () => {
  writeFileSync(out, '');
  const un = new Set(['Bundle', 'Parameters', 'OperationOutcome', 'Binary', 'Subscription', 'Encounter', 'EpisodeOfCare']);
  fhir = await createTestApp({ modules: [encounterModule, { name: 'o', resources: [...loadDefinitions().resourceTypes].filter((t) => !un.has(t)).map((type) => ({ type })) }] });
  await put({ resourceType: 'Patient', id: 'p1', identifier: [{ system: PNR, value: '194103149805', type: { text: 'Personnummer', coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'NI' }] } }], name: [{ family: 'Ännikasson', given: ['Ännika', 'Åsa'] }], birthDate: '1941-03-14', active: true, gender: 'female', telecom: [{ system: 'phone', use: 'mobile', value: '070-123 45 67' }, { system: 'email', value: 'Foo@Ex.se' }] });
  await put({ resourceType: 'Patient', id: 'p2', identifier: [{ system: PNR, value: '191212121212', type: { text: 'Personnummer' } }], name: [{ family: 'Berg', given: ['annika'] }], birthDate: '1912-12-12', deceasedBoolean: true });
  await put({ resourceType: 'Patient', id: 'p3', name: [{ family: "O'Neill-Öst", text: 'X  Y' }], _birthDate: { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] } });
  await put({ resourceType: 'Practitioner', id: 'd1', identifier: [{ system: 'urn:oid:1.2.752.29.4.19', value: 'SE0000000001-1001' }], name: [{ family: 'Doktor' }] });
  await put({ resourceType: 'Organization', id: 'o1', name: 'Vårdcentralen', identifier: [{ system: 'urn:oid:1.2.752.129.2.1.4.1', value: 'se0000000002-a' }] });
  await put({ resourceType: 'PractitionerRole', id: 'r1', practitioner: { reference: 'Practitioner/d1' }, organization: { reference: 'Organization/o1' } });
  await put({ resourceType: 'PlanDefinition', id: 'pd1', url: 'http://ex.se/PlanDefinition/pd1', version: '1', status: 'active' });
  await put({ resourceType: 'CarePlan', id: 'cp1', status: 'active', intent: 'plan', subject: { reference: 'Patient/p1' }, instantiatesCanonical: ['http://ex.se/PlanDefinition/pd1|1'], careTeam: [{ reference: 'CareTeam/ct1' }], activity: [{ detail: { status: 'scheduled', scheduledTiming: { repeat: { boundsPeriod: { start: '2026-02-01', end: '2026-02-28' } } } } }] });
  await put({ resourceType: 'CareTeam', id: 'ct1', status: 'active', name: 'Teamet', subject: { reference: 'Patient/p1' }, participant: [{ member: { reference: 'Practitioner/d1' }, role: [{ coding: [{ system: 'http://snomed.info/sct', code: '1' }], text: 'Fast vårdkontakt' }] }, { member: { reference: 'PractitionerRole/r1' } }], managingOrganization: [{ reference: 'Organization/o1' }] });
  await put({ resourceType: 'CareTeam', id: 'ct2', name: 'Utan', subject: { reference: 'https://other.se/fhir/Patient/9' } });
  await put({ resourceType: 'CareTeam', id: 'ct3', name: 'Logisk', subject: { identifier: { system: PNR, value: '19410314-9805' } } });
  await put({ resourceType: 'CareTeam', id: 'ct4', name: 'LogiskTyp', subject: { type: 'Patient', identifier: { system: PNR, value: '19410314-9805' } } });
  await put({ resourceType: 'CareTeam', id: 'ct5', name: 'Abs', subject: { reference: 'http://localhost:8080/fhir/Patient/p2' } });
  await put({ resourceType: 'CareTeam', id: 'ct6', name: 'Ver', subject: { reference: 'Patient/p2/_history/1' } });
  await put({ resourceType: 'Encounter', id: 'e1', status: 'finished', class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HH', display: 'home health' }, subject: { reference: 'Patient/p1' }, period: { start: '2026-01-10T09:00:00+01:00', end: '2026-01-10T10:00:00+01:00' }, length: { value: 60, unit: 'min', system: 'http://unitsofmeasure.org', code: 'min' }, serviceProvider: { reference: 'Organization/o1' }, participant: [{ individual: { reference: 'Practitioner/d1' } }] });
  await put({ resourceType: 'Encounter', id: 'e2', _status: { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] }, class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' }, subject: { reference: 'Patient/p2' } });
  await put({ resourceType: 'EpisodeOfCare', id: 'ep1', status: 'active', type: [{ coding: [{ system: 'http://x', code: 'insats' }], text: 'Hemtjänst' }], patient: { reference: 'Patient/p1' } });
  await put({ resourceType: 'EpisodeOfCare', id: 'ep2', status: 'active', type: [{ coding: [{ system: 'http://x', code: 'insats' }] }], patient: { reference: 'Patient/p2' } });
  await put({ resourceType: 'Observation', id: 'ob1', status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }] }, subject: { reference: 'Patient/p1' }, effectiveDateTime: '2026-01-10', component: [{ code: { coding: [{ system: 'http://loinc.org', code: '8480-6' }] }, valueQuantity: { value: 150, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' } }, { code: { coding: [{ system: 'http://loinc.org', code: '8462-4' }] }, valueQuantity: { value: 90, system: 'http://unitsofmeasure.org', code: 'mm[Hg]' } }] });
  await put({ resourceType: 'List', id: 'l1', status: 'current', mode: 'working', entry: [{ item: { reference: 'Patient/p1' } }, { item: { reference: 'http://localhost:8080/fhir/CareTeam/ct1' } }] });
  await put({ resourceType: 'Location', id: 'loc1', name: 'Avd 1', position: { longitude: 18, latitude: 59 } });
  await put({ resourceType: 'Task', id: 't1', status: 'requested', intent: 'order', for: { reference: 'Patient/p1' } });
  await put({ resourceType: 'ValueSet', id: 'vs1', url: 'http://ex.se/ValueSet/vs1', version: '2', status: 'active' });
}, 120000);
afterAll(() => fhir.close());
const q = encodeURIComponent;


const links = (j: any) => Object.fromEntries((j?.link ?? []).map((l: any) => [l.relation, l.url]));
const ids = (j: any) => (j?.entry ?? []).filter((e: any) => e.search.mode === 'match').map((e: any) => e.resource.id).join(' ');
test('law2', async () => {
  await put({ resourceType: 'CareTeam', id: 'ct7', status: 'proposed', subject: { reference: 'Patient/p1' }, participant: [{ member: { reference: 'Patient/p2' } }] });
  await put({ resourceType: 'Patient', id: 'p4', link: [{ other: { reference: 'Patient/p2' }, type: 'seealso' }] });
  for (const p of ['/CareTeam?patient=p1&participant:Patient._has:EpisodeOfCare:patient:type=insats', '/Patient?_id=p4&link:Patient._has:EpisodeOfCare:patient:type=insats', '/Patient?_id=p4&link:Patient._has:EpisodeOfCare:patient:type=annat', '/Patient?_id=p4&link.name=berg']) await get(p);
});
test('paging', async () => {
  const H = { headers: { prefer: 'handling=lenient' } };
  for (let i = 0; i < 9; i++) await put({ resourceType: 'Condition', id: `c${i}`, subject: { reference: 'Patient/p1' }, ...(i % 3 ? { onsetDateTime: `2026-01-0${1 + (i % 4)}` } : {}), code: { text: `x${i % 2}` } });
  for (const sort of ['', '&_sort=onset-date', '&_sort=-onset-date', '&_sort=-onset-date,_id', '&_sort=onset-date,-_lastUpdated', '&_sort=code', '&_sort=-_id', '&_sort=recorded-date,-onset-date']) {
    let page = await fhir.ask('GET', `/Condition?patient=p1&_count=2&colour=red${sort}`, H);
    const all: string[] = []; const pages: string[] = []; const urls: string[] = [];
    for (let n = 0; n < 12; n++) { pages.push(ids(page.json)); all.push(...ids(page.json).split(' ')); if (!links(page.json).next) break; page = await fhir.ask('GET', links(page.json).next); }
    const back: string[] = [];
    for (let n = 0; n < 12; n++) { back.unshift(ids(page.json)); if (!links(page.json).prev) break; page = await fhir.ask('GET', links(page.json).prev); }
    log(`PAGE ${sort}: ${pages.join(' | ')} unique ${new Set(all).size} BACK ${back.join(' | ') === pages.join(' | ') ? 'same' : back.join(' | ')} rel ${Object.keys(links(page.json))} last outcome ${page.json.entry.filter((e: any) => e.search.mode === 'outcome').length}`);
  }
  const form = (p: string, body: string, o = {}) => fhir.ask('POST', p, { body, type: 'application/x-www-form-urlencoded', ...o });
  let a = await form('/Condition/_search?_count=2', 'patient=p1&colour=red&_sort=-onset-date', H);
  log('POST ' + ids(a.json) + JSON.stringify(links(a.json)).slice(0, 400));
  let b = await fhir.ask('GET', links(a.json).next); log('POST next ' + b.status + ids(b.json));
  b = await fhir.ask('GET', links(a.json).self); log('POST self ' + b.status + ids(b.json) + Object.keys(links(b.json)));
  b = await form(links(a.json).next.replace(/\?.*/, '') + '/_search', links(a.json).next.replace(/.*\?/, '')); log('POST _page ' + b.status + ids(b.json));
  for (const p of ['/Condition?patient=p1&colour=red&_count=2000', '/Condition?patient=p1&_sort=foo,-onset-date&_total=estimate', '/Condition?patient=p1&_summary=count', '/Condition?patient=p1&_count=0', '/Condition?patient=p1&_type=Patient', '/Condition?patient=p1&_contained=true&_score=1', '/Condition?patient=p1&code:exact=1', '/Condition?patient:Patient.colour=1', '/Condition?patient.colour=1&_has:List:item:colour=1', '/Condition?_include=Condition:foo', '/Condition?_elements=foo', '/Condition?_filter=colour eq 1', '/Condition?near=1', '/Location?near=1', '/Condition?onset-date=foo', '/?colour=1&_type=Patient', '/?_type=Patient,Encounter&name=annika','/Condition?patient=p1&_format=json&_pretty=true', '/Condition?_count=1&_count=2', '/Condition?_sort=code&_sort=-code', '/Condition?patient=p1&_total=none', '/Condition?patient=p1&_total=accurate&_summary=false&_elements=code', '/Condition?patient=p1&_include=Condition:subject&_elements=code', '/Patient?name=a%20b%2Bc%26d,%C3%A4', '/Condition?_list:x=1', '/Condition?_text:x=1', '/Condition?_sort:desc=code', '/Condition?_has:foo=1', '/Condition?_has=foo']) {
    const r = await fhir.ask('GET', p.replace(/ /g, '%20'), H);
    log(`LENIENT ${p} -> ${r.status} self ${links(r.json).self ?? ''} total ${r.json?.total} n ${(r.json?.entry ?? []).filter((e: any) => e.search?.mode === 'match').length} out ${JSON.stringify((r.json?.entry ?? []).filter((e: any) => e.search?.mode === 'outcome').flatMap((e: any) => e.resource.issue.map((i: any) => i.expression + ': ' + i.diagnostics)))} ${r.status !== 200 ? JSON.stringify(r.json.issue.map((i: any) => [i.expression, i.diagnostics])) : ''}`);
  }
  a = await fhir.ask('GET', '/Condition?patient=p1&_elements=code&_count=1'); log(a.text);
  a = await fhir.ask('GET', '/CareTeam?_id=ct1&_include=CareTeam:participant&_summary=true'); log(a.text);
  a = await fhir.ask('GET', '/Patient/p1?_summary=text'); log(a.text);
}, 120000);
test('capability', async () => {
  const cs = (await fhir.ask('GET', '/metadata')).json.rest[0];
  log('system searchParam ' + cs.searchParam.map((s: any) => s.name).join(','));
  let bad = 0, n = 0;
  for (const r of cs.resource) for (const [k, list] of [['_include', r.searchInclude], ['_revinclude', r.searchRevInclude]] as const) {
    if (!['CareTeam', 'CarePlan', 'Encounter', 'Patient', 'Observation', 'Provenance', 'Library', 'PlanDefinition', 'MedicationRequest'].includes(r.type)) continue;
    for (const v of list) { n++; const a = await fhir.ask('GET', `/${r.type}?_id=zzz&${k}=${v}`); if (a.status !== 200 && bad++ < 20) log(`CAP ${r.type} ${k}=${v} ${a.status} ${a.json.issue[0].diagnostics}`); }
  }
  log(`CAP ${n} tried ${bad} bad; types ${cs.resource.length}`);
  log('system inter ' + JSON.stringify(cs.interaction) + ' compartments ' + cs.compartment);
  log('CareTeam ' + JSON.stringify(cs.resource.find((r: any) => r.type === 'CareTeam').searchParam.map((s: any) => s.name)));
  log('SP ' + JSON.stringify(cs.resource.find((r: any) => r.type === 'Patient').searchParam));
}, 120000);
test('sorting swedish and text', async () => {
  const names = ['Zorn', 'Åberg', 'Ängström', 'Öberg', 'andersson', 'Andersson', 'Wall', 'Vall', 'Ek', 'Éklund', 'Ekman', 'de Geer', 'Ødegaard', 'Ünal', 'Æbelø'];
  for (const [i, n] of names.entries()) await put({ resourceType: 'Person', id: `n${i}`, name: [{ family: n }] });
  for (const s of ['name', '-name']) { const a = await fhir.ask('GET', `/Person?_sort=${s}&_count=50`); log(`SORT ${s}: ` + a.json.entry.map((e: any) => e.resource.name[0].family).join(' ')); }
  for (const q2 of ['name=a', 'name=o', 'name=%C3%B6', 'name=Odegaard', 'name=unal', 'name=aebelo', 'name=ek', 'name:contains=berg', 'name:exact=andersson']) { const a = await fhir.ask('GET', `/Person?${q2}&_count=50`); log(`NAME ${q2}: ` + (a.json.entry ?? []).map((e: any) => e.resource.name[0].family).join(' ')); }
  await put({ resourceType: 'Communication', id: 'k1', status: 'completed', text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"><p>Hembesök efter <b>frak</b>turer. Fast vårdkontakt. smärta</p></div>' }, note: [{ text: 'En idé om rehabilitering och natt' }], category: [{ coding: [{ system: 'http://x', code: 'kod123', display: 'Visning' }] }] });
  await put({ resourceType: 'Communication', id: 'k2', status: 'completed', note: [{ text: 'Smärta och oro nar' }] });
  for (const t of ['_text=frakturen', '_text=frakturer', '_text=rehab*', '_content=rehab*', '_content=rehabilitering', '_content=ide', '_content=id%C3%A9', '_text="fast v%C3%A5rdkontakt"', '_text=v%C3%A5rdkontakt fast', '_content=sm%C3%A4rta -oro', '_content=sm%C3%A4rta not oro', '_content=sm%C3%A4rta oro', '_content=sm%C3%A4rta or oro', '_content=sm%C3%A4rta,oro', '_content=(sm%C3%A4rta or oro) and natt', '_content=smarta', '_content=kod123', '_content=visning', '_content=och', '_content=-oro', '_content=', '_content="oro', '_content=(oro', '_text=hembes%C3%B6k', '_text=HEMBES%C3%96K', '_content=completed', '_content=n%C3%A4r', '_filter=_content co sm%C3%A4rta', '_filter=_content eq sm%C3%A4rta', '_content=sm%C3%A4rta&_sort=_content', '_content=v%C3%A5rdkontakterna', '_content=*', '_content=s*']) await get(`/Communication?${t}`.replace(/ /g, '%20'));
}, 120000);
