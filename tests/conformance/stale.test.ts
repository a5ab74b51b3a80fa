import { createXml, loadDefinitions } from '@naravard/fhir';
import { createTestApp, type TestApp, type TestRequest } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundle, careTeam, post } from './resources.ts';

/** http://hl7.org/fhir/R4/http.html#concurrency: who was second is told what the first has changed. */
let fhir: TestApp;
beforeAll(async () => {
  fhir = await createTestApp();
});
afterAll(() => fhir.close());

let count = 0;
/** A care team at version 2, whose name and status differ from version 1. */
async function changed() {
  const value = `stale-${++count}`;
  const identifier = [{ system: 'urn:test', value }];
  const { id } = (await fhir.ask('POST', '/CareTeam', { body: careTeam('Patient/1', { identifier }) })).json;
  const body = careTeam('Patient/1', { id, identifier, name: 'New', status: 'suspended' });
  expect((await fhir.ask('PUT', `/CareTeam/${id}`, { body })).status).toBe(200);
  return { id, body, by: `/CareTeam?identifier=urn:test|${value}`, at: `/CareTeam/${id}` };
}

type Changed = Awaited<ReturnType<typeof changed>>;
const elements = ['CareTeam.status', 'CareTeam.name'];
const jsonPatch = {
  body: [{ op: 'replace', path: '/name', value: 'x' }],
  type: 'application/json-patch+json',
};
const mergePatch = { body: { name: 'x' }, type: 'application/merge-patch+json' };

const told = (issues: { expression?: string[]; diagnostics: string }[]): string[] =>
  issues
    .filter(({ diagnostics }) => diagnostics.includes('version 1'))
    .flatMap(({ expression = [] }) => expression);

describe('a stale If-Match is answered with the elements that differ', () => {
  test.each<[string, string, (team: Changed) => readonly [string, TestRequest]]>([
    ['update', 'PUT', ({ at, body }) => [at, { body }]],
    ['JSON Patch', 'PATCH', ({ at }) => [at, jsonPatch]],
    ['merge patch', 'PATCH', ({ at }) => [at, mergePatch]],
    ['delete', 'DELETE', ({ at }) => [at, {}]],
    ['conditional update', 'PUT', ({ by, body }) => [by, { body: { ...body, id: undefined } }]],
    ['conditional JSON Patch', 'PATCH', ({ by }) => [by, jsonPatch]],
    ['conditional merge patch', 'PATCH', ({ by }) => [by, mergePatch]],
    ['conditional delete', 'DELETE', ({ by }) => [by, {}]],
  ])('to a %s', async (_name, method, of) => {
    const team = await changed();
    const [path, request] = of(team);
    const answer = await fhir.ask(method, path, { ...request, headers: { 'if-match': 'W/"1"' } });
    expect([answer.status, answer.json.issue[0].code]).toEqual([412, 'conflict']);
    expect(answer.json.issue[0].expression).toEqual(['If-Match']);
    expect(told(answer.json.issue).sort()).toEqual([...elements].sort());
    expect(answer.text).not.toContain('suspended');
    const { json } = await fhir.ask('GET', team.at);
    expect([json.meta.versionId, json.name]).toEqual(['2', 'New']);
  });

  test('in XML as in JSON', async () => {
    const xml = createXml(loadDefinitions());
    const { at, body } = await changed();
    const headers = { 'if-match': 'W/"1"', accept: 'application/fhir+xml' };
    const request = { body: xml.write(JSON.stringify(body)), type: 'application/fhir+xml', headers };
    const { status, text } = await fhir.ask('PUT', at, request);
    expect([status, told(JSON.parse(xml.read(text)).issue).sort()]).toEqual([412, [...elements].sort()]);
  });

  test('but not of a version that there never was, nor when it has been deleted', async () => {
    const { at, body } = await changed();
    const never = await fhir.ask('PUT', at, { body, headers: { 'if-match': 'W/"9"' } });
    expect([never.status, never.json.issue.length]).toEqual([412, 1]);
    await fhir.ask('DELETE', at);
    const gone = await fhir.ask('PUT', at, { body, headers: { 'if-match': 'W/"1"' } });
    expect([gone.status, gone.json.issue.length]).toEqual([412, 1]);
  });

  test('and who may not see it learns nothing', async () => {
    const { at, body } = await changed();
    const headers = { 'if-match': 'W/"1"' };
    const hidden = await fhir.ask('PUT', at, { as: 'journalsystem-hemtjanst', body, headers });
    const absent = await fhir.ask('PUT', '/CareTeam/absent', {
      as: 'journalsystem-hemtjanst',
      body: { ...body, id: 'absent' },
      headers,
    });
    expect([hidden.status, hidden.text]).toEqual([absent.status, absent.text]);
  });
});

test('of writers at once with one ETag, one wins and the others are told what it changed', async () => {
  const { at, body } = await changed();
  const answers = await Promise.all(
    ['a', 'b', 'c', 'd'].map((name) =>
      fhir.ask('PUT', at, { body: { ...body, name }, headers: { 'if-match': 'W/"2"' } }),
    ),
  );
  const lost = answers.filter(({ status }) => status !== 200);
  expect(lost.map(({ status }) => [409, 412].includes(status))).toEqual([true, true, true]);
  for (const { json } of lost) {
    expect(json.issue.flatMap(({ expression = [] }: { expression?: string[] }) => expression)).toContain(
      'CareTeam.name',
    );
  }
});

test('a transaction is refused whole', async () => {
  const { at, body } = await changed();
  const entry = { resource: body, request: { method: 'PUT', url: at.slice(1), ifMatch: 'W/"1"' } };
  const { status } = await fhir.ask('POST', '', {
    body: bundle('transaction', [post(careTeam('Patient/1')), entry]),
  });
  expect(status).toBe(412);
});

test('in a batch each entry is told of its own', async () => {
  const { at, body } = await changed();
  const url = at.slice(1);
  const data = Buffer.from('[{"op":"replace","path":"/name","value":"x"}]').toString('base64');
  const patch = { resourceType: 'Binary', contentType: 'application/json-patch+json', data };
  const { json } = await fhir.ask('POST', '', {
    body: bundle('batch', [
      { resource: body, request: { method: 'PUT', url, ifMatch: 'W/"1"' } },
      { resource: patch, request: { method: 'PATCH', url, ifMatch: 'W/"1"' } },
      { resource: body, request: { method: 'PUT', url, ifMatch: 'W/"2"' } },
    ]),
  });
  const [update, patched, won] = json.entry.map((each: { response: unknown }) => each.response);
  expect([update.status, patched.status, won.status]).toEqual([
    '412 Precondition Failed',
    '412 Precondition Failed',
    '200 OK',
  ]);
  for (const { outcome } of [update, patched])
    expect(told(outcome.issue).sort()).toEqual([...elements].sort());
});
