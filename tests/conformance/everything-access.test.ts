import { svodConsent } from '@naravard/access';
import type { PersonaId, TestResponse } from '@naravard/testkit';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { astrid, auditOf, createWorld, keys, plan, type World } from '../law/operations/world.ts';

let world: World;

interface Written {
  readonly resourceType: string;
  readonly id: string;
  readonly [element: string]: unknown;
}

async function put(as: PersonaId, resources: readonly Written[]): Promise<void> {
  for (const body of resources) {
    const { status, text } = await world.api.ask('PUT', `/${body.resourceType}/${body.id}`, { as, body });
    expect([status, status === 201 ? '' : text]).toEqual([201, '']);
  }
}

const ref = (reference: string) => ({ reference });
const subject = ref(`Patient/${astrid}`);
const planOf = (id: string, over: object) => ({
  ...(plan(astrid, id, over) as Written),
  id,
});

/** A plan of the region, whose part is the kommun's, which has a part of the region's again. */
beforeAll(async () => {
  world = await createWorld();
  const organization = ref('Organization/hsv');
  await put('administrator', [
    { resourceType: 'Organization', id: 'hsv', name: 'Hemsjukvården Söder' },
    ...['omar', 'maja'].map((id) => ({
      resourceType: 'PractitionerRole',
      id,
      ...(id === 'maja' && { organization }),
    })),
  ]);
  await put('journalsystem', [planOf('head', { contributor: [ref('PractitionerRole/omar')] })]);
  const goal = {
    resourceType: 'Goal',
    id: 'goal',
    lifecycleStatus: 'active',
    description: { text: 'Gå ut' },
    subject,
  };
  await put('journalsystem-kommun', [
    goal,
    planOf('part', {
      partOf: [ref('CarePlan/head')],
      author: ref('PractitionerRole/maja'),
      goal: [ref('Goal/goal')],
    }),
  ]);
  await put('journalsystem-kommun', [
    {
      resourceType: 'Task',
      id: 'task',
      status: 'requested',
      intent: 'order',
      for: subject,
      basedOn: [ref('CarePlan/part')],
    },
  ]);
  await put('journalsystem', [planOf('part-of-part', { partOf: [ref('CarePlan/part')] })]);
  const agreed = svodConsent({
    patient: astrid,
    at: '2026-01-02',
    answer: 'yes',
    unit: 'SE0000000002-A1',
    start: '2026-01-02',
  });
  await world.send(agreed, 'journalsystem');
});
afterAll(() => world.api.close());

const ask = (path: string, as: PersonaId): Promise<TestResponse> =>
  world.api.ask('GET', `/${path}/$everything`, { as });
const keysIn = ({ json }: TestResponse): string[] =>
  (json.entry ?? []).map(
    ({ resource }: { resource: { resourceType: string; id: string } }) =>
      `${resource.resourceType}/${resource.id}`,
  );
const planned = (answer: TestResponse): string[] =>
  keysIn(answer)
    .filter((key) => !/^(Consent|EpisodeOfCare)\//.test(key))
    .toSorted();

/** Statements that one page takes, when it is known who of the staff is named to nobody, as it is for some seconds. */
async function tripsOf(path: string, as: PersonaId): Promise<number> {
  await ask(path, as);
  const query = vi.spyOn(pg.Client.prototype, 'query');
  const { status } = await ask(path, as);
  const { length } = query.mock.calls;
  query.mockRestore();
  expect([path, as, status]).toEqual([path, as, 200]);
  return length;
}

const record = `Patient/${astrid}`;
const callers: readonly PersonaId[] = ['lakare-vardcentral', 'ssk-hemsjukvard', 'journalsystem', 'patient'];

async function expectOneTrip(): Promise<void> {
  for (const as of callers) {
    expect([as, await tripsOf(record, as)]).toEqual([as, 1]);
    const path = as === 'ssk-hemsjukvard' ? 'CarePlan/part' : 'CarePlan/head';
    expect([as, await tripsOf(path, as)]).toEqual([as, 1]);
  }
}

const withPart = [
  'CarePlan/part',
  'CarePlan/part-of-part',
  'Goal/goal',
  'Organization/hsv',
  'PractitionerRole/maja',
  'Task/task',
];

describe('what another organisation has written', () => {
  test('comes with a consent, and with it what it leads to, in one statement', async () => {
    const all = ['CarePlan/head', ...withPart, record, 'PractitionerRole/omar'].toSorted();
    expect(planned(await ask('CarePlan/head', 'lakare-vardcentral'))).toEqual(all);
    expect(planned(await ask('CarePlan/part-of-part', 'lakare-vardcentral'))).toEqual(all);
    expect(planned(await ask(record, 'lakare-vardcentral'))).toEqual(all);
    await expectOneTrip();
  });

  test('is audited as shown, of the person and of nobody apart', async () => {
    const before = (await auditOf(world, '$everything')).length;
    await ask('CarePlan/head', 'lakare-vardcentral');
    const rows = (await auditOf(world, '$everything')).slice(before);
    const found = rows.map(({ patient, outcome, reason, custodians, targets }) => ({
      patient,
      outcome,
      reason,
      custodians,
      targets: targets.map((each) => each.replace(/\/_history\/\d+$/, '')).toSorted(),
    }));
    expect(found.toSorted((a, b) => a.targets.length - b.targets.length)).toEqual([
      {
        patient: astrid,
        outcome: 0,
        reason: 'directory',
        custodians: [],
        targets: ['Organization/hsv', 'PractitionerRole/maja', 'PractitionerRole/omar'],
      },
      {
        patient: astrid,
        outcome: 0,
        reason: 'person-data same-provider svod-consent',
        custodians: [keys.kommun, keys.region],
        targets: [
          'CarePlan/head',
          'CarePlan/part',
          'CarePlan/part-of-part',
          'Goal/goal',
          record,
          'Task/task',
        ],
      },
    ]);
  });

  test('is gone when it is blocked, with all that only it leads to', async () => {
    const blocked = await world.operate('$sparra', { reach: 'yttre' }, 'ssk-hemsjukvard');
    expect(blocked.status).toBe(200);
    const head = await ask('CarePlan/head', 'lakare-vardcentral');
    expect(planned(head)).toEqual(['CarePlan/head', record, 'PractitionerRole/omar']);
    const own = await ask('CarePlan/part-of-part', 'lakare-vardcentral');
    expect(planned(own)).toEqual(['CarePlan/part-of-part', record]);
    const all = await ask(record, 'lakare-vardcentral');
    expect(planned(all)).toEqual(['CarePlan/head', 'CarePlan/part-of-part', record, 'PractitionerRole/omar']);
    for (const { text } of [head, own, all]) {
      for (const key of [
        'CarePlan/part"',
        'Goal/goal',
        'Task/task',
        'PractitionerRole/maja',
        'Organization/hsv',
      ])
        expect(text).not.toContain(key);
    }
    expect(planned(await ask('CarePlan/head', 'patient'))).toEqual(
      ['CarePlan/head', ...withPart, record, 'PractitionerRole/omar'].toSorted(),
    );
    await expectOneTrip();
  });
});

describe('what the caller does not see', () => {
  test('answers as what is not there, and leaves a row of the audit', async () => {
    for (const [hidden, absent] of [
      [record, 'Patient/nobody'],
      ['CarePlan/head', 'CarePlan/nothing'],
    ] as const) {
      const [one, other] = [await ask(hidden, 'psykiatri'), await ask(absent, 'psykiatri')];
      expect([one.status, one.text]).toEqual([404, other.text]);
    }
    const rows = (await auditOf(world, '$everything')).slice(-4);
    expect(rows.map(({ outcome, reason, targets }) => [outcome, reason, targets])).toEqual([
      [4, 'out of scope', [record]],
      [4, 'absent', ['Patient/nobody']],
      [4, 'out of scope', ['CarePlan/head']],
      [4, 'absent', ['CarePlan/nothing']],
    ]);
  });

  test('is what the scopes of its token do not reach, too', async () => {
    const asked = async (path: string, scope: string) => {
      const token = await world.api.issuer.token('lakare-vardcentral', { scope });
      const url = `/fhir/${path}/$everything`;
      const response = await world.api.app.inject({ url, headers: { authorization: `Bearer ${token}` } });
      return { status: response.statusCode, json: response.json(), text: response.body, headers: {} };
    };
    const some = await asked(record, 'user/Patient.rs user/CarePlan.rs');
    expect(keysIn(some)).toEqual([record, 'CarePlan/head', 'CarePlan/part-of-part']);
    const team = await asked('CarePlan/head', 'user/CarePlan.rs user/PractitionerRole.s');
    expect(keysIn(team)).toEqual(['CarePlan/head', 'PractitionerRole/omar']);
    for (const scope of ['user/CarePlan.rs', 'user/Patient.r']) {
      const { status, json } = await asked(record, scope);
      expect([status, json.issue[0].diagnostics]).toEqual([403, expect.stringContaining('user/Patient.s')]);
    }
  });
});

test('without an id it is about the person whose own token it is, and tells others what to ask', async () => {
  const own = await ask('Patient', 'patient');
  expect(keysIn(own)).toEqual(keysIn(await ask(record, 'patient')));
  expect(own.json.link[0].url).toBe(`${world.api.base}/${record}/$everything`);
  const posted = await world.api.ask('POST', '/Patient/$everything', {
    as: 'patient',
    body: { resourceType: 'Parameters', parameter: [{ name: '_type', valueCode: 'Task' }] },
  });
  expect(keysIn(posted)).toEqual(['Task/task']);
  for (const as of ['ssk-hemsjukvard', 'journalsystem', 'vardnadshavare', 'administrator'] as const) {
    const { status, json } = await ask('Patient', as);
    expect([as, status, json.issue[0].diagnostics]).toEqual([
      as,
      400,
      expect.stringContaining('Patient/[id]/$everything'),
    ]);
  }
});
