import { identifierFault, identifierSystems, loadDefinitions } from '@naravard/fhir';
import { createTestApp, type TestApp } from '@naravard/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allModules } from '../../services/all-in-one/src/modules.ts';

const { personnummer, samordningsnummer, reservnummer, hsaId, organisationsnummer } = identifierSystems;

describe('a Swedish identifier', () => {
  test.each([
    [personnummer, '194103149805'],
    ['1.2.752.129.2.1.3.1', '410314-9805'],
    [samordningsnummer, '196109732393'],
    ['urn:oid:1.2.752.129.2.1.3.3', '19610973-2393'],
    [reservnummer, '98240301AA06'],
    ['1.2.752.74.9.1', '20210325-k069'],
    [hsaId, 'SE2321000115-RH01'],
    [hsaId, 'SE165565594230-1000'],
    ['1.2.752.129.2.1.4.1', 'se2321000115-rh01'],
    [organisationsnummer, '232100-0115'],
    ['2.5.4.97', '165565594230'],
    ['http://example.org/mrn', 'anything'],
  ])('is what its system says: %s %s', (system, value) => {
    expect(identifierFault({ system, value })).toBeUndefined();
  });

  test.each([
    [personnummer, '197805232391', 'check-digit'],
    [personnummer, '194102309805', 'form'],
    [personnummer, '', 'form'],
    [personnummer, '196109732393', 'sort'],
    [samordningsnummer, '194103149805', 'sort'],
    [samordningsnummer, '196109732394', 'check-digit'],
    [reservnummer, '194103149805', 'sort'],
    [reservnummer, 'AA06', 'form'],
    [hsaId, 'SE232100011-RH01', 'form'],
    [hsaId, 'SE2321000115', 'form'],
    [hsaId, 'SE2321000115-', 'form'],
    [hsaId, `SE2321000115-${'A'.repeat(19)}`, 'form'],
    [hsaId, 'NO2321000115-RH01', 'form'],
    [organisationsnummer, '2321000116', 'check-digit'],
    [organisationsnummer, '232100', 'form'],
  ])('is not: %s %j (%s)', (system, value, fault) => {
    expect(identifierFault({ system, value })).toBe(fault);
  });

  test('with one digit read wrong is never a personnummer', () => {
    const right = '194103149805';
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 11 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
        const wrong = right.slice(0, at) + ((Number(right[at]) + by) % 10) + right.slice(at + 1);
        expect(identifierFault({ system: personnummer, value: wrong })).toBeDefined();
      }),
    );
  });
});

describe('over HTTP', () => {
  let api: TestApp;
  beforeAll(async () => {
    api = await createTestApp({ modules: allModules(loadDefinitions()) });
  });
  afterAll(() => api.close());

  const post = (body: { resourceType: string; [element: string]: unknown }, headers = {}) =>
    api.ask('POST', `/${body.resourceType}`, { body, headers });
  const withIdentifier = (resourceType: string, system: string, value: string) => ({
    resourceType,
    identifier: [
      { system: 'http://example.org/mrn', value: 'x' },
      { system, value },
    ],
    ...(resourceType === 'Organization' && { name: 'Enheten' }),
  });
  const told = (system: string, rule: string) =>
    expect.arrayContaining([expect.objectContaining({ system, code: rule })]);
  const ruleSystem = 'https://naravard.se/fhir/CodeSystem/regel';

  test.each([
    ['check digit', personnummer, '197805232391'],
    ['sort', personnummer, '196109732393'],
    ['date', 'urn:oid:1.2.752.129.2.1.3.1', '194102309805'],
  ])(
    'rule patient-personnummer: a number that fails by its %s is refused and not repeated',
    async (_, system, value) => {
      const { status, json, text } = await post(withIdentifier('Patient', system, value));
      expect([status, json.issue[0].expression]).toEqual([422, ['Patient.identifier[1].value']]);
      expect(json.issue[0].details.coding).toEqual(told(ruleSystem, 'patient-personnummer'));
      expect(text).not.toContain(value);
      const { json: found } = await api.ask('GET', `/Patient?identifier=${value}&_summary=count`);
      expect(found.total).toBe(0);
    },
  );

  test('rule patient-personnummer: who has no number yet is registered, with a note', async () => {
    const { status, json } = await post(
      { resourceType: 'Patient', active: true },
      { prefer: 'return=OperationOutcome' },
    );
    expect([status, json.issue[1].severity]).toEqual([201, 'warning']);
    expect(json.issue[1].details.coding).toEqual(told(ruleSystem, 'patient-personnummer'));
  });

  test.each(['Practitioner', 'PractitionerRole', 'Organization', 'HealthcareService', 'Location'])(
    'rule hsa-id-form: %s with a malformed HSA-id is refused, under either of its OIDs',
    async (type) => {
      for (const system of [hsaId, 'urn:oid:1.2.752.129.2.1.4.1']) {
        const { status, json } = await post(withIdentifier(type, system, 'SE232100-RH01'));
        expect([status, json.issue[0].expression]).toEqual([422, [`${type}.identifier[1].value`]]);
        expect(json.issue[0].details.coding).toEqual(told(ruleSystem, 'hsa-id-form'));
      }
      expect((await post(withIdentifier(type, hsaId, 'SE2321000115-RH01'))).status).toBe(201);
    },
  );

  test('rule organisationsnummer-form: a check digit that does not agree is refused', async () => {
    const { status, json } = await post(withIdentifier('Organization', organisationsnummer, '2321000116'));
    expect([status, json.issue[0].details.text]).toEqual([
      422,
      'Numret stämmer inte. Kontrollera att alla siffror är rätt.',
    ]);
    expect((await post(withIdentifier('Organization', organisationsnummer, '232100-0115'))).status).toBe(201);
  });

  test('a person who is registered already is found by the number however it is written', async () => {
    const { json } = await post(withIdentifier('Patient', personnummer, '194103149805'));
    for (const asked of ['1.2.752.129.2.1.3.1|410314-9805', `${personnummer}|19410314-9805`]) {
      const found = await api.ask('GET', `/Patient?identifier=${encodeURIComponent(asked)}`);
      expect(found.json.entry.map(({ resource }: { resource: { id: string } }) => resource.id)).toEqual([
        json.id,
      ]);
    }
    const second = await post(withIdentifier('Patient', '1.2.752.129.2.1.3.1', '410314-9805'));
    expect([second.status, second.json.issue[0].diagnostics]).toEqual([
      409,
      expect.stringMatching(/Patient\/\$match.*Patient\/\$merge.*Patient\.link/),
    ]);
  });
});
