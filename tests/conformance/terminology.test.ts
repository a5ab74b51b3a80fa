import { readFileSync } from 'node:fs';
import { createValidator, loadDefinitions } from '@naravard/fhir';
import { createTestApp, type TestApp, type TestRequest } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allModules, ownGuide } from '../../services/all-in-one/src/modules.ts';
import { out, type Part, posting, refusal, valueIn } from '../terminology/answers.ts';

const ACT = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const ENCOUNTERS = 'http://terminology.hl7.org/ValueSet/v3-ActEncounterCode';
const OWN = 'https://naravard.se/fhir';
const SNOMED = 'http://snomed.info/sct';

const definitions = loadDefinitions();

interface Definition {
  readonly id: string;
  readonly resource: readonly string[];
  readonly code: string;
  readonly parameter: readonly { readonly name: string; readonly use: string }[];
}

const file = new URL('../../libs/fhir/src/generated/r4-operations.json', import.meta.url);
const standard = (JSON.parse(readFileSync(file, 'utf8')) as Definition[])
  .filter(({ id }) => /^(CodeSystem|ValueSet|ConceptMap)-/.test(id))
  .map((each) => [each.id, each] as const);

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp({ modules: allModules(definitions), guide: ownGuide() });
});
afterAll(() => api.close());

const get = (path: string, asked: Record<string, string> = {}, request: TestRequest = {}) =>
  api.ask('GET', `${path}?${new URLSearchParams(asked)}`, request);
const post = posting(() => api);

describe('CodeSystem/$lookup', () => {
  test('tells name, version, display and properties of a code', async () => {
    const answer = await get('/CodeSystem/$lookup', { system: ACT, code: 'IMP' });
    expect(answer.status).toBe(200);
    expect([out(answer, 'name'), out(answer, 'display')]).toEqual([
      'v3 Code System ActCode',
      'inpatient encounter',
    ]);
    expect(out(answer, 'version')).toBe('2018-08-12');
    const properties = (answer.json.parameter as Part[]).filter(({ name }) => name === 'property');
    const told = properties.map(({ part }) => [valueIn(part, 'code'), valueIn(part, 'value')]);
    expect(told).toContainEqual(['parent', '_ActEncounterCode']);
    expect(told).toContainEqual(['child', 'ACUTE']);
    expect(told).toContainEqual(['inactive', false]);
    expect(told.find(([code]) => code === 'definition')?.[1]).toContain('patient encounter');
    const child = properties.find(({ part }) => valueIn(part, 'value') === 'ACUTE');
    expect(valueIn(child?.part, 'description')).toBe('inpatient acute');
  });

  test('tells the properties that are asked for, and no others', async () => {
    const asked = [
      ['system', ACT],
      ['code', 'IMP'],
      ['property', 'child'],
      ['property', 'url'],
    ];
    const { json } = await api.ask(
      'GET',
      `/CodeSystem/$lookup?${new URLSearchParams(asked as [string, string][])}`,
    );
    const properties = (json.parameter as Part[]).filter(({ name }) => name === 'property');
    expect(new Set(properties.map(({ part }) => valueIn(part, 'code')))).toEqual(new Set(['child', 'url']));
  });

  test('takes a Coding, and shows a code in the language that is asked for', async () => {
    const system = 'http://terminology.hl7.org/CodeSystem/v2-0001';
    const coding = { name: 'coding', valueCoding: { system, code: 'F' } };
    const dutch = await post('/CodeSystem/$lookup', coding, { name: 'displayLanguage', valueCode: 'nl' });
    expect(out(dutch, 'display')).toBe('Vrouw');
    const swedish = await post('/CodeSystem/$lookup', coding, { name: 'displayLanguage', valueCode: 'sv' });
    expect(out(swedish, 'display')).toBe('Female');
    const designations = (dutch.json.parameter as Part[]).filter(({ name }) => name === 'designation');
    expect(
      designations.map(({ part }) => [valueIn(part, 'language'), valueIn(part, 'value')]),
    ).toContainEqual(['nl', 'Vrouw']);
  });

  test('is answered on a CodeSystem by its id', async () => {
    const answer = await get('/CodeSystem/plantyp/$lookup', { code: 'behandlingsplan' });
    expect([answer.status, out(answer, 'name'), out(answer, 'display')]).toEqual([
      200,
      'Plantyp',
      'Behandlingsplan',
    ]);
    expect((await get('/CodeSystem/nothing-here/$lookup', { code: 'x' })).status).toBe(404);
  });

  test.each([
    [{ system: ACT, code: 'imp' }, 404, 'not-found', "has no code 'imp'"],
    [
      { system: SNOMED, code: '73211009' },
      404,
      'not-found',
      'SNOMED CT (http://snomed.info/sct) is not loaded',
    ],
    [{ system: SNOMED, code: '73211009' }, 404, 'not-found', 'npm run terminology -- load FILE'],
    [
      { system: 'http://loinc.org', code: '1963-8' },
      404,
      'not-found',
      'LOINC (http://loinc.org) is not loaded',
    ],
    [{ system: ACT, code: 'IMP', version: '1' }, 404, 'not-found', 'in that version'],
    [{ system: 'urn:x', code: 'IMP' }, 404, 'not-found', "'urn:x' is not loaded here: "],
    [{ code: 'IMP' }, 400, 'value', 'Give system beside code'],
    [{ system: ACT }, 400, 'value', 'Give code, coding'],
    [{ system: ACT, code: 'IMP', coding: 'x' }, 400, 'value', 'send Parameters by POST'],
    [{ system: ACT, code: 'IMP', date: '2020-01-01' }, 400, 'not-supported', 'date is not supported here'],
    [
      { system: ACT, code: 'IMP', nonsense: '1' },
      400,
      'not-supported',
      'Only these parameters are known here',
    ],
    [{ system: ACT, code: '' }, 400, 'value', 'code is empty'],
  ] as const)('refuses %o with %i %s', async (asked, status, code, text) => {
    expect(refusal(await get('/CodeSystem/$lookup', asked))).toMatchObject({
      status,
      code,
      diagnostics: expect.stringContaining(text),
    });
  });
});

describe('CodeSystem/$validate-code', () => {
  const validate = (asked: Record<string, string>) =>
    get('/CodeSystem/$validate-code', { url: ACT, ...asked });

  test('answers whether a code is in a system', async () => {
    const valid = await validate({ code: 'IMP', display: 'Inpatient Encounter' });
    expect([valid.status, out(valid, 'result'), out(valid, 'display')]).toEqual([
      200,
      true,
      'inpatient encounter',
    ]);
    const unknown = await validate({ code: 'NOPE' });
    expect([unknown.status, out(unknown, 'result')]).toEqual([200, false]);
    expect(out(unknown, 'message')).toContain("has no code 'NOPE'");
  });

  test('tells a display that is wrong, and a heading where headings are not wanted', async () => {
    const wrong = await validate({ code: 'IMP', display: 'ambulatory' });
    expect(out(wrong, 'result')).toBe(false);
    expect(out(wrong, 'message')).toContain("is called 'inpatient encounter'");
    const heading = { code: '_ActEncounterCode' };
    expect(out(await validate(heading), 'result')).toBe(true);
    expect(out(await validate({ ...heading, abstract: 'false' }), 'result')).toBe(false);
  });

  test('is true of a CodeableConcept when one coding is right, and tells what is wrong with the others', async () => {
    const coding = [
      { system: ACT, code: 'IMP' },
      { system: ACT, code: 'NOPE' },
      { system: SNOMED, code: '1' },
    ];
    const concept = { name: 'codeableConcept', valueCodeableConcept: { coding } };
    const answer = await post('/CodeSystem/$validate-code', { name: 'url', valueUri: ACT }, concept);
    expect([out(answer, 'result'), out(answer, 'display')]).toEqual([true, 'inpatient encounter']);
    expect(out(answer, 'message')).toMatch(/NOPE.*another code system/);
  });

  test('takes a code system that is sent, and one by its id', async () => {
    const codeSystem = {
      resourceType: 'CodeSystem',
      status: 'draft',
      url: 'https://example.org/cs',
      content: 'complete',
      concept: [{ code: 'a', concept: [{ code: 'b', display: 'B' }] }],
    };
    const sent = { name: 'codeSystem', resource: codeSystem };
    expect(
      out(await post('/CodeSystem/$validate-code', sent, { name: 'code', valueCode: 'b' }), 'result'),
    ).toBe(true);
    const byId = await get('/CodeSystem/plantyp/$validate-code', { code: 'behandlingsplan' });
    expect(out(byId, 'result')).toBe(true);
  });

  test('refuses what it cannot tell of a code system, and more codings than a concept has', async () => {
    const part = {
      resourceType: 'CodeSystem',
      status: 'draft',
      content: 'fragment',
      concept: [{ code: 'a' }],
    };
    const ask = (resource: object) =>
      post('/CodeSystem/$validate-code', { name: 'codeSystem', resource }, { name: 'code', valueCode: 'b' });
    expect(refusal(await ask(part))).toMatchObject({ status: 422, expression: ['CodeSystem.url'] });
    expect(refusal(await ask({ ...part, url: 'urn:part' }))).toMatchObject({
      status: 422,
      code: 'not-supported',
      diagnostics: expect.stringContaining('is loaded here, which does not tell'),
    });
    const coding = Array.from({ length: 51 }, (_, n) => ({ system: ACT, code: `c${n}` }));
    const concept = { name: 'codeableConcept', valueCodeableConcept: { coding } };
    const many = await post('/CodeSystem/$validate-code', { name: 'url', valueUri: ACT }, concept);
    expect(refusal(many)).toMatchObject({ status: 400, expression: ['codeableConcept'] });
  });

  test.each([
    [{ code: 'a' }, 400, 'Give url, or codeSystem'],
    [{ code: 'a', url: 'https://nowhere.se/cs' }, 404, 'npm run terminology'],
    [{ code: 'a', url: 'http://unitsofmeasure.org' }, 404, 'UCUM'],
    [{ url: ACT, code: 'IMP', codeableConcept: 'x' }, 400, 'by POST'],
    [{ url: ACT, code: 'IMP', abstract: 'yes' }, 400, 'abstract must be true or false'],
  ])('refuses %o with %i', async (asked, status, text) => {
    const answer = await get('/CodeSystem/$validate-code', asked as Record<string, string>);
    expect(refusal(answer)).toMatchObject({ status, diagnostics: expect.stringContaining(text) });
  });
});

describe('CodeSystem/$subsumes', () => {
  test.each([
    ['IMP', 'IMP', 'equivalent'],
    ['IMP', 'ACUTE', 'subsumes'],
    ['ACUTE', 'IMP', 'subsumed-by'],
    ['AMB', 'IMP', 'not-subsumed'],
  ])('%s and %s: %s', async (codeA, codeB, outcome) => {
    expect(out(await get('/CodeSystem/$subsumes', { system: ACT, codeA, codeB }), 'outcome')).toBe(outcome);
  });

  test('takes Codings, which say the system themselves, and is answered on a CodeSystem', async () => {
    const coding = (name: string, code: string) => ({ name, valueCoding: { system: ACT, code } });
    const byCoding = await post(
      '/CodeSystem/$subsumes',
      coding('codingA', 'IMP'),
      coding('codingB', 'ACUTE'),
    );
    expect(out(byCoding, 'outcome')).toBe('subsumes');
    const byId = await get('/CodeSystem/plantyp/$subsumes', {
      codeA: 'behandlingsplan',
      codeB: 'behandlingsplan',
    });
    expect(out(byId, 'outcome')).toBe('equivalent');
  });

  test.each([
    [{ codeA: 'IMP', codeB: 'AMB' }, 400, 'Give system'],
    [{ system: ACT, codeA: 'IMP' }, 400, 'codeB'],
    [{ system: ACT, codeA: 'IMP', codeB: 'nope' }, 404, "no code 'nope'"],
    [{ system: SNOMED, codeA: '235856003', codeB: '3738000' }, 404, 'SNOMED CT'],
  ])('refuses %o with %i', async (asked, status, text) => {
    const answer = await get('/CodeSystem/$subsumes', asked as Record<string, string>);
    expect(refusal(answer)).toMatchObject({ status, diagnostics: expect.stringContaining(text) });
  });
});

describe('All of them', () => {
  test('need a token whose scope reads the type, and leave no trace of a patient', async () => {
    const asked = { url: ENCOUNTERS };
    expect((await get('/ValueSet/$expand', asked, { as: null })).status).toBe(401);
    for (const as of ['ssk-hemsjukvard', 'patient', 'administrator'] as const) {
      expect((await get('/ValueSet/$expand', asked, { as })).status).toBe(200);
    }
    const { rows } = await api.database.pool.query(
      `select count(*)::int as n from audit where interaction like '$%' and patient is not null`,
    );
    expect(rows).toEqual([{ n: 0 }]);
  });

  test('are refused to a token whose scope does not read the type', async () => {
    const token = await api.issuer.token('journalsystem', { scope: 'system/CodeSystem.rs' });
    const ask = (path: string) => get(path, {}, { as: null, headers: { authorization: `Bearer ${token}` } });
    expect((await ask('/ValueSet/$expand')).status).toBe(403);
    expect((await ask('/ValueSet/vardkontakt/$expand')).status).toBe(403);
    expect((await ask('/CodeSystem/$lookup')).status).toBe(400);
  });

  test('read a resource that is named by its id as any read does, with a row in the audit', async () => {
    const headers = { 'x-request-id': 'terminology-by-id' };
    await get('/ValueSet/vardkontakt/$expand', {}, { as: 'ssk-hemsjukvard', headers });
    const { rows } = await api.database.pool.query(
      `select interaction, targets from audit where request = 'terminology-by-id'`,
    );
    expect(rows).toEqual([{ interaction: '$expand', targets: ['ValueSet/vardkontakt'] }]);
  });

  test.each(standard)('know each parameter of %s, or refuse it by its name', async (_id, definition) => {
    const { resource, code, parameter } = definition;
    const path = `/${resource[0]}/$${code}`;
    const { diagnostics } = refusal(await get(path, { 'no-such': 'x' }));
    const known = /are known here: (.*)\.$/.exec(diagnostics)?.[1]?.split(', ') ?? [];
    for (const { name } of parameter.filter(({ use }) => use === 'in')) {
      if (known.includes(name)) continue;
      const refused = refusal(await get(path, { [name]: 'x' }));
      expect([name, refused.code, refused.expression]).toEqual([name, 'not-supported', [name]]);
    }
    const inputs = parameter.filter(({ use }) => use === 'in').map(({ name }) => name);
    expect(known.filter((name) => !inputs.includes(name))).toEqual([]);
  });

  test('are told in /metadata by the URLs of R4', async () => {
    const { json } = await api.ask('GET', '/metadata');
    const of = (type: string): string[] =>
      json.rest[0].resource
        .find((each: { type: string }) => each.type === type)
        .operation.map(({ definition }: { definition: string }) => definition);
    const base = 'http://hl7.org/fhir/OperationDefinition';
    expect(of('CodeSystem')).toEqual(
      expect.arrayContaining(
        ['lookup', 'validate-code', 'subsumes'].map((name) => `${base}/CodeSystem-${name}`),
      ),
    );
    expect(of('ValueSet')).toEqual(
      expect.arrayContaining([`${base}/ValueSet-expand`, `${base}/ValueSet-validate-code`]),
    );
    expect(of('ConceptMap')).toContain(`${base}/ConceptMap-translate`);
  });

  test('answer with valid R4', async () => {
    const validate = createValidator(definitions);
    const set = { url: `${OWN}/ValueSet/vardkontakt` };
    const answers = [
      await get('/ValueSet/$expand', { ...set, includeDefinition: 'true', excludeNested: 'false' }),
      await get('/ValueSet/$validate-code', { ...set, system: ACT, code: 'IMP' }),
      await get('/CodeSystem/$lookup', {
        system: 'http://terminology.hl7.org/CodeSystem/v2-0001',
        code: 'F',
      }),
      await get('/CodeSystem/$lookup', { system: ACT, code: 'IMP' }),
      await get('/CodeSystem/$subsumes', { system: ACT, codeA: 'IMP', codeB: 'AMB' }),
      await get('/ConceptMap/$translate', { system: 'http://hl7.org/fhir/address-use', code: 'home' }),
    ];
    for (const { json } of answers) {
      const findings = validate(json, { base: api.base }).filter(({ severity }) => severity === 'error');
      expect([json.resourceType, findings]).toEqual([expect.stringMatching(/ValueSet|Parameters/), []]);
    }
  });
});
