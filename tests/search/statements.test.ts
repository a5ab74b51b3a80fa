import { organisationScope } from '@naravard/access';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type IndexDatabase, openIndexDatabase } from './index-database.ts';
import { catalog, extract, query } from './memory.ts';

const VALUES = {
  date: ['2026', 'ap2026-11'],
  number: ['1', 'ne2'],
  quantity: ['1', 'gt5|http://unitsofmeasure.org|mg', '5||mg'],
  reference: ['a', 'https://a.se/x'],
  string: ['a', 'ö'],
  token: ['a', 's|a', '|a', 's|'],
  uri: ['https://a.se', 'urn:oid:1.2'],
} as const;

describe('the statement of a search', () => {
  let database: IndexDatabase;

  beforeAll(async () => {
    database = await openIndexDatabase();
    const types = [...catalog.definitions.resourceTypes];
    await database.insert(
      ['a', 'b', 'c'].flatMap((id) =>
        types.map((type) => ({
          type,
          id,
          custodian: 'SE-KOMMUN',
          lastUpdated: '2026-11-23T10:00:00Z',
          rows: extract(type, id, { resourceType: type, id }),
        })),
      ),
    );
  });
  afterAll(() => database.drop());

  it('is accepted by PostgreSQL for every parameter of every type, searched and sorted by, over several pages', async () => {
    let asked = 0;
    for (const type of catalog.definitions.resourceTypes) {
      for (const { code, type: kind } of catalog.parameters(type)) {
        const value = VALUES[kind].map(encodeURIComponent).join(',');
        await database.walk(query(type, `${code}=${value}`), organisationScope('SE-KOMMUN'));
        const sorted = query(type, `_sort=-${code},${code}&_count=2`);
        expect((await database.walk(sorted, organisationScope('SE-KOMMUN'))).sort()).toEqual(['a', 'b', 'c']);
        asked++;
      }
    }
    expect(asked).toBeGreaterThan(2400);
  }, 120_000);
});
