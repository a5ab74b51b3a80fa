import { createRedactor, loadDefinitions } from '@naravard/fhir';
import { createCatalog, createExtractor, type IndexRows, isFindable, isRevealing } from '@naravard/search';
import { loadTerminology } from '@naravard/terminology';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutProtected } from '../../libs/rest/src/redaction/protected-rows.ts';
import { ProtectedGenerator } from '../fhir/redact-generated.ts';
import { encounter, patient } from './resources.ts';

const definitions = loadDefinitions();
const catalog = createCatalog(definitions, loadTerminology());
const extract = createExtractor(catalog, 'http://localhost:8080/fhir');
const redact = createRedactor(definitions);
const security = [
  { system: 'http://hl7.se/fhir/ig/base/CodeSystem/SecurityLabel', code: 'sekretessmarkering' },
];
const known = /Hemligsson|Gömda|Dolda|0709999999|Karin/;

let fhir: TestApp;
let id: string;
let visit: string;
const address = [{ line: ['Dolda vägen 5'], city: 'Gömda', postalCode: '31199' }];
const hidden = patient({
  meta: { security },
  text: {
    status: 'generated',
    div: '<div xmlns="http://www.w3.org/1999/xhtml">Hemligsson, Dolda vägen</div>',
  },
  identifier: [{ system: 'http://electronichealth.se/identifier/personnummer', value: '200001252386' }],
  name: [{ family: 'Hemligsson', given: ['Karin'] }],
  telecom: [{ system: 'phone', value: '0709999999' }],
  gender: 'female',
  birthDate: '2000-01-25',
  address,
});

beforeAll(async () => {
  fhir = await createTestApp();
  const created = await fhir.ask('POST', '/Patient', { body: hidden });
  expect(created.status).toBe(201);
  id = created.headers.location?.split('/').at(-3) ?? '';
  await fhir.ask('POST', '/Patient', {
    body: patient({
      name: [{ family: 'Aaberg', given: ['Bo'] }],
      address: [{ city: 'Ö' }],
      gender: 'female',
      telecom: [{ system: 'phone', value: '031' }],
    }),
  });
  const made = await fhir.ask('POST', '/Encounter', {
    body: encounter(`Patient/${id}`, '2026-11-23T09:00:00Z', {
      subject: { reference: `Patient/${id}`, display: 'Karin Hemligsson' },
      text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Dolda vägen</div>' },
      location: [{ location: { display: 'Dolda vägen 5' } }],
    }),
  });
  visit = made.headers.location?.split('/').at(-3) ?? '';
});
afterAll(async () => {
  await fhir.close();
});

const total = async (query: string) => {
  const { status, json } = await fhir.ask('GET', `/Patient?${query}&_summary=count`);
  expect(status).toBe(200);
  return json.total as number;
};

describe('a protected person, to a system without an end user', () => {
  test('is masked on read, vread, history and search, with labels that say so', async () => {
    for (const path of [
      `/Patient/${id}`,
      `/Patient/${id}/_history/1`,
      `/Patient/${id}/_history`,
      `/Patient?_id=${id}`,
      '/Patient/_history',
      `/Patient/${id}?_elements=name,address,telecom`,
      `/Patient?_id=${id}&_summary=true`,
      `/Encounter/${visit}`,
      `/Encounter?patient=${id}&_include=Encounter:patient`,
      `/Encounter?patient=${id}&_summary=text`,
    ]) {
      const { status, text } = await fhir.ask('GET', path);
      expect(status).toBe(200);
      expect(text).not.toMatch(known);
      expect(text).toContain('"REDACTED"');
      expect(text).toContain('"sekretessmarkering"');
    }
  });

  test('is found by personnummer', async () => {
    expect(await total('identifier=http://electronichealth.se/identifier/personnummer|200001252386')).toBe(1);
  });

  test.each([
    'name=Hemligsson',
    'name:contains=emligs',
    'name:exact=Karin',
    'family=Hemligsson',
    'given=Karin',
    'phonetic=Hemligsson',
    'address=Dolda',
    'address-city=Gömda',
    'address-postalcode=31199',
    'telecom=0709999999',
    'phone=0709999999',
    '_text=Hemligsson',
    '_content=Karin',
    '_filter=family sw "Hem"',
    '_filter=name co "arin" or phone eq 0709999999',
  ])('is not found by %s', async (query) => {
    expect(await total(query.replace('"arin"', '%22arin%22').replace('"Hem"', '%22Hem%22'))).toBe(0);
  });

  test('has no phone and no name for :missing, whatever is stored', async () => {
    const named = async (query: string) => total(`_id=${id}&${query}`);
    expect(await named('phone:missing=true')).toBe(1);
    expect(await named('phone:missing=false')).toBe(0);
    expect(await named('family:missing=false')).toBe(0);
    expect(await named('telecom:not=0709999999')).toBe(1);
    expect(await named('telecom:not=0700000000')).toBe(1);
  });

  test('has no place in the order of names but the last', async () => {
    for (const sort of ['family', '-family', 'given', 'address-city', '-name']) {
      const { json } = await fhir.ask('GET', `/Patient?_sort=${sort}`);
      expect(json.entry.at(-1).resource.id).toBe(id);
    }
  });

  test('is not found through a relation either', async () => {
    expect((await fhir.ask('GET', '/Encounter?patient.family=Hemligsson&_summary=count')).json.total).toBe(0);
    expect((await fhir.ask('GET', '/Encounter?patient.gender=female&_summary=count')).json.total).toBe(1);
  });

  test('is not replaced by what was read, nor asked by a patch', async () => {
    const { json: read } = await fhir.ask('GET', `/Patient/${id}`);
    expect((await fhir.ask('POST', '/Patient', { body: { ...read, id: undefined } })).status).toBe(422);
    const { meta: _meta, ...bare } = read;
    expect((await fhir.ask('PUT', `/Patient/${id}`, { body: bare })).status).toBe(403);
    const guess = (family: string) =>
      fhir.ask('PATCH', `/Patient/${id}`, {
        body: [{ op: 'test', path: '/name/0/family', value: family }],
        type: 'application/json-patch+json',
      });
    const [right, wrong] = [await guess('Hemligsson'), await guess('Annansson')];
    expect([right.status, right.text]).toEqual([403, wrong.text]);
  });
});

describe('what a protected person is found by', () => {
  const types = [
    'Patient',
    'Person',
    'RelatedPerson',
    'Practitioner',
    'PractitionerRole',
    'Organization',
    'HealthcareService',
    'Location',
  ];

  test.each(types)('%s: is what the mask leaves, and no more', (type) => {
    const shapes = new Set<string>();
    for (let seed = 0; seed < 60; seed++) {
      const generator = new ProtectedGenerator(definitions, seed);
      const text = JSON.stringify({ ...generator.resource(type), meta: { security } });
      const rows = (each: string) => extract(type, 'x', JSON.parse(each));
      const masked = rows(redact(text, { mask: 'protected-identity', labels: [] }));
      const kept = withoutProtected(type, rows(text));
      expect(kept.fullText).toBeUndefined();
      expect(JSON.stringify(kept)).not.toContain('Hemlig');
      const [found, shown] = [entriesOf(kept), new Set(entriesOf(masked))];
      expect(found.filter((entry) => !shown.has(entry))).toEqual([]);
      for (const entry of found) shapes.add(entry.split('"')[3] ?? '');
    }
    expect(shapes.size).toBeGreaterThan(0);
  });

  test('is everything where nobody is protected', () => {
    const rows = extract('Patient', 'x', patient());
    expect(withoutProtected('Patient', rows)).toBe(rows);
    const about = extract('Encounter', 'x', {
      ...encounter('Patient/x', '2026-11-23T09:00:00Z'),
      meta: { security },
    });
    expect(withoutProtected('Encounter', about)).toBe(about);
  });

  test('leaves no parameter of a Patient unconsidered', () => {
    const open = definitions.searchParameters('Patient').filter(({ code }) => isFindable('Patient', code));
    expect(open.map(({ code }) => code).sort()).toEqual(
      '_id _lastUpdated _profile _security _source _tag active birthdate death-date deceased gender identifier language link'.split(
        ' ',
      ),
    );
  });
});

describe('a parameter that tells of a protected person', () => {
  const revealing = (type: string, code: string, target?: string) => {
    const parameter = catalog.parameters(type).find((each) => each.code === code);
    if (!parameter) throw new Error(`${type} has no ${code}`);
    return isRevealing(parameter, target);
  };

  test('reads places, relatives and whatever a custom parameter reads', () => {
    expect(revealing('Encounter', 'location')).toBe(true);
    expect(revealing('Encounter', 'location-period')).toBe(true);
    expect(revealing('RelatedPerson', 'name')).toBe(true);
    expect(revealing('Appointment', 'actor')).toBe(true);
    expect(revealing('Appointment', 'actor', 'Location')).toBe(true);
  });

  test('is not one by which records are found in daily work', () => {
    expect(revealing('Encounter', 'patient')).toBe(false);
    expect(revealing('Encounter', 'status')).toBe(false);
    expect(revealing('Observation', 'subject', 'Patient')).toBe(false);
    expect(revealing('Appointment', 'actor', 'Patient')).toBe(false);
    expect(revealing('RelatedPerson', 'patient')).toBe(false);
  });
});

/** The rows as texts, without the labels and those that say only that something is there. */
const entriesOf = ({ tokens, identifiers, references, texts, dates }: IndexRows): string[] =>
  [...tokens.filter((key) => !/[?!]$/.test(key)), ...identifiers, ...references, ...texts, ...dates].map(
    (row) => JSON.stringify(row),
  );
