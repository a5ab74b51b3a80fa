import { createTestApp, type TestApp, type TestResponse } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { graphOf } from './everything-graph.ts';
import { directoryOf, generatedWorld, load, personOf, recordOf } from './everything-world.ts';

const world = generatedWorld(7);
let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
  await load(api, world);
});
afterAll(() => api.close());

interface Entry {
  readonly resource: { readonly resourceType: string; readonly id: string };
  readonly search: { readonly mode: string };
}

const keysIn = ({ json }: TestResponse, mode: 'match' | 'include'): string[] =>
  (json.entry ?? [])
    .filter(({ search }: Entry) => search.mode === mode)
    .map(({ resource }: Entry) => `${resource.resourceType}/${resource.id}`);
const linkIn = ({ json }: TestResponse, relation: string): string | undefined =>
  json.link.find((each: { relation: string }) => each.relation === relation)?.url;
const about = (query = '', person = 'anna') => api.ask('GET', `/Patient/${person}/$everything${query}`);

/** Every page from the one at a path on. */
async function walk(path: string): Promise<TestResponse[]> {
  const pages = [await api.ask('GET', path)];
  for (
    let next = linkIn(pages[0] as TestResponse, 'next');
    next;
    next = linkIn(pages.at(-1) as TestResponse, 'next')
  ) {
    pages.push(await api.ask('GET', next));
  }
  return pages;
}

describe('Patient/$everything', () => {
  test.each(['anna', 'bertil'])(
    'of %s is all that is about the person, and what that refers to that is about nobody',
    async (person) => {
      const answer = await about('?_count=1000', person);
      expect([answer.status, answer.json.type]).toEqual([200, 'searchset']);
      const expected = recordOf(world, person);
      expect(keysIn(answer, 'match')[0]).toBe(`Patient/${person}`);
      expect(keysIn(answer, 'match').toSorted()).toEqual(expected.toSorted());
      expect(keysIn(answer, 'include').toSorted()).toEqual(directoryOf(world, expected).toSorted());
      expect([answer.json.total, linkIn(answer, 'next')]).toEqual([undefined, undefined]);
    },
  );

  test('comes page by page, each resource of the person once, and with each page what it refers to', async () => {
    const pages = await walk('/Patient/anna/$everything?_count=7');
    const found = pages.flatMap((page) => keysIn(page, 'match'));
    expect(pages.length).toBe(Math.ceil(recordOf(world, 'anna').length / 7));
    expect(found.toSorted()).toEqual(recordOf(world, 'anna').toSorted());
    for (const page of pages) {
      expect(keysIn(page, 'include').toSorted()).toEqual(
        directoryOf(world, keysIn(page, 'match')).toSorted(),
      );
    }
    const back: string[] = [];
    for (let url = linkIn(pages.at(-1) as TestResponse, 'previous'); url; ) {
      const page = await api.ask('GET', url);
      back.unshift(...keysIn(page, 'match'));
      url = linkIn(page, 'previous');
    }
    expect(back).toEqual(found.slice(0, back.length));
    expect(back.length).toBe(found.length - keysIn(pages.at(-1) as TestResponse, 'match').length);
  });

  test('has links for who was given them and for its own address', async () => {
    const next = linkIn(await about('?_count=7'), 'next') ?? '';
    expect(next).not.toContain('_count');
    expect((await api.ask('GET', next, { as: 'journalsystem-kommun' })).status).toBe(400);
    expect((await api.ask('GET', next.replace('anna', 'bertil'))).status).toBe(400);
    expect((await api.ask('GET', `${next}&_since=2026`)).status).toBe(400);
  });

  test('gives what is there throughout once, whatever is written meanwhile', async () => {
    const first = await about('?_count=20');
    const [seen] = keysIn(first, 'match').slice(-1);
    const later = recordOf(world, 'anna').find((key) => !keysIn(first, 'match').includes(key)) ?? '';
    for (const key of [seen ?? '', later]) {
      const body = { ...world.get(key), language: 'sv' };
      expect((await api.ask('PUT', `/${key}`, { body })).status).toBe(200);
    }
    const body = {
      resourceType: 'Flag',
      status: 'active',
      code: { text: 'x' },
      subject: { reference: 'Patient/anna' },
    };
    const { json } = await api.ask('POST', '/Flag', { body });
    const rest = await walk(linkIn(first, 'next') ?? '');
    const found = [first, ...rest].flatMap((page) => keysIn(page, 'match'));
    expect(found.toSorted()).toEqual([...recordOf(world, 'anna'), `Flag/${json.id}`].toSorted());
    await api.ask('DELETE', `/Flag/${json.id}`);
  });

  test('is by Parameters what it is by address, and by page links on', async () => {
    const parameter = [
      { name: '_type', valueCode: 'CarePlan,Goal' },
      { name: '_type', valueCode: 'Organization' },
      { name: '_count', valueInteger: 3 },
      { name: '_since', valueInstant: '2020-01-01T00:00:00+01:00' },
    ];
    const posted = await api.ask('POST', '/Patient/anna/$everything', {
      body: { resourceType: 'Parameters', parameter },
    });
    expect([posted.status, keysIn(posted, 'match').length]).toEqual([200, 3]);
    const got = await about('?_since=2020-01-01T00:00:00%2B01:00&_type=CarePlan,Goal,Organization&_count=3');
    expect(posted.json.entry).toEqual(got.json.entry);
    const again = await api.ask('GET', linkIn(posted, 'self') ?? '');
    expect(again.json.entry).toEqual(got.json.entry);
    const pages = await walk(linkIn(posted, 'self') ?? '');
    const wanted = recordOf(world, 'anna').filter((key) => /^(CarePlan|Goal)\//.test(key));
    expect(pages.flatMap((page) => keysIn(page, 'match')).toSorted()).toEqual(wanted.toSorted());
    for (const page of pages) {
      const named = directoryOf(world, keysIn(page, 'match')).filter((key) =>
        key.startsWith('Organization/'),
      );
      expect(keysIn(page, 'include').toSorted()).toEqual(named.toSorted());
    }
  });

  test('_since asks for what was changed then or later', async () => {
    const since = new Date().toISOString();
    expect((await about(`?_since=${since}`)).json.entry).toBeUndefined();
    const key = recordOf(world, 'anna').find((each) => each.startsWith('Task/')) ?? '';
    await api.ask('PUT', `/${key}`, { body: { ...world.get(key), description: 'Ny' } });
    const answer = await about(`?_since=${since}`);
    expect(keysIn(answer, 'match')).toEqual([key]);
    expect(keysIn(answer, 'include').toSorted()).toEqual(directoryOf(world, [key]).toSorted());
  });

  test('start and end are about when care was given, and what has no such time always comes', async () => {
    const body = { resourceType: 'Patient', id: 'cecilia' };
    await api.ask('PUT', '/Patient/cecilia', { body });
    const subject = { reference: 'Patient/cecilia' };
    const sent = [
      {
        resourceType: 'Encounter',
        id: 'c-may',
        status: 'finished',
        class: { code: 'HH' },
        subject,
        period: { start: '2026-05-02', end: '2026-05-20' },
      },
      {
        resourceType: 'Encounter',
        id: 'c-open',
        status: 'in-progress',
        class: { code: 'HH' },
        subject,
        period: { start: '2026-06-10' },
      },
      {
        resourceType: 'Observation',
        id: 'c-june',
        status: 'final',
        code: { text: 'x' },
        subject,
        effectiveDateTime: '2026-06-01T10:00:00Z',
      },
      { resourceType: 'Condition', id: 'c-condition', subject, recordedDate: '2020-01-01' },
    ];
    for (const each of sent) await api.ask('PUT', `/${each.resourceType}/${each.id}`, { body: each });
    const found = async (query: string) =>
      keysIn(await about(query, 'cecilia'), 'match').filter((key) => !/^(Patient|Condition)\//.test(key));
    expect(await found('')).toEqual(['Encounter/c-may', 'Encounter/c-open', 'Observation/c-june']);
    expect(await found('?start=2026-05-21')).toEqual(['Encounter/c-open', 'Observation/c-june']);
    expect(await found('?start=2026-05-20&end=2026-06-01')).toEqual([
      'Encounter/c-may',
      'Observation/c-june',
    ]);
    expect(await found('?end=2026-05')).toEqual(['Encounter/c-may']);
    expect(await found('?end=2026-05-01')).toEqual([]);
    expect(keysIn(await about('?end=2026-05-01', 'cecilia'), 'match')).toEqual([
      'Patient/cecilia',
      'Condition/c-condition',
    ]);
  });

  test.each([
    ['_type=Organization', '_type'],
    ['_type=CarePlan,AuditEvent', '_type'],
    ['_type=Nothing', '_type'],
    ['_count=0', '_count'],
    ['_count=many', '_count'],
    ['_count=1&_count=2', '_count'],
    ['_since=yesterday', '_since'],
    ['start=2026-02-30', 'start'],
    ['start=2026-06-01&end=2026-05-01', 'end'],
    ['name=Anna', 'name'],
  ])('refuses ?%s and says why', async (query, expression) => {
    const { status, json } = await about(`?${query}`);
    expect([status, json.issue[0].expression]).toEqual([400, [expression]]);
    expect(json.issue[0].diagnostics.length).toBeGreaterThan(10);
  });

  test('of nobody is 404, and of a Patient that was deleted 410', async () => {
    expect((await about('', 'nobody')).status).toBe(404);
    expect((await about('?_since=2026-01-01', 'nobody')).status).toBe(404);
    await api.ask('PUT', '/Patient/dan', { body: { resourceType: 'Patient', id: 'dan' } });
    expect(keysIn(await about('', 'dan'), 'match')).toEqual(['Patient/dan']);
    await api.ask('DELETE', '/Patient/dan');
    expect((await about('', 'dan')).status).toBe(410);
    expect((await about('', 'dan%00')).status).toBe(400);
  });
});

describe('CarePlan/$everything and CareTeam/$everything', () => {
  const roots = [...world.keys()].filter((key) => /^(CarePlan|CareTeam)\//.test(key));

  test('give first the resource and then all that belongs to it', async () => {
    const sizes = new Set<number>();
    for (const root of roots) {
      const answer = await api.ask('GET', `/${root}/$everything`);
      expect([root, answer.status, keysIn(answer, 'match')]).toEqual([root, 200, [root]]);
      expect([root, keysIn(answer, 'include').toSorted()]).toEqual([root, graphOf(world, root).toSorted()]);
      expect(
        new Set(keysIn(answer, 'include').map((key) => personOf(world.get(key) as never) ?? '')).size,
      ).toBeLessThan(3);
      sizes.add(keysIn(answer, 'include').length);
    }
    expect(Math.max(...sizes)).toBeGreaterThan(15);
  });

  test('are 404 for what is not there, 410 for what was deleted, and take no parameters', async () => {
    for (const type of ['CarePlan', 'CareTeam']) {
      expect((await api.ask('GET', `/${type}/none/$everything`)).status).toBe(404);
      const subject = { reference: 'Patient/anna' };
      const body = { resourceType: type, id: 'gone', status: 'active', intent: 'plan', subject };
      const { intent: _intent, ...team } = body;
      const put = await api.ask('PUT', `/${type}/gone`, { body: type === 'CarePlan' ? body : team });
      expect(put.status).toBe(201);
      await api.ask('DELETE', `/${type}/gone`);
      expect((await api.ask('GET', `/${type}/gone/$everything`)).status).toBe(410);
      const { status, json } = await api.ask('GET', `/${type}/gone/$everything?_count=1`);
      expect([status, json.issue[0].diagnostics]).toEqual([
        400,
        'No parameters are known here: leave them out.',
      ]);
    }
  });

  test('say so when there is more than an answer holds, and leave out what is furthest', async () => {
    const narrow = await createTestApp({
      store: api.store,
      identity: api.issuer.identity,
      limits: { included: 4 },
    });
    const ask = async (path: string) => {
      const token = await api.issuer.token('journalsystem');
      const { json, statusCode } = await narrow.app
        .inject({ url: `/fhir/${path}`, headers: { authorization: `Bearer ${token}` } })
        .then((response) => ({ json: response.json(), statusCode: response.statusCode }));
      return { status: statusCode, json, text: '', headers: {} };
    };
    const root = roots.find((key) => graphOf(world, key).length > 10) ?? '';
    for (const path of [`${root}/$everything`, 'Patient/anna/$everything?_count=50']) {
      const answer = await ask(path);
      expect(keysIn(answer, 'include')).toHaveLength(4);
      const { resource } = answer.json.entry.at(-1);
      expect(resource.issue[0]).toMatchObject({ severity: 'warning', code: 'incomplete' });
      expect(resource.issue[0].diagnostics).toContain(' 4 resources ');
    }
    await narrow.close();
  });
});
