import { loadDefinitions } from '@naravard/fhir';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allModules, ownGuide } from '../../services/all-in-one/src/modules.ts';

const ACT = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const ENCOUNTERS = 'http://terminology.hl7.org/ValueSet/v3-ActEncounterCode';
const R4 = 'http://hl7.org/fhir/ValueSet';
const MANY = `${R4}/c80-doc-typecodes`;

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp({ modules: allModules(loadDefinitions()), guide: ownGuide() });
});
afterAll(() => api.close());

interface Contained {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
  readonly contains?: readonly Contained[];
  readonly designation?: readonly object[];
  readonly abstract?: boolean;
  readonly inactive?: boolean;
  readonly version?: string;
}

const get = (name: string, asked: Record<string, string>) =>
  api.ask('GET', `/ValueSet/${name}?${new URLSearchParams(asked)}`);
const post = (name: string, ...parameter: object[]) =>
  api.ask('POST', `/ValueSet/${name}`, { body: { resourceType: 'Parameters', parameter } });

async function expanded(asked: Record<string, string>) {
  const { status, json } = await get('$expand', asked);
  expect([status, json.issue?.[0]?.diagnostics]).toEqual([200, undefined]);
  const contains = (json.expansion.contains ?? []) as readonly Contained[];
  return { json, expansion: json.expansion, contains, codes: contains.map(({ code }) => code) };
}

async function validity(asked: Record<string, string>): Promise<boolean> {
  const { json } = await get('$validate-code', asked);
  return json.parameter.find(({ name }: { name: string }) => name === 'result').valueBoolean;
}

const setOf = (...include: object[]) => ({
  name: 'valueSet',
  resource: { resourceType: 'ValueSet', status: 'draft', compose: { include } },
});

describe('ValueSet/$expand', () => {
  test('lists the codes of a value set with system, version and display', async () => {
    const { json, expansion, contains } = await expanded({ url: `${R4}/care-team-status` });
    expect([json.resourceType, json.status, json.url]).toEqual([
      'ValueSet',
      'draft',
      `${R4}/care-team-status`,
    ]);
    expect(json.compose).toBeUndefined();
    expect(expansion.identifier).toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect([expansion.total, expansion.offset]).toEqual([5, undefined]);
    expect(Number.isNaN(Date.parse(expansion.timestamp))).toBe(false);
    const system = 'http://hl7.org/fhir/care-team-status';
    expect(contains[1]).toEqual({ system, version: '4.0.1', code: 'active', display: 'Active' });
    expect(expansion.parameter).toEqual([{ name: 'version', valueUri: `${system}|4.0.1` }]);
  });

  test('gives each code once when it is walked through in pages, under one identifier', async () => {
    const all = await expanded({ url: MANY });
    const walked: string[] = [];
    const identifiers = new Set<string>();
    for (let offset = 0; offset < all.expansion.total; offset += 1000) {
      const page = await expanded({ url: MANY, offset: String(offset), count: '1000' });
      expect([page.expansion.total, page.expansion.offset]).toEqual([all.expansion.total, offset]);
      identifiers.add(page.expansion.identifier);
      walked.push(...page.codes);
    }
    expect(walked).toEqual(all.codes);
    expect(new Set(walked).size).toBe(walked.length);
    expect([...identifiers]).toEqual([all.expansion.identifier]);
    const none = await expanded({ url: MANY, count: '0' });
    expect([none.expansion.total, none.codes]).toEqual([all.expansion.total, []]);
  });

  test('finds what a person types: words that begin words', async () => {
    const { codes, expansion } = await expanded({ url: ENCOUNTERS, filter: 'INPAT acu' });
    expect(codes).toEqual(['ACUTE', 'NONAC']);
    expect(expansion.parameter).toContainEqual({ name: 'filter', valueString: 'INPAT acu' });
    expect((await expanded({ url: ENCOUNTERS, filter: 'cute' })).codes).toEqual([]);
    expect((await expanded({ url: ENCOUNTERS, filter: 'imp' })).codes).toEqual(['IMP']);
  });

  test('answers a filter of a large value set in a few milliseconds', async () => {
    await expanded({ url: MANY, filter: 'x' });
    const taken: number[] = [];
    for (let round = 0; round < 10; round += 1) {
      const start = performance.now();
      await expanded({ url: MANY, filter: 'card disch', count: '20' });
      taken.push(performance.now() - start);
    }
    expect(Math.min(...taken)).toBeLessThan(40);
  });

  test('shows designations, and the display in a language', async () => {
    const url = 'http://terminology.hl7.org/ValueSet/v2-0001';
    const plain = await expanded({ url });
    expect(plain.contains.every(({ designation }) => designation === undefined)).toBe(true);
    const dutch = await expanded({ url, displayLanguage: 'nl', includeDesignations: 'true' });
    expect(dutch.contains.find(({ code }) => code === 'F')).toMatchObject({
      display: 'Vrouw',
      designation: expect.arrayContaining([expect.objectContaining({ language: 'nl', value: 'Vrouw' })]),
    });
    const german = await expanded({ url, designation: 'urn:ietf:bcp:47|de' });
    const designations = german.contains.flatMap(({ designation = [] }) => designation);
    expect(new Set(designations.map((each) => (each as { language: string }).language))).toEqual(
      new Set(['de']),
    );
  });
});

describe('ValueSet/$expand of parts', () => {
  test('nests codes when it is asked to, each code once', async () => {
    const flat = await expanded({ url: ENCOUNTERS });
    const nested = await expanded({ url: ENCOUNTERS, excludeNested: 'false' });
    const flattened = (list: readonly Contained[]): string[] =>
      list.flatMap(({ code, contains = [] }) => [code, ...flattened(contains)]);
    expect(flattened(nested.contains).sort()).toEqual([...flat.codes].sort());
    expect(nested.contains.find(({ code }) => code === 'IMP')?.contains?.map(({ code }) => code)).toEqual([
      'ACUTE',
      'NONAC',
    ]);
    expect(nested.expansion.total).toBe(flat.expansion.total);
  });

  test('marks what is abstract and what is out of use, and leaves them out when it is asked to', async () => {
    const retired = 'http://terminology.hl7.org/ValueSet/v3-ActCode';
    const all = await expanded({ url: retired });
    expect(all.contains.some(({ abstract }) => abstract)).toBe(true);
    const inUse = await expanded({ url: retired, activeOnly: 'true', excludeNotForUI: 'true' });
    const kept = all.contains.filter(({ abstract, inactive }) => !abstract && !inactive);
    expect(inUse.codes).toEqual(kept.map(({ code }) => code));
  });

  test('leaves out a system, and tells the definition', async () => {
    const url = `${R4}/yesnodontknow`;
    const absent = 'http://terminology.hl7.org/CodeSystem/data-absent-reason';
    const { codes, json } = await expanded({ url, 'exclude-system': absent, includeDefinition: 'true' });
    expect(codes).toEqual(['N', 'Y']);
    expect(json.compose.include).toHaveLength(2);
  });

  test('expands a value set that is sent, as it is or in Parameters, and one by its id', async () => {
    const set = setOf({ system: ACT, filter: [{ property: 'concept', op: 'is-a', value: 'IMP' }] });
    const codes = ({ json }: { json: { expansion: { contains: Contained[] } } }) =>
      json.expansion.contains.map(({ code }) => code);
    expect(codes(await post('$expand', set))).toEqual(['IMP', 'ACUTE', 'NONAC']);
    expect(codes(await post('$expand', set, { name: 'count', valueInteger: 1 }))).toEqual(['IMP']);
    expect(codes(await api.ask('POST', '/ValueSet/$expand?count=2', { body: set.resource }))).toHaveLength(2);
    expect(codes(await api.ask('GET', '/ValueSet/vardkontakt/$expand'))).toContain('hemsjukvardsbesok');
    const both = await api.ask('GET', `/ValueSet/vardkontakt/$expand?url=${ENCOUNTERS}`);
    expect([both.status, both.json.issue[0].expression]).toEqual([400, ['url']]);
    expect((await api.ask('GET', '/ValueSet/nothing-here/$expand')).status).toBe(404);
  });
});

describe('ValueSet/$expand refuses', () => {
  test.each([
    [{ url: 'https://nowhere.se/vs' }, 404, 'not-found', 'npm run terminology -- load FILE'],
    [{ url: `${R4}/care-team-status`, valueSetVersion: '9' }, 404, 'not-found', 'in that version'],
    [
      { url: `${R4}/condition-code` },
      422,
      'not-supported',
      'SNOMED CT (http://snomed.info/sct) is not loaded',
    ],
    [{ url: 'http://snomed.info/sct?fhir_vs' }, 422, 'not-supported', 'npm run terminology -- load FILE'],
    [{ url: `${R4}/service-type` }, 422, 'not-supported', 'Only a part of the code system'],
    [{}, 400, 'value', 'Give url, or valueSet by POST'],
    [{ url: ENCOUNTERS, count: '-1' }, 400, 'value', 'count must be a whole number'],
    [{ url: ENCOUNTERS, displayLanguage: 'på svenska' }, 400, 'value', 'language tag'],
    [{ url: ENCOUNTERS, context: 'x' }, 400, 'not-supported', 'context is not supported here'],
    [{ url: ENCOUNTERS, contxt: 'x' }, 400, 'not-supported', 'Only these parameters are known here: url,'],
  ])('%o with %i %s', async (asked, status, code, text) => {
    const answer = await get('$expand', asked as Record<string, string>);
    const [issue] = answer.json.issue;
    expect([answer.status, issue.code]).toEqual([status, code]);
    expect(issue.diagnostics).toContain(text);
  });

  test('a list that is too long without pages, and tells how to walk through it', async () => {
    const concept = Array.from({ length: 10_001 }, (_, n) => ({ code: `c${n}` }));
    const set = setOf({ system: 'https://example.org/many', concept });
    const { status, json } = await post('$expand', set);
    expect([status, json.issue[0].code, json.issue[0].expression]).toEqual([422, 'too-costly', ['count']]);
    expect(json.issue[0].diagnostics).toContain('10001 codes');
    const page = await post('$expand', set, { name: 'count', valueInteger: 2 });
    expect([page.status, page.json.expansion.total]).toEqual([200, 10_001]);
  });

  test('what a caller sends to keep the service busy', async () => {
    const large = setOf(...Array.from({ length: 2000 }, () => ({ system: ACT })));
    const { status, json } = await post('$expand', large);
    expect([status, json.issue[0].code]).toEqual([422, 'too-costly']);
    const regex = setOf({ system: ACT, filter: [{ property: 'display', op: 'regex', value: '(a+)+$' }] });
    expect((await post('$expand', regex)).json.issue[0].diagnostics).toContain('regex');
    const itself = { ...setOf({ valueSet: ['https://example.org/me'] }) };
    expect((await post('$expand', itself)).status).toBe(422);
  });
});

describe('ValueSet/$validate-code', () => {
  test('agrees with $expand on what is in a value set', async () => {
    const { codes } = await expanded({ url: ENCOUNTERS });
    const others = (await expanded({ url: 'http://terminology.hl7.org/ValueSet/v3-ActCode', count: '150' }))
      .codes;
    for (const code of [...codes, ...others]) {
      const valid = await validity({ url: ENCOUNTERS, system: ACT, code });
      expect([code, valid]).toEqual([code, codes.includes(code)]);
    }
  });

  test('tells why a code is not in it, and how it is called', async () => {
    const { status, json } = await get('$validate-code', { url: ENCOUNTERS, system: ACT, code: 'NOPE' });
    expect([status, json.parameter[0]]).toEqual([200, { name: 'result', valueBoolean: false }]);
    expect(json.parameter[1].valueString).toMatch(
      /'NOPE' of .* is not in the value set .* has no code 'NOPE'/,
    );
    const named = await get('$validate-code', {
      url: ENCOUNTERS,
      system: ACT,
      code: 'IMP',
      display: 'wrong',
    });
    expect(named.json.parameter).toMatchObject([
      { valueBoolean: false },
      { valueString: expect.stringContaining("'inpatient encounter'") },
      { name: 'display', valueString: 'inpatient encounter' },
    ]);
    expect(await validity({ url: ENCOUNTERS, system: ACT, code: 'IMP', systemVersion: '1' })).toBe(false);
  });

  test('takes a Coding or a CodeableConcept, on the type and on a value set', async () => {
    const result = ({ json }: { json: { parameter: [{ valueBoolean: boolean }] } }) =>
      json.parameter[0].valueBoolean;
    const url = { name: 'url', valueUri: ENCOUNTERS };
    const coding = { system: ACT, code: 'IMP' };
    expect(result(await post('$validate-code', url, { name: 'coding', valueCoding: coding }))).toBe(true);
    const valueCodeableConcept = { coding: [{ system: 'urn:x', code: 'IMP' }, coding] };
    expect(result(await post('$validate-code', url, { name: 'codeableConcept', valueCodeableConcept }))).toBe(
      true,
    );
    expect(result(await post('$validate-code', url, { name: 'coding', valueCoding: { code: 'IMP' } }))).toBe(
      false,
    );
    const own = { system: 'https://naravard.se/fhir/CodeSystem/vardkontakt', code: 'hemsjukvardsbesok' };
    const byId = await api.ask('GET', `/ValueSet/vardkontakt/$validate-code?${new URLSearchParams(own)}`);
    expect(result(byId)).toBe(true);
  });

  test('refuses what is missing or said twice, by the name of the parameter', async () => {
    const refused = async (asked: Record<string, string>) => {
      const { status, json } = await get('$validate-code', asked);
      return [status, json.issue[0].expression?.[0]];
    };
    expect(await refused({ url: ENCOUNTERS, code: 'IMP' })).toEqual([400, 'system']);
    expect(await refused({ url: ENCOUNTERS })).toEqual([400, 'code']);
    expect(await refused({ code: 'IMP', system: ACT })).toEqual([400, 'url']);
    expect(await refused({ url: 'https://nowhere.se/vs', code: 'IMP', system: ACT })).toEqual([
      404,
      undefined,
    ]);
    const twice = await api.ask('GET', `/ValueSet/$validate-code?url=a&url=b&code=IMP&system=${ACT}`);
    expect([twice.status, twice.json.issue[0].expression]).toEqual([400, ['url']]);
  });
});
