import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AccessWorld, createAccessWorld, keysIn, type Persona, relatedToA } from './access-world.ts';

let world: AccessWorld;
beforeAll(async () => {
  world = await createAccessWorld();
});
afterAll(() => world.api.close());

const linkOf = async (as: Persona, path: string, wanted = 'next'): Promise<string> => {
  const { json } = await world.ask(as, 'GET', path);
  return json.link.find(({ relation }: { relation: string }) => relation === wanted)?.url ?? '';
};

const paths = [
  '/CarePlan?_count=1',
  '/CarePlan?_count=1&_sort=date',
  '/CarePlan/_history?_count=1',
  '/Patient/p1/CarePlan?_count=1',
];

describe('a page link', () => {
  test.each(paths)('attack 26: of another is refused, and so is an edited one: %s', async (path) => {
    const next = await linkOf('A', path);
    expect(next).toContain('_page=');
    expect(decodeURIComponent(next.split('?')[1] ?? '')).not.toMatch(/(^|[^\w-])(p1|a-plan)([^\w-]|$)/);
    for (const as of ['B', 'V', 'P1', 'S_A'] as const) {
      expect([as, (await world.ask(as, 'GET', next)).status]).toEqual([as, 400]);
    }
    const [address = '', token = ''] = next.split('_page=');
    const edited = [
      token.slice(0, -4),
      `${token}AAAA`,
      `${token.slice(0, 20)}${token[20] === 'A' ? 'B' : 'A'}${token.slice(21)}`,
      token.split('').reverse().join(''),
      '',
    ];
    for (const each of edited) {
      expect([each, (await world.ask('A', 'GET', `${address}_page=${each}`)).status]).toEqual([each, 400]);
    }
    expect((await world.ask('A', 'GET', `${next}&patient=p2`)).status).toBe(400);
    expect((await world.ask('A', 'GET', next.replace('CarePlan', 'Encounter'))).status).toBe(400);
  });

  test('attack 26: carries no right into another commission of the same person', async () => {
    const next = await linkOf('A', '/CarePlan?_count=1');
    expect(keysIn((await world.ask('A', 'GET', next)).json)).toHaveLength(1);
    expect(keysIn((await world.ask('A2', 'GET', next)).json)).toEqual([]);
  });

  test('attack 26: shows nothing when the relation has ended meanwhile, nor back to what was seen', async () => {
    const first = await world.ask('A', 'GET', '/CarePlan?patient=p3&_count=1');
    expect(keysIn(first.json)).toEqual(['CarePlan/p3-plan']);
    const links = [await linkOf('A', '/CarePlan?_count=1'), await linkOf('A', '/CarePlan?_count=1', 'self')];
    const onward = await world.ask('A', 'GET', links[0] ?? '');
    links.push(onward.json.link.find(({ relation }: { relation: string }) => relation === 'previous').url);
    for (const id of ['p1', 'p3']) await world.write('S_A', ...relatedToA(id, '2026-11-22'));
    expect((await world.ask('A', 'GET', '/CarePlan/p1-plan')).status).toBe(404);
    for (const link of links)
      expect([link, keysIn((await world.ask('A', 'GET', link)).json)]).toEqual([link, []]);
    for (const id of ['p1', 'p3']) await world.write('S_A', ...relatedToA(id));
  });
});
