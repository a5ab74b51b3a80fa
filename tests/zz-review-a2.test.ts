import { encounter as encounterModule } from '@naravard/encounter';
import { loadDefinitions } from '@naravard/fhir';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, test } from 'vitest';
import { writeFileSync, appendFileSync } from 'node:fs';

let fhir: TestApp;
const out = '/tmp/zz-a2.log';
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

test('law', async () => {
  for (const p of [
   '/EpisodeOfCare?type=insats', '/EpisodeOfCare?patient.identifier:text=person&type=insats','/Patient?identifier:text=person&_has:EpisodeOfCare:patient:type=insats','/EpisodeOfCare?patient.identifier:of-type=http://terminology.hl7.org/CodeSystem/v2-0203|NI|410314-9805&type=insats',
   '/EpisodeOfCare?patient.identifier=194103149805&type=insats', '/EpisodeOfCare?patient:identifier=194103149805&type=insats', '/EpisodeOfCare?patient.link.identifier=194103149805&type=insats', '/?_type=EpisodeOfCare,Encounter&patient=p1&type=insats', '/?_content=hem', '/?_type=EpisodeOfCare,Patient&_content=hem', '/?_content=hem&_type=Patient', '/EpisodeOfCare?_filter=patient.identifier sw a and type eq insats', '/EpisodeOfCare?_filter=patient[identifier eq "194103149805"].active eq true and type eq insats','/List?_has:EpisodeOfCare:patient:type=1', '/Patient?_list=l1&_has:EpisodeOfCare:patient:type=insats', '/Patient/p1/*?_content=hem', '/Patient/p1/*?type=insats', '/EpisodeOfCare?identifier=194103149805&type=insats', '/Encounter?episode-of-care._content=hem', '/Encounter?episode-of-care.type:missing=true&patient=p1','/Patient?_id=p1&link:Patient._has:EpisodeOfCare:patient:type=insats','/CareTeam?patient=p1&participant:Patient._has:EpisodeOfCare:patient:type=insats', '/Practitioner?_has:EpisodeOfCare:care-manager:patient=p1&_has:EpisodeOfCare:care-manager:type=insats','/Patient/p1/Encounter?participant:Practitioner._has:EpisodeOfCare:care-manager:type=insats', '/EpisodeOfCare?patient=p1&organization:Organization._has:EpisodeOfCare:organization:type=insats',
   // long names
   '/Practitioner?_has:PractitionerRole:practitioner:_has:CareTeam:participant:status=active','/Practitioner?_has:PractitionerRole:practitioner:_has:CareTeam:participant:_id=ct1','/Patient?_has:CarePlan:patient:care-team.participant:PractitionerRole.practitioner.name=dok','/CarePlan?care-team.participant:PractitionerRole.practitioner.name=dok','/Patient?_has:Observation:patient:_has:AuditEvent:entity:agent=x',
   '/CareTeam?participant.practitioner.x.y.z.w.name=1', '/CareTeam?encounter.part-of.part-of.part-of.part-of.status=finished','/CareTeam?encounter.part-of.part-of.part-of.part-of.part-of.status=finished',
  ]) await get(p.replace(/ /g, '%20'));
}, 60000);
test('dates etc', async () => {
  const enc = (id: string, start?: string, end?: string) => put({ resourceType: 'Encounter', id, status: 'planned', class: { code: 'AMB' }, subject: { reference: 'Patient/p3' }, ...(start || end ? { period: { ...(start && { start }), ...(end && { end }) } } : {}) });
  await enc('d-day', '2026-03-10', '2026-03-10'); await enc('d-open', '2026-03-10'); await enc('d-before', undefined, '2026-03-10'); await enc('d-none'); await enc('d-span', '2026-03-01', '2026-03-31'); await enc('d-time', '2026-03-10T23:30:00Z', '2026-03-10T23:45:00Z'); await enc('d-year', '2026', '2026');
  for (const v of ['2026-03-10', 'eq2026-03-10', 'ne2026-03-10', 'gt2026-03-10', 'lt2026-03-10', 'ge2026-03-10', 'le2026-03-10', 'sa2026-03-10', 'eb2026-03-10', 'ap2026-03-10', '2026-03', '2026', '2026-03-10T10:00', '2026-03-10T10', '2026-03-10T10:00:00+01:00', '2026-03-10T10:00:00%2B01:00', '2026-03-11T00:30:00Z', 'gt2026-03-10T23:40:00Z', '2026-02-30', '20260310', 'gt', '2026-03-10,2026', 'GT2026', '%3E2026'])
    await get(`/Encounter?patient=p3&date=${v}`);
  for (const p of ['date:missing=true', '_sort=date', '_sort=-date', '_sort=date,_id', '_sort=-date,status', '_filter=date pr false', '_filter=date po 2026-03-10', '_filter=date gt 2026-03-10', '_filter=date co 2026', '_filter=date eq "2026-03"']) await get(`/Encounter?patient=p3&${p}`.replace(/ /g, '%20'));
  for (const p of ['length=60', 'length=60||min', 'length=60|http://unitsofmeasure.org|min', 'length=gt59||min', 'length=1|http://unitsofmeasure.org|h', 'length=60.0', 'length=6e1', 'length=ne60', 'length=ap65', 'length:missing=false', 'length=60|http://unitsofmeasure.org|', 'length=60||', 'length=60|', '_sort=length']) await get(`/Encounter?${p}`);
  for (const p of ['component-code-value-quantity=http://loinc.org|8480-6$gt140', 'component-code-value-quantity=8480-6$gt140||mm[Hg]', 'component-code-value-quantity=8480-6$gt140||mmHg', 'component-code-value-quantity=8480-6$gt140|http://unitsofmeasure.org|mm[Hg]', 'component-code-value-quantity=8480-6$lt100', 'component-code-value-quantity=8480-6$lt100,8462-4$lt100', 'component-code-value-quantity=8480-6', 'component-code-value-quantity=8480-6$', 'component-code-value-quantity:not=8480-6$1', 'component-code-value-quantity:missing=true', 'component-code-value-quantity:missing=false', 'combo-code-value-quantity=8480-6$150', 'component-code-value-quantity=8480-6$abc', '_sort=component-code-value-quantity', 'code-value-concept:missing=true', 'combo-value-quantity=150', 'component-value-quantity=ge150&component-code=8480-6','_filter=component-code-value-quantity eq "8480-6$gt140"', '_filter=component-code-value-quantity eq 8480-6$gt140']) await get(`/Observation?${p}`.replace(/ /g, '%20'));
  for (const p of ['activity-date=2026-02-10', 'activity-date=2026-02', 'activity-date=ge2026-02-10', 'activity-date=2026']) await get(`/CarePlan?${p}`);
  for (const p of ['telecom=070-1234567', 'telecom=0701234567', 'telecom=mobile|0701234567', 'phone=0701234567', 'email=foo@ex.se', 'email=FOO@EX.SE', 'phone=foo@ex.se', 'active=true', 'active=TRUE', 'active=http://hl7.org/fhir/special-values|true', 'active:not=true', 'deceased=true', 'deceased=false', 'deceased:missing=true', 'birthdate:missing=true','birthdate=1941', 'birthdate=lt1941-03-15', 'gender=female', 'gender:not=female', 'gender:text=Fem', 'gender=http://hl7.org/fhir/administrative-gender|female', 'gender=|female', 'gender=x|female', 'gender:in=http://hl7.org/fhir/ValueSet/administrative-gender', 'gender:below=female', 'name:missing=true', 'address:missing=true', 'telecom:missing=true', 'death-date:missing=true', 'link:missing=true', 'general-practitioner:missing=true', '_tag:missing=true','_profile:missing=true', '_source:missing=true', '_security:missing=true', 'phonetic=annika', 'name=annika%5C,x', 'name=%20annika', 'name:exact=', 'name=%2C', 'name=annika,', 'name=-']) await get(`/Patient?${p}`);
  for (const p of ['class=HH', 'class=http://terminology.hl7.org/CodeSystem/v3-ActCode|HH', 'class=|HH', 'class=http://terminology.hl7.org/CodeSystem/v3-ActCode|', 'class=|AMB', 'class:in=http://terminology.hl7.org/ValueSet/v3-ActEncounterCode', 'class:not-in=http://terminology.hl7.org/ValueSet/v3-ActEncounterCode', 'class:below=http://terminology.hl7.org/CodeSystem/v3-ActCode|_ActEncounterCode', 'class:above=http://terminology.hl7.org/CodeSystem/v3-ActCode|HH', 'class:text=home', 'class:text=Home%20Health', 'class:below=http://terminology.hl7.org/CodeSystem/v3-ActCode|IMP', 'class:in=http://terminology.hl7.org/ValueSet/v3-ActEncounterCode|2014-03-26', 'class:in=http://hl7.org/fhir/ValueSet/encounter-type', 'class:in=ValueSet/vs1', 'class:in=http://ex.se/ValueSet/vs1', 'class:not=HH', 'class:not=HH,IMP', 'status:not-in=http://hl7.org/fhir/ValueSet/administrative-gender', 'status:below=planned', 'status:text=Plan', 'status=PLANNED', 'type:text=x', 'status:in=http://hl7.org/fhir/ValueSet/encounter-status|4.0.1', 'status:in=http://hl7.org/fhir/ValueSet/encounter-status|3.0.0', 'reason-code:below=http://snomed.info/sct|1', 'reason-code:in=http://snomed.info/sct?fhir_vs=isa/1']) await get(`/Encounter?${p}&_elements=id`);
}, 120000);
