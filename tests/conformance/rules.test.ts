import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundle, careTeam, post } from './resources.ts';

/** Two rules of a made-up module: the hook that the domain rules use. */
const modules = [
  {
    name: 'care-team',
    resources: [
      {
        type: 'CareTeam',
        rules: [
          {
            id: 'named',
            citation: 'Testlag (2026:1) 1 kap. 2 §',
            sentence: 'A team has a name.',
            sv: 'Ett team har ett namn.',
            check: ({ resource }: { resource: object }) =>
              'name' in resource
                ? []
                : [
                    {
                      severity: 'error' as const,
                      expression: 'CareTeam.name',
                      diagnostics: 'Give the team a name.',
                    },
                  ],
          },
        ],
        claims: (resource: object) =>
          (resource as { status?: string }).status === 'active'
            ? [{ key: 'active-team', start: '2026-01-01T00:00:00.000Z', end: null }]
            : [],
      },
    ],
  },
];

let fhir: TestApp;
beforeAll(async () => {
  fhir = await createTestApp({ modules });
});
afterAll(() => fhir.close());

const nameless = (subject: string) => careTeam(subject, { name: undefined });

describe('a rule of a module', () => {
  test('refuses with 422, its id and its citation', async () => {
    const { status, json } = await fhir.ask('POST', '/CareTeam', { body: nameless('Patient/1') });
    expect([status, json.issue[0].code, json.issue[0].expression]).toEqual([
      422,
      'business-rule',
      ['CareTeam.name'],
    ]);
    expect(json.issue[0].diagnostics).toContain('named: Testlag (2026:1) 1 kap. 2 §');
  });

  test('holds for update, patch, batch and transaction alike', async () => {
    const { json } = await fhir.ask('POST', '/CareTeam', { body: careTeam('Patient/2') });
    const path = `/CareTeam/${json.id}`;
    const put = await fhir.ask('PUT', path, { body: { ...nameless('Patient/2'), id: json.id } });
    const type = 'application/json-patch+json';
    const patch = await fhir.ask('PATCH', path, { body: [{ op: 'remove', path: '/name' }], type });
    const batch = await fhir.ask('POST', '', { body: bundle('batch', [post(nameless('Patient/2'))]) });
    const transaction = await fhir.ask('POST', '', {
      body: bundle('transaction', [post(nameless('Patient/2'))]),
    });
    expect([put.status, patch.status, transaction.status]).toEqual([422, 422, 422]);
    expect(batch.json.entry[0].response.status).toBe('422 Unprocessable Entity');
    expect(transaction.json.issue[0].expression).toEqual(['Bundle.entry[0].resource.name']);
  });
});

describe('a claim of a module', () => {
  test('keeps a second resource out while the first holds it', async () => {
    const first = await fhir.ask('POST', '/CareTeam', { body: careTeam('Patient/3') });
    const second = await fhir.ask('POST', '/CareTeam', { body: careTeam('Patient/3') });
    expect([first.status, second.status, second.json.issue[0].code]).toEqual([201, 422, 'business-rule']);
    const ended = careTeam('Patient/3', { id: first.json.id, status: 'inactive' });
    expect((await fhir.ask('PUT', `/CareTeam/${first.json.id}`, { body: ended })).status).toBe(200);
    expect((await fhir.ask('POST', '/CareTeam', { body: careTeam('Patient/3') })).status).toBe(201);
  });
});
