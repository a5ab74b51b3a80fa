import { extensions, forsamring, type SamordnadPlan, systems } from '@naravard/care';
import { loadDefinitions } from '@naravard/fhir';
import type { PersonaId } from '@naravard/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { samordnadPlan } from '../../services/care-plan/src/operations/samordnad-plan.ts';
import { vemRingerJag } from '../../services/care-team/src/operations/vem-ringer-jag.ts';
import { fastKontakt, hours, of, phone, service, team, week, workdays } from '../care/contact-world.ts';
import { astrid, createWorld, type World } from '../law/operations/world.ts';

const unstored = ['Bundle', 'Parameters', 'OperationOutcome', 'Binary', 'Subscription'];
/** Every type without rules: what is written here is read, not judged. */
const modules = [
  {
    name: 'everything',
    resources: [...loadDefinitions().resourceTypes]
      .filter((type) => !unstored.includes(type))
      .map((type) => ({ type })),
    operations: [samordnadPlan, vemRingerJag],
  },
];

const numbers = {
  maja: '031-390 06 22',
  team: '031-390 06 24',
  plan: '031-390 06 27',
  jour: '031-390 06 28',
};
const subject = { reference: `Patient/${astrid}` };

let world: World;
beforeAll(async () => {
  world = await createWorld({ modules });
  for (const id of ['hsv', 'vc']) await put('administrator', { resourceType: 'Organization', id, name: id });
  await put(
    'administrator',
    // Services of the unit, of the plan alone, and of another unit.
    service('palliativ', 'Palliativa teamet', {
      ...by('vc'),
      telecom: [phone(numbers.plan)],
      availableTime: days,
    }),
    service('jour', 'Jouren', { ...by('hsv'), telecom: [phone(numbers.jour)], availableTime: nights }),
    service('bvc', 'Barnavård', { ...by('vc'), telecom: [phone('031-390 06 29')], availableTime: always }),
  );
  await put(
    'journalsystem-kommun',
    team('soder', 'Söder', { ...of('hsv'), subject, telecom: [phone(numbers.team, hours(week, 'allDay'))] }),
    fastKontakt('maja', '1', 'Maja Berg', { ...of('hsv'), subject, telecom: [phone(numbers.maja, office)] }),
  );
});
afterAll(() => world.api.close());

const by = (id: string) => ({ providedBy: { reference: `Organization/${id}` } });
const always = [{ daysOfWeek: week, allDay: true }];
const days = [{ daysOfWeek: workdays, availableStartTime: '08:00:00', availableEndTime: '17:00:00' }];
const nights = [{ daysOfWeek: week, availableStartTime: '21:00:00', availableEndTime: '07:00:00' }];
const office = hours(workdays, ['08:00', '17:00']);

async function put(as: PersonaId, ...resources: object[]): Promise<void> {
  for (const body of resources) {
    const { resourceType, id } = body as { resourceType: string; id: string };
    const { status, text } = await world.api.ask('PUT', `/${resourceType}/${id}`, { as, body });
    expect([status < 300, text]).toEqual([true, text]);
  }
}

const behandlingsplan = (id: string, kontakt: string, over: object = {}) => ({
  resourceType: 'CarePlan',
  id,
  status: 'active',
  intent: 'plan',
  title: 'Behandlingsplan',
  category: [{ coding: [{ system: systems.ownPlanType, code: 'behandlingsplan' }] }],
  subject,
  activity: [
    {
      extension: [
        {
          url: extensions.forsamring,
          extension: [
            { url: forsamring.niva, valueCode: 'ring-nu' },
            { url: forsamring.tecken, valueString: 'Svårt att andas.' },
            { url: forsamring.kontakt, valueReference: { reference: kontakt } },
          ],
        },
      ],
      detail: { status: 'scheduled', description: 'Ring.' },
    },
  ],
  ...over,
});

async function told(as: PersonaId, at: string): Promise<{ now: string[]; plan: string[] }> {
  const { json, status, text } = await world.api.ask('GET', `/Patient/${astrid}/$vem-ringer-jag?at=${at}`, {
    as,
  });
  expect([status, text]).toEqual([200, text]);
  const now = json.parameter
    .filter(({ name }: { name: string }) => name === 'first' || name === 'then')
    .map(
      ({ part }: { part: { name: string; valueContactPoint?: { value: string } }[] }) =>
        part.find(({ name }) => name === 'number')?.valueContactPoint?.value,
    );
  const answer = await world.api.ask('GET', `/Patient/${astrid}/$samordnad-plan?at=${at}&_format=compact`, {
    as,
  });
  expect([answer.status, answer.text]).toEqual([200, answer.text]);
  const { first, thenList }: SamordnadPlan['contactNow'] = answer.json.contactNow;
  return { now, plan: [first, ...thenList].map(({ value }) => value) };
}

const MONDAY = '2026-11-23T10:00';
const JULAFTON = '2026-12-24T03:00';

test('without a plan, and with one, $vem-ringer-jag and $samordnad-plan name the same numbers in the same order', async () => {
  const own = await told('ssk-hemsjukvard', MONDAY);
  expect(own.now).toEqual([numbers.team, numbers.maja, '1177', numbers.jour]);
  expect(own.plan).toEqual(own.now);
  await put('journalsystem-kommun', behandlingsplan('bp', 'HealthcareService/palliativ'));
  for (const as of ['patient', 'ssk-hemsjukvard'] as const) {
    for (const [at, first] of [
      [MONDAY, numbers.plan],
      [JULAFTON, numbers.team],
    ] as const) {
      const { now, plan } = await told(as, at);
      expect([as, at, now[0]]).toEqual([as, at, first]);
      expect(plan).toEqual(now);
      expect(now).not.toContain('031-390 06 29');
    }
  }
});

test('a part whose head has ended names nobody, and is no plan by itself', async () => {
  const part = { partOf: [{ reference: 'CarePlan/bp' }] };
  await put('journalsystem-kommun', behandlingsplan('del', 'HealthcareService/jour', part));
  const { json } = await world.api.ask('GET', '/CarePlan/bp', { as: 'journalsystem-kommun' });
  await put('journalsystem-kommun', { ...json, status: 'completed' });
  const at = JULAFTON;
  const { now, plan } = await told('ssk-hemsjukvard', at);
  expect([now[0], plan[0]]).toEqual([numbers.team, numbers.team]);
  const { json: whole } = await world.api.ask(
    'GET',
    `/Patient/${astrid}/$samordnad-plan?at=${at}&_format=compact`,
    { as: 'ssk-hemsjukvard' },
  );
  expect([whole.steps, whole.patientkontrakt.sammanhallenPlan.plans]).toEqual([[], []]);
});

test('to staff who ask what the patient is given, what is kept from the patient names nobody', async () => {
  const labelled = {
    meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'NOPAT' }] },
  };
  await put('journalsystem-kommun', behandlingsplan('dold', 'HealthcareService/jour', labelled));
  const first = async (query: string) => {
    const path = `/Patient/${astrid}/$vem-ringer-jag?at=${JULAFTON}${query}`;
    const { json } = await world.api.ask('GET', path, { as: 'ssk-hemsjukvard' });
    return JSON.stringify(json.parameter[1]);
  };
  expect(await first('')).toContain(numbers.jour);
  expect(await first('&reader=patient')).toContain(numbers.team);
});
