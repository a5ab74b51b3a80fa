import { createValidator, loadDefinitions } from '@naravard/fhir';
import { createTestDatabase, type TestDatabase } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { patientBatches, registerBatches } from '../../services/all-in-one/src/seed/batches.ts';
import { hsaOf, municipalities, municipalityOf, REGION } from '../../services/all-in-one/src/seed/halland.ts';
import { ANCHOR, patientBundle } from '../../services/all-in-one/src/seed/patient-records.ts';
import { testPersonnummer } from '../../services/all-in-one/src/seed/personnummer.ts';
import { runToEnd, temporaryFolder } from './service-process.ts';

const resourcesOf = (seed: number, n: number) =>
  (patientBundle(seed, n).entry ?? []).map(({ resource }) => resource);

describe('The seed', () => {
  it('gives the same patient for the same numbers, and others for others', () => {
    expect(patientBundle(1, 17)).toEqual(patientBundle(1, 17));
    expect(patientBundle(1, 17)).not.toEqual(patientBundle(2, 17));
    expect(patientBundle(1, 17)).not.toEqual(patientBundle(1, 18));
  });

  it('is valid R4, the wish for a narrative aside', () => {
    const validate = createValidator(loadDefinitions());
    const resources = [
      ...[...registerBatches(1)].flatMap((batch) => batch.resources),
      ...Array.from({ length: 100 }, (_, n) => resourcesOf(1, n)).flat(),
    ];
    const findings = resources
      .flatMap((resource) => validate(resource))
      .filter((each) => !each.diagnostics.includes('dom-6'));
    expect(findings).toEqual([]);
  });

  it('points at nothing that it does not make', () => {
    const made = new Set<string>();
    const named = new Set<string>();
    const batches = [...registerBatches(1), ...patientBatches(1, 300, ANCHOR)];
    for (const resource of batches.flatMap(({ resources }) => resources)) {
      made.add(`${resource.resourceType}/${resource.id}`);
      for (const [, reference] of JSON.stringify(resource).matchAll(/"reference":"([^"]+)"/g))
        named.add(reference ?? '');
    }
    expect([...named].filter((reference) => !made.has(reference))).toEqual([]);
  });

  it('has about 25 resources a patient: ten encounters, five that access is decided on', () => {
    const all = Array.from({ length: 500 }, (_, n) => resourcesOf(1, n)).flat();
    expect(all.length / 500).toBeGreaterThan(23);
    expect(all.length / 500).toBeLessThan(28);
    const encounters = all.filter((resource) => resource?.resourceType === 'Encounter').length / 500;
    expect(encounters).toBeGreaterThan(9);
    expect(encounters).toBeLessThan(11);
  });

  it('spreads patients over the six municipalities by their share', () => {
    for (const { key, share } of municipalities) {
      const count = Array.from({ length: 10_000 }, (_, n) => municipalityOf(n)).filter(
        (each) => each.key === key,
      ).length;
      expect(count, key).toBe(share * 100);
    }
  });

  it('sends each group of ten in at most three transactions, one for each writer', () => {
    const batches = [...patientBatches(1, 100, ANCHOR)];
    expect(batches.length).toBeLessThanOrEqual(30);
    expect(batches.reduce((sum, { patients }) => sum + patients, 0)).toBe(100);
    for (const { writer, resources } of batches) {
      expect(writer.may_choose_ids).toBe(true);
      if (writer.healthCareProviderHsaId === hsaOf(REGION)) continue;
      expect(resources.map(({ resourceType }) => resourceType)).not.toContain('Patient');
    }
  });
});

it('Test personnummer are different for 10,000 patients, carry a right check digit and the sex', () => {
  const numbers = new Set<string>();
  for (let n = 0; n < 10_000; n++) {
    const female = n % 3 > 0;
    const { value, birthDate } = testPersonnummer(n, female);
    numbers.add(value);
    expect(value).toMatch(/^19[2-5]\d{5}9[89]\d{2}$/);
    expect(value.slice(0, 8)).toBe(birthDate.replaceAll('-', ''));
    expect(Number(value[10]) % 2).toBe(female ? 0 : 1);
    expect(luhn(value.slice(2))).toBe(true);
  }
  expect(numbers.size).toBe(10_000);
  expect(() => testPersonnummer(200_000, true)).toThrow(RangeError);
});

function luhn(digits: string): boolean {
  const sum = [...digits].reduce((total, digit, at) => {
    const doubled = Number(digit) * (2 - (at % 2));
    return total + Math.floor(doubled / 10) + (doubled % 10);
  }, 0);
  return sum % 10 === 0;
}

describe('npm run seed', () => {
  const folder = temporaryFolder();
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(async () => {
    await database.drop();
    folder.remove();
  });
  const seed = (...args: string[]) =>
    runToEnd('seed/main.ts', args, { DATABASE_URL: database.url, DATA_DIR: folder.path, PORT: '18997' });
  const count = async () =>
    (await database.pool.query('select count(*)::int as n from version')).rows[0].n as number;

  it('fills the database, shows how far it is and how fast it was', async () => {
    const { code, stderr } = await seed('--patients', '25');
    expect([code, stderr]).toEqual([0, expect.stringMatching(/25\/25 patients/)]);
    expect(stderr).toMatch(/\d+ resources in [\d.]+ s: \d+\/s\n$/);
    const { rows } = await database.pool.query(
      "select custodian, count(*)::int as n from resource where type = 'CareTeam' and id like 's1-%' group by 1",
    );
    expect(rows.length, 'contacts are written by region and municipalities').toBeGreaterThanOrEqual(3);
  }, 60_000);

  it('changes nothing when it is run again', async () => {
    const before = await count();
    expect((await seed('--patients', '25')).code).toBe(0);
    expect(await count()).toBe(before);
  }, 60_000);

  it('explains itself when it is called wrongly', async () => {
    const { code, stderr } = await seed('--patients', 'many');
    expect([code, stderr]).toEqual([1, expect.stringContaining('npm run seed -- [--patients 1000]')]);
    expect((await seed('--patient', '1')).stderr).toContain("Unknown option '--patient'");
  });
});
