import { organisationScope, rightsWithin, systemRights } from '@naravard/access';
import { loadDefinitions, storedText } from '@naravard/fhir';
import { createCatalog, createExtractor, parseQuery } from '@naravard/search';
import { openStore, type PutWrite, type RequestContext, type Store } from '@naravard/store';
import { loadTerminology } from '@naravard/terminology';
import { createTestDatabase, type TestDatabase } from '@naravard/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const base = 'http://localhost:8080/fhir';
const definitions = loadDefinitions();
const catalog = createCatalog(definitions, loadTerminology());
const extract = createExtractor(catalog, base);
let database: TestDatabase;
let store: Store;

beforeAll(async () => {
  database = await createTestDatabase();
  store = await openStore({ url: database.url, connections: 20 });
});
afterAll(async () => {
  await store.close();
  await database.drop();
});
beforeEach(async () => {
  await database.pool.query(
    'truncate resource, version, identifier, reference, text_value, date_value, quantity_value, claim, audit, outbox',
  );
});

const context = (organisation: string | null = 'SE-A', interaction = 'create'): RequestContext => ({
  actor: {
    kind: 'staff',
    id: 'SE-P1',
    caller: {
      kind: 'staff',
      commission: {
        commissionHsaId: 'SE-C1',
        employee: 'SE-P1',
        organisation: { hsaId: organisation ?? '', as: 'vardgivare' },
        unit: 'SE-U1',
        purpose: 'Vård och behandling',
      },
    },
    organisation,
    unit: 'SE-U1',
    commission: 'SE-C1',
    purpose: 'Vård och behandling',
    title: 'Sjuksköterska',
    client: 'test',
    rights: [],
    grants: null,
    mayChooseIds: true,
  },
  ...systemRights('test'),
  request: 'request-1',
  interaction,
});

const team = (id: string, patient: string, more: object = {}): PutWrite => {
  const resource = {
    resourceType: 'CareTeam',
    identifier: [{ system: 'https://example.se/team', value: id }],
    status: 'active',
    subject: { reference: `Patient/${patient}` },
    ...more,
  };
  const { type, meta, body } = storedText(JSON.stringify(resource));
  return {
    kind: 'put',
    method: 'POST',
    mode: 'create',
    type,
    id,
    meta,
    body,
    rows: extract(type, id, resource),
  };
};
const put = (write: PutWrite, more: Partial<PutWrite> = {}): PutWrite => ({
  ...write,
  method: 'PUT',
  mode: 'any',
  ...more,
});
const byIdentifier = (value: string) =>
  parseQuery(catalog, ['CareTeam'], [['identifier', `https://example.se/team|${value}`]], {
    handling: 'strict',
    base,
  });
const write = async (...writes: Parameters<Store['write']>[1]) =>
  (await store.write(context(), writes)).map(({ result }) => result);
const count = async (table: string) =>
  Number((await database.pool.query(`select count(*) from ${table}`)).rows[0].count);

describe('a write', () => {
  it('leaves a version, a key row, index rows, an audit row and an event, together', async () => {
    expect(await write(team('t1', 'p1'))).toEqual(['created']);
    for (const table of ['version', 'resource', 'identifier', 'audit', 'outbox'])
      expect(await count(table)).toBe(1);
    const { rows } = await database.pool.query(
      'select custodian, author_unit, patient, bucket from resource',
    );
    expect(rows[0]).toMatchObject({ custodian: 'SE-A', author_unit: 'SE-U1', patient: 'p1' });
  });

  it('says what became of it', async () => {
    const first = team('t1', 'p1');
    const changed = team('t1', 'p1', { status: 'inactive' });
    expect(await write(first)).toEqual(['created']);
    expect(await write(first)).toEqual(['exists']);
    expect(await write(put(first))).toEqual(['unchanged']);
    expect(await write(put(changed, { expected: 7 }))).toEqual(['stale']);
    expect(await write(put(changed, { expected: 1 }))).toEqual(['updated']);
    expect(await write(put(team('t1', 'p2')))).toEqual(['subject-changed']);
    expect(await write(put(team('t2', 'p1'), { mode: 'update' }))).toEqual(['absent']);
    expect(await write({ kind: 'delete', type: 'CareTeam', id: 't1', expected: 1 })).toEqual(['stale']);
    expect(await write({ kind: 'delete', type: 'CareTeam', id: 't1' })).toEqual(['deleted']);
    expect(await write({ kind: 'delete', type: 'CareTeam', id: 't1' })).toEqual(['unchanged']);
    expect(await write(put(first))).toEqual(['created']);
    const history = await store.history(context(), { types: ['CareTeam'], id: 't1', count: 10 });
    expect(history?.resources.map(({ version, method, deleted }) => [version, method, deleted])).toEqual([
      [4, 'PUT', false],
      [3, 'DELETE', true],
      [2, 'PUT', false],
      [1, 'POST', false],
    ]);
  });

  it('leaves nothing of a call of which one write is refused', async () => {
    await write(team('t1', 'p1'));
    const results = await write(put(team('t2', 'p1')), put(team('t1', 'p1', { name: 'x' }), { expected: 9 }));
    expect(results).toEqual(['created', 'stale']);
    expect(await store.read(context(), 'CareTeam', 't2')).toBeUndefined();
  });

  it('is found by what it says now and not by what it said before', async () => {
    await write(team('t1', 'p1'));
    await write(put(team('t1', 'p1', { identifier: [{ system: 'https://example.se/team', value: 'new' }] })));
    expect((await store.search(context(), byIdentifier('t1'))).resources).toEqual([]);
    expect((await store.search(context(), byIdentifier('new'))).resources.map(({ id }) => id)).toEqual([
      't1',
    ]);
  });

  it('cannot take a claim that another resource holds, but its holder can renew it', async () => {
    const claims = [{ key: 'fast-lakarkontakt', start: '2026-01-01T00:00:00.000Z', end: null }];
    expect(await write({ ...team('t1', 'p1'), claims })).toEqual(['created']);
    await expect(write({ ...team('t2', 'p1'), claims })).rejects.toMatchObject({
      kind: 'business-rule',
      findings: [{ diagnostics: 'fast-lakarkontakt may exist once at a time.' }],
    });
    expect(await write({ ...put(team('t1', 'p1', { name: 'again' })), claims })).toEqual(['updated']);
    expect(await write({ ...team('t3', 'p2'), claims })).toEqual(['created']);
  });
});

describe('concurrent writers', () => {
  it('make one row of 200 racing conditional creates', async () => {
    const settled = await Promise.allSettled(
      Array.from({ length: 200 }, () =>
        store.transaction(context(), async (transaction) => {
          const [match] = await transaction.resolve([{ query: byIdentifier('the-one'), lock: true }]);
          if (match?.matches[0]) return match.matches[0].id;
          const id = store.newId();
          const one = team(id, 'p1', {
            identifier: [{ system: 'https://example.se/team', value: 'the-one' }],
          });
          await transaction.write([one]);
          return id;
        }),
      ),
    );
    // On a busy machine some wait too long for a connection or the lock, and are told to come again.
    const refused = settled.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
    for (const reason of refused) expect(reason).toMatchObject({ kind: 'unavailable' });
    const ids = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(new Set(ids).size).toBe(1);
    expect(await count('resource')).toBe(1);
  });

  it('lose no update when sixteen of them change one resource with If-Match', async () => {
    await write(team('t1', 'p1', { name: '0' }));
    const add = async (): Promise<void> => {
      const { version, body } = (await store.read(context(), 'CareTeam', 't1')) as {
        version: number;
        body: string;
      };
      const name = Number(/"name":"(\d+)"/.exec(body)?.[1]) + 1;
      const [result] = await write(put(team('t1', 'p1', { name: String(name) }), { expected: version }));
      if (result === 'stale') await add();
    };
    await Promise.all(
      Array.from({ length: 16 }, async () => {
        for (let round = 0; round < 5; round++) await add();
      }),
    );
    const last = await store.read(context(), 'CareTeam', 't1');
    expect(last?.body).toContain('"name":"80"');
    expect(last?.version).toBe(81);
  });

  it('make one row of racing conditional creates whose conditions come in another order', async () => {
    const conditions = [
      [
        ['identifier', 'https://example.se/team|both'],
        ['status', 'active'],
      ],
      [
        ['status', 'active'],
        ['identifier', 'https://example.se/team|both'],
        ['_count', '5'],
      ],
    ] as const;
    await Promise.allSettled(
      Array.from({ length: 30 }, (_, at) =>
        store.transaction(context(), async (transaction) => {
          const query = parseQuery(catalog, ['CareTeam'], conditions[at % 2] ?? [], {
            handling: 'strict',
            base,
          });
          const [match] = await transaction.resolve([{ query, lock: true }]);
          if (match?.matches[0]) return;
          await transaction.write([
            team(store.newId(), 'p1', { identifier: [{ system: 'https://example.se/team', value: 'both' }] }),
          ]);
        }),
      ),
    );
    expect(await count('resource')).toBe(1);
  });

  it('fail alone for what they sent themselves when they share a statement', async () => {
    const claims = [{ key: 'one', start: null, end: null }];
    const results = await Promise.allSettled(
      Array.from({ length: 40 }, (_, at) =>
        store.write(context(), [at % 8 ? team(`t${at}`, 'p1') : { ...team(`t${at}`, 'p1'), claims }]),
      ),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(36);
    expect(await count('resource')).toBe(36);
    expect(await count('outbox')).toBe(36);
  });

  it('read and update each its own when they share a statement', async () => {
    await write(...Array.from({ length: 60 }, (_, at) => team(`t${at}`, `p${at % 7}`)));
    const updates = await Promise.all(
      Array.from({ length: 60 }, (_, at) =>
        store.write(context(), [
          put(team(`t${at}`, `p${at % 7}`, { name: `n${at}` }), { expected: at % 3 ? 1 : 9 }),
        ]),
      ),
    );
    expect(updates.map(([result]) => result?.result)).toEqual(
      updates.map((_, at) => (at % 3 ? 'updated' : 'stale')),
    );
    const found = await Promise.all(
      Array.from({ length: 60 }, (_, at) => store.read(context(), 'CareTeam', `t${at}`)),
    );
    found.forEach((stored, at) => {
      expect(stored?.id).toBe(`t${at}`);
      expect(stored?.body?.includes(`"name":"n${at}"`)).toBe(at % 3 !== 0);
    });
    const pages = await Promise.all(
      Array.from({ length: 14 }, (_, at) =>
        store.search(
          context(),
          parseQuery(
            catalog,
            ['CareTeam'],
            [
              ['patient', `Patient/p${at % 7}`],
              ['_total', 'accurate'],
            ],
            { handling: 'strict', base },
          ),
        ),
      ),
    );
    pages.forEach(({ resources, total }, at) => {
      const own = Array.from({ length: 60 }, (_, n) => n).filter((n) => n % 7 === at % 7);
      expect(total).toBe(own.length);
      expect(resources.map(({ id }) => Number(id.slice(1))).sort((a, b) => a - b)).toEqual(own);
    });
  });

  it('never deadlock for good when they write the same rows in opposite order', async () => {
    const ids = ['a', 'b', 'c', 'd'];
    await write(...ids.map((id) => team(id, 'p1')));
    const rounds = Array.from({ length: 24 }, (_, round) => {
      const order = round % 2 ? ids : ids.toReversed();
      return store.write(
        context(),
        order.map((id) => put(team(id, 'p1', { name: `${id}${round}` }))),
      );
    });
    for (const results of await Promise.all(rounds))
      expect(results.every(({ result }) => result === 'updated')).toBe(true);
  });
});

describe('a restricted Scope', () => {
  const scope = organisationScope('SE-B');
  const other: RequestContext = { ...context('SE-B'), ...rightsWithin(scope, new Date().toISOString()) };

  it('reads, searches, lists, counts and changes nothing of another custodian', async () => {
    await write(team('t1', 'p1'));
    expect(await store.read(other, 'CareTeam', 't1')).toBeUndefined();
    expect(await store.readVersion(other, 'CareTeam', 't1', 1)).toBeUndefined();
    expect(await store.search(other, { ...byIdentifier('t1'), total: true })).toMatchObject({
      resources: [],
      total: 0,
    });
    expect(await store.history(other, { types: ['CareTeam'], id: 't1', count: 5 })).toBeUndefined();
    expect((await store.history(other, { types: ['CareTeam'], count: 5 }))?.resources).toEqual([]);
    const results = await store.write(other, [put(team('t1', 'p1', { name: 'mine' }))]);
    expect(results[0]?.result).toBe('out-of-scope');
    expect((await store.write(other, [{ kind: 'delete', type: 'CareTeam', id: 't1' }]))[0]?.result).toBe(
      'out-of-scope',
    );
    await store.transaction(other, async (transaction) => {
      expect(await transaction.resolve([{ query: byIdentifier('t1'), lock: true }])).toEqual([
        { matches: [] },
      ]);
      expect(await transaction.current([{ type: 'CareTeam', id: 't1' }])).toEqual([undefined]);
    });
    expect((await store.read(context(), 'CareTeam', 't1'))?.version).toBe(1);
  });
});

describe('the audit', () => {
  const rows = async () =>
    (
      await database.pool.query(
        'select interaction, outcome, patient, targets from audit order by interaction, outcome, patient nulls last',
      )
    ).rows;

  it('holds a row for each read, found or not, and each patient a search disclosed', async () => {
    await write(team('t1', 'p1'), team('t2', 'p2'));
    await database.pool.query('truncate audit');
    await store.read(context('SE-A', 'read'), 'CareTeam', 't1');
    await store.read(context('SE-A', 'read'), 'CareTeam', 'none');
    const all = parseQuery(catalog, ['CareTeam'], [['status', 'active']], { handling: 'strict', base });
    await store.search(context('SE-A', 'search-type'), all);
    await store.search(context('SE-A', 'search-type'), byIdentifier('none'));
    expect(await rows()).toEqual([
      { interaction: 'read', outcome: 0, patient: 'p1', targets: ['CareTeam/t1'] },
      { interaction: 'read', outcome: 4, patient: null, targets: ['CareTeam/none'] },
      { interaction: 'search-type', outcome: 0, patient: 'p1', targets: ['CareTeam/t1/_history/1'] },
      { interaction: 'search-type', outcome: 0, patient: 'p2', targets: ['CareTeam/t2/_history/1'] },
      { interaction: 'search-type', outcome: 0, patient: null, targets: [] },
    ]);
  });

  it('attack 82: that cannot be written discloses nothing', async () => {
    await write(team('t1', 'p1'));
    await database.pool.query('revoke insert on audit from naravard_service');
    await expect(store.read(context(), 'CareTeam', 't1')).rejects.toMatchObject({ name: 'Error' });
    await expect(write(team('t9', 'p1'))).rejects.toMatchObject({ name: 'Error' });
    await database.pool.query('grant insert on audit to naravard_service');
    expect(await store.read(context(), 'CareTeam', 't9')).toBeUndefined();
  });
});
