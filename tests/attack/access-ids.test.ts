import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AccessWorld, createAccessWorld, plan } from './access-world.ts';

let world: AccessWorld;
beforeAll(async () => {
  world = await createAccessWorld();
});
afterAll(() => world.api.close());

const never = 'never-was';
const conditions: Record<string, string>[] = [
  {},
  { 'if-match': 'W/"1"' },
  { 'if-match': 'W/"7"' },
  { 'if-none-match': '*' },
];

describe('an id that another organisation has', () => {
  test.each(['A', 'S_A', 'P1', 'G', 'administrator'] as const)(
    'attack 41: is answered as one that nobody has, to %s who may not choose ids',
    async (as) => {
      const claims = { may_choose_ids: false };
      for (const headers of conditions) {
        const answer = async (id: string) => {
          const { status, text } = await world.ask(as, 'PUT', `/CarePlan/${id}`, {
            body: plan(id, 'p1'),
            headers,
            claims,
          });
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
      for (const [method, body] of [
        ['PATCH', change],
        ['DELETE', undefined],
        ['GET', undefined],
      ] as const) {
        for (const headers of conditions.slice(0, 3)) {
          const answer = async (asked: string) => {
            const {
              status,
              text,
              headers: got,
            } = await world.ask(as, method, `/CarePlan/${asked}`, {
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
    const put = (id: string, headers: Record<string, string>) =>
      world.ask('S_A', 'PUT', `/CarePlan/${id}`, { body: plan(id, 'p1'), headers });
    for (const headers of [{}, { 'if-none-match': '*' }] as Record<string, string>[]) {
      const taken = await put('p2-plan', headers);
      expect([taken.status, taken.headers.etag, taken.headers.location]).toEqual([403, undefined, undefined]);
      expect(taken.text).not.toMatch(/p2|SE0000000004|Namn/);
    }
    const matching = { 'if-match': 'W/"1"' };
    const [taken, free] = [await put('p2-plan', matching), await put(never, matching)];
    expect([taken.status, taken.text]).toEqual([free.status, free.text]);
    const { json } = await world.ask('S_B', 'GET', '/CarePlan/p2-plan');
    expect([json.meta.versionId, json.subject.reference]).toEqual(['1', 'Patient/p2']);
  });

  test('attack 41: which was tried stands in the audit of who has it', async () => {
    await world.ask('S_A', 'PUT', '/CarePlan/p2-plan', { body: plan('p2-plan', 'p1') });
    const { rows } = await world.api.database.pool.query(
      `select outcome, reason, patient, custodians, organisation from audit where interaction = 'update' and targets = '{CarePlan/p2-plan}' order by at desc limit 1`,
    );
    expect(rows).toEqual([
      {
        outcome: 4,
        reason: 'out-of-scope',
        patient: 'p2',
        custodians: ['vg:SE0000000004-A'],
        organisation: 'vg:SE0000000001-A',
      },
    ]);
  });
});
