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

describe('The number of a person', () => {
  test.each([
    [personnummer, '194103149805', 'urn:oid:1.2.752.129.2.1.3.1', '19410314-9805'],
    [samordningsnummer, '197001612391', samordningsnummer, '19700161-2391'],
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

  test('is not taken by PUT, by another organisation or in a Bundle either', async () => {
    const taken = person(personnummer, '194103149805');
    expect((await put('second', taken)).status).toBe(409);
    expect((await put('second', person(personnummer, '198505122385'))).status).toBe(201);
    expect((await put('second', taken)).status).toBe(409);
    const other = await api.ask('POST', '/Patient', { body: taken, as: 'journalsystem-kommun' });
    expect(other.status).toBe(409);
    const two = [person(personnummer, '197001019999'), person(personnummer, '19700101-9999')];
    const entry = two.map((resource) => ({ resource, request: { method: 'POST', url: 'Patient' } }));
    const bundle = { resourceType: 'Bundle', type: 'transaction', entry };
    expect((await api.ask('POST', '/', { body: bundle })).status).toBe(409);
    const { json } = await api.ask('GET', '/Patient?identifier=197001019999&_summary=count');
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
    const racing = Array.from({ length: 20 }, () => post(person(personnummer, '194501019804')));
    const statuses = (await Promise.all(racing)).map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
  });

  test('makes one of twenty racing conditional creates', async () => {
    const number = '195001019807';
    const racing = Array.from({ length: 20 }, () =>
      post(person(personnummer, number), { 'if-none-exist': `identifier=${personnummer}|${number}` }),
    );
    const statuses = (await Promise.all(racing)).map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array.from({ length: 19 }, () => 200), 201]);
  });

  test('is given up by who is merged into another, and kept by that one', async () => {
    const reserve = person(reservnummer, '19600101AA02');
    expect((await put('source', reserve)).status).toBe(201);
    expect((await put('target', person(personnummer, '196001019805'))).status).toBe(201);
    const parameter = [{ name: 'target-patient', valueReference: { reference: 'Patient/target' } }];
    const body = { resourceType: 'Parameters', parameter };
    const merged = await api.ask('POST', '/Patient/source/$merge', { body });
    expect([merged.status, merged.text]).toEqual([200, merged.text]);
    expect((await post(reserve)).status).toBe(201);
    expect((await post(person(personnummer, '196001019805'))).status).toBe(409);
  });

  test('that was registered before numbers were claimed is claimed by the migration, by the first of two', async () => {
    const number = person(personnummer, '196501019800');
    const migration = readFileSync('libs/store/migrations/0007_person_numbers.sql', 'utf8');
    await api.database.pool.query(`delete from claim where patient = '*'`);
    for (const id of ['first-of-two', 'second-of-two']) {
      expect((await put(id, number)).status).toBe(201);
      await api.database.pool.query(`delete from claim where patient = '*'`);
    }
    await api.database.pool.query(`update resource set found = '' where id like '%-of-two'`);
    await api.database.pool.query(migration.slice(migration.indexOf('insert into claim')));
    expect((await post(number)).status).toBe(409);
    expect((await put('second-of-two', { ...number, active: true })).status).toBe(409);
    expect((await put('first-of-two', { ...number, active: true })).status).toBe(200);
  });

  test('that two have from before lets nobody in, says why and is logged', async () => {
    const number = '195501019808';
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
