import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Bundle, CareTeam, Encounter, Patient, Resource } from '@medplum/fhirtypes';
import smart from 'fhirclient';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PublicService, startService } from './service.ts';
import { carePlan, careTeam, patient, unit, visits } from './story.ts';

/** https://docs.smarthealthit.org/client-js/, its entry for Node, with the token that a login has given it. */
type Client = ReturnType<ReturnType<typeof smart>['client']>;
let service: PublicService;
let client: Client;
beforeAll(async () => {
  service = await startService();
  client = clientWith(service.token);
});
afterAll(() => service.close());

/** As in the request handler of an app; it keeps its state in a storage of the app's. */
function clientWith(token: string): Client {
  const kept = new Map<string, unknown>();
  const request = new IncomingMessage(new Socket());
  return smart(request, new ServerResponse(request), {
    get: async (key) => kept.get(key),
    set: async (key, value) => {
      kept.set(key, value);
      return value;
    },
    unset: async (key) => kept.delete(key),
  }).client({ serverUrl: service.base, tokenResponse: { access_token: token } });
}

type Stored<Type> = Type & { id: string };
const create = <Type extends Resource>(resource: Type) =>
  client.create(resource as never) as unknown as Promise<Stored<Type>>;
/** The status that the client throws, and the Swedish text of the OperationOutcome that it makes its message of. */
const refused = (asked: Promise<unknown>) =>
  asked.then(
    () => undefined,
    (error: Error & { status: number }) => [error.status, error.message],
  );

test('discovers the service', async () => {
  expect([await client.getFhirVersion(), await client.getFhirRelease()]).toEqual(['4.0.1', 4]);
});

test('writes a patient, a team and a plan, and finds them together', async () => {
  await client.update(unit as never);
  const person = await create(patient);
  const subject = `Patient/${person.id}`;
  const team = await create(careTeam(subject));
  const plan = await create(carePlan(subject, `CareTeam/${team.id}`));
  const path = `CarePlan?subject=${subject}&_include=CarePlan:care-team&_include=CarePlan:subject`;
  const found = (await client.request(path)) as Bundle;
  expect(new Set(found.entry?.map(({ resource, search }) => `${search?.mode} ${resource?.id}`))).toEqual(
    new Set([`match ${plan.id}`, `include ${team.id}`, `include ${person.id}`]),
  );
  const resolved = await client.request(`CarePlan/${plan.id}`, {
    resolveReferences: ['subject', 'careTeam.0'],
    graph: true,
  });
  expect(resolved).toMatchObject({ subject: { id: person.id }, careTeam: [{ id: team.id }] });
});

test('changes what it wrote, and reads how it was', async () => {
  const person = await create(patient);
  const team = await create(careTeam(`Patient/${person.id}`));
  const path = `CareTeam/${team.id}`;
  // It asks with "Prefer: return=presentation", which no standard knows: RFC 7240 section 2 has it ignored.
  expect(await client.patch(path, [{ op: 'replace', path: '/name', value: 'Nytt team' }])).toMatchObject({
    name: 'Nytt team',
  });
  expect(await client.request(path)).toMatchObject({ name: 'Nytt team', meta: { versionId: '2' } });
  expect(await client.request(`${path}/_history/1`)).toMatchObject({ name: 'Team kring Astrid' });
  const names: (string | undefined)[] = [];
  for await (const version of client.resources(`${path}/_history`)) names.push((version as CareTeam).name);
  expect(names).toEqual(['Nytt team', 'Team kring Astrid']);
  const stale = client.update(team as never, { headers: { 'if-match': 'W/"1"' } });
  expect(await refused(stale)).toEqual([
    412,
    expect.stringContaining('Uppgiften har ändrats sedan den lästes.'),
  ]);
});

test('writes several at once, and goes through the pages', async () => {
  const person = await create(patient);
  const subject = `Patient/${person.id}`;
  const done = (await client.request({
    url: '',
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json' },
    body: JSON.stringify(visits(subject)),
  })) as Bundle;
  expect(done.entry?.map(({ response }) => response?.status?.slice(0, 3))).toEqual(Array(5).fill('201'));

  const days: (string | undefined)[] = [];
  const first = `Encounter?subject=${subject}&_count=2&_sort=date`;
  for await (const visit of client.resources(first)) days.push((visit as Encounter).period?.start);
  expect([days.length, new Set(days).size]).toEqual([5, 5]);
  let pages = 0;
  for await (const page of client.pages(first)) pages += (page as Bundle).entry ? 1 : 0;
  expect(pages).toBe(3);
  const { data } = (await client.request(first, { pageLimit: 0, flat: false })) as { data?: unknown };
  expect(data).toBeUndefined();
});

test('removes, and is told that it is gone, or never was', async () => {
  const person: Stored<Patient> = await create(patient);
  const path = `Patient/${person.id}`;
  await client.delete(path);
  expect(await refused(client.request(path))).toEqual([410, expect.stringContaining('borttagen')]);
  expect(await refused(client.request('Patient/never-was'))).toEqual([404, expect.any(String)]);
  expect(await client.request(`${path}/_history/1`)).toMatchObject({ id: person.id });
  expect(await refused(clientWith('no-token').request(path))).toEqual([401, expect.any(String)]);
});
