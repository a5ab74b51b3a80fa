import { organisationScope } from '@naravard/access';
import type { Parameter, ParameterType } from '@naravard/search';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type IndexDatabase, openIndexDatabase } from './index-database.ts';
import { catalog, extract, query } from './memory.ts';

const VALUES = {
  date: ['2026', 'ap2026-11'],
  number: ['1', 'ne2'],
  quantity: ['1', 'gt5|http://unitsofmeasure.org|mg', '5||mg'],
  reference: ['a', 'https://a.se/x'],
  string: ['a', 'ö'],
  token: ['true', 's|true', '|true'],
  uri: ['https://a.se', 'urn:oid:1.2'],
} as const;

/** Modifiers with a value, of every parameter of the type. */
const MODIFIED: Partial<Record<ParameterType, readonly string[]>> = {
  reference: [':identifier=s|a,b,|c'],
  string: [':exact=a,Ö', ':contains=abc,d%25'],
  token: [':not=true'],
  uri: [':above=https://a.se/x', ':below=https://a.se/x,https://b.se'],
};

const valuesOf = ({ type, components }: Parameter): readonly string[] =>
  type === 'composite'
    ? [(components ?? []).map(({ parameter }) => VALUES[parameter.type][0]).join('$')]
    : VALUES[type];

/** The conditions of each modifier that the parameter can have. */
const modified = ({ type, code, paths }: Parameter): string[] =>
  [':missing=true', ':missing=false', ...(MODIFIED[type] ?? [])]
    .filter((text) => !text.startsWith(':identifier') || paths.some((path) => path.type === 'Reference'))
    .map((text) => code + text);

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

  it('is accepted by PostgreSQL for every parameter and modifier of every type, and every sort key over several pages', async () => {
    const scope = organisationScope('SE-KOMMUN');
    let asked = 0;
    for (const type of catalog.definitions.resourceTypes) {
      for (const parameter of catalog.parameters(type)) {
        const { code } = parameter;
        const value = valuesOf(parameter).map(encodeURIComponent).join(',');
        await database.walk(query(type, `${code}=${value}`), scope);
        await database.walk(query(type, modified(parameter).join('&')), scope, 'before');
        if (parameter.type === 'composite') continue;
        const sorted = query(type, `_sort=-${code},${code}&_count=2`);
        expect((await database.walk(sorted, scope)).sort()).toEqual(['a', 'b', 'c']);
        asked++;
      }
    }
    expect(asked).toBeGreaterThan(2400);
  }, 120_000);
});
