import { loadDefinitions } from '@naravard/fhir';
import { type Interaction, searchTogether, textOf } from '@naravard/rest';
import { createTestApp, everyType, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

const mostIncluded = 3;

const planWithTeams: Interaction = {
  name: '$plan',
  method: 'GET',
  route: '/Patient/:id/$plan',
  async handle(engine, { context, id }) {
    const { resources, complete } = await searchTogether(
      engine,
      { ...context, scope: context.searchable() },
      {
        around: id,
        searches: [{ type: 'CarePlan', pairs: [['patient', id]] }],
        follow: [{ from: 'CarePlan', to: 'CareTeam' }],
        most: 10,
        mostIncluded,
      },
    );
    const types = resources.map(
      (stored) => (JSON.parse(textOf(stored)) as { resourceType: string }).resourceType,
    );
    return { status: 200, body: JSON.stringify({ types: types.sort(), complete }) };
  },
};

let fhir: TestApp;
beforeAll(async () => {
  fhir = await createTestApp({
    modules: [
      everyType(loadDefinitions()),
      { name: 'plan', resources: [], operations: [planWithTeams] } as never,
    ],
  });
});
afterAll(() => fhir.close());

const people = Array.from({ length: 12 }, (_, index) => `person-${index}`);

async function put(type: string, id: string, content: object): Promise<void> {
  const { status, text } = await fhir.ask('PUT', `/${type}/${id}`, {
    body: { resourceType: type, id, ...content },
  });
  expect(status, text).toBe(201);
}

test('questions about many patients that share a statement each have their own limit of what comes along', async () => {
  for (const person of people) {
    const subject = { reference: `Patient/${person}` };
    await put('Patient', person, {});
    const teams = Array.from({ length: mostIncluded }, (_, index) => `${person}-${index}`);
    for (const team of teams) await put('CareTeam', team, { subject });
    const careTeam = teams.map((team) => ({ reference: `CareTeam/${team}` }));
    await put('CarePlan', person, { status: 'active', intent: 'plan', subject, careTeam });
  }
  const answers = await Promise.all(people.map((person) => fhir.ask('GET', `/Patient/${person}/$plan`)));
  const whole = { types: ['CarePlan', ...Array(mostIncluded).fill('CareTeam')], complete: true };
  expect(answers.map(({ text }) => JSON.parse(text) as unknown)).toEqual(people.map(() => whole));
});
