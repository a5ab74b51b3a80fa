import { type Caller, type FactKind, type StatedFact, systemRights } from '@naravard/access';
import { loadDefinitions, storedText } from '@naravard/fhir';
import { createCatalog, createExtractor, parseQuery } from '@naravard/search';
import { openStore, type PutWrite, type RequestContext, type Store, type Stored } from '@naravard/store';
import { loadTerminology } from '@naravard/terminology';
import { createTestDatabase, type TestDatabase } from '@naravard/testkit';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// The third net alone: every Scope here is that of the system, as if it had been forgotten.

const base = 'http://localhost:8080/fhir';
const definitions = loadDefinitions();
const catalog = createCatalog(definitions, loadTerminology());
const extract = createExtractor(catalog, base);
const organisations = ['vg:A', 'vg:B', 'og:A'] as const;
const patients = ['p1', 'p2', 'p3', 'p4'] as const;
/** The patients that an organisation states a fact about, beside its own rows. */
const related: Readonly<Record<string, readonly string[]>> = { 'vg:B': ['p1'], 'og:A': ['p2', 'p3'] };

let database: TestDatabase;
let store: Store;

beforeAll(async () => {
  database = await createTestDatabase();
  store = await openStore({ url: database.url, connections: 5, rowSecurity: true });
  for (const organisation of organisations) {
    const by = staff(organisation);
    await store.write(by, [
      ...patients.map((patient) => written(organisation, 'CareTeam', idOf(organisation, patient), patient)),
      written(organisation, 'Organization', `unit-${organisation.replace(':', '-')}`, null),
    ]);
    const facts = (related[organisation] ?? []).map((patient) => fact('care', patient, organisation));
    await store.write(by, [
      { ...written(organisation, 'EpisodeOfCare', `facts-${organisation.replace(':', '-')}`, null), facts },
    ]);
  }
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

const idOf = (organisation: string, patient: string) => `${patient}-${organisation.replace(':', '-')}`;

const context = (organisation: string | null, caller: Caller): RequestContext => ({
  actor: {
    kind: caller.kind,
    id: 'someone',
    caller,
    organisation,
    unit: null,
    commission: null,
    purpose: null,
    title: null,
    client: null,
    rights: [],
    grants: null,
    mayChooseIds: true,
  },
  ...systemRights('a Scope that was forgotten'),
  request: 'request',
  interaction: 'read',
});

const staff = (organisation: string | null): RequestContext =>
  context(organisation, {
    kind: 'system',
    client: 'client',
    organisation: { hsaId: organisation?.slice(3) ?? '', as: 'vardgivare' },
    onBehalfOf: null,
  });
const person = (patient: string) => context(null, { kind: 'patient', patient });
const guardian = (of: string) => context(null, { kind: 'guardian', person: 'parent', of });

const fact = (kind: FactKind, patient: string, organisation: string): StatedFact => ({
  kind,
  patient,
  organisation,
  unit: null,
  person: null,
  during: { start: '2020-01-01T00:00:00.000Z', end: '2021-01-01T00:00:00.000Z' },
  information: null,
  types: [],
  about: null,
  value: null,
  author: null,
});

function written(organisation: string, type: string, id: string, patient: string | null): PutWrite {
  const resource = {
    resourceType: type,
    language: organisation.replace(':', '-'),
    ...(patient && { subject: { reference: `Patient/${patient}` } }),
  };
  const { meta, body } = storedText(JSON.stringify(resource));
  const rows = extract(type, id, resource);
  return { kind: 'put', method: 'POST', mode: 'create', type, id, meta, body, rows };
}

const search = (query: Record<string, string>) =>
  parseQuery(catalog, ['CareTeam'], Object.entries(query), { handling: 'strict', base, now: new Date() });

/** What the net leaves of all CareTeams. */
const open = (organisation: string | null, patient: string | null): string[] =>
  organisations
    .flatMap((custodian) =>
      patients
        .filter(
          (about) =>
            custodian === organisation || about === patient || related[organisation ?? '']?.includes(about),
        )
        .map((about) => idOf(custodian, about)),
    )
    .sort();

const idsOf = (stored: readonly Stored[]): string[] => stored.map(({ id }) => id).sort();
const teams = async (caller: RequestContext) =>
  idsOf((await store.history(caller, { types: ['CareTeam'], count: 100 }))?.resources ?? []);

describe('with row-level security on', () => {
  it.each(organisations)('the organisation %s is shown no foreign body', async (organisation) => {
    const caller = staff(organisation);
    expect(await teams(caller)).toEqual(open(organisation, null));
    for (const custodian of organisations) {
      for (const patient of patients) {
        const id = idOf(custodian, patient);
        const read = () => store.read(caller, 'CareTeam', id);
        const found = () => store.search(caller, search({ _id: id }));
        const current = () => store.transaction(caller, (on) => on.current([{ type: 'CareTeam', id }]));
        if (open(organisation, null).includes(id)) {
          expect((await read())?.body).toContain(custodian.replace(':', '-'));
          expect(idsOf((await found()).resources)).toEqual([id]);
          expect((await current())[0]?.id).toBe(id);
        } else {
          await expect(read()).rejects.toMatchObject({ kind: 'internal' });
          await expect(found()).rejects.toMatchObject({ kind: 'internal' });
          expect(await current()).toEqual([undefined]);
          expect(await store.readVersion(caller, 'CareTeam', id, 1)).toBeUndefined();
        }
      }
    }
  });

  it('a person is shown what is about the own person, and a guardian what is about the child', async () => {
    expect(await teams(person('p2'))).toEqual(open(null, 'p2'));
    expect(await teams(guardian('p4'))).toEqual(open(null, 'p4'));
  });

  it('who has neither organisation nor patient is shown what is about nobody', async () => {
    expect(await teams(staff(null))).toEqual([]);
    const directory = await store.history(staff(null), { types: ['Organization'], count: 100 });
    expect(directory?.resources).toHaveLength(organisations.length);
  });

  it('what the net holds back leaves the process as an alarm that names no id', async () => {
    const held = store.read(staff('vg:A'), 'CareTeam', idOf('vg:B', 'p1'));
    await expect(held).rejects.toMatchObject({
      cause: { message: 'third net: row-level security holds back a CareTeam that the Scope shows' },
    });
  });

  it('the history of others is not counted as a page', async () => {
    const page = await store.history(staff('vg:A'), { types: ['CareTeam'], count: patients.length });
    expect(idsOf(page?.resources ?? [])).toEqual(open('vg:A', null));
    expect(page?.next).toBeUndefined();
  });

  it('a statement without settings, and one of a role that has left them, sees no body about a person', async () => {
    const client = new pg.Client({ connectionString: database.url, options: '-c role=naravard_netted' });
    await client.connect();
    const seen = `select count(*)::int as n from version v where v.type = 'CareTeam'`;
    const [none] = (await client.query(seen)).rows;
    await client.query('begin');
    await client.query(`select set_config('naravard.organisation', 'vg:A', true)`);
    const [own] = (await client.query(seen)).rows;
    await client.query('commit');
    const [after] = (await client.query(seen)).rows;
    await client.end();
    expect([none.n, own.n, after.n]).toEqual([0, patients.length, 0]);
  });

  it('lost connections fail their calls alone, as unavailable, and then at most one call each', async () => {
    const caller = staff('vg:A');
    const id = idOf('vg:A', 'p1');
    const read = () =>
      store.read(caller, 'CareTeam', id).then(
        (found) => found?.id,
        (error: { kind?: string }) => error.kind,
      );
    const reads = Array.from({ length: 200 }, read);
    const { rowCount: lost } = await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'naravard' and datname = current_database()`,
    );
    for (const each of await Promise.all(reads)) expect([id, 'unavailable']).toContain(each);
    // An idle connection may be taken before its end has been noticed.
    const next: (string | undefined)[] = [];
    while (next.at(-1) !== id && next.length <= (lost ?? 0)) next.push(await read());
    expect(next.pop()).toBe(id);
    expect(next.filter((each) => each !== 'unavailable')).toEqual([]);
  });

  it('the index is taken anew from all bodies, whoever wrote them', async () => {
    await database.pool.query(`update search_catalog set version = 1, changed = now() - interval '1 hour'`);
    await database.pool.query(`insert into reindex (type, version) values ('CareTeam', 1)`);
    const restaged: string[] = [];
    const restage = (stored: Stored) => {
      restaged.push(stored.id);
      return undefined;
    };
    const options = { batch: 100, grace: 0 };
    while ((await store.reindex('CareTeam', 1, restage, options)) === 'more');
    expect(restaged).toHaveLength(organisations.length * patients.length);
  });
});

/** Statements that set nothing tell in their audit row what they find set. */
const watchSettings = () =>
  database.pool.query(`
    create function watched() returns trigger language plpgsql as $$ begin
      new.query := concat(current_setting('naravard.organisation', true), current_setting('naravard.patient', true));
      return new;
    end $$;
    create trigger watch before insert on audit for each row when (new.interaction = 'watch') execute function watched()`);

it('10,000 calls of many callers on five connections leave no setting to each other', {
  timeout: 60_000,
}, async () => {
  await watchSettings();
  const callers = [
    ...organisations.map((organisation) => ({ caller: staff(organisation), open: open(organisation, null) })),
    ...patients.map((patient) => ({ caller: person(patient), open: open(null, patient) })),
    { caller: staff(null), open: [] },
  ];
  const all = organisations.flatMap((custodian) => patients.map((patient) => idOf(custodian, patient)));
  let state = 42;
  const random = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const shown = (result: unknown): string[] =>
    [result].flat().flatMap((stored) => (stored ? [(stored as Stored).id] : []));
  const none = (error: { kind?: string }) => {
    if (error.kind === 'internal') return [];
    throw error;
  };
  const one = async (): Promise<void> => {
    const { caller, open } = callers[random(callers.length)] as (typeof callers)[number];
    const id = all[random(all.length)] as string;
    const ways: (() => Promise<unknown>)[] = [
      () => store.read(caller, 'CareTeam', id),
      () => store.readVersion(caller, 'CareTeam', id, 1),
      () => store.search(caller, search({ _id: id })).then(({ resources }) => resources),
      () => store.transaction(caller, (on) => on.current([{ type: 'CareTeam', id }])),
      () => store.history(caller, { types: ['CareTeam'], id, count: 5 }).then((page) => page?.resources),
      // A transaction that fails in the middle, and a statement that does.
      () =>
        store.transaction(caller, async (on) => {
          await on.read('CareTeam', id);
          throw Object.assign(new Error('broken off'), { kind: 'internal' });
        }),
      () => store.history(caller, { types: ['CareTeam'], count: 5, after: ['no time', '', ''] }),
    ];
    const way = random(40) === 0 ? 5 + random(2) : random(5);
    if (random(20) === 0) await store.refuse({ ...caller, interaction: 'watch' }, 4, 'watched');
    const result = shown(await (ways[way] as () => Promise<unknown>)().catch(none));
    for (const each of result) expect(open).toContain(each);
    if (way === 0 && open.includes(id)) expect(result).toEqual([id]);
  };
  for (let round = 0; round < 100; round++) await Promise.all(Array.from({ length: 100 }, one));
  const { rows } = await database.pool.query(
    `select query, count(*)::int as n from audit where interaction = 'watch' group by query`,
  );
  expect(rows).toEqual([{ query: '', n: expect.any(Number) }]);
  expect(rows[0].n).toBeGreaterThan(300);
});
