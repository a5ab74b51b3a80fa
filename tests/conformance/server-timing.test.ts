import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundle, patient, post } from './resources.ts';

let fhir: TestApp;
beforeAll(async () => {
  fhir = await createTestApp();
});
afterAll(() => fhir.close());

const organization = { resourceType: 'Organization', name: 'Hemsjukvården' };
const form = /^auth;dur=\d+\.\d, validate;dur=\d+\.\d, database;dur=\d+\.\d, render;dur=\d+\.\d$/;

const phases = (header: string | undefined): Record<string, number> =>
  Object.fromEntries(
    (header ?? '').split(', ').map((each) => {
      const [name = '', duration = ''] = each.split(';dur=');
      return [name, Number(duration)];
    }),
  );

describe('an administrator is told where the time went', () => {
  test.each([
    ['POST', '/Organization', { body: organization }],
    ['POST', '', { body: bundle('transaction', [post(organization), post(organization)]) }],
    ['POST', '', { body: bundle('batch', [post(organization)]) }],
    ['GET', '/Organization?name=hem', {}],
    ['GET', '/Organization?_format=xml', {}],
  ] as const)('%s %s', async (method, path, request) => {
    const { status, headers, text } = await fhir.ask(method, path, { as: 'administrator', ...request });
    expect([200, 201], text).toContain(status);
    expect(headers['server-timing']).toMatch(form);
    expect(phases(headers['server-timing']).database).toBeGreaterThan(0);
  });

  test('also of what is refused', async () => {
    for (const [path, status] of [
      ['/Organization/absent', 404],
      ['/Organization?nothing=1', 400],
      ['/Organization?_format=ttl', 406],
    ] as const) {
      const answer = await fhir.ask('GET', path, { as: 'administrator' });
      expect([answer.status, answer.headers['server-timing']]).toEqual([status, expect.stringMatching(form)]);
    }
  });

  test('and what the database took is no more than all', async () => {
    const started = performance.now();
    const body = bundle(
      'transaction',
      Array.from({ length: 50 }, () => post(organization)),
    );
    const { headers } = await fhir.ask('POST', '', { as: 'administrator', body });
    const took = performance.now() - started;
    const { auth = 0, validate = 0, database = 0, render = 0 } = phases(headers['server-timing']);
    expect(validate).toBeGreaterThan(0);
    expect(auth + validate + database + render).toBeLessThan(took + 1);
  });
});

test('nobody else is, whatever they ask', async () => {
  for (const as of ['journalsystem', 'ssk-hemsjukvard', 'patient', 'logg-granskare', null] as const) {
    for (const [method, path, body] of [
      ['GET', '/metadata', undefined],
      ['GET', '/Organization?name=hem', undefined],
      ['GET', '/Patient/absent', undefined],
      ['POST', '/Patient', patient()],
    ] as const) {
      const { headers } = await fhir.ask(method, path, { as, body, headers: { 'server-timing': 'x' } });
      expect(headers['server-timing']).toBeUndefined();
    }
  }
});
