import { careRelation } from '@naravard/access';
import type { PersonaId } from '@naravard/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { astrid, createWorld, parameters, plan, type World } from '../law/operations/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.api.close());

/** Somebody without a number, about whom the vårdcentral has written and read; @returns the AuditEvents of it. */
async function unknown(id: string, over: object = {}): Promise<string[]> {
  const body = { resourceType: 'Patient', id, ...over };
  expect((await world.api.ask('PUT', `/Patient/${id}`, { body })).status).toBe(201);
  await world.send(careRelation({ patient: id, unit: 'SE0000000002-A1' }));
  expect(await world.sees('lakare-vardcentral', await world.send(plan(id, 'Akut')))).toBe(true);
  const { rows } = await world.api.database.pool.query(
    'select id from audit where patient = $1 and outcome = 0 and cardinality(targets) > 0',
    [id],
  );
  expect(rows.length).toBeGreaterThan(3);
  return rows.map((row) => `AuditEvent/${row.id}`);
}

const asked = async (path: string, as: PersonaId) => {
  const { status, json } = await world.api.ask('GET', path, { as });
  expect(status).toBe(200);
  return json;
};

const eventsOf = async (patient: string, as: PersonaId): Promise<string[]> =>
  ((await asked(`/AuditEvent?patient=${patient}&_count=200`, as)).entry ?? []).map(
    ({ resource }: { resource: { id: string } }) => `AuditEvent/${resource.id}`,
  );

type Part = { name: string; valueReference?: { reference: string }; part?: Part[] };

const accessesOf = async (patient: string, as: PersonaId): Promise<string[]> =>
  (await asked(`/Patient/${patient}/$atkomstlogg?_count=200`, as)).parameter.flatMap(({ part }: Part) =>
    part?.flatMap(({ name, valueReference }) => (name === 'event' ? (valueReference?.reference ?? []) : [])),
  );

const merge = (source: string, target: string) =>
  world.api.ask('POST', `/Patient/${source}/$merge`, {
    body: parameters({ 'target-patient': { reference: `Patient/${target}` } }),
  });

test.each<PersonaId>(['patient', 'logg-granskare'])(
  'the log of a merged registration comes along, for %s',
  async (as) => {
    const id = `okand-${as}`;
    const before = await unknown(id);
    const other = await unknown(`annan-${as}`);
    expect((await accessesOf(astrid, as)).filter((each) => before.includes(each))).toEqual([]);
    expect((await merge(id, astrid)).status).toBe(200);
    expect(await accessesOf(astrid, as)).toEqual(expect.arrayContaining(before));
    const events = await eventsOf(astrid, as);
    expect(events).toEqual(expect.arrayContaining(before));
    expect(events.filter((each) => other.includes(each))).toEqual([]);
    await asked(`/${before[0]}`, as);
  },
);

test('that the merged log was read is noted about the one that remains', async () => {
  await accessesOf(astrid, 'patient');
  const { rows } = await world.api.database.pool.query(
    `select a.patient, a.bucket = p.bucket as own from audit a join resource p on p.type = 'Patient' and p.id = a.patient
where a.interaction = '$atkomstlogg' order by a.at desc limit 1`,
  );
  expect(rows).toEqual([{ patient: astrid, own: true }]);
});

test('a link that a body claims brings no log along', async () => {
  const link = [{ other: { reference: `Patient/${astrid}` }, type: 'refer' }];
  const rows = await unknown('hanvisad', { link });
  expect((await eventsOf(astrid, 'patient')).filter((each) => rows.includes(each))).toEqual([]);
});
