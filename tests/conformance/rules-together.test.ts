import type { DomainRule, Finding, StagedResource } from '@naravard/fhir';
import { createTestApp, type TestApp } from '@naravard/testkit';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { bundle, careTeam, post } from './resources.ts';

// Rules that look at other resources, on a made-up module.

interface Plan {
  readonly careTeam?: readonly { readonly reference: string }[];
}
type Sent = Parameters<typeof post>[0];

interface Team {
  readonly status?: string;
  readonly managingOrganization?: readonly { readonly reference: string }[];
}

const teamsOf = ({ resource }: StagedResource) =>
  ((resource as Plan).careTeam ?? []).map(({ reference }) => reference);
const unitsOf = (team: object | undefined) =>
  ((team as Team | undefined)?.managingOrganization ?? []).map(({ reference }) => reference);

/** The team of a plan is active, and its unit has a name: a rule that asks for more once it has seen the team. */
const teamOfPlan: DomainRule = {
  id: 'plan-team',
  citation: 'Testlag (2026:1) 2 kap. 1 §',
  sentence: 'The team of a plan is active.',
  sv: 'Planens team ska finnas.',
  needs: (staged, found) => {
    const teams = teamsOf(staged);
    return [...teams, ...teams.flatMap((team) => unitsOf(found(team)))];
  },
  check: (staged, found) =>
    teamsOf(staged).flatMap((reference): Finding[] => {
      const team = found(reference) as Team | undefined;
      const nameless = unitsOf(team).some((unit) => !(found(unit) as { name?: string } | undefined)?.name);
      const expression = 'CarePlan.careTeam';
      if (team?.status !== 'active')
        return [{ severity: 'error', expression, diagnostics: 'Name a team that is active.' }];
      return nameless
        ? [{ severity: 'warning', expression, diagnostics: 'The unit of the team has no name.' }]
        : [];
    }),
};

let fhir: TestApp;
beforeAll(async () => {
  const types = ['CareTeam', 'Organization'].map((type) => ({ type }));
  const modules = [{ name: 'care', resources: [...types, { type: 'CarePlan', rules: [teamOfPlan] }] }];
  fhir = await createTestApp({ modules });
});
afterAll(() => fhir.close());

const plan = (team: string, over: object = {}) => ({
  resourceType: 'CarePlan',
  status: 'draft',
  intent: 'plan',
  subject: { reference: 'Patient/1' },
  careTeam: [{ reference: team }],
  ...over,
});
const made = async (body: object, as: 'journalsystem' | 'journalsystem-kommun' = 'journalsystem') => {
  const { json } = await fhir.ask('POST', `/${(body as { resourceType: string }).resourceType}`, {
    body,
    as,
  });
  return `${json.resourceType}/${json.id}`;
};
const sent = (body: object, headers = {}) => fhir.ask('POST', '/CarePlan', { body, headers });

describe('a rule that looks at other resources', () => {
  test('finds what is stored, in any form of reference to it', async () => {
    const team = await made(careTeam('Patient/1'));
    for (const reference of [team, `${fhir.base}/${team}`, `${team}/_history/1`])
      expect((await sent(plan(reference))).status).toBe(201);
  });

  test('refuses where it is lacking, deleted or not as it has to be', async () => {
    const team = await made(careTeam('Patient/1'));
    const ended = await made(careTeam('Patient/1', { status: 'inactive' }));
    const deleted = await made(careTeam('Patient/1'));
    await fhir.ask('DELETE', `/${deleted}`);
    for (const reference of [ended, deleted, 'CareTeam/none', 'https://other.example/CareTeam/1'])
      expect((await sent(plan(reference))).status).toBe(422);
    const { json: stored } = await sent(plan(team));
    const put = { ...plan(ended), id: stored.id };
    expect((await fhir.ask('PUT', `/CarePlan/${stored.id}`, { body: put })).status).toBe(422);
    const body = [{ op: 'replace', path: '/careTeam/0/reference', value: ended }];
    const type = 'application/json-patch+json';
    expect((await fhir.ask('PATCH', `/CarePlan/${stored.id}`, { body, type })).status).toBe(422);
    const { json } = await fhir.ask('GET', `/CarePlan/${stored.id}`);
    expect(json.meta.versionId).toBe('1');
  });

  test('sees no more than its caller', async () => {
    const others = await made(careTeam('Patient/1'), 'journalsystem-kommun');
    expect((await fhir.ask('GET', `/${others}`)).status).toBe(404);
    expect((await sent(plan(others))).status).toBe(422);
  });

  test('names itself for people and for programs', async () => {
    const { json } = await sent(plan('CareTeam/none'));
    expect(json.issue).toHaveLength(1);
    expect(json.issue[0]).toMatchObject({
      severity: 'error',
      code: 'business-rule',
      expression: ['CarePlan.careTeam'],
      diagnostics: 'Name a team that is active. (plan-team: Testlag (2026:1) 2 kap. 1 §)',
      details: { text: 'Planens team ska finnas.' },
    });
    expect(json.issue[0].details.coding).toContainEqual({
      system: 'https://naravard.se/fhir/CodeSystem/regel',
      code: 'plan-team',
    });
  });

  test('leaves a warning with the answer, once', async () => {
    const unit = await made({ resourceType: 'Organization', identifier: [{ value: 'unit' }] });
    const team = await made(careTeam('Patient/1', { managingOrganization: [{ reference: unit }] }));
    const { status, json } = await sent(plan(team), { prefer: 'return=OperationOutcome' });
    expect([status, json.issue.map(({ severity }: { severity: string }) => severity)]).toEqual([
      201,
      ['information', 'warning'],
    ]);
  });
});

describe('in a transaction', () => {
  const own = 'urn:uuid:0a0b0c0d-0000-4000-8000-000000000001';
  const together = (team: Sent, ...plans: Sent[]) =>
    fhir.ask('POST', '', {
      body: bundle('transaction', [post(team, own), ...plans.map((each) => post(each))]),
    });

  test('it finds what comes with it, as it will be stored', async () => {
    expect((await together(careTeam('Patient/1'), plan(own))).status).toBe(200);
    const ended = await together(careTeam('Patient/1', { status: 'inactive' }), plan(own));
    expect(ended.status).toBe(422);
  });

  test('what is deleted with it is not there', async () => {
    const team = await made(careTeam('Patient/1'));
    const body = bundle('transaction', [{ request: { method: 'DELETE', url: team } }, post(plan(team))]);
    expect((await fhir.ask('POST', '', { body })).status).toBe(422);
    expect((await fhir.ask('GET', `/${team}`)).status).toBe(200);
  });

  test('all that is refused is told at once, each at its entry, and nothing is stored', async () => {
    const title = 'not stored';
    const { status, json } = await together(
      careTeam('Patient/1'),
      plan('CareTeam/none', { title }),
      plan(own, { title }),
      plan('CareTeam/nor-this', { title }),
    );
    const places = json.issue.map(({ expression }: { expression: string[] }) => expression[0]);
    expect([status, places]).toEqual([
      422,
      ['Bundle.entry[1].resource.careTeam', 'Bundle.entry[3].resource.careTeam'],
    ]);
    const { json: plans } = await fhir.ask('GET', '/CarePlan?_count=100');
    expect(JSON.stringify(plans)).not.toContain(title);
  });

  test('what many look at is read by as many statements as what few look at, or a few more', async () => {
    const request = { method: 'POST', url: 'CareTeam', ifNoneExist: 'identifier=none' };
    const conditional = { resource: careTeam('Patient/1'), request };
    const [alone, among] = [await statementsFor(2), await statementsFor(2, conditional)];
    expect(await statementsFor(60, conditional)).toBe(among);
    // Outside one, calls share statements by the dozen, and the first of them wait for nobody.
    expect(await statementsFor(60)).toBeLessThan(alone + 5);
  });

  /** Of a transaction with so many plans, each with a team of its own that is stored. */
  async function statementsFor(count: number, ...others: object[]): Promise<number> {
    const names = Array.from({ length: count }, (_, at) => `${count}-${others.length}-${at}`);
    const teams = await Promise.all(names.map((name) => made(careTeam('Patient/1', { name }))));
    const plans = teams.map((team, at) => ({
      resource: { ...plan(team), id: names[at] },
      request: { method: 'PUT', url: `CarePlan/${names[at]}` },
    }));
    const query = vi.spyOn(pg.Client.prototype, 'query');
    const { status, text } = await fhir.ask('POST', '', {
      body: bundle('transaction', [...others, ...plans]),
    });
    const { length } = query.mock.calls;
    query.mockRestore();
    expect([status, status === 200 ? '' : text]).toEqual([200, '']);
    return length;
  }
});
