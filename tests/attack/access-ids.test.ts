import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AccessWorld, createAccessWorld, type Persona, plan } from './access-world.ts';

let world: AccessWorld;
beforeAll(async () => {
  world = await createAccessWorld();
});
afterAll(() => world.api.close());

const never = 'never-was';
const conditions: Record<string, string>[] = [{}, { 'if-match': 'W/"1"' }, { 'if-match': 'W/"7"' }, { 'if-none-match': '*' }];

/** Status, bytes and headers that tell of versions, for an id that another organisation has and for one that nobody has. */
async function both(as: Persona, method: string, path: string, body: (id: string) => object | undefined, headers = {}) {
  const answer = async (id: string) => {
    const sent = body(id);
    const { status, text, headers: got } = await world.ask(as, method, `${path}${id}`, {
      headers,
      ...(sent && { body: sent, ...(Array.isArray(sent) && { type: 'application/json-patch+json' }) }),
    });
    return { status, text: text.replaceAll(id, '{id}'), etag: got.etag, location: got.location };
  };
  return [await answer('p2-plan'), await answer(never)] as const;
}

describe('an id that another organisation has', () => {
  test.each(['A', 'S_A', 'P1', 'G', 'administrator'] as const)(
    'attack 41: is answered as one that nobody has, to %s who may not choose ids',
    async (as) => {
      const claims = { may_choose_ids: false };
      for (const headers of conditions) {
        const answer = async (id: string) => {
          const { status, text } = await world.ask(as, 'PUT', `/CarePlan/${id}`, { body: plan(id, 'p1'), headers, claims });
          return [status, text.replaceAll(id, '{id}')];
        };
        expect(await answer('p2-plan')).toEqual(await answer(never));
      }
    },
  );

  test.each(['A', 'S_A', 'S_B_by_post'] as const)(
    'attack 41: tells %s nothing by PATCH, DELETE, read or conditions',
    async (as) => {
      const id = as === 'S_B_by_post' ? 'a-plan' : 'p2-plan';
      const change = [{ op: 'replace', path: '/status', value: 'revoked' }];
      for (const [method, body] of [['PATCH', change], ['DELETE', undefined], ['GET', undefined]] as const) {
        for (const headers of conditions.slice(0, 3)) {
          const answer = async (asked: string) => {
            const { status, text, headers: got } = await world.ask(as, method, `/CarePlan/${asked}`, {
              headers,
              ...(body && { body, type: 'application/json-patch+json' }),
            });
            return [status, text.replaceAll(asked, '{id}'), got.etag];
          };
          expect(await answer(id)).toEqual(await answer(never));
        }
      }
    },
  );

  test('attack 41: is refused to a system that may choose ids, which tells it that the id is taken and no more', async () => {
    const [taken] = await both('S_A', 'PUT', '/CarePlan/', (id) => (id === never ? undefined : plan(id, 'p1')));
    expect(taken.status).toBe(403);
    expect([taken.etag, taken.location]).toEqual([undefined, undefined]);
    expect(taken.text).not.toMatch(/p2|SE0000000004|Namn/);
    const matching = await both('S_A', 'PUT', '/CarePlan/', (id) => plan(id, 'p1'), { 'if-match': 'W/"1"' });
    expect(matching[0]).toEqual(matching[1]);
    const creating = await world.ask('S_A', 'PUT', '/CarePlan/p2-plan', { body: plan('p2-plan', 'p1'), headers: { 'if-none-match': '*' } });
    expect([creating.status, creating.headers.etag]).toEqual([403, undefined]);
    const { json } = await world.ask('S_B', 'GET', '/CarePlan/p2-plan');
    expect([json.meta.versionId, json.subject.reference]).toEqual(['1', 'Patient/p2']);
  });

  test('attack 41: which was tried stands in the audit of who has it', async () => {
    await world.ask('S_A', 'PUT', '/CarePlan/p2-plan', { body: plan('p2-plan', 'p1') });
    const { rows } = await world.api.database.pool.query(
      `select outcome, reason, patient, custodians, organisation from audit where interaction = 'update' and targets = '{CarePlan/p2-plan}' order by at desc limit 1`,
    );
    expect(rows).toEqual([
      { outcome: 4, reason: 'out-of-scope', patient: 'p2', custodians: ['vg:SE0000000004-A'], organisation: 'vg:SE0000000001-A' },
    ]);
  });
});
