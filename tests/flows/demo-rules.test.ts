import type { Bundle, OperationOutcomeIssue } from '@medplum/fhirtypes';
import { createTestDatabase, type TestDatabase } from '@naravard/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compose, type Service } from '../../services/all-in-one/src/compose.ts';
import { readConfig } from '../../services/all-in-one/src/config.ts';
import { bundle } from '../../services/all-in-one/src/sandbox/demo/load.ts';
import { type Chapter, story } from '../../services/all-in-one/src/sandbox/demo/story.ts';
import { storyTime } from '../../services/all-in-one/src/sandbox/demo/story-time.ts';
import { patientBatches, registerBatches } from '../../services/all-in-one/src/seed/batches.ts';
import { ANCHOR } from '../../services/all-in-one/src/seed/patient-records.ts';
import { temporaryFolder } from '../services/service-process.ts';

const folder = temporaryFolder();
let database: TestDatabase;
let service: Service;

/** What was said of a resource that was stored. */
type Said = [resource: string, issues: OperationOutcomeIssue[]];

async function send({ writer, resources }: Chapter): Promise<Said[]> {
  const answer = await service.app.inject({
    method: 'POST',
    url: '/fhir',
    headers: {
      authorization: `Bearer ${await service.issuer?.sign(writer)}`,
      'content-type': 'application/fhir+json',
      prefer: 'return=OperationOutcome',
    },
    payload: JSON.stringify(bundle(resources)),
  });
  expect(answer.statusCode, answer.body).toBe(200);
  const { entry = [] } = JSON.parse(answer.body) as Bundle;
  return entry.map(({ response }, index) => {
    const { issue = [] } = (response?.outcome ?? {}) as { issue?: OperationOutcomeIssue[] };
    return [`${resources[index]?.resourceType}/${resources[index]?.id}`, issue];
  });
}

beforeAll(async () => {
  database = await createTestDatabase();
  service = await compose(
    readConfig({ DATABASE_URL: database.url, DATA_DIR: folder.path, LOG_LEVEL: 'error' }),
  );
});
afterAll(async () => {
  await service.app.close();
  await database.drop();
  folder.remove();
});

it('The demo data keeps every rule and profile: each resource is stored, and nothing is noted about it', async () => {
  await checkAll(story(storyTime(new Date())));
});

it('So does the seed, whatever day it is sent on', async () => {
  await checkAll([...registerBatches(1), ...patientBatches(1, 40, ANCHOR)]);
}, 60_000);

async function checkAll(chapters: readonly Chapter[]): Promise<void> {
  const said: Said[] = [];
  for (const chapter of chapters) said.push(...(await send(chapter)));
  expect(said.length).toBe(chapters.flatMap(({ resources }) => resources).length);
  expect(said.filter(([, issues]) => issues.length === 0)).toEqual([]);
  expect(said.filter(([, issues]) => issues.some(isNote))).toEqual([]);
  expect((await database.pool.query(nowhere)).rows).toEqual([]);
}

/**
 * What another organisation keeps is to a system as if it were not there, and who has no entry in the directory is named by
 * identifier: to refer to them is noted, and no more.
 */
const isNote = ({ severity, diagnostics = '' }: OperationOutcomeIssue): boolean =>
  severity !== 'information' && !/leads nowhere|is to one version|identifier does not lead/.test(diagnostics);

const nowhere = `select distinct x.target_type, x.target from reference x where x.target_type is not null and x.target_type not in ('AuditEvent', 'Provenance')
  and not exists (select from resource r where r.type = x.target_type and r.id = x.target and not r.deleted)`;
