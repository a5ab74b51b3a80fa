import { loadDefinitions } from '@naravard/fhir';
import { createTestApp, type TestApp } from '@naravard/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { interactionsWith, operations } from '../../libs/rest/src/interactions/table.ts';
import { allModules, ownGuide } from '../../services/all-in-one/src/modules.ts';
import { seeds } from './fuzz-bodies.ts';
import type { Told } from './fuzz-queries.ts';
import { type FuzzRequest, requestTo, type Served } from './fuzz-requests.ts';
import { complaintsOf, memory, watchedLog } from './fuzz-watch.ts';
import { careTeam, encounter, patient } from './resources.ts';

const wanted = Number(process.env.FUZZ_REQUESTS ?? (process.env.NARAVARD_FULL === '1' ? 20_000 : 1_500));
const seed = Number(process.env.FUZZ_SEED ?? 20261123);
console.log(`tests/conformance/fuzz-routes.test.ts: ${wanted} requests, seed ${seed}`);

const modules = allModules(loadDefinitions());
const ofModules = modules.flatMap(({ operations = [] }) => operations);
const interactions = [...interactionsWith(ofModules), ...operations, ...ofModules];
const log = watchedLog();
let fhir: TestApp;
beforeAll(async () => {
  const logger = { level: 'info', stream: log.stream };
  fhir = await createTestApp({ modules, guide: ownGuide(), logger });
});
afterAll(() => fhir.close());

/** As the service itself tells it. */
async function servedBy(): Promise<Served> {
  const { json: statement } = await fhir.ask('GET', '/metadata');
  const { json: definitions } = await fhir.ask('GET', '/OperationDefinition?_count=1000');
  type Definition = { code: string; parameter?: (Told & { use: string })[] };
  const searched = (statement.rest[0].resource as { type: string; searchParam?: Told[] }[]).map(
    ({ type, searchParam = [] }) => [type, searchParam] as const,
  );
  const defined = (definitions.entry as { resource: Definition }[]).map(
    ({ resource: { code, parameter = [] } }) =>
      [
        code,
        parameter.filter(({ use }) => use === 'in').map(({ name, type = '' }) => ({ name, type })),
      ] as const,
  );
  return { interactions, searchParameters: new Map(searched), operations: new Map(defined) };
}

/** What the requests may find; put back now and then, since some of them remove it. */
async function putBack(): Promise<void> {
  const found: { resourceType: string; id?: string; [element: string]: unknown }[] = [
    patient({ id: 'fuzz-1', identifier: [{ system: 'urn:test', value: 'a' }] }),
    patient({ id: 'fuzz-2' }),
    careTeam('Patient/fuzz-1', { id: 'fuzz-1' }),
    encounter('Patient/fuzz-1', '2026-11-23T10:00:00+01:00', { id: 'fuzz-1' }),
    careTeam('Patient/fuzz-1', { id: 'fuzz-2', status: 'inactive' }),
    {
      ...careTeam('Patient/fuzz-1', { id: 'fuzz-1' }),
      resourceType: 'CarePlan',
      intent: 'plan',
      name: undefined,
    },
    { resourceType: 'Organization', id: 'fuzz-1', name: 'Testby' },
    ...['CodeSystem', 'ValueSet'].flatMap((type) =>
      seeds.filter(({ resourceType }) => resourceType === type).map((seed) => ({ ...seed, id: 'fuzz-1' })),
    ),
  ];
  for (const body of found) {
    const as = /^(CodeSystem|ValueSet)$/.test(body.resourceType) ? 'administrator' : 'journalsystem';
    const { status, text } = await fhir.ask('PUT', `/${body.resourceType}/${body.id}`, { as, body });
    expect([200, 201], text).toContain(status);
  }
}

const statuses = new Map<number, number>();

async function complaintsAbout(request: FuzzRequest): Promise<string[]> {
  const { as, method, path, headers, body } = request;
  const answer = await fhir.ask(method, path, { as, headers, body });
  statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
  const complaints = complaintsOf(answer, method);
  return [...complaints, ...log.complaints.splice(0)].map((each) => `${each}: ${JSON.stringify(request)}`);
}

test('whatever is asked, by any route, there is no failure of the service, no word too many and no leak', async () => {
  const arbitrary = requestTo(await servedBy());
  const complaints: string[] = [];
  const batch = 250;
  let warm: ReturnType<typeof memory> | undefined;
  for (let at = 0; at < wanted; at += batch) {
    await putBack();
    const requests = fc.sample(arbitrary, { seed: seed + at, numRuns: batch });
    for (const request of requests) complaints.push(...(await complaintsAbout(request)));
    if (at >= wanted / 3) warm ??= memory();
  }
  const after = memory();
  const grown = {
    heap: (after.heap - (warm?.heap ?? 0)) / 1e6,
    process: (after.process - (warm?.process ?? 0)) / 1e6,
  };
  console.log(JSON.stringify({ statuses: Object.fromEntries(statuses), grown }));
  expect.soft(complaints.slice(0, 20)).toEqual([]);
  expect.soft(statuses.get(200) ?? 0, 'enough gets through').toBeGreaterThan(wanted / 20);
  expect.soft(grown.heap, 'MB of the heap').toBeLessThan(32);
  expect.soft(grown.process, 'MB of the process').toBeLessThan(150);
  expect((await fhir.ask('GET', '/Patient/fuzz-2')).status).toBeLessThan(500);
  expect((await fhir.app.inject({ url: '/readyz' })).statusCode).toBe(200);
}, 1_800_000);
