import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundle, encounter, patient } from './resources.ts';

let fhir: TestApp;
beforeAll(async () => {
  fhir = await createTestApp();
  const put = (id: string) => ({
    resource: { ...encounter('Patient/p', '2026-11-01T08:00:00Z'), id },
    request: { method: 'PUT', url: `Encounter/${id}` },
  });
  const person = { resource: patient({ id: 'p' }), request: { method: 'PUT', url: 'Patient/p' } };
  const body = bundle('transaction', [person, put('a'), put('b'), put('c')] as never);
  expect((await fhir.ask('POST', '', { body })).status).toBe(200);
});
afterAll(() => fhir.close());

describe('an operation that is asked where it is not', () => {
  test.each([
    ['GET', '/Encounter/a/$meta-add', 'POST'],
    ['DELETE', '/Patient/p/$everything', 'GET, HEAD, POST'],
    ['PUT', '/metadata', 'GET, HEAD'],
  ])('%s %s is 405 and tells the methods', async (method, path, allowed) => {
    const { status, json, headers } = await fhir.ask(method, path, { body: '{}' });
    expect(status).toBe(405);
    expect(headers.allow).toBe(allowed);
    expect(json.issue[0]).toMatchObject({
      code: 'not-supported',
      diagnostics: `Here the methods are ${allowed}.`,
    });
  });

  test.each([
    ['GET', '/Patient/p/$frob'],
    ['GET', '/ConceptMap/$closure'],
    ['POST', '/$validate'],
    ['GET', '/Encounter/a/$everything'],
    ['DELETE', '/Encounter/a/_history/1/$frob'],
  ])('%s %s is 404 and tells where operations are listed', async (method, path) => {
    const { status, json } = await fhir.ask(method, path, { body: '{}' });
    expect(status).toBe(404);
    expect(json.issue[0].diagnostics).toContain('There is no operation $');
    expect(json.issue[0].diagnostics).toContain('/metadata');
  });

  test('in a Bundle it is to be called on its own', async () => {
    const entry = { request: { method: 'GET', url: 'Patient/p/$everything' } };
    const { json } = await fhir.ask('POST', '', { body: bundle('batch', [entry] as never) });
    const { response } = json.entry[0];
    expect(response.status).toBe('404 Not Found');
    expect(response.outcome.issue[0].diagnostics).toContain('call it on its own');
  });

  test('a parameter that it does not have is named', async () => {
    const asked = await fhir.ask('GET', '/Patient/p/$everything?frob=1');
    expect(asked.json.issue[0]).toMatchObject({ code: 'not-supported', expression: ['frob'] });
    const body = { resourceType: 'Parameters', parameter: [{ name: 'frob', valueString: 'x' }] };
    const sent = await fhir.ask('POST', '/Encounter/a/$meta-add', { body });
    expect(sent.json.issue[0].expression).toEqual(["Parameters.parameter.where(name = 'frob')"]);
  });
});

test('who may not choose ids is told what If-None-Match: * asks for', async () => {
  const { status, json } = await fhir.ask('PUT', '/Encounter/a', {
    body: { ...encounter('Patient/p', '2026-11-01T08:00:00Z'), id: 'a' },
    headers: { 'If-None-Match': '*' },
    as: 'journalsystem-utan-id',
  });
  expect(status).toBe(403);
  expect(json.issue[0].diagnostics).toContain('leave it out to update');
});

describe('who asks for a format in the address gets links in it', () => {
  test.each([
    '/Encounter?patient=p&_count=1',
    '/Encounter/_history?_count=1',
    '/Patient/p/$everything?_count=1',
  ])('%s', async (path) => {
    const first = await fhir.ask('GET', `${path}&_format=xml&_pretty=true`);
    expect(first.headers['content-type']).toContain('application/fhir+xml');
    const next = /<relation value="next"\/>\s*<url value="([^"]+)"/.exec(first.text)?.[1];
    expect(next).toMatch(/&amp;_format=xml&amp;_pretty=true$/);
    const second = await fhir.ask('GET', String(next).replaceAll('&amp;', '&'));
    expect(second.status).toBe(200);
    expect(second.headers['content-type']).toContain('application/fhir+xml');
  });

  test('also where a search asks for it in its body', async () => {
    const { json } = await fhir.ask('POST', '/Encounter/_search', {
      body: 'patient=p&_count=1&_format=application%2Fjson',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    const next = json.link.find(({ relation }: { relation: string }) => relation === 'next').url;
    expect(next).toMatch(/&_format=application%2Fjson$/);
    expect((await fhir.ask('GET', next)).headers['content-type']).toContain('application/json');
  });

  test('others get links without', async () => {
    const { text } = await fhir.ask('GET', '/Encounter?patient=p&_count=1');
    expect(text).not.toContain('_format');
  });
});
