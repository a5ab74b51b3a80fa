import { careRelation } from '@naravard/access';
import { loadDefinitions } from '@naravard/fhir';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allModules, ownGuide } from '../../services/all-in-one/src/modules.ts';
import { createWorld, type World } from '../law/operations/world.ts';

const PATIENT = 'Patient/mira-testberg';
const DOCTOR = 'lakare-vardcentral';

let world: World;
beforeAll(async () => {
  world = await createWorld({ modules: allModules(loadDefinitions()), guide: ownGuide() });
});
afterAll(() => world.api.close());

const tell = async () => {
  const { status, json } = await world.api.ask('POST', '/$offline-reads', {
    as: DOCTOR,
    body: {
      resourceType: 'Parameters',
      parameter: [
        {
          name: 'read',
          part: [
            { name: 'target', valueReference: { reference: PATIENT } },
            { name: 'at', valueInstant: new Date().toISOString() },
          ],
        },
      ],
    },
  });
  expect(status).toBe(200);
  const parts: { name: string; valueCode?: string }[] = json.parameter[0].part;
  return parts.find(({ name }) => name === 'result')?.valueCode;
};

test('who fetched the plan to read it without a connection may tell of it after the relation has ended', async () => {
  const { api } = world;
  const body = { resourceType: 'Patient', id: 'mira-testberg', birthDate: '1950-02-01' };
  expect((await api.ask('PUT', `/${PATIENT}`, { body })).status).toBe(201);
  expect(await tell()).toBe('refused');
  const relation = careRelation({ patient: 'mira-testberg', unit: 'SE0000000002-A1', start: '2026-01-01' });
  const episode = await world.send(relation);
  const fetched = await api.ask('GET', `/${PATIENT}/$samordnad-plan?_format=compact&offline=true`, {
    as: DOCTOR,
  });
  expect([fetched.status, fetched.text]).toEqual([200, fetched.text]);
  const ended = {
    ...relation,
    id: episode.split('/')[1],
    status: 'finished',
    period: { start: '2026-01-01', end: '2026-01-02' },
  };
  const { status, text } = await api.ask('PUT', `/${episode}`, { body: ended });
  expect([status, text]).toEqual([200, text]);
  expect(await world.sees(DOCTOR, PATIENT)).toBe(false);
  expect(await tell()).toBe('recorded');
});
