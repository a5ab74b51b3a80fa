import { loadDefinitions } from '@naravard/fhir';
import { createTestApp } from '@naravard/testkit';
import { expect, test } from 'vitest';
import { allModules } from '../../services/all-in-one/src/modules.ts';

const identifier = (kind: string, value: string) => [
  { system: `http://electronichealth.se/identifier/${kind}`, value },
];

test('the reindex leaves the numbers of merged Patients with who has them', async () => {
  const modules = allModules(loadDefinitions());
  const api = await createTestApp({ modules, reindexer: { grace: 0, batch: 10 } });
  const numbers = [
    ...identifier('personnummer', '195901019801'),
    ...identifier('nationelltReservnummer', '19590101AA05'),
  ];
  const put = async (id: string, identifier: readonly object[]) => {
    const body = { resourceType: 'Patient', id, identifier };
    expect((await api.ask('PUT', `/Patient/${id}`, { body })).status).toBe(201);
  };
  const claims = async () => {
    const text = `select r.id, count(*)::int from claim c join resource r on r.rid = c.rid group by r.id order by r.id`;
    return (await api.database.pool.query(text)).rows;
  };
  try {
    await put('source', numbers);
    await api.database.pool.query('delete from claim');
    await put('target', numbers.slice(0, 1));
    const parameter = [{ name: 'target-patient', valueReference: { reference: 'Patient/target' } }];
    const merging = { resourceType: 'Parameters', parameter };
    expect((await api.ask('POST', '/Patient/source/$merge', { body: merging })).status).toBe(200);
    const merged = [
      { id: 'source', count: 1 },
      { id: 'target', count: 1 },
    ];
    expect(await claims()).toEqual(merged);
    const added = {
      resourceType: 'SearchParameter',
      url: 'https://example.se/SearchParameter/number',
      name: 'number',
      status: 'active',
      description: 'A test',
      code: 'number',
      base: ['Patient'],
      type: 'string',
      expression: 'Patient.identifier.value',
    };
    expect((await api.ask('POST', '/SearchParameter', { as: 'administrator', body: added })).status).toBe(
      201,
    );
    await api.app.reindexer.finish();
    const { json } = await api.ask('GET', '/Patient?number=1959&_summary=count');
    expect(json.total).toBe(2);
    expect(await claims()).toEqual(merged);
  } finally {
    await api.close();
  }
});
