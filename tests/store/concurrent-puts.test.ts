import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';

let fhir: TestApp;
beforeAll(async () => {
  fhir = await createTestApp();
});
afterAll(() => fhir.close());

const team = (id: string, n: number) => ({
  resourceType: 'CareTeam',
  id,
  status: n % 2 ? 'active' : 'inactive',
  name: `Team${n}`,
  identifier: [{ system: 'urn:x', value: `v${n}` }],
  subject: { reference: 'Patient/a' },
});

it('PUTs of one resource without If-Match, the first of them creating it, leave the index rows of the last one only', async () => {
  const ids = Array.from({ length: 20 }, (_, n) => `team-${n}`);
  await Promise.all(
    ids.flatMap((id) =>
      Array.from({ length: 12 }, (_, n) => fhir.ask('PUT', `/CareTeam/${id}`, { body: team(id, n) })),
    ),
  );
  const { rows } = await fhir.database.pool.query<{ id: string; values: string[] }>(
    'select r.id, array_agg(i.value) as values from resource r join identifier i on i.rid = r.rid group by r.id',
  );
  expect(rows.map(({ id }) => id).sort()).toEqual(ids.toSorted());
  for (const { id, values } of rows) {
    const { json } = await fhir.ask('GET', `/CareTeam/${id}`);
    expect(values).toEqual([json.identifier[0].value]);
  }
});
