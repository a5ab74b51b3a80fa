import { patientBundle } from '@naravard/all-in-one/seed';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { patientSearches, relationSearches, type Search, typeSearches } from '../../bench/searches.ts';
import { register } from '../../services/all-in-one/src/seed/register.ts';

/** Patients that are sent, and how many times over their rows are in the tables besides. */
const sent = 100;
const copies = 60;

let fhir: TestApp;
let administrator: { as: 'administrator' };

beforeAll(async () => {
  fhir = await createTestApp();
  administrator = { as: 'administrator' };
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

/** Tables of a search's plan that are read from end to end. */
async function scanned({ path }: Search): Promise<string[]> {
  const asked = path(3);
  const { status, json } = await fhir.ask(
    'GET',
    `/${asked}${asked.includes('?') ? '&' : '?'}_explain=true`,
    administrator,
  );
  expect([asked, status]).toEqual([asked, 200]);
  const plan: string = json.parameter.find(({ name }: { name: string }) => name === 'plan').valueString;
  return [...plan.matchAll(/Seq Scan on (\w+)/g)]
    .map(([, table]) => table ?? '')
    .filter((table) => table !== 'resource_type');
}

describe('no table is read from end to end', () => {
  const all = [...patientSearches(sent), ...typeSearches, ...relationSearches];
  test.each(all.map((search) => [search.name, search] as const))('for %s', async (_, search) => {
    expect(await scanned(search)).toEqual([]);
  });
});
