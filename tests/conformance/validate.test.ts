import type { DomainRule, StagedResource } from '@naravard/fhir';
import { loadDefinitions } from '@naravard/fhir';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allModules, ownGuide } from '../../services/all-in-one/src/modules.ts';
import { careTeam, patient } from './resources.ts';

/** The team of a plan exists: a rule that looks at another resource. */
const teamOfPlan: DomainRule = {
  id: 'plan-team',
  citation: 'Testlag (2026:1) 2 kap. 1 §',
  sentence: 'The team of a plan exists.',
  sv: 'Planens team ska finnas.',
  needs: (staged) => teamsOf(staged),
  check: (staged, found) =>
    teamsOf(staged).flatMap((reference) => {
      const name = (found(reference) as { name?: string } | undefined)?.name;
      if (name === 'Fast vårdkontakt') return [];
      const severity = name === undefined ? ('error' as const) : ('warning' as const);
      return [{ severity, expression: 'CarePlan.careTeam', diagnostics: 'Name a team that exists.' }];
    }),
};

const teamsOf = ({ resource }: StagedResource): string[] =>
  ((resource as { careTeam?: { reference: string }[] }).careTeam ?? []).map(({ reference }) => reference);

const named: DomainRule = {
  id: 'named',
  citation: 'Testlag (2026:1) 1 kap. 2 §',
  sentence: 'A team has a name.',
  sv: 'Ett team har ett namn.',
  check: ({ resource }) =>
    'name' in resource
      ? []
      : [{ severity: 'error', expression: 'CareTeam.name', diagnostics: 'Give the team a name.' }],
};

const claims = (resource: object) =>
  (resource as { category?: unknown }).category
    ? [{ key: 'one-team', start: '2026-01-01T00:00:00.000Z', end: null }]
    : [];

let fhir: TestApp;
beforeAll(async () => {
  const resources = [
    { type: 'CareTeam', rules: [named], claims },
    { type: 'CarePlan', rules: [teamOfPlan] },
    { type: 'Patient' },
  ];
  fhir = await createTestApp({ modules: [{ name: 'care', resources }] });
});
afterAll(() => fhir.close());

type Issue = { severity: string; code: string; diagnostics: string; expression?: string[] };

/** The issues of an answer with 200, as `severity expression`. */
async function found(path: string, body: unknown, headers: Record<string, string> = {}): Promise<string[]> {
  const { status, json } = await fhir.ask('POST', path, { body, headers });
  expect([status, json.resourceType]).toEqual([200, 'OperationOutcome']);
  return (json.issue as Issue[]).map(({ severity, expression }) =>
    [severity, ...(expression ?? [])].join(' '),
  );
}

const parameters = (...parameter: object[]) => ({ resourceType: 'Parameters', parameter });
const wrapped = (resource: object, mode?: string) =>
  parameters({ name: 'resource', resource }, ...(mode ? [{ name: 'mode', valueCode: mode }] : []));
const plan = (over: object = {}) => ({
  resourceType: 'CarePlan',
  status: 'draft',
  intent: 'plan',
  subject: { reference: 'Patient/1' },
  ...over,
});
const nameless = careTeam('Patient/1', { name: undefined });
const allOk = ['information'];

async function stored(over: object = {}): Promise<string> {
  return (await fhir.ask('POST', '/CareTeam', { body: careTeam('Patient/1', over) })).json.id;
}

const count = async (): Promise<unknown> =>
  (await fhir.database.pool.query('select count(*), max(version) from version')).rows;

describe('$validate of a resource', () => {
  test('says that all is well, or all that R4 finds wrong, with 200', async () => {
    expect(await found('/CareTeam/$validate', careTeam('Patient/1'))).toEqual(allOk);
    const wrong = careTeam('Patient/1', { status: 'aktiv', participant: [{ role: 'x' }], extra: 1 });
    expect(await found('/CareTeam/$validate', wrong)).toEqual([
      'error CareTeam.status',
      'error CareTeam.participant[0].role',
      'error CareTeam.extra',
      'information',
    ]);
  });

  test('asks the rules of care that look at it alone', async () => {
    expect(await found('/CareTeam/$validate', nameless)).toEqual(['error CareTeam.name']);
    expect(await found('/CareTeam/$validate', wrapped(nameless))).toEqual(['error CareTeam.name']);
  });

  test('warns of a profile that it could not look at', async () => {
    const meta = { profile: ['urn:nowhere'] };
    expect(await found('/CareTeam/$validate', careTeam('Patient/1', { meta }))).toEqual([
      'warning CareTeam.meta.profile[0]',
    ]);
  });

  test('stores nothing, in any mode', async () => {
    const id = await stored();
    const before = await count();
    const body = careTeam('Patient/1', { name: 'Nytt' });
    expect(await found('/CareTeam/$validate?mode=create', body)).toEqual(allOk);
    expect(await found(`/CareTeam/${id}/$validate?mode=update`, { ...body, id })).toEqual(allOk);
    expect(
      await found(`/CareTeam/${id}/$validate`, parameters({ name: 'mode', valueCode: 'delete' })),
    ).toEqual(allOk);
    expect((await fhir.ask('GET', `/CareTeam/${id}/$validate`)).json.issue[0].severity).toBe('information');
    expect(await count()).toEqual(before);
    expect((await fhir.ask('GET', `/CareTeam/${id}`)).json.name).toBe('Fast vårdkontakt');
  });

  test.each([
    ['what is no JSON', '/CareTeam/$validate', '{', 400],
    ['another type', '/CareTeam/$validate', patient(), 400],
    ['nothing to look at', '/CareTeam/$validate', parameters({ name: 'mode', valueCode: 'create' }), 400],
    ['an unknown mode', '/CareTeam/$validate?mode=try', nameless, 400],
    ['an unknown parameter', '/CareTeam/$validate?strict=true', nameless, 400],
    ['two different modes', '/CareTeam/$validate?mode=create', wrapped(nameless, 'profile'), 400],
    ['mode=profile without one', '/CareTeam/$validate?mode=profile', nameless, 400],
    ['an update of nothing stored', '/CareTeam/$validate?mode=update', nameless, 400],
    ['a type that is not served', '/Basic/$validate', { resourceType: 'Basic' }, 404],
  ])('refuses %s', async (_what, path, body, expected) => {
    const { status, json } = await fhir.ask('POST', path, { body });
    expect([status, json.resourceType]).toEqual([expected, 'OperationOutcome']);
  });

  test('refuses a profile that it does not know, and says how to load one', async () => {
    const { status, json } = await fhir.ask('POST', '/CareTeam/$validate?profile=urn:nowhere', {
      body: nameless,
    });
    expect([status, json.issue[0].code, json.issue[0].expression]).toEqual([
      422,
      'not-supported',
      ['profile'],
    ]);
    expect(json.issue[0].diagnostics).toContain('StructureDefinition');
  });

  test('knows the profiles that the types of R4 are', async () => {
    const of = (type: string) =>
      `/CareTeam/$validate?profile=http://hl7.org/fhir/StructureDefinition/${type}`;
    expect(await found(of('CareTeam'), careTeam('Patient/1'))).toEqual(allOk);
    expect(await found(of('CarePlan'), careTeam('Patient/1'))).toEqual(['error CareTeam', 'information']);
  });
});

describe('$validate?mode=create', () => {
  test('asks the rules that look at other resources', async () => {
    const team = (id: string) => plan({ careTeam: [{ reference: `CareTeam/${id}` }] });
    const path = '/CarePlan/$validate';
    expect(await found(path, team('nowhere'))).toEqual(allOk);
    expect(await found(`${path}?mode=create`, team('nowhere'))).toContain('error CarePlan.careTeam');
    expect(await found(`${path}?mode=create`, team(await stored()))).toEqual(allOk);
    const other = await stored({ name: 'Annat' });
    expect(await found(`${path}?mode=create`, team(other))).toEqual(['warning CarePlan.careTeam']);
  });

  test('says what there may be one of', async () => {
    const one = careTeam('Patient/2', { category: [{ text: 'en' }] });
    expect(await found('/CareTeam/$validate?mode=create', one)).toEqual(allOk);
    await fhir.ask('POST', '/CareTeam', { body: one });
    const { json } = await fhir.ask('POST', '/CareTeam/$validate?mode=create', { body: one });
    expect(json.issue[0].diagnostics).toContain('one-team may exist once at a time');
  });

  test('says whether the caller may', async () => {
    const { status, json } = await fhir.ask('POST', '/CareTeam/$validate?mode=create', {
      as: 'patient',
      body: careTeam('Patient/astrid-testberg'),
    });
    expect([status, json.issue[0].code]).toEqual([200, 'forbidden']);
  });

  test('is audited with what it tells of', async () => {
    const id = await stored();
    const body = plan({ careTeam: [{ reference: `CareTeam/${id}` }] });
    await fhir.ask('POST', '/CarePlan/$validate?mode=create', { body });
    const { rows } = await fhir.database.pool.query(
      `select interaction, outcome::int, targets from audit where interaction = '$validate' and $1 = any(targets)`,
      [`CareTeam/${id}`],
    );
    expect(rows).toEqual([{ interaction: '$validate', outcome: 0, targets: [`CareTeam/${id}`] }]);
  });
});

describe('$validate of what is stored', () => {
  const update = (id: string, body: object, headers?: Record<string, string>) =>
    found(`/CareTeam/${id}/$validate?mode=update`, body, headers);

  test('mode=update says what an update would', async () => {
    const id = await stored();
    expect(await update(id, { ...careTeam('Patient/1', { name: 'Nytt' }), id })).toEqual(allOk);
    expect(await update(id, { ...careTeam('Patient/2'), id })).toEqual(['error']);
    expect(await update(id, { ...nameless, id })).toEqual(['error CareTeam.name']);
    const stale = { 'if-match': 'W/"9"' };
    expect(await update(id, { ...careTeam('Patient/1', { name: 'Nytt' }), id }, stale)).toEqual([
      'error If-Match',
    ]);
  });

  test('is of the id in the address, which must be there and be seen', async () => {
    const id = await stored();
    const asked = async (address: string, body: object, as: 'journalsystem' | 'lakare-privat') => {
      const path = `/CareTeam/${address}/$validate?mode=update`;
      const { status, text } = await fhir.ask('POST', path, { as, body });
      return [status, text];
    };
    expect((await asked(id, { ...careTeam('Patient/1'), id: 'other' }, 'journalsystem'))[0]).toBe(400);
    const absent = await asked('nowhere', { ...careTeam('Patient/1'), id: 'nowhere' }, 'lakare-privat');
    expect(absent[0]).toBe(404);
    expect(await asked(id, { ...careTeam('Patient/1'), id }, 'lakare-privat')).toEqual(absent);
    await fhir.ask('DELETE', `/CareTeam/${id}`);
    expect((await asked(id, { ...careTeam('Patient/1'), id }, 'journalsystem'))[0]).toBe(410);
  });

  test('mode=delete says whether it could be deleted, and refuses what is no more', async () => {
    const id = await stored();
    const asked = (address: string) => fhir.ask('GET', `/CareTeam/${address}/$validate?mode=delete`);
    expect((await asked(id)).json.issue[0].diagnostics).toBe('All OK.');
    expect((await asked('nowhere')).status).toBe(404);
    expect((await fhir.ask('GET', `/CareTeam/${id}`)).status).toBe(200);
  });

  test('mode=create is not for what is stored, and a change needs its content', async () => {
    const id = await stored();
    const { status } = await fhir.ask('POST', `/CareTeam/${id}/$validate?mode=create`, { body: nameless });
    const bodiless = await fhir.ask('GET', `/CareTeam/${id}/$validate?mode=update`);
    expect([status, bodiless.status]).toEqual([400, 400]);
  });
});

describe('$validate with the guide', () => {
  let own: TestApp;
  beforeAll(async () => {
    own = await createTestApp({ modules: allModules(loadDefinitions()), guide: ownGuide() });
  });
  afterAll(() => own.close());

  const profile = 'https://naravard.se/fhir/StructureDefinition/team';

  test('finds what a profile asks: the named one, the one that meta.profile claims, all that a write would', async () => {
    const asked = async (path: string, body: object) => {
      const { status, json } = await own.ask('POST', path, { body });
      return [status, (json.issue as Issue[]).some(({ severity }) => severity === 'error')];
    };
    const bare = { resourceType: 'CareTeam' };
    const claiming = { ...bare, meta: { profile: [profile] } };
    expect(await asked('/CareTeam/$validate', bare)).toEqual([200, false]);
    expect(await asked(`/CareTeam/$validate?profile=${profile}`, bare)).toEqual([200, true]);
    expect(await asked('/CareTeam/$validate', claiming)).toEqual([200, true]);
    expect((await own.ask('POST', '/CareTeam', { body: claiming })).status).toBe(400);
  });
});
