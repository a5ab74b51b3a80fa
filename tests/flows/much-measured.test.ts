import { careRelation } from '@naravard/access';
import type { CompactPlan } from '@naravard/care';
import { loadDefinitions } from '@naravard/fhir';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allModules, ownGuide } from '../../services/all-in-one/src/modules.ts';
import { hours, phone, team, week } from '../care/contact-world.ts';
import { createWorld, type World } from '../law/operations/world.ts';

const PATIENT = 'Patient/mira-testberg';
const NUMBER = '031-390 06 20';
const subject = { reference: PATIENT };

let world: World;
beforeAll(async () => {
  world = await createWorld({ modules: allModules(loadDefinitions()), guide: ownGuide() });
});
afterAll(() => world.api.close());

/** What she weighs every hour. */
const weighed = (hoursAgo: number) => ({
  request: { method: 'POST', url: 'Observation' },
  resource: {
    resourceType: 'Observation',
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
    subject,
    effectiveDateTime: new Date(Date.now() - hoursAgo * 3_600_000).toISOString(),
    valueQuantity: { value: 68, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
  },
});

/** Weighed so many times more, by hours from the one that is told. */
async function weigh(first: number, count: number): Promise<void> {
  for (let start = first; start < first + count; start += 100) {
    const length = Math.min(100, first + count - start);
    const entry = Array.from({ length }, (_, index) => weighed(start + index));
    const body = { resourceType: 'Bundle', type: 'transaction', entry };
    const sent = await world.api.ask('POST', '/', { body });
    expect([sent.status, sent.text]).toEqual([200, sent.text]);
  }
}

async function compact(): Promise<CompactPlan> {
  const { status, text, json } = await world.api.ask('GET', `/${PATIENT}/$samordnad-plan?_format=compact`, {
    as: 'lakare-vardcentral',
  });
  expect([status, text]).toEqual([200, text]);
  return json as CompactPlan;
}

test('who is measured more than an answer holds is still told of by name, and whom to call', async () => {
  const { api } = world;
  const body = {
    resourceType: 'Patient',
    id: 'mira-testberg',
    birthDate: '1950-02-01',
    name: [{ text: 'Mira Testberg' }],
  };
  expect((await api.ask('PUT', `/${PATIENT}`, { body })).status).toBe(201);
  await world.send(careRelation({ patient: 'mira-testberg', unit: 'SE0000000002-A1', start: '2026-01-01' }));
  const nurses = team('soder', 'Hemsjukvården Söder', {
    subject,
    telecom: [phone(NUMBER, hours(week, 'allDay'))],
  });
  const put = await api.ask('PUT', '/CareTeam/soder', { body: nurses });
  expect([put.status, put.text]).toEqual([201, put.text]);
  // With the Patient and the CareTeam, as many as an answer holds: nothing is left out.
  await weigh(0, 998);
  const all = await compact();
  expect([all.complete, all.measurements[0]?.values.length]).toEqual([true, 998]);
  await weigh(998, 1);
  expect((await compact()).complete).toBe(false);
  await weigh(999, 101);
  const { complete, patient, contactNow, measurements } = await compact();
  expect(complete).toBe(false);
  expect(patient.name).toBe('Mira Testberg');
  expect(contactNow.first.value).toBe(NUMBER);
  expect(measurements[0]?.values.length).toBe(1000);
});
