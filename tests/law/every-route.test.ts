import { grounds, rightsOf } from '@naravard/access';
import { loadDefinitions } from '@naravard/fhir';
import { createTestApp, everyType, type TestApp } from '@naravard/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { around, aroundModule } from './routes/around.ts';
import { checkAudit } from './routes/audit.ts';
import { byId, histories } from './routes/by-id.ts';
import { tokenOf } from './routes/cast.ts';
import { conditions, provenance, transactions, writesById } from './routes/conditions.ts';
import { everything } from './routes/everything.ts';
import { indexedOf } from './routes/indexed.ts';
import { load, writtenAt } from './routes/load.ts';
import { ofResources } from './routes/of-resources.ts';
import { pages, searches } from './routes/searches.ts';
import { Session } from './routes/session.ts';
import { Visible } from './routes/visible.ts';
import { type World, world } from './routes/world.ts';

/** Worlds of 24 callers, 8 s each: 2,000 cases in the full run. */
const numRuns = Number(process.env.EVERY_ROUTE_WORLDS ?? (process.env.NARAVARD_FULL ? 84 : 3));
const worlds = fc.sample(world(8, 3), { seed: 4, numRuns });
/** Every way to ask, with what the token lets it do; they ask side by side. */
const routes: readonly (readonly ['rs' | 'cruds', (session: Session) => Promise<void>])[] = [
  ['rs', byId],
  ['rs', histories],
  ['rs', searches],
  ['rs', pages],
  ['rs', around],
  ['rs', everything],
  ['rs', ofResources],
  ['rs', conditions],
  ['rs', transactions],
  ['rs', provenance],
  ['cruds', writesById],
];
const met = new Set<string>();
const found = new Map<string, number>();

test.each(worlds.map((each, index) => [index, each] as const))(
  'what is seen by every route is what the decision lets be seen, and the audit tells of it: world %i',
  async (index, each: World) => {
    const clock = { at: writtenAt };
    const api = await createTestApp({
      rights: (actor) => rightsOf(actor, clock.at),
      modules: [everyType(loadDefinitions()), aroundModule],
    });
    try {
      await load(api, each);
      const state = await stateOf(api);
      const indexed = indexedOf(each.docs, state.lastUpdated);
      const differences: string[] = [];
      for (const [number, asked] of each.asked.entries()) {
        clock.at = asked.at;
        const visible = new Visible(each, indexed, asked);
        const told = JSON.stringify(asked);
        const sessions = await Promise.all(
          routes.map(async ([may, ask], route) => {
            const token = await tokenOf(api.issuer, asked.caller, may);
            const turn = index * 100 + number;
            const session = new Session(api, token, `w${index}.${number}.${route}`, asked, visible, turn);
            await ask(session);
            if (may === 'rs') await checkAudit(api, session);
            return session;
          }),
        );
        differences.push(
          ...sessions.flatMap(({ differences }) => differences).map((each) => `${told} ${each}`),
        );
        for (const doc of each.docs) met.add(visible.decision(doc).reason);
        for (const [question, count] of sessions.flatMap((session) => [...session.found]))
          found.set(question, (found.get(question) ?? 0) + count);
      }
      expect(differences).toEqual([]);
      expect((await stateOf(api)).lastUpdated).toEqual(state.lastUpdated);
    } finally {
      await api.close();
    }
  },
  240_000,
);

/** When each resource was last changed. */
async function stateOf({ database }: TestApp): Promise<{ lastUpdated: Map<string, string> }> {
  const { rows } = await database.pool.query<{ key: string; at: Date }>(
    `select type || '/' || id as key, last_updated as at from resource`,
  );
  return { lastUpdated: new Map(rows.map(({ key, at }) => [key, at.toISOString()])) };
}

test('the worlds meet most grounds, many worlds all of them, and most questions find something', () => {
  const missed = Object.keys(grounds).filter((ground) => !met.has(ground));
  expect(missed.length).toBeLessThanOrEqual(numRuns < 8 ? 8 : 0);
  const empty = [...found.values()].filter((count) => count === 0).length;
  expect(empty).toBeLessThan(found.size / 2);
});
