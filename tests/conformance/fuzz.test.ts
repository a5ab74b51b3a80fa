import { createTestApp, type TestApp, type TestResponse } from '@naravard/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundles, junk, mutated, resources } from './fuzz-bodies.ts';
import { careTeam } from './resources.ts';

const numRuns = process.env.NARAVARD_FULL === '1' ? 2000 : 150;
console.log(`tests/conformance/fuzz.test.ts: ${numRuns} runs each, seed 20261123`);
const settings = { seed: 20261123, numRuns };

let fhir: TestApp;
beforeAll(async () => {
  fhir = await createTestApp();
});
afterAll(() => fhir.close());

/** Never the service's own failure, and an OperationOutcome whenever it is not a success. */
function expectSane(answer: TestResponse): void {
  expect(answer.status, answer.text).toBeLessThan(500);
  if (answer.status >= 400) expect(answer.json?.resourceType).toBe('OperationOutcome');
  for (const entry of answer.json?.type?.endsWith('-response') ? (answer.json.entry ?? []) : []) {
    expect(Number(entry.response.status.slice(0, 3)), JSON.stringify(entry)).toBeLessThan(500);
  }
}

describe('whatever is sent', () => {
  test('a mutated resource is stored or refused, and what is stored is read back', async () => {
    const check = async (resource: Record<string, unknown>, type: string) => {
      const answer = await fhir.ask('POST', `/${type}`, { body: resource });
      expectSane(answer);
      if (answer.status !== 201) return;
      const { id: _, meta: _meta, ...sent } = resource;
      expect((await fhir.ask('GET', `/${type}/${answer.json.id}`)).json).toMatchObject(
        JSON.parse(JSON.stringify(sent)),
      );
    };
    const types = fc.constantFrom('CareTeam', 'Encounter', 'Patient');
    await fc.assert(
      fc.asyncProperty(mutated(resources), types, (resource, type) =>
        check(resource, String(resource.resourceType ?? type).replace(/[^A-Za-z]/g, '') || type),
      ),
      settings,
    );
  }, 300_000);

  test('a mutated Bundle is run or refused', async () => {
    await fc.assert(
      fc.asyncProperty(mutated(bundles), async (body) => expectSane(await fhir.ask('POST', '', { body }))),
      settings,
    );
  }, 300_000);

  test('a search is answered or refused', async () => {
    const name = fc.constantFrom(
      'patient',
      'date',
      'status',
      '_id',
      '_lastUpdated',
      'identifier',
      '_sort',
      '_count',
      '_total',
      'x',
    );
    const modifier = fc.constantFrom('', '', '', ':exact', ':missing', ':Patient', ':', ':not');
    const value = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom(
        '|',
        '\\',
        '\\|',
        ',',
        ',,',
        '$',
        'ge',
        'ge2026',
        'eq2026-02-30',
        "'; drop table resource; --",
        '%_',
        '1e400',
        '-',
      ),
    );
    const pair = fc
      .tuple(name, modifier, value)
      .map(([n, m, v]) => `${n}${m}=${encodeURIComponent(v.toWellFormed())}`);
    const query = fc.array(pair, { maxLength: 4 }).map((pairs) => pairs.join('&'));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('CareTeam', 'Encounter', 'Patient'),
        query,
        fc.boolean(),
        async (type, text, lenient) => {
          const headers = lenient ? { prefer: 'handling=lenient' } : undefined;
          expectSane(await fhir.ask('GET', `/${type}?${text}`, { headers }));
        },
      ),
      settings,
    );
  }, 300_000);

  test('a patch is applied or refused', async () => {
    await fhir.ask('PUT', '/CareTeam/patched', { body: careTeam('Patient/1', { id: 'patched' }) });
    const path = fc.constantFrom(
      '',
      '/',
      '/status',
      '/name',
      '/note/-',
      '/participant/0',
      '/subject/reference',
      '/__proto__/x',
      '/~2',
      '/meta',
    );
    const operation = fc.record(
      {
        op: fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test', 'x'),
        path,
        from: path,
        value: junk,
      },
      { requiredKeys: ['op'] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 3 }), async (body) =>
        expectSane(
          await fhir.ask('PATCH', '/CareTeam/patched', { body, type: 'application/json-patch+json' }),
        ),
      ),
      settings,
    );
  }, 300_000);
});
