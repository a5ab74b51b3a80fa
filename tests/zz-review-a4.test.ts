import { encounter as encounterModule } from '@naravard/encounter';
import { loadDefinitions } from '@naravard/fhir';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, test } from 'vitest';
import { writeFileSync, appendFileSync } from 'node:fs';

let fhir: TestApp;
const out = '/tmp/zz-a4.log';
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
const form = (p: string, body: string, o = {}) => fhir.ask('POST', p, { body, type: 'application/x-www-form-urlencoded', ...o });
test('limits', async () => {
  const uuid = () => crypto.randomUUID();
  for (const n of [50, 54, 55, 60, 200]) { const a = await form('/Patient/_search', '_id=' + Array.from({ length: n }, uuid).join(',')); log(`UUIDS ${n} ${a.status} ${a.json.issue?.[0]?.diagnostics ?? ''}`); }
  for (const k of [2, 4, 6, 8, 12]) { 
    const body = Array.from({ length: k }, () => '_id=p1,p2,p3,' + Array.from({ length: 52 }, uuid).join(',')).join('&') + '&_count=1';
    const a = await form('/Patient/_search', body); const next = links(a.json).next; log(`POST ${k} params status ${a.status} next length ${next?.length}`);
  }
  const body = Array.from({ length: 20 }, () => '_id=p1,p2,p3,' + Array.from({ length: 50 }, uuid).join(',')).join('&') + '&_count=1';
  const a = await form('/Patient/_search', body); const next = links(a.json).next; log(`POST 20 status ${a.status} next length ${next?.length}`);
  const address = await fhir.app.listen({ port: 0, host: '127.0.0.1' });
  const token = await fhir.issuer.token('journalsystem');
  const r = await fetch(address + next.slice('http://localhost:8080'.length), { headers: { authorization: 'Bearer ' + token } }); log(`next over wire ${r.status} ${(await r.text()).slice(0, 300)}`);
});
test('includes', async () => {
  for (let i = 0; i < 12; i++) await put({ resourceType: 'Organization', id: `po${i}`, partOf: { reference: `Organization/po${(i + 1) % 12}` } });
  await put({ resourceType: 'Encounter', id: 'f1', status: 'planned', class: { code: 'A' }, subject: { reference: 'Patient/p3' }, serviceProvider: { reference: 'Organization/po0' }, partOf: { reference: 'Encounter/f2' } });
  await put({ resourceType: 'Encounter', id: 'f2', status: 'planned', class: { code: 'A' }, subject: { reference: 'Patient/p3' }, partOf: { reference: 'Encounter/f1' } });
  for (const p of ['/Encounter?_id=f1&_include=Encounter:service-provider&_include:iterate=Organization:partof', '/Encounter?patient=p3&_include=Encounter:part-of', '/Encounter?_id=f1&_include=Encounter:part-of', '/Encounter?_id=f1&_include:iterate=Encounter:part-of', '/Encounter?_id=f1&_include:iterate=*', '/Organization?_id=po3&_include=Organization:partof', '/Organization?_id=po3&_include:iterate=Organization:partof', '/Organization?_id=po3&_revinclude:iterate=Organization:partof', '/Organization?_id=po0&_revinclude=Encounter:service-provider&_revinclude:iterate=Encounter:part-of&_include:iterate=Encounter:patient', '/?_id=f1&_include=Encounter:patient', '/?_type=Encounter&_id=f1&_include=Encounter:patient', '/Patient/p3/Encounter?_include=Encounter:service-provider', '/Patient/p3/*?_include=Encounter:service-provider&_count=1', '/Encounter?_id=f1&_include=Encounter:subject:Patient', '/Encounter?_id=f1&_include=Encounter:subject:Group', '/Encounter?_id=f1&_include=Encounter:patient&_include=Encounter:subject', '/Encounter?_id=f1&_include=Encounter:patient&_total=accurate', '/Encounter?_id=f1&_include=Encounter:patient&_elements=status', '/Encounter?_id=f1&_include=Encounter:patient&_elements=Patient.active', '/Encounter?_id=f1&_include=Encounter:patient&_summary=text', '/Encounter?_id=f1&_include=encounter:patient', '/Encounter?_id=f1&_include=Encounter:patient,Encounter:service-provider','/Encounter?_id=f1&_include=Encounter.subject']) await get(p);
});
test('refs', async () => {
  await put({ resourceType: 'CareTeam', id: 'u1', subject: { reference: 'urn:uuid:11111111-1111-4111-8111-111111111111' } });
  await put({ resourceType: 'CareTeam', id: 'u2', contained: [{ resourceType: 'Patient', id: 'c', name: [{ family: 'Inne' }] }], subject: { reference: '#c' } });
  await put({ resourceType: 'CareTeam', id: 'u3', subject: { display: 'bara text' } });
  await put({ resourceType: 'CareTeam', id: 'u4', subject: { reference: 'Group/g1' } });
  for (const p of ['subject=urn:uuid:11111111-1111-4111-8111-111111111111', 'patient=urn:uuid:11111111-1111-4111-8111-111111111111', 'subject:missing=true', 'patient:missing=true', 'patient:missing=false', 'subject=g1', 'patient=g1', 'subject:Group=g1', 'subject:Patient=Group/g1', 'subject=Patient/p1,Group/g1', 'participant=d1', 'participant=http://localhost:8080/fhir/Practitioner/d1/_history/3', 'participant=Practitioner/d1', 'participant:Practitioner=d1', 'participant:Practitioner=http://localhost:8080/fhir/Practitioner/d1', 'participant=Location/1', 'subject=#c', 'subject=Patient?identifier=1', 'patient=p1,p2', 'patient=p1&patient=p2', 'patient:not=p1', 'patient.gender:not=female', 'patient.deceased=true', 'patient._id=p1', 'patient._id=p1,p2', 'patient._lastUpdated=gt2020', 'patient.general-practitioner.name=x', 'patient:Patient:missing=true', 'subject:Patient:missing=true', 'subject:Patient.name:missing=true', 'patient.name:missing=true', 'patient.address-city:missing=true', '_filter=patient.name co "nik"', '_filter=subject:Patient.name co "nik"', '_filter=participant.name sw dok', '_filter=patient[gender eq female].name co nik', '_filter=patient re Patient/p1', '_filter=patient eq p1 or patient eq p2', '_filter=not (patient pr true)', '_filter=subject pr false', '_filter=name eq x', '_filter=role pr true and (status eq active or status eq proposed) and not (patient eq p2)', '_filter=identifier eq "a" or status eq active and patient eq p9', '_filter=status in http://hl7.org/fhir/ValueSet/care-team-status', '_filter=status ne active', '_filter=_id eq ct1', '_filter=_lastUpdated ge 2020-01-01', '_filter=status eq "active,inactive"', '_filter=status eq active,inactive', '_filter=category eq snomed|1', '_filter=status EQ active AND patient EQ p1', '_filter=', '_filter=()', '_filter=status eq active and', '_filter=patient:identifier eq 1', '_filter=_has eq 1', '_filter=_text co abc', '_filter=_list eq l1','_filter=patient.identifier eq 410314-9805', '_filter=patient.identifier eq "http://electronichealth.se/identifier/personnummer|410314-9805"', 'date=2026&status=active&participant:Practitioner.colour=x', 'status=active&encounter.status.foo=1', 'status=active&patient._has:Encounter:patient:date=abc', 'date=2026&encounter.date=abc', 'role=1', 'role=http://snomed.info/sct|1', 'role:text=fast', 'organization=o1', 'organization.name=v%C3%A5rd', 'organization.identifier=SE0000000002-A', '_profile=x', 'Status=active', 'statuss=active', 'participants=1', '_lastUpdate=1', '_Count=5']) await get(`/CareTeam?${p}`.replace(/ /g, '%20'));
  const x = (await fhir.ask('GET', '/CareTeam/ct1')).json.meta.lastUpdated;
  for (const pre of ['', 'gt', 'lt', 'ge', 'le', 'ne', 'sa', 'eb']) await get(`/CareTeam?_id=ct1&_lastUpdated=${pre}${x}`);
  await get(`/CareTeam?_id=ct1&_lastUpdated=${x.slice(0, 19)}Z`);
});
