import { type Actor, rightsOf } from '@naravard/access';
import { patientBundle } from '@naravard/all-in-one/seed';
import { isBounded, type Query } from '@naravard/search';
import type { RequestContext, Store } from '@naravard/store';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actorOfNurse, nurseOf, patientId } from '../../bench/callers.ts';
import { patientSearches, relationSearches, type Search, typeSearches } from '../../bench/searches.ts';
import { sentAlone } from '../../libs/store/src/gathered.ts';
import { boundedSearch, plannedSearch } from '../../libs/store/src/search.ts';
import { register } from '../../services/all-in-one/src/seed/register.ts';

/** Patients that are sent, and how many times over their rows are in the tables besides. */
const sent = 100;
const copies = 60;

interface Asked {
  context: RequestContext;
  query: Query;
}

let fhir: TestApp;
/** The search that was asked last, as the store got it. */
let asked: Asked | undefined;

beforeAll(async () => {
  const inner = await createTestApp();
  const store: Store = {
    ...inner.store,
    // The copies have no texts to answer with.
    search: async (context, query) => {
      asked = { context, query };
      return { resources: [], included: [], includedAll: true, total: 0 };
    },
  };
  const outer = await createTestApp({ store });
  const close = async () => {
    await outer.close();
    await inner.close();
  };
  fhir = { ...outer, database: inner.database, close };
  const registered = register(1);
  const entry = (resource: object) => {
    const { resourceType, id } = resource as { resourceType: string; id: string };
    return { resource, request: { method: 'PUT', url: `${resourceType}/${id}` } };
  };
  const send = async (body: object) => expect((await fhir.ask('POST', '', { body })).status).toBe(200);
  for (let at = 0; at < registered.length; at += 500) {
    await send({
      resourceType: 'Bundle',
      type: 'transaction',
      entry: registered.slice(at, at + 500).map(entry),
    });
  }
  for (let n = 0; n < sent; n++) await send(patientBundle(1, n));
  await multiply();
}, 300_000);
afterAll(() => fhir.close());

/** Copies all that is about patients, under new ids: what the planner knows is then as in a register of thousands. */
async function multiply(): Promise<void> {
  const client = await fhir.database.pool.connect();
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `select table_name as name, array_agg(column_name::text) as columns from information_schema.columns
     where table_name in ('resource', 'identifier', 'reference', 'text_value', 'date_value', 'quantity_value', 'full_text')
     group by 1 order by table_name <> 'resource'`,
  );
  await client.query(
    `create temp table copy as select r.bucket, r.rid, k, gen_random_uuid() as made, r.type, r.id
     from resource r, generate_series(1, ${copies}) k where r.patient is not null`,
  );
  for (const { name, columns } of rows) {
    const values = columns.map((column) => {
      if (column === 'rid') return 'c.made';
      if (['id', 'patient'].includes(column)) return `t.${column} || '-' || c.k`;
      if (column === 'target')
        return `case when t.param in ('service-provider', 'participant', 'organization') then t.target else t.target || '-' || c.k end`;
      return `t.${column}`;
    });
    await client.query(
      `insert into ${name} (${columns.join(', ')}) select ${values.join(', ')} from copy c join ${name} t on t.bucket = c.bucket and t.rid = c.rid`,
    );
  }
  await client.query('vacuum analyze');
  client.release();
}

interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: Node[];
}

const all = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(all)];

/** What PostgreSQL does for a search when nothing but its own judgement keeps it from reading a table. */
async function read({ path }: Search, as?: Actor): Promise<{ scanned: string[]; rows: number }> {
  const answer = await fhir.ask('GET', `/${path(3)}`);
  expect([path(3), answer.status]).toEqual([path(3), 200]);
  const { context: whole, query } = asked as Asked;
  const context = as ? { ...whole, actor: as, ...rightsOf(as, '2026-11-23T10:00:00.000Z') } : whole;
  const { text, values } = isBounded(query)
    ? sentAlone(boundedSearch(context, query))
    : plannedSearch(context, query);
  const client = await fhir.database.pool.connect();
  try {
    await client.query('begin');
    const { rows } = await client.query(`explain (analyze, format json) ${text}`, values);
    const [{ Plan: plan }] = rows[0]['QUERY PLAN'] as [{ Plan: Node }];
    const tables = all(plan).filter((node) => node['Relation Name'] && node['Actual Loops'] > 0);
    return {
      scanned: tables
        .filter((node) => node['Node Type'] === 'Seq Scan')
        .map((node) => node['Relation Name'] ?? ''),
      rows: tables.reduce(
        (sum, node) =>
          sum + (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'],
        0,
      ),
    };
  } finally {
    await client.query('rollback');
    client.release();
  }
}

describe('a search of the bench', () => {
  const searches = [...patientSearches(sent), ...typeSearches, ...relationSearches];
  test.each(searches.map((search) => [search.name, search] as const))(
    'reads no table from end to end: %s',
    async (_, search) => {
      const { scanned, rows } = await read(search);
      expect(scanned).toEqual([]);
      expect(rows).toBeLessThan(search.bound ? 500 : 20_000);
    },
  );

  // What they refer to may be hidden from who asks, so that each edge is asked about.
  const guarded = [
    [true, `CarePlan?patient=${patientId(3)}&care-team=CareTeam/${patientId(3)}-k1`],
    [true, `CarePlan?patient=${patientId(3)}&_sort=care-team`],
    [true, `CarePlan?patient=${patientId(3)}&_content=andas`],
    [false, `CarePlan?care-team=CareTeam/${patientId(3)}-k1`],
    [false, 'CarePlan?_content=andas'],
  ] as const;
  test.each(guarded)(
    'by a nurse, limited to a patient: %s, reads no table either: %s',
    async (bound, path) => {
      const search = { name: '', bound, nurse: () => nurseOf(3), path: () => path };
      const { scanned, rows } = await read(search, actorOfNurse(nurseOf(3)));
      expect(scanned).toEqual([]);
      if (bound) expect(rows).toBeLessThan(500);
    },
  );

  test('is told from one that does: the Encounters without a class are looked for in all of them', async () => {
    const { rows } = await read({
      name: '',
      bound: false,
      nurse: () => {
        throw new Error('not asked by a nurse');
      },
      path: () => 'Encounter?class:missing=true',
    });
    expect(rows).toBeGreaterThan(sent * copies * 5);
  });
});
