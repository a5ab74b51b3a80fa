import { loadDefinitions } from '@naravard/fhir';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allModules, ownGuide } from '../../services/all-in-one/src/modules.ts';
import { own, structure } from '../conformance/made-package.ts';

// One small request must not keep the only thread that answers everybody, nor ask thousands of questions under one count.

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp({
    modules: allModules(loadDefinitions()),
    guide: ownGuide(),
    references: { policy: 'warn', bases: [] },
  });
});
afterAll(() => api.close());

/** Status, the first code and text. */
async function asked(method: string, path: string, options: Parameters<TestApp['ask']>[2] = {}) {
  const { status, json, text } = await api.ask(method, path, options);
  const [issue] = json?.issue ?? [];
  return { status, code: issue?.code, said: issue?.diagnostics, text };
}

const stored = async (resource: { resourceType: string; id: string; [element: string]: unknown }) =>
  expect(
    (
      await asked('PUT', `/${resource.resourceType}/${resource.id}`, {
        as: 'administrator',
        body: resource,
      })
    ).status,
  ).toBeLessThan(300);

const team = (count: number, member: (at: number) => object) => ({
  resourceType: 'CareTeam',
  status: 'active',
  subject: { reference: 'Patient/none' },
  participant: Array.from({ length: count }, (_, at) => ({ member: member(at) })),
});

describe('references of a write', () => {
  test.each(['/CareTeam', '/CareTeam/$validate?mode=create'])(
    '40,000 to %s cost what they weigh',
    async (path) => {
      const body = team(40_000, (at) => ({ reference: `Practitioner/p${at}` }));
      const { status } = await asked('POST', path, { as: 'journalsystem', body });
      expect(status).toBe(path.includes('$') ? 200 : 422);
    },
  );

  test('that lead nowhere by the thousand are told of in an answer that can be read', async () => {
    const patient = { resourceType: 'Patient', id: 'costly', birthDate: '1950-01-01' };
    const identifier = [{ system: 'urn:t', value: 'costly' }];
    const as = 'journalsystem';
    const made = await asked('PUT', '/Patient/costly', { as, body: { ...patient, identifier } });
    expect(made.status).toBe(201);
    const body = {
      ...team(30_000, (at) => ({ reference: `Practitioner/p${at}` })),
      subject: { reference: 'Patient/costly' },
    };
    for (const [path, status] of [
      ['/CareTeam/$validate?mode=create', 200],
      ['/CareTeam', 201],
    ] as const) {
      const headers = { prefer: 'return=OperationOutcome' };
      const answer = await asked('POST', path, { as, body, headers });
      expect([path, answer.status, answer.text.includes('more: mend')]).toEqual([path, status, true]);
      expect(answer.text.length).toBeLessThan(200_000);
    }
  });

  test('are no way to ask for persons by the thousand, which $match is not', async () => {
    const numbers = (count: number) =>
      team(count, (at) => ({
        type: 'Patient',
        identifier: {
          system: 'http://electronichealth.se/identifier/personnummer',
          value: `19500101${1000 + at}`,
        },
      }));
    const few = await asked('POST', '/CareTeam', { as: 'journalsystem', body: numbers(10) });
    expect([few.status, few.code]).toEqual([422, 'not-found']);
    const many = await asked('POST', '/CareTeam', { as: 'journalsystem', body: numbers(1_000) });
    expect([many.status, many.code]).toEqual([422, 'too-costly']);
  });

  test('cost what they weigh beside a resource with very many identifiers', async () => {
    const identifier = { system: 'urn:oid:1.2.752.29.4.19', value: 'SE0000000001-1' };
    const request = { method: 'POST', url: 'Organization' };
    const entry = [
      {
        fullUrl: 'urn:uuid:5e1b2c1e-8d55-4c5a-9d9f-2d8f2f3b8a11',
        resource: {
          resourceType: 'Organization',
          identifier: Array.from({ length: 40_000 }, () => identifier),
        },
        request,
      },
      { resource: { resourceType: 'Organization', name: 'x', partOf: { identifier } }, request },
    ];
    const body = { resourceType: 'Bundle', type: 'transaction', entry };
    const { status } = await asked('POST', '', { as: 'administrator', body });
    expect(status).toBe(200);
  });

  test('by HSA-id have an end too', async () => {
    const body = team(60_000, (at) => ({
      identifier: { system: 'urn:oid:1.2.752.29.4.19', value: `SE0000000001-${at}` },
    }));
    const { status, code } = await asked('POST', '/CareTeam', { as: 'journalsystem', body });
    expect([status, code]).toEqual([422, 'too-costly']);
  });
});

test('a filter of value sets is some words, not thousands', async () => {
  const words = Array.from({ length: 60_000 }, (_, at) => `w${at}`).join(' ');
  const compose = { include: [{ system: 'urn:x', concept: [{ code: 'a', display: words }] }] };
  const parameter = [
    { name: 'filter', valueString: words },
    { name: 'valueSet', resource: { resourceType: 'ValueSet', status: 'active', compose } },
  ];
  const body = { resourceType: 'Parameters', parameter };
  const { status } = await asked('POST', '/ValueSet/$expand', { body });
  expect(status).toBe(400);
});

test('a form that is answered later is kept, and is no place to store what is large', async () => {
  const options = {
    as: 'journalsystem',
    type: 'application/x-www-form-urlencoded',
    headers: { prefer: 'respond-async' },
  } as const;
  const body = `_id=nobody${'&'.repeat(5_000_000)}`;
  expect((await asked('POST', '/Encounter/_search', { ...options, body })).status).toBe(413);
  expect((await asked('POST', '/Encounter/_search', { ...options, body: '_id=nobody' })).status).toBe(202);
});

test('an export has as many searches as a search has parameters', async () => {
  const filters = (count: number) => ({
    resourceType: 'Parameters',
    parameter: Array.from({ length: count }, (_, at) => ({
      name: '_typeFilter',
      valueString: `Encounter?_id=a${at}`,
    })),
  });
  const options = { as: 'journalsystem', headers: { prefer: 'respond-async' } } as const;
  expect((await asked('POST', '/$export', { ...options, body: filters(100) })).status).toBe(202);
  const { status, code } = await asked('POST', '/$export', { ...options, body: filters(30_000) });
  expect([status, code]).toEqual([422, 'too-costly']);
});

describe('a regular expression that somebody has loaded', () => {
  const concept = [{ code: `${'a'.repeat(40)}b` }, { code: 'aa' }];
  const set = (id: string, value: string) => ({
    resourceType: 'ValueSet',
    id,
    url: `${own}/ValueSet/${id}`,
    status: 'active',
    compose: {
      include: [{ system: `${own}/CodeSystem/as`, filter: [{ property: 'code', op: 'regex', value }] }],
    },
  });
  beforeAll(async () => {
    const url = `${own}/CodeSystem/as`;
    const head = { resourceType: 'CodeSystem', id: 'as', url, status: 'active', content: 'complete' };
    await stored({ ...head, concept });
    for (const [id, value] of [
      ['broken', '('],
      ['slow', '(a+)+'],
      ['fair', 'a{1,3}'],
    ] as const)
      await stored(set(id, value));
  });

  test.each([
    ['broken', 'is none'],
    ['slow', 'runs for ever'],
  ])('and that is %s fails no question by 500, and holds nobody up', async (id) => {
    const url = `${own}/ValueSet/${id}`;
    for (const path of [
      `/ValueSet/$expand?url=${url}`,
      `/ValueSet/$validate-code?url=${url}&code=a&system=${own}/CodeSystem/as`,
      `/Organization?type:in=${url}`,
    ]) {
      const { status, said } = await asked('GET', path);
      expect([path, status, said]).toEqual([path, 422, expect.stringContaining('regex')]);
    }
  });

  test('and that is fair selects', async () => {
    const { status, text } = await asked('GET', `/ValueSet/$expand?url=${own}/ValueSet/fair`);
    expect([status, JSON.parse(text).expansion.contains.map(({ code }: { code: string }) => code)]).toEqual([
      200,
      ['aa'],
    ]);
  });

  test.each(["name.matches('^(a+)+$')", "name.replaceMatches('^(a+)+$', 'x') = 'x'"])(
    'in the profile constraint %s holds nobody up',
    async (expression) => {
      const constraint = [{ key: 'x-1', severity: 'error', human: 'x', expression }];
      const element = [{ id: 'Organization', path: 'Organization', constraint }];
      const profile = structure('slow', 'Organization', { differential: { element } });
      await stored(profile as unknown as { resourceType: string; id: string });
      const organization = (name: string) => ({
        resourceType: 'Organization',
        meta: { profile: [`${own}/StructureDefinition/slow`] },
        name,
      });
      const validate = (name: string) =>
        asked('POST', '/Organization/$validate', { as: 'administrator', body: organization(name) });
      const fair = await validate('aaaa');
      expect([fair.status, fair.text.includes('All OK')]).toEqual([200, true]);
      const { status, text } = await validate(`${'a'.repeat(30)}b`);
      expect([status, text.includes('cannot be run')]).toEqual([200, true]);
    },
  );
});

describe('the value sets that SNOMED CT implies', () => {
  beforeAll(() =>
    stored({
      resourceType: 'CodeSystem',
      id: 'sct',
      url: 'http://snomed.info/sct',
      status: 'active',
      content: 'complete',
      concept: Array.from({ length: 40_000 }, (_, at) => ({
        code: String(100_000 + at),
        display: `word ${at}`,
        ...(at === 0 && { concept: [{ code: '9000001', display: 'below' }] }),
      })),
    } as never),
  );

  test('cost what they hold, and thousands of them in one question no more', async () => {
    const implied = (concept: number | string) => `http://snomed.info/sct?fhir_vs=isa/${concept}`;
    const found = await asked('GET', `/ValueSet/$expand?url=${encodeURIComponent(implied(100_000))}`);
    expect(JSON.parse(found.text).expansion.total).toBe(2);
    const resource = {
      resourceType: 'ValueSet',
      status: 'active',
      compose: {
        include: Array.from({ length: 20_000 }, (_, at) => ({ valueSet: [implied(100_001 + at)] })),
      },
    };
    const parameter = [
      { name: 'count', valueInteger: 0 },
      { name: 'valueSet', resource },
    ];
    const body = { resourceType: 'Parameters', parameter };
    const { status } = await asked('POST', '/ValueSet/$expand', { body });
    expect([200, 422]).toContain(status);
  });
});
