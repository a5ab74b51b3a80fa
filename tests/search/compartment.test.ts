import { organisationScope, systemScope } from '@naravard/access';
import { printQuery } from '@naravard/search';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type IndexDatabase, type Indexed, openIndexDatabase } from './index-database.ts';
import { extract, query } from './memory.ts';
import { oracle } from './oracle.ts';

const seed = 20261123;
const runs = process.env.NARAVARD_FULL === '1' ? 500 : 100;
const ids = ['a', 'b', 'c', 'd'];
const reference = (...types: string[]) =>
  fc
    .tuple(fc.constantFrom(...types), fc.constantFrom(...ids))
    .map(([type, id]) => ({ reference: `${type}/${id}` }));

/** Resources of each type with references into compartments, some into none. */
const types: Readonly<Record<string, fc.Arbitrary<object>>> = {
  CareTeam: fc.record({
    subject: reference('Patient', 'Group'),
    encounter: reference('Encounter'),
    participant: fc.array(fc.record({ member: reference('Patient', 'Practitioner', 'RelatedPerson') }), {
      maxLength: 3,
    }),
  }),
  CarePlan: fc.record({
    subject: reference('Patient'),
    activity: fc.array(
      fc.record({
        detail: fc.record({
          performer: fc.array(reference('Patient', 'Practitioner', 'RelatedPerson'), { maxLength: 2 }),
        }),
      }),
      { maxLength: 2 },
    ),
  }),
  Patient: fc.record({
    link: fc.array(fc.record({ other: reference('Patient', 'RelatedPerson') }), { maxLength: 2 }),
    generalPractitioner: fc.array(reference('Practitioner', 'Organization'), { maxLength: 2 }),
  }),
};

const custodians = ['SE-REGION', 'SE-KOMMUN', null];
const all: Indexed[] = Object.entries(types).flatMap(([type, resource]) =>
  fc.sample(resource, { seed, numRuns: runs }).map((each, n) => {
    const id = type === 'Patient' ? (ids[n] ?? `patient-${n}`) : `${type}-${n}`;
    return {
      type,
      id,
      custodian: custodians[n % custodians.length] ?? null,
      lastUpdated: '2026-11-23T09:00:00.000Z',
      rows: extract(type, id, { resourceType: type, id, ...each }),
    };
  }),
);

let database: IndexDatabase;
beforeAll(async () => {
  database = await openIndexDatabase();
  await database.insert(all);
});
afterAll(() => database.drop());

it('a compartment holds in SQL what it holds in memory, in any rights', async () => {
  const names = {
    Patient: Object.keys(types),
    Practitioner: Object.keys(types),
    RelatedPerson: Object.keys(types),
    Encounter: ['CareTeam'],
  };
  let found = 0;
  for (const [name, within] of Object.entries(names)) {
    for (const type of within) {
      for (const id of [...ids, 'nobody']) {
        for (const parameters of ['_count=1000', '_count=7&_sort=-_lastUpdated']) {
          const asked = query(type, parameters, { compartment: { name, id } });
          const everything = await database.walk(asked, systemScope('test'));
          expect(everything, printQuery(asked)).toEqual(oracle(asked, all));
          const own = await database.walk(asked, organisationScope('SE-KOMMUN'));
          expect(own, printQuery(asked)).toEqual(oracle(asked, all, 'SE-KOMMUN'));
          found += everything.length;
        }
      }
    }
  }
  expect(found).toBeGreaterThan(runs);
});

it('a compartment is the condition of the parameters that R4 names, one alone where they share their references', () => {
  const plan = (type: string, name: string) =>
    printQuery(query(type, '', { compartment: { name, id: 'a' } }));
  expect(plan('CarePlan', 'Patient')).toBe(
    'CarePlan where (patient = Patient/a or performer = Patient/a) count 20',
  );
  expect(plan('Encounter', 'Patient')).toBe('Encounter where subject = Patient/a count 20');
  expect(plan('MedicationAdministration', 'Patient')).toBe(
    'MedicationAdministration where (subject = Patient/a or performer = Patient/a) count 20',
  );
  expect(plan('Encounter', 'Encounter')).toBe('Encounter where _id = a count 20');
});
