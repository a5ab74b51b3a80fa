import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type AccessWorld, createAccessWorld, plan } from './access-world.ts';

let world: AccessWorld;
beforeAll(async () => {
  world = await createAccessWorld();
});
afterAll(() => world.api.close());

type Send = (id: string) => Promise<unknown>;
const change = [{ op: 'add', path: '/language', value: 'sv' }];
const type = 'application/json-patch+json';
const ask = (method: string, path: (id: string) => string, body?: (id: string) => object): Send => {
  return (id) =>
    world.ask('A', method, path(id), {
      ...(body && { body: body(id), ...(method === 'PATCH' && { type }) }),
    });
};
const bundled = (kind: string, url: (id: string) => string): Send =>
  ask(
    'POST',
    () => '',
    (id) => ({ resourceType: 'Bundle', type: kind, entry: [{ request: { method: 'GET', url: url(id) } }] }),
  );

const requests: Record<string, Send> = {
  read: ask('GET', (id) => `/CarePlan/${id}`),
  vread: ask('GET', (id) => `/CarePlan/${id}/_history/1`),
  history: ask('GET', (id) => `/CarePlan/${id}/_history`),
  'search by _id': ask('GET', (id) => `/CarePlan?_id=${id}`),
  'search by identifier': ask('GET', (id) => `/CarePlan?identifier=urn:test%7C${id}`),
  chain: ask('GET', (id) => `/CarePlan?encounter.identifier=urn:test%7C${id}`),
  provenance: ask('GET', (id) => `/Provenance?target=CarePlan/${id}`),
  update: ask(
    'PUT',
    (id) => `/CarePlan/${id}`,
    (id) => plan(id, 'p1'),
  ),
  patch: ask(
    'PATCH',
    (id) => `/CarePlan/${id}`,
    () => change,
  ),
  delete: ask('DELETE', (id) => `/CarePlan/${id}`),
  'conditional delete': ask('DELETE', (id) => `/CarePlan?identifier=urn:test%7C${id}`),
  'read in a batch': bundled('batch', (id) => `CarePlan/${id}`),
  'read in a transaction': bundled('transaction', (id) => `CarePlan/${id}`),
};

/** The statements that a request comes to, with the number of their values. */
async function statementsOf(send: Send, id: string): Promise<string[]> {
  const query = vi.spyOn(pg.Client.prototype, 'query');
  try {
    await send(id);
    return query.mock.calls.map(([asked]) => {
      const { text, values } = (typeof asked === 'string' ? { text: asked } : asked) as {
        text?: string;
        values?: unknown[];
      };
      return `${text} (${values?.length ?? 0})`;
    });
  } finally {
    query.mockRestore();
  }
}

describe('the time that an answer takes', () => {
  test.each(Object.entries(requests))(
    'attack 51: of the invisible and of the unknown is that of the same statements: %s',
    async (_name, send) => {
      await send('p2-plan');
      const [hidden, unknown] = [await statementsOf(send, 'p2-plan'), await statementsOf(send, 'never-was')];
      expect(hidden.length).toBeGreaterThan(0);
      expect(hidden).toEqual(unknown);
    },
  );

  test('attack 51: of the invisible lies within what answers differ by anyway', async () => {
    const { read } = requests;
    const times: Record<'hidden' | 'unknown', number[]> = { hidden: [], unknown: [] };
    const count = process.env.NARAVARD_FULL ? 5_000 : 300;
    // In turn and in pairs, so that whatever else the machine does meets both alike.
    for (let at = 0; at < count; at++) {
      for (const which of at % 2 ? (['hidden', 'unknown'] as const) : (['unknown', 'hidden'] as const)) {
        const start = performance.now();
        await read?.(which === 'hidden' ? 'p2-plan' : 'never-was');
        times[which].push(performance.now() - start);
      }
    }
    const [hidden, unknown] = [quartiles(times.hidden), quartiles(times.unknown)];
    const spread = unknown.upper - unknown.lower;
    expect(Math.abs(hidden.median - unknown.median), JSON.stringify({ hidden, unknown })).toBeLessThan(
      Math.max(spread, unknown.median / 4),
    );
  });
});

function quartiles(times: number[]) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.floor(sorted.length * part)] ?? 0;
  return { lower: at(0.25), median: at(0.5), upper: at(0.75) };
}
