import {
  type Caller,
  decide,
  factsOf,
  rowOf,
  type StaffCaller,
  sameActor,
  sharingWith,
} from '@naravard/access';
import { SqlBuilder } from '@naravard/search';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { notMadeAvailable } from '../../libs/access/src/made-available.ts';
import { type FactDatabase, openFactDatabase } from './agreement/fact-database.ts';
import { type World, world } from './agreement/world.ts';

let database: FactDatabase;
beforeAll(async () => {
  database = await openFactDatabase();
});
afterAll(() => database.drop());

const worlds = fc.sample(world(40), { seed: 7, numRuns: process.env.NARAVARD_FULL ? 30 : 4 });

const isStaff = (caller: Caller): caller is StaffCaller => caller.kind === 'staff';

/** What the pure decision says of whether a row of another is made available to the caller, and of whether it is blocked. */
function decided({ rows, facts }: World, { commission }: StaffCaller, at: string): Map<string, string> {
  const joined = facts.filter(({ patient }) => patient === null);
  const about = Map.groupBy(facts, ({ patient }) => patient);
  return new Map(
    rows.flatMap((key): [string, string][] => {
      const row = rowOf(key);
      if (row.patient === null || row.custodian === null) return [];
      if (sameActor(row.custodian, commission.organisation)) return [];
      const known = factsOf(row.patient, [...(about.get(row.patient) ?? []), ...joined]);
      const refusal = notMadeAvailable(commission, row.custodian, known, row, at);
      if (refusal === undefined) return [[key.id, 'open']];
      return refusal === 'outer-blocked' ? [[key.id, 'blocked']] : [];
    }),
  );
}

const documentation = (type: string): boolean =>
  !['Consent', 'Patient', 'Person', 'Provenance', 'RelatedPerson'].includes(type);

test('what $svod-status and $nodoppning tell of is what the decision calls made available, blocked or not', async () => {
  const met = new Set<string>();
  for (const each of worlds) {
    await database.fill(each);
    for (const { caller, at } of each.asked.filter(({ caller }) => isStaff(caller))) {
      if (!isStaff(caller)) continue;
      const sql = new SqlBuilder();
      const { takesPart, shares, isBlocked } = sharingWith(caller, at, 'p.patient', sql);
      const { rows } = await database.pool.query<{ id: string; state: string }>(
        `select r.id, case when ${isBlocked('r')} then 'blocked' else 'open' end as state
from (select distinct patient from resource where patient is not null) p join resource r on r.patient = p.patient
where ${takesPart} and ${shares('r')}`,
        sql.values,
      );
      const expected = [...decided(each, caller, at)].filter(([id]) =>
        documentation(each.rows.find((row) => row.id === id)?.type ?? ''),
      );
      expect(new Map(rows.map(({ id, state }) => [id, state]))).toEqual(new Map(expected));
      for (const [, state] of expected) met.add(state);
    }
  }
  expect([...met].sort()).toEqual(['blocked', 'open']);
});

test('what is read across a border is always something that is told of', () => {
  for (const each of worlds)
    for (const { caller, at } of each.asked) {
      if (!isStaff(caller)) continue;
      const told = decided(each, caller, at);
      const joined = each.facts.filter(({ patient }) => patient === null);
      for (const key of each.rows.filter(({ patient, type }) => patient !== null && type !== 'Patient')) {
        const row = rowOf(key);
        const known = factsOf(key.patient ?? '', [
          ...each.facts.filter(({ patient }) => patient === key.patient),
          ...joined,
        ]);
        const isOthers = row.custodian !== null && !sameActor(row.custodian, caller.commission.organisation);
        if (isOthers && decide(caller, known, row, at).allowed) expect(told.get(key.id)).toBe('open');
      }
    }
});
