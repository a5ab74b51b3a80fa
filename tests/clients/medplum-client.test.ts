import { MedplumClient, OperationOutcomeError } from '@medplum/core';
import type { Encounter, Patient } from '@medplum/fhirtypes';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PublicService, startService } from './service.ts';
import { carePlan, careTeam, encounter, patient, unit, visits } from './story.ts';

/** https://www.medplum.com/docs/sdk/core.medplumclient, told where the FHIR base is and given a token. */
let service: PublicService;
let client: MedplumClient;
beforeAll(async () => {
  service = await startService();
  client = clientWith(service.token);
});
afterAll(() => service.close());

const clientWith = (accessToken: string) =>
  new MedplumClient({
    baseUrl: new URL('/', service.base).href,
    fhirUrlPath: new URL(service.base).pathname.slice(1),
    accessToken,
    cacheTime: 0,
  });
/** What the client throws: it keeps the OperationOutcome and not the status. */
const refused = (asked: PromiseLike<unknown>) =>
  Promise.resolve(asked).then(
    () => undefined,
    (error) => (error instanceof OperationOutcomeError ? error.outcome.issue[0]?.code : error),
  );

test('writes a patient, a team and a plan, and finds them together', async () => {
  await client.updateResource({ ...unit, id: 'hemsjukvarden' });
  const person = await client.createResource(patient);
  const subject = `Patient/${person.id}`;
  const team = await client.createResource(careTeam(subject));
  const plan = await client.createResource(carePlan(subject, `CareTeam/${team.id}`));
  // As text, since a record holds a name once and it has a name for each value: _include twice.
  const together = await client.search(
    'CarePlan',
    `subject=${subject}&_include=CarePlan:care-team&_include=CarePlan:subject`,
  );
  expect(new Set(together.entry?.map(({ resource, search }) => `${search?.mode} ${resource?.id}`))).toEqual(
    new Set([`match ${plan.id}`, `include ${team.id}`, `include ${person.id}`]),
  );
  const plans = await client.searchResources('CarePlan', { subject });
  expect([plans.length, plans.bundle.type]).toEqual([1, 'searchset']);
  expect(await client.searchOne('CareTeam', { subject })).toMatchObject({ id: team.id });
  expect(await client.readReference(plan.subject)).toMatchObject({ id: person.id });
});

test('creates once and updates or creates, by a condition', async () => {
  const identifier = [{ system: 'urn:test:journal', value: 'medplum-1' }];
  const query = 'identifier=urn:test:journal|medplum-1';
  const person: Patient = { ...patient, identifier };
  const created = await client.upsertResource(person, query);
  expect(await client.createResourceIfNoneExist(person, query)).toMatchObject({ id: created.id });
  expect(await client.upsertResource({ ...person, birthDate: '1941-03-15' }, query)).toMatchObject({
    id: created.id,
    birthDate: '1941-03-15',
    meta: { versionId: '2' },
  });
});

test('changes what it wrote, and reads how it was', async () => {
  const person = await client.createResource(patient);
  const team = await client.createResource(careTeam(`Patient/${person.id}`));
  const operations = [{ op: 'replace' as const, path: '/name', value: 'Nytt team' }];
  expect(await client.patchResource('CareTeam', team.id, operations)).toMatchObject({ name: 'Nytt team' });
  expect(await client.readResource('CareTeam', team.id)).toMatchObject({ meta: { versionId: '2' } });
  expect(await client.readVersion('CareTeam', team.id, '1')).toMatchObject({ name: 'Team kring Astrid' });
  const history = await client.readHistory('CareTeam', team.id);
  expect(history.entry?.map(({ resource }) => resource?.name)).toEqual(['Nytt team', 'Team kring Astrid']);
  const unchanged = await client.updateResource(await client.readResource('CareTeam', team.id));
  expect(unchanged.name).toBe('Nytt team');
  const wrong = client.updateResource({ ...team, status: 'no such status' as 'active' });
  expect(await refused(wrong)).toBeTypeOf('string');
});

test('writes several at once, and goes through the pages', async () => {
  const person = await client.createResource(patient);
  const subject = `Patient/${person.id}`;
  const done = await client.executeBatch(visits(subject));
  expect(done).toMatchObject({ resourceType: 'Bundle', type: 'transaction-response' });
  expect(done.entry?.map(({ response }) => response?.status?.slice(0, 3))).toEqual(Array(5).fill('201'));
  const mixed = await client.executeBatch({
    resourceType: 'Bundle',
    type: 'batch',
    entry: [
      { request: { method: 'GET', url: `Encounter?subject=${subject}&_count=1` } },
      { request: { method: 'GET', url: 'Patient/never-was' } },
      { resource: encounter(subject, 16), request: { method: 'POST', url: 'Encounter' } },
    ],
  });
  expect(mixed.entry?.map(({ response }) => response?.status?.slice(0, 3))).toEqual(['200', '404', '201']);

  // The client adds a _count to links that have none.
  const visitsFound: Encounter[][] = [];
  for await (const page of client.searchResourcePages('Encounter', { subject, _count: 2, _sort: 'date' }))
    visitsFound.push(page);
  expect(visitsFound.map(({ length }) => length)).toEqual([2, 2, 2]);
  expect(new Set(visitsFound.flat().map(({ id }) => id)).size).toBe(6);
});

test('removes, and is told that it is gone, or never was', async () => {
  const { id } = await client.createResource(patient);
  await client.deleteResource('Patient', id);
  expect(await refused(client.readResource('Patient', id))).toBe('deleted');
  expect(await refused(client.readResource('Patient', 'never-was'))).toBe('not-found');
  expect(await client.readVersion('Patient', id, '1')).toMatchObject({ id });
});

test('asks whether a resource is valid, and for all of a patient', async () => {
  expect(await client.validateResource(patient)).toMatchObject({ resourceType: 'OperationOutcome' });
  const { id } = await client.createResource(patient);
  const team = await client.createResource(careTeam(`Patient/${id}`));
  const everything = await client.readPatientEverything(id);
  expect(everything.entry?.map(({ resource }) => resource?.id)).toEqual(
    expect.arrayContaining([id, team.id]),
  );
});
