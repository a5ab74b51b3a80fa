import { organisationScope, systemScope } from '@naravard/access';
import type { Query } from '@naravard/search';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generated } from './generated.ts';
import type { Generated } from './generator.ts';
import { type IndexDatabase, type Indexed, openIndexDatabase } from './index-database.ts';
import { extract, query } from './memory.ts';
import { oracle } from './oracle.ts';

const runs = process.env.NARAVARD_FULL === '1' ? 1000 : 150;
const seed = 20261123;
const custodians = ['SE-REGION', 'SE-KOMMUN', null];

/** Resources of one generator; ids of equal and unequal order to their time, several in one millisecond. */
function resources({ type, resource }: Generated): Indexed[] {
  return fc.sample(resource, { seed, numRuns: runs }).map((each, n) => {
    const id = `id-${(n * 7919) % runs}`;
    return {
      type,
      id,
      custodian: custodians[n % custodians.length] ?? null,
      lastUpdated: new Date(Date.parse('2026-11-23T08:59:59.500Z') + Math.floor(n / 4) * 250).toISOString(),
      rows: extract(type, id, { resourceType: type, id, ...stripped(each) }),
    };
  });
}

/** Without members that are undefined, as JSON is. */
const stripped = (value: object): object => JSON.parse(JSON.stringify(value)) as object;

function queries({ type, condition, sorts }: Generated): fc.Arbitrary<Query> {
  const keys = fc
    .tuple(fc.constantFrom(...sorts, '_lastUpdated'), fc.boolean())
    .map(([key, down]) => (down ? '-' : '') + key);
  return fc
    .tuple(
      fc.array(condition, { maxLength: 2 }),
      fc.array(keys, { maxLength: 2 }),
      fc.constantFrom(1000, 1000, 1000, Math.ceil(runs / 7)),
    )
    .map(([conditions, sort, count]) => {
      const result = new URLSearchParams(conditions.map(([name, value]): [string, string] => [name, value]));
      if (sort.length) result.append('_sort', sort.join(','));
      result.append('_count', String(count));
      return query(type, result.toString());
    });
}

describe.each(Object.entries(generated))('%s parameters', (_, generator) => {
  let database: IndexDatabase;
  const all = resources(generator);

  beforeAll(async () => {
    database = await openIndexDatabase();
    await database.insert(all);
  });
  afterAll(() => database.drop());

  it(`find and order in SQL what they find and order in memory, page by page, in any rights (${runs} queries)`, async () => {
    let found = 0;
    await fc.assert(
      fc.asyncProperty(queries(generator), async (asked) => {
        const everything = await database.walk(asked, systemScope('test'));
        expect(everything).toEqual(oracle(asked, all));
        expect(await database.walk(asked, systemScope('test'), 'before')).toEqual(everything);
        const own = await database.walk(asked, organisationScope('SE-KOMMUN'));
        expect(own).toEqual(oracle(asked, all, 'SE-KOMMUN'));
        found += everything.length;
      }),
      { seed, numRuns: runs },
    );
    // Agreement on nothing would prove nothing.
    expect(found / runs).toBeGreaterThan(runs / 50);
  }, 600_000);
});
