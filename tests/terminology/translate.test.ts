import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { out, type Part, posting, refusal, valueIn } from './answers.ts';

const R4 = 'http://hl7.org/fhir/ValueSet';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());

const get = (path: string, asked: Record<string, string> = {}) =>
  api.ask('GET', `${path}?${new URLSearchParams(asked)}`);
const post = posting(() => api);

describe('ConceptMap/$translate', () => {
  const CS = 'http://hl7.org/fhir/composition-status';
  const MAP = 'http://hl7.org/fhir/ConceptMap/cm-composition-status-v3';
  const final = { system: CS, code: 'final' };

  test('tells what a code is mapped to, from a value set to another', async () => {
    const asked = {
      source: `${R4}/composition-status`,
      target: 'http://terminology.hl7.org/ValueSet/v3-ActStatus',
    };
    const answer = await get('/ConceptMap/$translate', { ...final, ...asked });
    expect([answer.status, out(answer, 'result')]).toEqual([200, true]);
    const [match] = (answer.json.parameter as Part[]).filter(({ name }) => name === 'match');
    expect(valueIn(match?.part, 'concept')).toEqual({
      system: 'http://terminology.hl7.org/CodeSystem/v3-ActStatus',
      code: 'completed',
    });
    expect([valueIn(match?.part, 'equivalence'), valueIn(match?.part, 'source')]).toEqual(['wider', MAP]);
  });

  test('is read backwards too, where wider is narrower', async () => {
    const completed = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActStatus', code: 'completed' };
    const answer = await get('/ConceptMap/$translate', { ...completed, url: MAP, reverse: 'true' });
    const matches = (answer.json.parameter as Part[]).filter(({ name }) => name === 'match');
    expect(
      matches.map(({ part }) => [valueIn(part, 'concept'), valueIn(part, 'equivalence')]),
    ).toContainEqual([final, 'narrower']);
  });

  test('answers false with a message where nothing translates', async () => {
    const nothing = await get('/ConceptMap/$translate', { system: CS, code: 'nope', url: MAP });
    expect([nothing.status, out(nothing, 'result')]).toEqual([200, false]);
    expect(out(nothing, 'message')).toContain('No concept map that was asked translates the code');
    const nowhere = await get('/ConceptMap/$translate', { ...final, target: 'https://nowhere.se/vs' });
    expect(out(nowhere, 'message')).toContain('npm run terminology');
  });

  test('is answered by a map that is sent, and by a stored one', async () => {
    const conceptMap = {
      resourceType: 'ConceptMap',
      id: 'mine',
      status: 'draft',
      group: [
        {
          source: CS,
          target: 'urn:x',
          element: [{ code: 'final', target: [{ code: 'z', equivalence: 'equal' }] }],
        },
      ],
    };
    const asked = [
      { name: 'system', valueUri: CS },
      { name: 'code', valueCode: 'final' },
    ];
    const sent = await post('/ConceptMap/$translate', { name: 'conceptMap', resource: conceptMap }, ...asked);
    expect(out(sent, 'result')).toBe(true);
    const stored = await api.ask('PUT', '/ConceptMap/mine', { as: 'administrator', body: conceptMap });
    expect(stored.status).toBe(201);
    expect(out(await get('/ConceptMap/mine/$translate', { system: CS, code: 'final' }), 'result')).toBe(true);
  });

  test('asks for what a translation depends on, and tells what comes with it', async () => {
    const target = {
      code: 'left',
      equivalence: 'equivalent',
      dependsOn: [{ property: 'http://example.org/laterality', system: 'urn:side', value: 'L' }],
      product: [{ property: 'http://example.org/site', system: 'urn:site', value: 'knee' }],
    };
    const group = [{ source: 'urn:a', target: 'urn:b', element: [{ code: 'k', target: [target] }] }];
    const asked = [
      { name: 'conceptMap', resource: { resourceType: 'ConceptMap', status: 'draft', group } },
      { name: 'codeableConcept', valueCodeableConcept: { coding: [{ system: 'urn:a', code: 'k' }] } },
    ];
    const without = await post('/ConceptMap/$translate', ...asked);
    expect(out(without, 'result')).toBe(false);
    expect(out(without, 'message')).toContain('http://example.org/laterality');
    const concept = { coding: [{ system: 'urn:side', code: 'L' }] };
    const part = [
      { name: 'element', valueUri: 'http://example.org/laterality' },
      { name: 'concept', valueCodeableConcept: concept },
    ];
    const met = await post('/ConceptMap/$translate', ...asked, { name: 'dependency', part });
    expect(out(met, 'result')).toBe(true);
    const match = (met.json.parameter as Part[]).find(({ name }) => name === 'match');
    const product = match?.part?.find(({ name }) => name === 'product');
    expect(valueIn(product?.part, 'concept')).toEqual({ system: 'urn:site', code: 'knee' });
  });

  test.each([
    [{ ...final, url: 'https://nowhere.se/map' }, 404, 'npm run terminology'],
    [{ code: 'final' }, 400, 'Give system'],
    [{ ...final, target: 'a', targetsystem: 'b' }, 400, 'not both'],
  ])('refuses %o with %i', async (asked, status, text) => {
    const answer = await get('/ConceptMap/$translate', asked as Record<string, string>);
    expect(refusal(answer)).toMatchObject({ status, diagnostics: expect.stringContaining(text) });
  });
});
