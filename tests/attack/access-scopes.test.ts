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

  test('attack 13: nor what the service renders of a type that it does not name', async () => {
    const ask = '/CarePlan?_id=a-plan&_revinclude=Provenance:target';
    expect(await world.found('A', ask, { claims })).toEqual(['CarePlan/a-plan']);
    expect(await world.found('A', ask, { claims: { scope: 'user/CarePlan.rs' } })).toEqual([
      'CarePlan/a-plan',
    ]);
    const both = { scope: 'user/CarePlan.rs user/Provenance.rs' };
    expect(await world.found('A', ask, { claims: both })).toHaveLength(2);
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

describe('past the letter of a granular scope', () => {
  const categorised = (id: string, code: string) =>
    plan(id, 'p1', { category: [{ coding: [{ system: 'urn:c', code }] }] });
  beforeAll(() => world.write('S_A', categorised('within', 'other'), categorised('beyond', 'sip')));

  const asked = (method: string, path: string, scope: string, body?: object) =>
    world.ask('A', method, path, { claims: { scope }, ...(body && { body }) });

  test('attack 13: what may be read may not be deleted or changed by that', async () => {
    const deleting = 'user/CarePlan.rs user/CarePlan.d?category=urn:c|other';
    const changing = 'user/CarePlan.rs user/CarePlan.u?category=urn:c|other';
    expect((await asked('DELETE', '/CarePlan/beyond', deleting)).status).toBe(403);
    const moved = categorised('beyond', 'other');
    expect((await asked('PUT', '/CarePlan/beyond', changing, moved)).status).toBe(403);
    const bundle = (request: object, resource?: object) => ({
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [{ request, ...(resource && { resource }) }],
    });
    const entries = [
      [deleting, bundle({ method: 'DELETE', url: 'CarePlan/beyond' })],
      [changing, bundle({ method: 'PUT', url: 'CarePlan/beyond' }, moved)],
    ] as const;
    for (const [scope, body] of entries) expect((await asked('POST', '', scope, body)).status).toBe(403);
    expect((await asked('PUT', '/CarePlan/beyond', deleting, moved)).status).toBe(403);
    expect((await asked('GET', '/CarePlan/beyond', all.scope)).json.category[0].coding[0].code).toBe('sip');
  });

  test('attack 13: what is within it may, each by its letter', async () => {
    const changed = { ...categorised('within', 'other'), status: 'revoked' };
    const changing = 'user/CarePlan.u?category=urn:c|other';
    expect((await asked('PUT', '/CarePlan/within', changing, changed)).status).toBe(200);
    expect((await asked('GET', '/CarePlan/within', changing)).status).toBe(403);
    const deleting = 'user/CarePlan.d?category=urn:c|other';
    expect((await asked('DELETE', '/CarePlan/within', deleting)).status).toBe(204);
    expect((await asked('GET', '/CarePlan/within', all.scope)).status).toBe(410);
  });

  test('attack 13: reading widens no search, and searching no reading', async () => {
    const searching = 'user/CarePlan.r user/CarePlan.s?category=urn:c|sip';
    const reading = 'user/CarePlan.s user/CarePlan.r?category=urn:c|sip';
    const query = '/CarePlan?_id=other,beyond';
    const found = (scope: string) => world.found('A', query, { claims: { scope } });
    expect([await found(searching), await found(reading)]).toEqual([
      ['CarePlan/beyond'],
      ['CarePlan/beyond', 'CarePlan/other'],
    ]);
    const statuses = await Promise.all(
      [searching, reading].map(async (scope) => (await asked('GET', '/CarePlan/other', scope)).status),
    );
    expect(statuses).toEqual([200, 404]);
    for (const type of ['batch', 'transaction']) {
      const entry = [{ request: { method: 'GET', url: 'CarePlan?_id=other,beyond' } }];
      const { text } = await asked('POST', '', searching, { resourceType: 'Bundle', type, entry });
      expect(text, type).toContain('CarePlan/beyond');
      expect(text, type).not.toContain('CarePlan/other"');
    }
    for (const path of ['/CarePlan/_history?_count=100', '/_history?_count=100', '/Patient/p1/CarePlan']) {
      expect((await asked('GET', path, searching)).text, path).not.toMatch(/CarePlan\/other/);
    }
  });

  test('a condition finds nothing without the letter to search, and makes no second one', async () => {
    const { id: _, ...body } = categorised('x', 'sip') as { id: string };
    const { status } = await world.ask('A', 'POST', '/CarePlan', {
      body,
      claims: { scope: 'user/CarePlan.cru' },
      headers: { 'if-none-exist': 'identifier=urn:test|beyond' },
    });
    expect(status).toBe(403);
  });
});

describe('an operation refuses a granular scope, and says what to ask for', () => {
  const refusalOf = async (method: string, path: string, scope: string): Promise<string> => {
    const body = method === 'POST' ? { resourceType: 'Parameters', parameter: [] } : undefined;
    const { status, json } = await world.ask('A', method, path, { claims: { scope }, ...(body && { body }) });
    expect(status).toBe(403);
    return json.issue[0].diagnostics;
  };

  test.each([
    ['POST', '/Patient/p1/$samtycke', 'user/Consent.cu?category=urn:c|x', 'user/Consent.c '],
    ['GET', '/Patient/p1/$svod-status', 'user/Patient.r?gender=female', 'user/Patient.r '],
    ['GET', '/Patient/p1/$atkomstlogg', 'user/AuditEvent.s?action=R', 'user/AuditEvent.s '],
  ])('%s %s by %s', async (method, path, scope, wanted) => {
    expect(await refusalOf(method, path, scope)).toContain(`ask for ${wanted}`);
    expect(await refusalOf(method, path, scope)).toContain('question mark');
    const other = await refusalOf(method, path, 'user/CarePlan.rs');
    expect(other).toContain(wanted.trim());
    expect(other).not.toContain('question mark');
  });
});
