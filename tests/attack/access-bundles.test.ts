import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { careTeam } from '../conformance/resources.ts';
import { type AccessWorld, createAccessWorld, plan } from './access-world.ts';

let world: AccessWorld;
beforeAll(async () => {
  world = await createAccessWorld();
});
afterAll(() => world.api.close());

const send = (type: string, entry: object[]) =>
  world.ask('A', 'POST', '', { body: { resourceType: 'Bundle', type, entry } });
const get = (url: string) => ({ request: { method: 'GET', url } });
const post = (resource: { resourceType: string }) => ({
  resource,
  request: { method: 'POST', url: resource.resourceType },
});

describe('a Bundle', () => {
  test('attack 39: is no way around by the form of an address', async () => {
    const addresses = [
      'CarePlan/p2-plan',
      '/CarePlan/p2-plan',
      `${world.api.base}/CarePlan/p2-plan`,
      'https://other.example/fhir/CarePlan/p2-plan',
      'http://localhost:8080/fhir/../fhir/CarePlan/p2-plan',
      '../CarePlan/p2-plan',
      './CarePlan/p2-plan',
      'CarePlan/../CarePlan/p2-plan',
      'CarePlan//p2-plan',
      'CarePlan/p2-plan/',
      'CarePlan%2Fp2-plan',
      'CarePlan/p2%2Dplan',
      'CarePlan/p2-plan?_format=json',
      'CarePlan/p2-plan#x',
      'careplan/p2-plan',
      '/metadata',
      '$export',
      'Patient/p2/$nodoppning',
    ];
    const { status, json } = await send('batch', addresses.map(get));
    expect(status).toBe(200);
    for (const [index, { resource, response }] of json.entry.entries()) {
      expect([addresses[index], response.status.slice(0, 1), resource]).toEqual([
        addresses[index],
        '4',
        undefined,
      ]);
    }
  });

  test('attack 39: is no way around by a Bundle within it', async () => {
    const inner = { resourceType: 'Bundle', type: 'batch', entry: [get('CarePlan/p2-plan')] };
    for (const url of ['', '/', 'Bundle']) {
      const { json, text } = await send('batch', [{ resource: inner, request: { method: 'POST', url } }]);
      expect([url, json.entry?.[0].response.status.slice(0, 1) ?? '4']).toEqual([url, '4']);
      expect(text).not.toContain('Patient/p2');
    }
  });

  test('attack 39: with one entry that is not allowed leaves nothing when it is a transaction', async () => {
    const before = (await world.found('A', '/CareTeam?patient=p1')).length;
    const forbidden = [
      post(careTeam('Patient/p2')),
      { resource: plan('p1-plan', 'p1'), request: { method: 'PUT', url: 'CarePlan/p1-plan' } },
      { request: { method: 'DELETE', url: 'CarePlan/p1-plan' } },
      get('CarePlan/p2-plan'),
      post({ resourceType: 'Patient' }),
      { resource: { resourceType: 'AuditEvent' }, request: { method: 'POST', url: 'AuditEvent' } },
    ];
    for (const each of forbidden) {
      const { status } = await send('transaction', [post(careTeam('Patient/p1')), each]);
      expect(status, JSON.stringify(each.request)).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    }
    expect((await world.found('A', '/CareTeam?patient=p1')).length).toBe(before);
  });

  test('attack 39: links no entry to what its caller does not see', async () => {
    const resource = {
      ...careTeam('Patient/p1'),
      encounter: { reference: 'Encounter?identifier=urn:test|p2-visit' },
    };
    const { status, text } = await send('transaction', [post(resource)]);
    expect(status).toBe(422);
    expect(text).not.toContain('Encounter/p2-visit');
  });
});
