import type { PersonaId } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { astrid, createWorld, parameters, plan, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.api.close());

const opening = { reason: 'Medvetslös i ambulansen', dangerStated: true, relationAttested: true };
const blocker = { organisation: { identifier: 'SE0000000001-A' }, reason: 'Akut, behöver listan' };
type Sent = Parameters<typeof parameters>[0];

describe('an operation tells nobody without a relation that there is such a person', () => {
  const ask = async (as: PersonaId, name: string, sent: Sent, patient: string) => {
    const { status, text } = await world.operate(name, sent, as, patient);
    return { status, text };
  };

  test.each<[PersonaId, string, Sent, number]>([
    ['psykiatri', '$samtycke', { answer: 'ja' }, 404],
    ['psykiatri', '$informera', {}, 404],
    ['psykiatri', '$sparra', { reach: 'inre' }, 404],
    ['psykiatri', '$hav-sparr', { sparr: { reference: 'Consent/x' } }, 404],
    ['psykiatri', '$begar-havning', blocker, 404],
    ['lakare-privat', '$samtycke', { answer: 'ja' }, 404],
    ['lakare-privat', '$sparra', { reach: 'yttre' }, 404],
    ['lakare-privat', '$nodoppning', opening, 403],
    ['lakare-privat', '$begar-havning', blocker, 403],
  ])('%s with %s', async (as, name, sent, status) => {
    const known = await ask(as, name, sent, astrid);
    expect(known.status).toBe(status);
    expect(known).toEqual(await ask(as, name, sent, 'nobody-here'));
  });

  test('nor by $svod-status to who takes no part in the sharing', async () => {
    const [known, unknown] = await Promise.all(
      [astrid, 'nobody-here'].map((id) =>
        world.api.ask('GET', `/Patient/${id}/$svod-status`, { as: 'lakare-privat' }),
      ),
    );
    expect([known?.status, known?.text]).toEqual([403, unknown?.text]);
    expect(unknown?.status).toBe(403);
  });

  test('nor by $avvikande-mening', async () => {
    const record = await world.send(plan(astrid, 'Plan'), 'journalsystem');
    const [known, unknown] = await Promise.all(
      [record, 'CarePlan/nobody-here'].map((key) =>
        world.api.ask('POST', `/${key}/$avvikande-mening`, {
          as: 'psykiatri',
          body: parameters({ text: 'Stämmer inte' }),
        }),
      ),
    );
    expect([known?.status, known?.text]).toEqual([404, unknown?.text]);
  });
});

describe('an operation is held to the scopes of the token', () => {
  const asked = async (claims: object, name: string, sent: Sent) => {
    const token = await world.api.issuer.token('lakare-vardcentral', { ...claims });
    const { status } = await world.api.ask('POST', `/Patient/${astrid}/${name}`, {
      as: null,
      body: parameters(sent),
      headers: { authorization: `Bearer ${token}` },
    });
    return status;
  };
  const narrow = { scope: 'user/CarePlan.cruds user/Consent.rs' };

  test.each<[string, Sent]>([
    ['$samtycke', { answer: 'ja' }],
    ['$informera', {}],
    ['$nodoppning', opening],
    ['$begar-havning', blocker],
    ['$hav-sparr', { sparr: { reference: 'Consent/x' } }],
  ])('%s', async (name, sent) => expect(await asked(narrow, name, sent)).toBe(403));

  test('also where nothing is written, as by a spärr that stands', async () => {
    expect(await asked({}, '$sparra', { reach: 'inre' })).toBe(200);
    expect(await asked({}, '$sparra', { reach: 'inre' })).toBe(200);
    expect(await asked(narrow, '$sparra', { reach: 'inre' })).toBe(403);
  });
});
