import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** Third-party bundles, unchanged: https://github.com/synthetichealth/synthea */
const folder = new URL('../../../shared/data/synthea/', import.meta.url);
const present = existsSync(folder);
if (!present)
  console.log('tests/conformance/synthea.test.ts is skipped: ../shared/data/synthea is not there');

interface Sent {
  type: string;
  text: string;
  location: string;
}

describe.skipIf(!present)('Synthea', () => {
  let fhir: TestApp;
  const sent: Sent[] = [];
  const statuses = new Map<string, number>();

  beforeAll(async () => {
    fhir = await createTestApp();
    for (const file of readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort()) {
      const text = readFileSync(new URL(file, folder), 'utf8');
      const { status, json, text: answer } = await fhir.ask('POST', '', { body: text });
      expect(status, `${file}: ${answer.slice(0, 800)}`).toBe(200);
      const { entry } = JSON.parse(text, exact) as { entry: { resource: { resourceType: string } }[] };
      for (const [index, { response }] of json.entry.entries()) {
        statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
        const resource = entry[index]?.resource;
        if (resource)
          sent.push({
            type: resource.resourceType,
            text: JSON.stringify(resource),
            location: response.location,
          });
      }
    }
  }, 120_000);
  afterAll(() => fhir?.close());

  test('loads whole: every entry is 201, or 200 where it was there already', () => {
    expect([...statuses.keys()].sort()).toEqual(['201 Created']);
    expect(sent.length).toBeGreaterThan(2000);
  });

  test('searches count what the bundles hold', async () => {
    const types = Map.groupBy(sent, ({ type }) => type);
    for (const [type, resources] of types) {
      const { json } = await fhir.ask('GET', `/${type}?_count=0`);
      expect([type, json.total]).toEqual([type, resources.length]);
    }
  });

  test('what is read back is what was sent, decimals included, but for resolved references', async () => {
    for (const [index, { text, location }] of sent.entries()) {
      if (index % 5 !== 0) continue;
      const read = await fhir.ask('GET', `/${location}`);
      expect(comparable(read.text)).toEqual(comparable(text));
    }
  });

  test('every reference of a transaction leads to a resource', async () => {
    const { rows } = await fhir.database.pool.query(
      `select count(*)::int as dangling from reference e where target like 'urn:%' or (target_type is not null
         and not exists (select from resource r where r.type = e.target_type and r.id = e.target))`,
    );
    expect(rows).toEqual([{ dangling: 0 }]);
  });

  test("a patient's care comes out by search", async () => {
    const patient = sent.find(({ type }) => type === 'Patient')?.location.split('/')[1];
    for (const type of ['CareTeam', 'CarePlan', 'Encounter']) {
      const expected = await fhir.database.pool.query(
        `select count(*)::int as n from resource where type = $1 and patient = $2`,
        [type, patient],
      );
      const { json } = await fhir.ask('GET', `/${type}?patient=${patient}&_count=1000&_total=accurate`);
      expect([json.total, json.entry?.length ?? 0]).toEqual([expected.rows[0].n, expected.rows[0].n]);
    }
  });
});

/** Numbers stay as they are written. */
function exact(this: unknown, _key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' && context?.source !== undefined
    ? (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(context.source)
    : value;
}

/** Without what the server sets and without literal references, which the server resolves. */
function comparable(text: string): unknown {
  const raw = JSON.parse(text, exact) as { id?: string; meta?: object };
  const { id: _, meta, ...rest } = raw;
  const { versionId: _v, lastUpdated: _l, ...kept } = (meta ?? {}) as Record<string, unknown>;
  const whole = { ...rest, ...(Object.keys(kept).length && { meta: kept }) };
  const sorted = JSON.stringify(whole).replaceAll(/"reference":"(?!#)[^"]+"/g, '"reference":"resolved"');
  return JSON.parse(sorted, (_key, value, context?: { source?: string }) =>
    typeof value === 'number' ? `number ${context?.source}` : value,
  );
}
