import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, test } from 'vitest';
import { writeFileSync, appendFileSync } from 'node:fs';

let fhir: TestApp;
const out = '/tmp/zz-a1.log';
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
  fhir = await createTestApp();
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
test('explore', async () => {
  for (const p of [
    // names
    '/Patient?name=annika', '/Patient?name:exact=annika', '/Patient?name:contains=nnik', `/Patient?family=${q("o'n")}`, '/Patient?family=oneill', '/Patient?name=x%20y',
    '/Patient?given:exact=%C3%84nnika', `/Patient?_sort=family&_elements=name`,
    // identifiers
    `/Patient?identifier=194103149805`, '/Patient?identifier=19410314-9805', '/Patient?identifier=410314-9805', '/Patient?identifier=4103149805', '/Patient?identifier=121212%2B1212', '/Patient?identifier=121212+1212', '/Patient?identifier=121212-1212', '/Patient?identifier=1212121212',
    `/Patient?identifier=${PNR}|19410314-9805`, '/Patient?identifier=urn:oid:1.2.752.129.2.1.3.1|194103149805', '/Patient?identifier=1.2.752.129.2.1.3.1|194103149805', `/Patient?identifier=${PNR}|`, '/Patient?identifier=urn:oid:1.2.752.129.2.1.3.1|', '/Patient?identifier=|194103149805',
    `/Patient?identifier=%20194103149805`, '/Patient?identifier=410314+9805',
    '/Patient?identifier:of-type=http://terminology.hl7.org/CodeSystem/v2-0203|NI|410314-9805', '/Patient?identifier:text=person', '/Patient?identifier:not=194103149805', '/Patient?identifier:missing=true',
    '/Practitioner?identifier=SE0000000001-1001', '/Practitioner?identifier=se0000000001-1001', '/Practitioner?identifier=urn:oid:1.2.752.129.2.1.4.1|se0000000001-1001', '/Organization?identifier=urn:oid:1.2.752.29.4.19|SE0000000002-A', '/Organization?identifier=1.2.752.129.2.1.4.1|SE0000000002-A', '/Organization?identifier=SE0000000002-A',
    // patient alias
    '/CareTeam?patient=p1', '/CareTeam?patient=Patient/p1', '/CareTeam?subject=p1', '/CareTeam?subject=Patient/p1', '/CareTeam?subject:Patient=p1', '/CareTeam?patient=http://localhost:8080/fhir/Patient/p1', '/CareTeam?patient=Patient/p2', '/CareTeam?patient=Patient/p2/_history/1', '/CareTeam?patient=http://localhost:8080/fhir/Patient/p2/_history/7',
    '/CareTeam?patient=https://other.se/fhir/Patient/9', '/CareTeam?subject=https://other.se/fhir/Patient/9', '/CareTeam?patient:missing=true', '/CareTeam?patient:missing=false', '/CareTeam?subject:missing=true', '/CareTeam?subject:missing=false',
    `/CareTeam?patient:identifier=410314-9805`, `/CareTeam?subject:identifier=${PNR}|194103149805`, `/CareTeam?patient.identifier=410314-9805`, '/CareTeam?patient.identifier:missing=false', '/CareTeam?_sort=patient', '/CareTeam?_sort=-subject',
    '/CareTeam?subject:Patient.name=annika', '/CareTeam?subject.name=annika', '/CareTeam?patient.name:exact=annika', '/CareTeam?patient:Patient.name=annika', '/CareTeam?patient:Group.name=x', '/CareTeam?participant.name=dok', '/CareTeam?participant:PractitionerRole.practitioner.name=dok', '/CareTeam?participant.practitioner.name=dok', '/CareTeam?participant.foo=1', '/CareTeam?status.name=1', '/CareTeam?participant.identifier=se0000000001-1001',
    '/CareTeam?participant:PractitionerRole.organization.identifier=urn:oid:1.2.752.29.4.19|se0000000002-a',
    '/Encounter?status:not=finished', '/Encounter?status:missing=true', '/Encounter?status:not=planned', '/Encounter?status:not=finished,planned', '/Encounter?status:not-in=http://hl7.org/fhir/ValueSet/encounter-status', '/Encounter?status=http://hl7.org/fhir/encounter-status|finished', '/Encounter?_sort=status',
    '/Encounter?_filter=status%20ne%20finished', '/Encounter?_filter=not(status%20eq%20finished)',
  ]) await get(p);
}, 120000);
test('more', async () => {
  for (const p of [
    // has
    '/Patient?_has:CareTeam:patient:status=active', '/Patient?_has:CareTeam:subject:status=active', '/Patient?_has:CareTeam:patient:participant.name=dok', '/Practitioner?_has:CareTeam:participant:patient.name=annika', '/Practitioner?_has:Encounter:practitioner:status=finished', '/Practitioner?_has:PractitionerRole:practitioner:_has:CareTeam:participant:status=active', '/CareTeam?patient._has:Encounter:patient:status=finished', '/Organization?_has:CareTeam:organization:name=team', '/Patient?_has:CareTeam:participant:status=active', '/Patient?_has:CareTeam:status:status=active', '/Patient?_has:CareTeam:patient=1', '/Patient?_has=CareTeam', '/Patient?_has:Foo:patient:x=1', '/Patient?_has:CareTeam:patient:colour=1', '/Patient?_has:CareTeam:patient:status:not=active', '/Patient?_has:CareTeam:patient:_id=ct5', '/CareTeam?_has:CarePlan:care-team:patient.identifier=194103149805', '/Patient?_has:CareTeam:patient:_filter=status eq active', '/CareTeam?patient._filter=active eq true', '/CareTeam?patient._list=l1', '/CareTeam?patient._text=x',
    '/Patient?_has:EpisodeOfCare:patient:type=insats', '/Patient?_id=p1&_has:EpisodeOfCare:patient:type=insats', '/Patient?identifier:text=person&_has:EpisodeOfCare:patient:type=insats', '/EpisodeOfCare?patient.identifier:text=person&type=insats', '/EpisodeOfCare?type=insats', '/EpisodeOfCare?type=insats&patient=p1', '/EpisodeOfCare?_filter=type eq insats', '/EpisodeOfCare?patient._id=p1,p2&type=insats', '/EpisodeOfCare?_sort=type', '/EpisodeOfCare?type:missing=false', '/EpisodeOfCare?patient.identifier=http://electronichealth.se/identifier/personnummer|&type=insats', '/EpisodeOfCare?patient.identifier:not=x&type=insats', '/EpisodeOfCare?patient:identifier=194103149805&type=insats', '/EpisodeOfCare?type:text=hem&patient.identifier=194103149805', '/Patient?identifier:of-type=http://terminology.hl7.org/CodeSystem/v2-0203|NI|410314-9805&_has:EpisodeOfCare:patient:type=insats',
    '/Encounter?episode-of-care.type=x', '/EpisodeOfCare?_content=hem', '/?_content=hemtj%C3%A4nst', '/?_type=EpisodeOfCare,Patient&_content=hem', '/Patient/p1/EpisodeOfCare?type=insats', '/Practitioner/d1/EpisodeOfCare?type=insats', '/Practitioner/d1/*', '/Patient/p1/*', '/Patient/p1/Task', '/Encounter/e1/*', '/Patient/p1/CarePlan?status=active', '/Patient/p1/Organization', '/Group/1/Patient', '/Device/1/*', '/RelatedPerson/1/*',
    // include
    '/CarePlan?_include=CarePlan:instantiates-canonical', '/CarePlan?_include=CarePlan:*', '/CarePlan?_include=*', '/CareTeam?_id=ct1&_include=CareTeam:participant', '/CareTeam?_id=ct1&_include=CareTeam:participant:PractitionerRole&_include:iterate=PractitionerRole:practitioner', '/CareTeam?_id=ct1&_include=CareTeam:participant&_include=PractitionerRole:practitioner', '/Patient?_id=p1&_revinclude=CareTeam:patient', '/Patient?_id=p1&_revinclude=*', '/Patient?_id=p2&_revinclude=CareTeam:patient', '/CareTeam?_id=ct6&_include=CareTeam:patient', '/CareTeam?_id=ct5&_include=CareTeam:patient', '/CareTeam?_id=ct1&_include=CareTeam:foo', '/CareTeam?_include=CareTeam', '/CareTeam?_include=', '/CareTeam?_include=CareTeam:participant:Group', '/CareTeam?_include:foo=CareTeam:participant', '/PlanDefinition?_revinclude=CarePlan:instantiates-canonical', '/CareTeam?_id=ct1&_include=CareTeam:participant:*', '/CareTeam?_id=ct1&_include=CareTeam:participant&_count=0', '/Patient?_id=p1&_revinclude=CareTeam:patient:Patient','/Patient?_id=p1&_revinclude=Observation:performer','/CareTeam?_include=CareTeam:organization&_id=ct1',
    '/Patient?_list=l1', '/CareTeam?_list=l1', '/CareTeam?_list=List/l1', '/Patient?_list=$current-problems', '/Patient?_list:not=l1', '/Patient?_list:missing=true', '/Patient?_text:missing=true', '/Patient?_list=l9',
    '/Location?near=59|18|10|km', '/CareTeam?colour=red', '/CareTeam?_count=-1', '/CareTeam?_count=abc', '/CareTeam?_sort=foo', '/CareTeam?_sort:asc=date', '/CareTeam?_count:exact=3', '/CareTeam?_summary:x=true', '/CareTeam?_sort=', '/CareTeam?date=yesterday', '/CareTeam?date=xx2026-01-01', '/CareTeam?date:contains=2026', '/Encounter?length=abc', '/Encounter?length=60|a|b|c', '/Encounter?_filter=status', '/Encounter?_filter=status eq', '/Encounter?_filter=(status eq finished', '/Encounter?_filter=colour eq red', '/Encounter?_filter=status co fin', '/Encounter?subject.status.name=1', '/Encounter?subject:Practitioner=1', '/Encounter?subject:Foo=1', '/Encounter?patient=Group/1', '/Encounter?status:exact=1', '/Encounter?status:foo=1', '/Encounter?=1', '/Encounter?status=', '/Encounter?status', '/Encounter?_type=Patient', '/Encounter?_contained=true', '/Encounter?_query=x', '/Encounter?_score=true', '/Encounter?_total=foo', '/Encounter?_summary=foo', '/Encounter?_elements=foo', '/Encounter?_elements=status.foo', '/Encounter?_lastUpdated:exact=1', '/Encounter?class:in=foo', '/Encounter?class:in=http://snomed.info/sct?fhir_vs', '/Encounter?class:below=HH', '/Encounter?class:below=http://snomed.info/sct|1', '/Encounter?part-of:below=1', '/Encounter?_id:not=e1', '/Encounter?_id:exact=e1', '/Encounter?_id:missing=true', '/Encounter?_lastUpdated:missing=true', '/Encounter?subject:missing=maybe', '/Encounter?status:missing=', '/Encounter?identifier:foo=1', '/?_type=Foo', '/?_type=Encounter&status=finished', '/?status=finished', '/?_id=p1', '/?_type=Patient,Encounter&_id=p1,e1&_sort=-_lastUpdated', '/?_type=Patient&name=annika', '/Encounter?_has:Observation:encounter:code=1','/ValueSet?url=http://ex.se/ValueSet/vs1', '/ValueSet?url=http://ex.se/ValueSet/vs1|2', '/ValueSet?url:below=http://ex.se', '/ValueSet?url:below=http://ex.se/', '/ValueSet?url:above=http://ex.se/ValueSet/vs1/x', '/ValueSet?url:below=urn:oid:1.2', '/CarePlan?instantiates-canonical=http://ex.se/PlanDefinition/pd1', '/CarePlan?instantiates-canonical=http://ex.se/PlanDefinition/pd1|1','/CarePlan?instantiates-canonical:below=http://ex.se/PlanDefinition/pd1', '/CarePlan?instantiates-canonical.status=active', '/CarePlan?instantiates-canonical:PlanDefinition=http://ex.se/PlanDefinition/pd1',
  ]) await get(p.replace(/ /g, '%20'));
}, 120000);
