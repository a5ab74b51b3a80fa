import { rightsOf } from '@naravard/access';
import { loadDefinitions } from '@naravard/fhir';
import { createTestApp, everyType, type TestApp } from '@naravard/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linesOf } from '../conformance/exported-file.ts';
import { checkAudit } from './routes/audit.ts';
import { tokenOf } from './routes/cast.ts';
import { indexedOf, queryOf } from './routes/indexed.ts';
import { load, writtenAt } from './routes/load.ts';
import { types } from './routes/questions.ts';
import { keysIn, Session, versionsIn } from './routes/session.ts';
import { isDeleted, keyOf, lastOf } from './routes/told.ts';
import { Visible } from './routes/visible.ts';
import { type Asked, type World, world } from './routes/world.ts';

const worlds = fc.sample(world(8, 3), { seed: 7, numRuns: process.env.NARAVARD_FULL ? 20 : 1 });

const questions = [
  'EpisodeOfCare?patient={p}',
  'Patient?_id={p}',
  'Consent?patient={p}',
  'CarePlan?patient={p}',
  'Encounter?patient={p}',
  'Observation?status=final',
  'CarePlan?status=active',
  'Encounter?class=HH,AMB',
] as const;

/** When answers are fetched: most relations of the worlds have ended by the second. */
const laterInstants = ['2026-11-05T12:00:01.000Z', '2026-12-24T15:00:00.000Z'] as const;

const later = { prefer: 'respond-async' };
let found = 0;
let leftOut = 0;

test.each(worlds.map((each, index) => [index, each] as const))(
  'what is fetched later is what was found then and the decision lets be seen now, and the audit tells of it: world %i',
  async (index, each: World) => {
    const clock = { at: writtenAt };
    const api = await createTestApp({
      rights: (actor) => rightsOf(actor, clock.at),
      modules: [everyType(loadDefinitions())],
    });
    try {
      await load(api, each);
      const { rows } = await api.database.pool.query<{ key: string; at: Date }>(
        `select type || '/' || id as key, last_updated as at from resource`,
      );
      const indexed = indexedOf(each.docs, new Map(rows.map(({ key, at }) => [key, at.toISOString()])));
      for (const [number, asked] of each.asked.entries()) {
        const fetching = { ...asked, at: laterInstants[number % laterInstants.length] ?? asked.at };
        const before = new Visible(each, indexed, asked);
        const now = new Visible(each, indexed, fetching);
        const session = new Session(
          api,
          await tokenOf(api.issuer, asked.caller, 'rs'),
          `x${index}.${number}`,
          fetching,
          now,
          number,
        );
        const turn: Turn = { api, session, before, clock, asking: asked, fetching };
        for (const question of session.some(questions, 2)) await search(turn, question);
        await exported(turn);
        await checkAudit(api, session);
        expect(session.differences.map((difference) => `${JSON.stringify(asked)} ${difference}`)).toEqual([]);
      }
    } finally {
      await api.close();
    }
  },
  240_000,
);

test('the worlds have what is found then and not seen now', () => {
  expect(found).toBeGreaterThan(20);
  expect(leftOut).toBeGreaterThan(0);
});

interface Turn {
  readonly api: TestApp;
  readonly session: Session;
  /** What could be seen when it was asked for. */
  readonly before: Visible;
  readonly clock: { at: string };
  readonly asking: Asked;
  readonly fetching: Asked;
}

/** What was found and is seen now, in the version that was found. */
function seenNow({ session: { visible }, before }: Turn, keys: readonly string[]): string[] {
  const seen = keys.filter((key) => {
    const doc = before.of(key);
    return doc !== undefined && visible.sees(doc, doc.versions.length);
  });
  found += seen.length;
  leftOut += keys.length - seen.length;
  return seen;
}

async function search(turn: Turn, question: string): Promise<void> {
  const { api, session, before, clock, asking, fetching } = turn;
  const text = question.replaceAll('{p}', session.patient);
  const [type = '', query = ''] = text.split('?');
  clock.at = asking.at;
  const { headers, status } = await session.ask('GET', `/${text}&_count=1000`, undefined, later);
  session.equal(question, status, 202);
  await api.app.jobs.finish();
  clock.at = fetching.at;
  const answer = await session.ask('GET', String(headers['content-location']));
  const bundle = answer.json?.entry[0].resource;
  session.same(question, keysIn(bundle), seenNow(turn, before.found(queryOf([type], query))));
  session.note(question, answer, versionsIn(bundle));
}

async function exported(turn: Turn): Promise<void> {
  const { api, session, before, clock, asking, fetching } = turn;
  const { caller } = asking;
  clock.at = asking.at;
  const { headers, status } = await session.ask(
    'GET',
    `/$export?_type=Patient,${types.join(',')}`,
    undefined,
    later,
  );
  const isExporter =
    caller.kind === 'administrator' || (caller.kind === 'system' && caller.onBehalfOf === null);
  session.equal('$export', status, isExporter ? 202 : 403);
  if (!isExporter) return;
  await api.app.jobs.finish();
  clock.at = fetching.at;
  const address = String(headers['content-location']);
  const manifest = await session.ask('GET', address);
  // It shows nothing of anybody, and leaves no row.
  session.requests.pop();
  const files = manifest.json.output as { type: string; url: string; count: number }[];
  const token = await tokenOf(api.issuer, caller, 'rs');
  const lines = await Promise.all(files.map(({ url }) => linesOf(api, url, token)));
  const shown = lines.flatMap((file) => file ?? []).map((each) => `${each.resourceType}/${each.id}`);
  const wanted = before.docs.filter(
    (doc) =>
      ['Patient', ...types].includes(doc.type) && !isDeleted(doc) && lastOf(doc).resource && before.sees(doc),
  );
  session.same('$export', shown, seenNow(turn, wanted.map(keyOf)));
}
