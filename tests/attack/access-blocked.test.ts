import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AccessWorld, createAccessWorld, type Persona, secret } from './access-world.ts';

let world: AccessWorld;
beforeAll(async () => {
  world = await createAccessWorld();
});
afterAll(() => world.api.close());

/** A of another vårdgivare, against whom the outer spärr stands; V of another unit of the same, against whom the inner does. */
const kept: readonly Persona[] = ['A', 'V'];

describe('what a spärr keeps', () => {
  test.each(kept)(
    'attack 46: is absent when %s takes all there is about the person, by whatever route',
    async (as) => {
      const { ask, found } = world;
      const open = 'CarePlan/p1-refers';
      const routes = [
        '/Patient/p1/*?_count=1000',
        '/Patient?_id=p1&_revinclude=Encounter:patient&_revinclude=CarePlan:subject&_revinclude=Consent:patient',
        '/CarePlan?patient=p1&_include=*&_include:iterate=*&_revinclude=*',
        '/?_type=CarePlan,Encounter,Consent&_count=1000',
        '/_history?_count=1000',
        '/CarePlan/_history?_count=1000',
      ];
      for (const route of routes) {
        expect(await found(as, route), route).toContain(open);
        expect((await ask(as, 'GET', route)).text, route).not.toMatch(secret);
      }
    },
  );

  test('attack 46: is there for the unit that wrote it, and for the person', async () => {
    for (const as of ['W', 'P1'] as const) {
      const all = await world.found(as, '/Patient/p1/*?_count=1000');
      expect(all, as).toContain('Encounter/p1-secret');
      expect((await world.ask(as, 'GET', '/CarePlan/p1-refers')).json.encounter.display, as).toBe(
        'Hemligt samtal',
      );
    }
  });

  test('attack 46: shows nobody but its keeper and the person that it is there', async () => {
    const blocks = '/Consent?patient=p1&category=sparr-yttre,sparr-inre';
    for (const as of ['A', 'V'] as const) expect(await world.found(as, blocks), as).toEqual([]);
    for (const as of ['W', 'P1'] as const) {
      expect(await world.found(as, blocks), as).toEqual(['Consent/p1-inner', 'Consent/p1-outer']);
    }
  });

  test.each(kept)(
    'attack 46: stands in no reference, display, contained resource or narrative that %s reads',
    async (as) => {
      const routes = [
        ['GET', '/CarePlan/p1-refers'],
        ['GET', '/CarePlan/p1-refers/_history/1'],
        ['GET', '/CarePlan/p1-refers/_history'],
        ['GET', '/CarePlan?_id=p1-refers'],
        ['GET', '/CarePlan?_id=p1-refers&_elements=encounter,supportingInfo'],
        ['GET', '/CarePlan?_id=p1-refers&_summary=text'],
        ['GET', '/Encounter?_id=p1-next'],
        ['GET', '/Encounter?_id=p1-visit&_revinclude=CarePlan:encounter'],
      ] as const;
      for (const [method, path] of routes) {
        const { status, text } = await world.ask(as, method, path);
        expect([path, status]).toEqual([path, 200]);
        expect(text, path).not.toMatch(secret);
      }
      const { json } = await world.ask(as, 'GET', '/CarePlan/p1-refers');
      expect(json.encounter.extension[0].valueCode).toBe('masked');
      expect(json.supportingInfo).toEqual([
        { reference: '#inside' },
        { reference: 'Encounter/p1-visit', display: 'Öppet besök' },
      ]);
    },
  );

  test.for(
    [
      '/CarePlan?encounter=Encounter/p1-secret',
      '/CarePlan?encounter=p1-secret',
      '/CarePlan?encounter:identifier=urn:test|p1-secret',
      '/CarePlan?_filter=encounter eq "Encounter/p1-secret"',
      '/Encounter/p1-secret/CarePlan',
      '/Encounter?part-of=Encounter/p1-secret',
      '/CarePlan?_text=hemligt',
      '/CarePlan?_content=hemligt',
    ].flatMap((path) => kept.map((as) => [as, path] as const)),
  )('attack 46: %s does not find by %s what refers to it', async ([as, path]) => {
    expect(await world.found(as, path)).toEqual([]);
  });

  test('attack 46: no chain, include or other version is a way to what is masked', async () => {
    for (const as of kept) {
      expect(await world.found(as, '/CarePlan?encounter.status=finished'), as).toEqual([]);
      expect(await world.found(as, '/CarePlan?encounter:Encounter._id=p1-secret'), as).toEqual([]);
      const included = await world.found(as, '/CarePlan?_id=p1-refers&_include=CarePlan:encounter');
      expect(included, as).toEqual(['CarePlan/p1-refers']);
    }
  });

  test('attack 46: stands in no entry of a Bundle', async () => {
    for (const type of ['batch', 'transaction']) {
      const entry = ['CarePlan/p1-refers', 'CarePlan?patient=p1', 'Encounter?patient=p1'].map((url) => ({
        request: { method: 'GET', url },
      }));
      const { status, text } = await world.ask('A', 'POST', '', {
        body: { resourceType: 'Bundle', type, entry },
      });
      expect([type, status]).toEqual([type, 200]);
      expect(text, type).not.toMatch(secret);
    }
  });
});

describe('what the service says of itself and of mistakes', () => {
  test('echoes nothing that is stored and hidden', async () => {
    const { ask } = world;
    const requests: [string, string, object?][] = [
      ['GET', '/metadata'],
      ['GET', '/CarePlan/p1-secret-plan'],
      ['GET', '/CarePlan/p1-secret-plan?_elements=nonsense'],
      ['GET', '/CarePlan?encounter.identifier=urn:test|p1-secret&nonsense=1'],
      ['GET', '/CarePlan?_filter=description co "Hemlig'],
      [
        'PUT',
        '/CarePlan/p1-secret-plan',
        { resourceType: 'CarePlan', id: 'p1-secret-plan', status: 'nonsense' },
      ],
      [
        'POST',
        '/CarePlan/$validate',
        { resourceType: 'CarePlan', id: 'x', encounter: { reference: 'Encounter/p1-secret' } },
      ],
      ['POST', '/Patient/p1/$svod-status', {}],
    ];
    for (const [method, path, body] of requests) {
      const { text } = await ask('A', method, path, { ...(body && { body }) });
      // Of what was sent the ids and the name of the parameter may come back.
      expect(text.replaceAll('p1-secret', ''), path).not.toMatch(secret);
    }
    for (const url of ['/livez', '/readyz', '/docs', '/openapi.json', '/metrics']) {
      const { body } = await world.api.app.inject({ method: 'GET', url });
      expect(body, url).not.toMatch(secret);
    }
  });

  test('a patch tells nothing of what is hidden, whatever it tests', async () => {
    const type = 'application/json-patch+json';
    const answers = await Promise.all(
      ['Hemlig plan', 'Annan plan'].map(async (value) => {
        const body = [{ op: 'test', path: '/description', value }];
        const { status, text } = await world.ask('A', 'PATCH', '/CarePlan/p1-secret-plan', { body, type });
        return [status, text];
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.[0]).toBe(404);
  });
});
