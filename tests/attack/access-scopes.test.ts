import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AccessWorld, createAccessWorld, plan } from './access-world.ts';

let world: AccessWorld;
/** Plans of one category and nothing else; `other` is of another, and as visible by law. */
const claims = { scope: 'user/CarePlan.rs?category=urn:c|sip' };
const all = { scope: 'user/*.rs' };

beforeAll(async () => {
  world = await createAccessWorld();
  const other = plan('other', 'p1', {
    category: [{ coding: [{ system: 'urn:c', code: 'other' }] }],
    partOf: [{ reference: 'CarePlan/a-plan' }],
  });
  await world.write('S_A', other, plan('bare', 'p1', { category: undefined }));
});
afterAll(() => world.api.close());

const hidden = ['CarePlan/other', 'CarePlan/bare'];

describe('past a granular scope', () => {
  test('attack 13: what it grants is seen, and more without it', async () => {
    expect(await world.found('A', '/CarePlan?patient=p1', { claims })).toEqual([
      'CarePlan/a-plan',
      'CarePlan/p1-plan',
      'CarePlan/p1-refers',
    ]);
    expect(await world.found('A', '/CarePlan?patient=p1', { claims: all })).toEqual(
      expect.arrayContaining(hidden),
    );
  });

  test('attack 13: nothing else is read by id, version or history', async () => {
    for (const key of hidden) {
      for (const path of ['', '/_history', '/_history/1']) {
        const { status } = await world.ask('A', 'GET', `/${key}${path}`, { claims });
        expect([key, path, status]).toEqual([key, path, 404]);
      }
    }
    for (const path of ['/CarePlan/_history?_count=100', '/_history?_count=100']) {
      const { text } = await world.ask('A', 'GET', path, { claims });
      expect(text, path).not.toMatch(/CarePlan\/(other|bare)/);
    }
  });

  test.each([
    'category=urn:c|other',
    'category=urn:c|sip,urn:c|other',
    'category:not=urn:c|sip',
    'category:missing=true',
    'category:missing=false&_id=other,bare',
    '_id=other,bare',
    'identifier=urn:test|other',
    '_filter=category eq other',
    '_filter=not (category eq sip)',
    '_list=none',
    'part-of=CarePlan/a-plan',
    '_has:CarePlan:part-of:status=active&_id=other',
  ])('attack 13: nothing else is found by %s', async (query) => {
    const text = query.replaceAll(' ', '%20').replaceAll('|', '%7C');
    expect(
      (await world.found('A', `/CarePlan?${text}`, { claims })).filter((key) => hidden.includes(key)),
    ).toEqual([]);
    const { json } = await world.ask('A', 'GET', `/CarePlan?${text}&_summary=count`, { claims });
    const { json: whole } = await world.ask(
      'A',
      'GET',
      `/CarePlan?${text}&category=urn:c%7Csip&_summary=count`,
      { claims: all },
    );
    expect(json.total).toBe(whole.total);
  });

  test('attack 13: nothing else comes by include, chain or _has', async () => {
    for (const query of [
      '_id=a-plan&_revinclude=CarePlan:part-of',
      '_id=a-plan&_revinclude=*',
      '_include=*&_include:iterate=*',
    ]) {
      const keys = await world.found('A', `/CarePlan?${query}`, { claims });
      expect(
        keys.filter((key) => !key.startsWith('CarePlan/') || hidden.includes(key)),
        query,
      ).toEqual([]);
    }
    expect(await world.found('A', '/CarePlan?_has:CarePlan:part-of:status=active', { claims })).toEqual([]);
    expect(await world.found('A', '/CarePlan?subject:Patient.name=Namnp1', { claims })).toEqual([]);
  });

  test('attack 13: each entry of a Bundle is held to it, and so are other types and writes', async () => {
    const asked = [...hidden, 'Encounter/p1-visit', 'Patient/p1', 'CarePlan/a-plan', 'Encounter?patient=p1'];
    const entry = asked.map((url) => ({ request: { method: 'GET', url } }));
    const { json } = await world.ask('A', 'POST', '', {
      body: { resourceType: 'Bundle', type: 'batch', entry },
      claims,
    });
    const statuses = json.entry.map(({ response }: { response: { status: string } }) =>
      response.status.slice(0, 3),
    );
    expect(statuses).toEqual(['404', '404', '403', '403', '200', '403']);
    const body = { ...plan('a-plan', 'p1'), status: 'revoked' };
    expect((await world.ask('A', 'PUT', '/CarePlan/a-plan', { body, claims })).status).toBe(403);
    expect((await world.ask('A', 'DELETE', '/CarePlan/a-plan', { claims })).status).toBe(403);
  });

  test('attack 13: what it lets write stays within it', async () => {
    const writing = { scope: 'user/CarePlan.cruds?category=urn:c|sip' };
    const { id: _, ...body } = plan('x', 'p1', {
      category: [{ coding: [{ system: 'urn:c', code: 'other' }] }],
    }) as { id: string };
    expect((await world.ask('A', 'POST', '/CarePlan', { body, claims: writing })).status).toBe(403);
    // Neither may what is outside be taken in, nor what is inside be put outside.
    const taken = plan('other', 'p1');
    expect((await world.ask('A', 'PUT', '/CarePlan/other', { body: taken, claims: writing })).status).toBe(
      403,
    );
    const put = plan('a-plan', 'p1', { category: [{ coding: [{ system: 'urn:c', code: 'other' }] }] });
    expect((await world.ask('A', 'PUT', '/CarePlan/a-plan', { body: put, claims: writing })).status).toBe(
      403,
    );
    expect((await world.ask('A', 'DELETE', '/CarePlan/other', { claims: writing })).status).toBe(204);
    expect((await world.ask('A', 'GET', '/CarePlan/other', { claims: all })).status).toBe(200);
  });
});
