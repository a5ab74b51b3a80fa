import { Client, type FhirResource } from 'fhir-kit-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PublicService, startService } from './service.ts';
import { carePlan, careTeam, patient, unit, visits } from './story.ts';

/** https://github.com/Vermonster/fhir-kit-client, as its README uses it. */
let service: PublicService;
let client: Client;
beforeAll(async () => {
  service = await startService();
  client = new Client({ baseUrl: service.base, bearerToken: service.token });
});
afterAll(() => service.close());

type Body = FhirResource & { id: string; entry?: Entry[]; total?: number };
interface Entry {
  resource: Body;
  search: { mode: string };
  response: { status: string };
}
interface Failure {
  response: { status: number; data: { resourceType: string; issue: { code: string }[] } };
}

const body = (resource: object) => resource as FhirResource;
const said = async (asked: Promise<FhirResource>) => (await asked) as Body;
/** The status and the issue code that the client throws. */
const refused = (asked: Promise<FhirResource>) =>
  asked.then(
    () => undefined,
    ({ response: { status, data } }: Failure) => [status, data.resourceType, data.issue[0]?.code],
  );
const ofType = ({ entry = [] }: Body, type: string) =>
  entry.filter(({ resource }) => resource.resourceType === type).map(({ resource }) => resource);

test('discovers the service', async () => {
  const statement = await client.capabilityStatement();
  expect(statement).toMatchObject({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' });
});

test('writes a patient, a team and a plan, and finds them together', async () => {
  await client.update({ resourceType: 'Organization', id: 'hemsjukvarden', body: body(unit) });
  const person = await said(client.create({ resourceType: 'Patient', body: body(patient) }));
  const { response } = Client.httpFor(person);
  expect([response?.status, response?.headers.get('location')]).toEqual([
    201,
    `${service.base}/Patient/${person.id}/_history/1`,
  ]);
  const subject = `Patient/${person.id}`;
  const team = await said(client.create({ resourceType: 'CareTeam', body: body(careTeam(subject)) }));
  const plan = await said(
    client.create({ resourceType: 'CarePlan', body: body(carePlan(subject, `CareTeam/${team.id}`)) }),
  );

  const searchParams = { subject, _include: ['CarePlan:care-team', 'CarePlan:subject'] };
  for (const options of [{}, { postSearch: true }]) {
    const found = await said(client.resourceSearch({ resourceType: 'CarePlan', searchParams, options }));
    expect(found.entry?.map(({ resource, search }) => [resource.id, search.mode])).toEqual(
      expect.arrayContaining([
        [plan.id, 'match'],
        [team.id, 'include'],
        [person.id, 'include'],
      ]),
    );
  }
  const compartment = { resourceType: 'Patient', id: person.id };
  expect(
    ofType(await said(client.compartmentSearch({ resourceType: 'CareTeam', compartment })), 'CareTeam'),
  ).toHaveLength(1);
  expect(await client.resolve({ reference: subject })).toMatchObject({ id: person.id });
  expect(await client.resolve({ reference: `${service.base}/${subject}` })).toMatchObject({ id: person.id });
});

test('changes what it wrote, and reads how it was', async () => {
  const person = await said(client.create({ resourceType: 'Patient', body: body(patient) }));
  const team = await said(
    client.create({ resourceType: 'CareTeam', body: body(careTeam(`Patient/${person.id}`)) }),
  );
  const at = { resourceType: 'CareTeam', id: team.id };
  const jsonPatch = [{ op: 'replace' as const, path: '/name', value: 'Nytt team' }];
  expect(await client.patch({ ...at, jsonPatch })).toMatchObject({ name: 'Nytt team' });
  expect(await client.read(at)).toMatchObject({ name: 'Nytt team', meta: { versionId: '2' } });
  expect(await client.vread({ ...at, version: '1' })).toMatchObject({ name: 'Team kring Astrid' });
  const history = await said(client.resourceHistory(at));
  expect(history).toMatchObject({ resourceType: 'Bundle', type: 'history', total: 2 });
  expect(ofType(history, 'CareTeam').map(({ name }) => name)).toEqual(['Nytt team', 'Team kring Astrid']);

  const stale = { headers: { 'if-match': 'W/"1"' } };
  expect(await refused(client.update({ ...at, body: body(team), options: stale }))).toEqual([
    412,
    'OperationOutcome',
    'conflict',
  ]);
  const status = { ...team, status: 'no such status' };
  expect(await refused(client.update({ ...at, body: body(status) }))).toEqual([
    400,
    'OperationOutcome',
    expect.any(String),
  ]);
});

test('writes several at once, and goes through the pages forwards and back', async () => {
  const person = await said(client.create({ resourceType: 'Patient', body: body(patient) }));
  const subject = `Patient/${person.id}`;
  const done = await said(client.transaction({ body: body(visits(subject)) }));
  expect(done.entry?.map(({ response }) => response.status.slice(0, 3))).toEqual(Array(5).fill('201'));

  type Page = Parameters<Client['nextPage']>[0]['bundle'];
  const days: unknown[] = [];
  let pages = 0;
  const searchParams = { subject, _count: 2, _sort: 'date' };
  let page: FhirResource | undefined = await client.resourceSearch({
    resourceType: 'Encounter',
    searchParams,
  });
  let last = page;
  while (page) {
    pages++;
    days.push(...ofType(page as Body, 'Encounter').map(({ period }) => (period as { start: string }).start));
    last = page;
    page = await client.nextPage({ bundle: page as Page });
  }
  expect([pages, new Set(days).size, days.length]).toEqual([3, 5, 5]);
  const before = (await client.prevPage({ bundle: last as Page })) as Body;
  expect(ofType(before, 'Encounter')).toHaveLength(2);
});

test('removes, and is told that it is gone, or never was', async () => {
  const person = await said(client.create({ resourceType: 'Patient', body: body(patient) }));
  const at = { resourceType: 'Patient', id: person.id };
  const gone = await client.delete(at);
  expect(Client.httpFor(gone).response?.status).toBe(204);
  expect(await refused(client.read(at))).toEqual([410, 'OperationOutcome', 'deleted']);
  expect(await refused(client.read({ ...at, id: 'never-was' }))).toEqual([
    404,
    'OperationOutcome',
    'not-found',
  ]);
  expect(await client.vread({ ...at, version: '1' })).toMatchObject({ id: person.id });
  expect(await refused(new Client({ baseUrl: service.base }).read(at))).toEqual([
    401,
    'OperationOutcome',
    'login',
  ]);
});

test('asks for an operation', async () => {
  const answer = await client.operation({
    name: '$validate',
    resourceType: 'Patient',
    input: body({ resourceType: 'Parameters', parameter: [{ name: 'resource', resource: patient }] }),
  });
  expect(answer.resourceType).toBe('OperationOutcome');
});
