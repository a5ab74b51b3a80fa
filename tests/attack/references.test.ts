import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AccessWorld, createAccessWorld, type Persona, plan } from './access-world.ts';

// Writing a reference asks whether something is there: the answer about what is hidden is that about what is absent.

let world: AccessWorld;
beforeAll(async () => {
  world = await createAccessWorld({ references: { policy: 'warn', bases: [] } });
});
afterAll(() => world.api.close());

const absent: Readonly<Record<string, string>> = {
  Encounter: 'Encounter/p1-absent',
  CarePlan: 'CarePlan/p1-absent-plan',
  Patient: 'Patient/p9',
};

const withPlace = (of: string, over: object) => {
  const { id: _id, ...body } = plan('new', of, over) as Record<string, unknown>;
  return body;
};

/** Who must not learn of what: the hidden resource, and where a reference to it is put. */
const hidden: readonly (readonly [Persona, string, (reference: string) => object])[] = [
  // Blocked, inner, within the own vårdgivare.
  ['V', 'Encounter/p1-secret', (reference) => withPlace('p1', { encounter: { reference } })],
  ['V', 'CarePlan/p1-secret-plan', (reference) => withPlace('p1', { basedOn: [{ reference }] })],
  // Blocked, outer, for another vårdgivare.
  ['A', 'Encounter/p1-secret', (reference) => withPlace('p1', { encounter: { reference } })],
  ['A', 'CarePlan/p1-secret-plan', (reference) => withPlace('p1', { supportingInfo: [{ reference }] })],
  // Of another organisation, to a system.
  ['S_B', 'Encounter/p1-visit', (reference) => withPlace('p2', { encounter: { reference } })],
  ['S_B', 'CarePlan/p1-plan', (reference) => withPlace('p2', { replaces: [{ reference }] })],
  // Without a relation to the person.
  ['A', 'Patient/p2', (reference) => withPlace('p1', { contributor: [{ reference }] })],
  ['A', 'Encounter/p2-visit', (reference) => withPlace('p1', { encounter: { reference } })],
];

const absentOf = (target: string): string => absent[target.split('/')[0] ?? ''] ?? '';
const outcome = { Prefer: 'return=OperationOutcome' };

describe('a reference to what is hidden is answered as one to what is absent', () => {
  test.each(hidden)('%s and %s, in a create', async (as, target, body) => {
    const answers = await Promise.all(
      [target, absentOf(target)].map((each) =>
        world.ask(as, 'POST', '/CarePlan', { body: body(each), headers: outcome }),
      ),
    );
    const [there, not] = answers.map(({ status, text }) => [status, text]);
    expect(there).toEqual(not);
    expect(answers[0]?.text).toContain('There is no such');
  });

  test.each(hidden)('%s and %s, in a transaction, in a batch and in an update', async (as, target, body) => {
    const made = await world.ask(as, 'POST', '/CarePlan', {
      body: withPlace(as === 'S_B' ? 'p2' : 'p1', {}),
    });
    const { id } = made.json as { id: string };
    const asked = async (each: string) => {
      const resource = body(each);
      const request = { method: 'POST', url: 'CarePlan' };
      const bundles = ['transaction', 'batch'].map((type) => ({
        resourceType: 'Bundle',
        type,
        entry: [{ resource, request }],
      }));
      const answers = [];
      for (const all of bundles)
        answers.push(await world.ask(as, 'POST', '', { body: all, headers: outcome }));
      const put = { body: { ...resource, id }, headers: outcome };
      answers.push(await world.ask(as, 'PUT', `/CarePlan/${id}`, put));
      return answers.map(({ status, json }) => [status, saidIn(json)]);
    };
    const hiddenAnswers = await asked(target);
    expect(hiddenAnswers).toEqual(await asked(absentOf(target)));
  });

  test('and so is a change of what already refers to what is hidden from who changes it', async () => {
    const tried = async (of: string) => {
      const body = withPlace('p1', { encounter: { reference: of } });
      const { status, text } = await world.ask('V', 'PUT', '/CarePlan/p1-refers', {
        body: { ...body, id: 'p1-refers' },
      });
      return [status, text];
    };
    expect(await tried('Encounter/p1-secret')).toEqual(await tried('Encounter/p1-absent'));
  });
});

/** What is said, without ids and times of what was written. */
// biome-ignore lint/suspicious/noExplicitAny: answers are of every type
const saidIn = (json: any): unknown =>
  json.resourceType === 'Bundle'
    ? // biome-ignore lint/suspicious/noExplicitAny: answers are of every type
      json.entry.map(({ response, resource }: any) => [response.status, response.outcome, resource?.issue])
    : json.issue;
