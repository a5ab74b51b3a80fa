import { readFileSync } from 'node:fs';
import { loadDefinitions } from '@naravard/fhir';
import { createTestApp, createTestIssuer, type TestApp } from '@naravard/testkit';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allModules } from '../../services/all-in-one/src/modules.ts';

// A personnummer, samordningsnummer or reservnummer is one Patient's.

const logged: string[] = [];
let api: TestApp;
let loginStatus: (number: string) => Promise<{ status: number; text: string }>;

beforeAll(async () => {
  const issuer = await createTestIssuer();
  const logger = pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) });
  api = await createTestApp({
    modules: allModules(loadDefinitions()),
    identity: issuer.identityWith,
    logger,
  });
  loginStatus = async (personalIdentityNumber) => {
    const token = await issuer.token('patient', { patient: undefined, personalIdentityNumber });
    const url = '/fhir/CarePlan?patient=x';
    const answer = await api.app.inject({ url, headers: { authorization: `Bearer ${token}` } });
    return { status: answer.statusCode, text: answer.body };
  };
  api.ask = async (method, path, { as = 'journalsystem', body, headers } = {}) => {
    const token = await issuer.token(as ?? 'journalsystem');
    const answer = await api.app.inject({
      method: method as 'GET',
      url: `/fhir${path}`,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/fhir+json' }),
        ...headers,
      },
      ...(body !== undefined && { payload: JSON.stringify(body) }),
    });
    const { statusCode: status, body: text } = answer;
    return { status, text, headers: {}, json: text ? JSON.parse(text) : undefined };
  };
});
afterAll(() => api.close());

const personnummer = 'http://electronichealth.se/identifier/personnummer';
const samordningsnummer = 'http://electronichealth.se/identifier/samordningsnummer';
const reservnummer = 'http://electronichealth.se/identifier/nationelltReservnummer';

const person = (system: string, value: string, over: object = {}) => ({
  resourceType: 'Patient',
  identifier: [{ system, value }],
  ...over,
});
const post = (body: object, headers = {}) => api.ask('POST', '/Patient', { body, headers });
const put = (id: string, body: object) => api.ask('PUT', `/Patient/${id}`, { body: { ...body, id } });

const merge = (source: string, target: string) => {
  const parameter = [{ name: 'target-patient', valueReference: { reference: `Patient/${target}` } }];
  const body = { resourceType: 'Parameters', parameter };
  return api.ask('POST', `/Patient/${source}/$merge`, { body });
};

const matched = async (system: string, value: string): Promise<string[]> => {
  const parameter = [{ name: 'resource', resource: person(system, value) }];
  const { json } = await api.ask('POST', '/Patient/$match', {
    body: { resourceType: 'Parameters', parameter },
  });
  return (json.entry ?? []).map(({ resource }: { resource: { id: string } }) => resource.id);
};

/** Two Patients with one number, as when it was not claimed, and what the migration made of them. */
async function twoFromBefore(number: object, ...ids: readonly string[]): Promise<void> {
  const migration = readFileSync('libs/store/migrations/0007_person_numbers.sql', 'utf8');
  for (const id of ids) {
    await api.database.pool.query(`delete from claim where patient = '*'`);
    expect((await put(id, number)).status).toBe(201);
  }
  await api.database.pool.query(`delete from claim where patient = '*'`);
  await api.database.pool.query('update resource set found = $$$$ where id = any($1)', [ids]);
  await api.database.pool.query(migration.slice(migration.indexOf('insert into claim')));
}

describe('The number of a person', () => {
  test.each([
    [personnummer, '194103149805', 'urn:oid:1.2.752.129.2.1.3.1', '19410314-9805'],
    [samordningsnummer, '197001612394', samordningsnummer, '19700161-2394'],
    [reservnummer, '19410314AA01', reservnummer, '19410314-aa01'],
  ])('is of one Patient, however it is written: %s', async (system, value, otherSystem, otherwise) => {
    expect((await post(person(system, value))).status).toBe(201);
    for (const again of [person(system, value), person(otherSystem, otherwise)]) {
      const { status, json, text } = await post(again);
      expect([status, json.issue[0].code, json.issue[0].expression]).toEqual([
        409,
        'duplicate',
        ['Patient.identifier'],
      ]);
      expect(text).toContain('Patient/$match');
      expect(text).not.toContain(value);
    }
  });

  test('stands under the system of its own sort, so that it logs in its owner alone', async () => {
    const number = '194603149800';
    expect((await put('owner', person(personnummer, number))).status).toBe(201);
    for (const system of [samordningsnummer, 'urn:oid:1.2.752.129.2.1.3.3', reservnummer])
      expect((await post(person(system, number))).status).toBe(422);
    expect((await loginStatus(number)).status).toBe(200);
    expect(await matched(samordningsnummer, number)).toEqual(['owner']);
    const other = '197001622393';
    expect((await post(person(personnummer, other))).status).toBe(422);
    expect((await post(person(samordningsnummer, other))).status).toBe(201);
  });

  test('is not taken by PUT, by another organisation or in a Bundle either', async () => {
    const taken = person(personnummer, '194103149805');
    expect((await put('second', taken)).status).toBe(409);
    expect((await put('second', person(personnummer, '198505122385'))).status).toBe(201);
    expect((await put('second', taken)).status).toBe(409);
    const other = await api.ask('POST', '/Patient', { body: taken, as: 'journalsystem-kommun' });
    expect(other.status).toBe(409);
    const two = [person(personnummer, '197001019996'), person(personnummer, '19700101-9996')];
    const entry = two.map((resource) => ({ resource, request: { method: 'POST', url: 'Patient' } }));
    const bundle = { resourceType: 'Bundle', type: 'transaction', entry };
    expect((await api.ask('POST', '/', { body: bundle })).status).toBe(409);
    const { json } = await api.ask('GET', '/Patient?identifier=197001019996&_summary=count');
    expect(json.total).toBe(0);
  });

  test('is kept when its own Patient changes, and free when it is taken away or the Patient deleted', async () => {
    const number = person(personnummer, '199001019802');
    expect((await put('third', number)).status).toBe(201);
    expect((await put('third', { ...number, active: true })).status).toBe(200);
    expect((await put('third', { ...number, language: 'sv' })).status).toBe(200);
    expect((await put('third', { resourceType: 'Patient', active: true })).status).toBe(200);
    expect((await put('fourth', number)).status).toBe(201);
    expect((await api.ask('DELETE', '/Patient/fourth')).status).toBe(204);
    expect((await put('third', number)).status).toBe(200);
  });

  test('is one of twenty who register the person at once', async () => {
    const racing = Array.from({ length: 20 }, () => post(person(personnummer, '194501019808')));
    const statuses = (await Promise.all(racing)).map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
  });

  test('makes one of twenty racing conditional creates', async () => {
    const number = '195001019800';
    const racing = Array.from({ length: 20 }, () =>
      post(person(personnummer, number), { 'if-none-exist': `identifier=${personnummer}|${number}` }),
    );
    const statuses = (await Promise.all(racing)).map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array.from({ length: 19 }, () => 200), 201]);
  });

  test('is kept by who is merged into another, for that one, which has those of both', async () => {
    const reserve = person(reservnummer, '19600101AA02');
    expect((await put('source', reserve)).status).toBe(201);
    expect((await put('target', person(personnummer, '196001019808'))).status).toBe(201);
    const merged = await merge('source', 'target');
    expect([merged.status, merged.text]).toEqual([200, merged.text]);
    expect((await post(reserve)).status).toBe(409);
    expect((await post(person(personnummer, '196001019808'))).status).toBe(409);
    expect(await matched(reservnummer, '19600101AA02')).toEqual(['target']);
  });

  test('is claimed by no Patient that is not in use, which makes no room for a second', async () => {
    const number = person(personnummer, '195601019804');
    expect((await put('resting', { ...number, active: false })).status).toBe(201);
    expect((await loginStatus('195601019804')).status).toBe(200);
    expect(await matched(personnummer, '195601019804')).toEqual(['resting']);
    expect((await put('in-use', number)).status).toBe(201);
    expect((await put('resting', { ...number, active: true })).status).toBe(409);
    expect((await put('resting', { ...number, active: false, language: 'sv' })).status).toBe(200);
    expect(await matched(personnummer, '195601019804')).toEqual(['in-use']);
    expect((await loginStatus('195601019804')).status).toBe(200);
  });

  test('rule patient-few-numbers: is one of at most five of its sort', async () => {
    const numbers = (count: number) => ({
      resourceType: 'Patient',
      identifier: Array.from({ length: count }, (_, at) => ({
        system: reservnummer,
        value: `1957010${at + 1}AA0${at}`,
      })),
    });
    const { status, json } = await post(numbers(6));
    expect([status, json.issue[0].code, json.issue[0].expression]).toEqual([
      422,
      'business-rule',
      ['Patient.identifier'],
    ]);
    expect((await post(numbers(5))).status).toBe(201);
  });

  test('that the first of two has who is not in use is claimed for the second by the migration', async () => {
    const number = person(personnummer, '195801019802');
    await twoFromBefore(number, 'not-in-use', 'used');
    await api.database.pool.query(`delete from claim where patient = '*'`);
    expect((await put('not-in-use', { ...number, active: false })).status).toBe(200);
    const migration = readFileSync('libs/store/migrations/0007_person_numbers.sql', 'utf8');
    await api.database.pool.query(migration.slice(migration.indexOf('insert into claim')));
    const { rows } = await api.database.pool.query(
      `select r.id from claim c join resource r on r.rid = c.rid and r.id = any($1)`,
      [['not-in-use', 'used']],
    );
    expect(rows).toEqual([{ id: 'used' }]);
  });

  test('that was registered before numbers were claimed is claimed by the migration, by the first of two', async () => {
    const number = person(personnummer, '196501019803');
    await twoFromBefore(number, 'first-of-two', 'second-of-two');
    expect((await post(number)).status).toBe(409);
    expect((await put('first-of-two', { ...number, active: true })).status).toBe(200);
  });

  test('that the second of two has from before lets it be changed, and adds none', async () => {
    const number = person(personnummer, '197501019801');
    await twoFromBefore(number, 'has-claim', 'has-none');
    const two = { identifier: [...number.identifier, { system: reservnummer, value: '19750101AA03' }] };
    expect((await put('has-none', { ...number, ...two })).status).toBe(200);
    expect((await post(person(reservnummer, '19750101AA03'))).status).toBe(409);
    expect((await put('has-none', person(personnummer, '196501019803'))).status).toBe(409);
    const entry = ['has-claim', 'has-none'].map((id) => ({
      resource: { ...number, id, language: 'sv' },
      request: { method: 'PUT', url: `Patient/${id}` },
    }));
    const bundle = { resourceType: 'Bundle', type: 'transaction', entry };
    expect((await api.ask('POST', '/', { body: bundle })).status).toBe(200);
    expect((await put('has-none', { resourceType: 'Patient' })).status).toBe(200);
    expect((await put('has-none', number)).status).toBe(409);
  });

  test('that the second of two has from before lets its identity be protected', async () => {
    const number = person(personnummer, '197801019808');
    await twoFromBefore(number, 'with-claim', 'to-be-protected');
    const security = [
      { system: 'http://hl7.se/fhir/ig/base/CodeSystem/SecurityLabel', code: 'sekretessmarkering' },
    ];
    expect((await put('to-be-protected', { ...number, meta: { security } })).status).toBe(200);
  });

  test('that the second of two has from before is its own when the first is merged into it', async () => {
    const number = person(personnummer, '197601019800');
    await twoFromBefore(number, 'merged', 'remaining');
    expect((await merge('merged', 'remaining')).status).toBe(200);
    expect((await post(number)).status).toBe(409);
    expect((await put('remaining', { ...number, active: true })).status).toBe(200);
  });

  test('is kept by who is said to be replaced by a Patient of another server', async () => {
    const number = person(personnummer, '197701019809');
    const other = { reference: 'https://other.example/fhir/Patient/1' };
    const link = [{ other, type: 'replaced-by' }];
    expect((await put('elsewhere', { ...number, link })).status).toBe(201);
    expect((await post(number)).status).toBe(409);
    expect((await loginStatus('197701019809')).status).toBe(200);
  });

  test('that two have under two systems from before logs in the one whose sort it is', async () => {
    const number = '194703149809';
    await api.database.pool.query(`delete from claim where patient = '*'`);
    expect((await post(person(personnummer, number))).status).toBe(201);
    await api.database.pool.query(`delete from claim where patient = '*'`);
    await api.database.pool.query(`update identifier set system = $1 where value = $2`, [
      samordningsnummer,
      number,
    ]);
    expect((await post(person(personnummer, number))).status).toBe(201);
    expect((await loginStatus(number)).status).toBe(200);
  });

  test('that two have from before lets nobody in, says why and is logged', async () => {
    const number = '195501019805';
    expect((await post(person(personnummer, number))).status).toBe(201);
    expect((await loginStatus(number)).status).toBe(200);
    await api.database.pool.query(`delete from claim where patient = '*'`);
    expect((await post(person(personnummer, number))).status).toBe(201);
    const token = await loginStatus(`${number.slice(0, 8)}-${number.slice(8)}`);
    expect([token.status, token.text]).toEqual([403, expect.stringContaining('registrerad två gånger')]);
    expect(logged.join('')).toContain('$merge');
    expect(logged.join('')).not.toContain(number);
  });
});
