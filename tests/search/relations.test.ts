import { organisationScope, systemScope } from '@naravard/access';
import { printQuery, type Query } from '@naravard/search';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { treeQuery, world, writtenQuery } from './generated-world.ts';
import { type IndexDatabase, type Indexed, openIndexDatabase } from './index-database.ts';
import { oracle } from './oracle.ts';

const full = process.env.NARAVARD_FULL === '1';
const seed = 20261123;
const worlds = fc.sample(world, { seed, numRuns: full ? 20 : 3 });
const perWorld = full ? 250 : 100;

/** Compares SQL with memory for each of the queries, in two rights; returns how many resources were found. */
async function agree(
  queries: fc.Arbitrary<Query>,
  all: readonly Indexed[],
  database: IndexDatabase,
): Promise<number> {
  let found = 0;
  await fc.assert(
    fc.asyncProperty(queries, async (asked) => {
      const printed = printQuery(asked);
      const everything = await database.walk(asked, systemScope('test'));
      expect([printed, everything]).toEqual([printed, oracle(asked, all)]);
      expect([printed, await database.walk(asked, systemScope('test'), 'before')]).toEqual([
        printed,
        everything,
      ]);
      const own = await database.walk(asked, organisationScope('SE-KOMMUN'));
      expect([printed, own]).toEqual([printed, oracle(asked, all, 'SE-KOMMUN')]);
      found += everything.length;
    }),
    { seed, numRuns: perWorld },
  );
  return found;
}

describe.each(worlds.map((all, number) => ({ all, number })))('in world $number', ({ all }) => {
  it.each([
    ['chains and _has, as they are written,', writtenQuery],
    ['not, any and all around and inside of them', treeQuery],
  ])(
    `%s find in SQL what they find in memory, in any rights (${perWorld} queries)`,
    async (_, queries) => {
      const database = await openIndexDatabase();
      try {
        await database.insert(all);
        // Agreement on nothing would prove nothing.
        expect(await agree(queries, all, database)).toBeGreaterThan(perWorld / 4);
      } finally {
        await database.drop();
      }
    },
    600_000,
  );
});
