import { hash } from 'node:crypto';
import { representativeOf, sipConsent, svodConsent } from '@naravard/access';
import { type SamordnadPlan, signatureOf } from '@naravard/care';
import { createValidator, loadDefinitions } from '@naravard/fhir';
import type { PersonaId, TestResponse } from '@naravard/testkit';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { allModules, ownGuide } from '../../services/all-in-one/src/modules.ts';
import { planStory, STAFF_NUMBER, TEAM_NUMBER } from '../care/samordnad-plan-story.ts';
import { alva, astrid, auditOf, createWorld, plan, type World } from '../law/operations/world.ts';

const definitions = loadDefinitions();
let world: World;
beforeAll(async () => {
  world = await createWorld({ modules: allModules(definitions), guide: ownGuide() });
  await put('administrator', planStory.directory);
  await world.send(
    svodConsent({
      patient: astrid,
      at: '2026-01-02',
      answer: 'yes',
      unit: 'SE0000000001-A1',
      start: '2026-01-02',
    }),
    'journalsystem-kommun',
  );
  const agreed = sipConsent({ patient: astrid, at: '2026-10-01', answer: 'yes', unit: 'SE0000000002-A1' });
  await put('journalsystem', [{ ...agreed, id: 'samtycke-sip' }]);
  await put(
    'journalsystem',
    planStory.region.map((each) => (each.id === 'bp' ? { ...each, status: 'draft' } : each)),
  );
  await put('journalsystem-kommun', planStory.kommun);
  await put('journalsystem-hemtjanst', planStory.hemtjanst);
  await putInForce();
});
afterAll(() => world.api.close());

async function put(
  as: PersonaId,
  resources: readonly { resourceType: string; id?: string }[],
): Promise<void> {
  for (const body of resources) {
    const { status, text } = await world.api.ask('PUT', `/${body.resourceType}/${body.id}`, { as, body });
    expect([status, status === 201 ? '' : text]).toEqual([201, '']);
  }
}

/** By the doctor, who sees the team of another organisation that the plan names, with a consent that is taken back then. */
async function putInForce(): Promise<void> {
  const unit = 'SE0000000002-A1';
  const agreed = svodConsent({ patient: astrid, answer: 'yes', organisation: 'SE0000000002-A' });
  const consent = await world.send(agreed, 'journalsystem');
  for (const employee of ['SE0000000002-2001', 'SE0000000002-2002']) {
    const signed = { plan: 'CarePlan/bp', version: 1 };
    const at = new Date().toISOString();
    await world.send(signatureOf(signed, `Patient/${astrid}`, { employee, unit }, at), 'journalsystem');
  }
  await setStatus('lakare-vardcentral', 'CarePlan/bp', 'active');
  await setStatus('journalsystem', consent, 'inactive');
}

async function setStatus(as: PersonaId, path: string, value: string): Promise<void> {
  const body = [{ op: 'replace', path: '/status', value }];
  const type = 'application/json-patch+json';
  const { status, text } = await world.api.ask('PATCH', `/${path}`, { as, type, body });
  expect([status, status === 200 ? '' : text]).toEqual([200, '']);
}

/** A plan that refers to a goal which is kept from the guardian, and to one which is not. */
async function writeForChild(): Promise<void> {
  const hanna = { patient: alva, person: 'hanna-testberg', as: 'vardnadshavare' } as const;
  await world.send(representativeOf({ ...hanna, start: '2019-05-02' }), 'journalsystem');
  const goal = { resourceType: 'Goal', lifecycleStatus: 'active', subject: { reference: `Patient/${alva}` } };
  const shown = await world.send({ ...goal, description: { text: 'Gå till förskolan' } }, 'journalsystem');
  const security = [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'NOPAT' }];
  const kept = await world.send(
    { ...goal, meta: { security }, description: { text: 'Hemligt mål' } },
    'journalsystem',
  );
  await world.send(
    plan(alva, 'Plan för Alva', { goal: [{ reference: shown }, { reference: kept }] }),
    'journalsystem',
  );
}

/** Thursday at 03, in an address. */
const NIGHT = 'at=2026-11-12T03:00:00%2B01:00';
const DAY = 'at=2026-11-11T10:00:00Z';

const ask = (as: PersonaId, query = DAY, headers: Record<string, string> = {}): Promise<TestResponse> =>
  world.api.ask('GET', `/Patient/${astrid}/$samordnad-plan?${query}`, { as, headers });
const compact = async (as: PersonaId, query = DAY): Promise<SamordnadPlan> => {
  const { status, json, text } = await ask(as, `${query}&_format=compact`);
  expect([status, status === 200 ? '' : text]).toEqual([200, '']);
  return json;
};

interface Named {
  readonly name: string;
}

/** One of each kind. */
const callers: readonly (readonly [as: PersonaId, patient: string])[] = [
  ['ssk-hemsjukvard', astrid],
  ['usk-hemtjanst', astrid],
  ['journalsystem', astrid],
  ['patient', astrid],
  ['vardnadshavare', alva],
];

/** Statements that a plan takes, when it is known who of the staff is named to nobody, as it is for some seconds. */
async function tripsOf(as: PersonaId, patient: string): Promise<number> {
  const asked = () => world.api.ask('GET', `/Patient/${patient}/$samordnad-plan`, { as });
  await asked();
  const query = vi.spyOn(pg.Client.prototype, 'query');
  const { status } = await asked();
  const { length } = query.mock.calls;
  query.mockRestore();
  expect([as, status]).toEqual([as, 200]);
  return length;
}

describe('Patient/$samordnad-plan', () => {
  test('joins to the nurse what three organisations have written', async () => {
    const { form, complete, contactNow, patientkontrakt } = await compact('ssk-hemsjukvard', NIGHT);
    expect([form, complete]).toEqual(['personal', true]);
    expect(contactNow.first.value).toBe(STAFF_NUMBER);
    const { plans, goals } = patientkontrakt.sammanhallenPlan;
    expect(plans.map(({ reference, parts }) => [reference, parts.length]).toSorted()).toEqual([
      ['CarePlan/bp', 1],
      ['CarePlan/nopat', 0],
      ['CarePlan/sip', 1],
    ]);
    expect(goals).toHaveLength(1);
    expect(patientkontrakt.fastVardkontakt.map(({ reference }) => reference)).toEqual([
      'CareTeam/lakare',
      'CareTeam/vardkontakt',
      'CareTeam/team-soder',
      'HealthcareService/jour',
    ]);
  });

  test('shows each caller what that caller may see: without a consent the plans of others are absent', async () => {
    const { plans } = (await compact('lakare-vardcentral')).patientkontrakt.sammanhallenPlan;
    expect(plans.map(({ reference }) => reference)).toContain('CarePlan/bp');
    expect(plans.flatMap(({ parts }) => parts)).toEqual([]);
    expect((await ask('psykiatri')).status).toBe(404);
  });

  test('is for a person the same without what is labelled and without numbers for staff, also when staff ask so', async () => {
    const own = await compact('patient', NIGHT);
    expect(own.contactNow.first.value).toBe(TEAM_NUMBER);
    expect(own.steps.map(({ level }) => level)).toEqual(['gor-sjalv', 'ring-idag', 'ring-idag', 'ring-nu']);
    const asked = await compact('ssk-hemsjukvard', `${NIGHT}&form=patient`);
    const parts = ({ patientkontrakt: { overenskommelse, sammanhallenPlan } }: SamordnadPlan) => ({
      own: overenskommelse.own,
      goals: sammanhallenPlan.goals,
      plans: sammanhallenPlan.plans.map(({ reference }) => reference).toSorted(),
    });
    expect(parts(asked).plans).toEqual(['CarePlan/bp', 'CarePlan/sip']);
    expect({ ...parts(asked), plans: [] }).toEqual({ ...parts(own), plans: [] });
    for (const format of ['compact', 'html', 'json']) {
      for (const as of ['patient', 'ssk-hemsjukvard'] as const) {
        const { text } = await ask(as, `${NIGHT}&form=patient&_format=${format}`);
        for (const hidden of [STAFF_NUMBER, 'Hemlig utredning', 'NOPAT']) expect(text).not.toContain(hidden);
      }
    }
  });

  test('gives times to come, and does not read the visits that have been', async () => {
    const { overenskommenTid } = (await compact('ssk-hemsjukvard')).patientkontrakt;
    expect(overenskommenTid.map(({ reference }) => reference)).toEqual([
      'Encounter/besok-1',
      'Appointment/uppfoljning',
    ]);
    const before = await auditOf(world, '$samordnad-plan');
    await ask('ssk-hemsjukvard');
    const rows = (await auditOf(world, '$samordnad-plan')).slice(before.length);
    expect(rows.map(({ patient, outcome }) => [patient, outcome])).toEqual([[astrid, 0]]);
    const targets = rows.flatMap(({ targets: each }) => each);
    expect(targets.some((each) => each.startsWith('Encounter/besok-1/'))).toBe(true);
    expect(targets.filter((each) => /besok-[09]/.test(each))).toEqual([]);
  });

  test('asks the database once, whoever asks', async () => {
    await writeForChild();
    for (const [as, patient] of callers) expect([as, await tripsOf(as, patient)]).toEqual([as, 1]);
    const blocked = await world.operate('$sparra', { reach: 'inre' }, 'lakare-vardcentral');
    expect(blocked.status).toBe(200);
    for (const [as, patient] of callers) expect([as, await tripsOf(as, patient)]).toEqual([as, 1]);
    const { valueReference: sparr } = blocked.json.parameter.find(({ name }: Named) => name === 'sparr');
    const lifted = await world.operate('$hav-sparr', { sparr, ground: 'consent' }, 'lakare-vardcentral');
    expect(lifted.status).toBe(200);
  });

  test('shows of each resource what a read of it shows', async () => {
    for (const [as, patient] of callers) {
      const { json, text } = await world.api.ask('GET', `/Patient/${patient}/$samordnad-plan`, { as });
      expect([as, text.includes('"masked"')]).toEqual([as, as === 'patient' || as === 'vardnadshavare']);
      const [, ...resources] = json.entry.map(({ resource }: { resource: object }) => resource);
      for (const each of resources) {
        const read = await world.api.ask('GET', `/${each.resourceType}/${each.id}`, { as });
        expect(each).toEqual(read.json);
      }
    }
  });

  test('tells what has changed since an instant, ended contacts among them', async () => {
    const since = new Date().toISOString();
    const { json: team } = await world.api.ask('GET', '/CareTeam/vardkontakt', {
      as: 'journalsystem-kommun',
    });
    expect((await compact('ssk-hemsjukvard', `since=${since}`)).changes).toEqual([]);
    const ended = { ...team, name: 'Fast vårdkontakt: Maja Berg', status: 'inactive' };
    await world.api.ask('PUT', '/CareTeam/vardkontakt', { as: 'journalsystem-kommun', body: ended });
    const { changes, patientkontrakt } = await compact('patient', `${DAY}&since=${since}`);
    expect(changes).toMatchObject([
      {
        reference: 'CareTeam/vardkontakt',
        kind: 'avslutad',
        title: 'Fast vårdkontakt: Maja Berg',
        unit: 'Hemsjukvården Söder',
      },
    ]);
    expect(patientkontrakt.fastVardkontakt.map(({ reference }) => reference)).not.toContain(
      'CareTeam/vardkontakt',
    );
    await world.api.ask('PUT', '/CareTeam/vardkontakt', { as: 'journalsystem-kommun', body: team });
  });
});

describe('its representations', () => {
  test('are a valid document by default and for every name of FHIR JSON', async () => {
    const validate = createValidator(definitions);
    for (const accept of ['application/fhir+json', 'application/json', '*/*']) {
      const { headers, json } = await ask('patient', DAY, { accept });
      expect(headers['content-type']).toMatch(/^application\/(fhir\+)?json; charset=utf-8$/);
      expect(validate(json, { base: world.api.base }).filter(({ severity }) => severity === 'error')).toEqual(
        [],
      );
      expect([json.type, json.entry[0].resource.resourceType]).toEqual(['document', 'Composition']);
    }
  });

  test('are compact JSON and a page when these are asked for', async () => {
    const plan = 'application/vnd.naravard.plan+json';
    const page = await ask('patient', DAY, { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page.text) ?? [];
    expect(page.headers['content-security-policy']).toContain(
      `default-src 'none'; style-src 'sha256-${hash('sha256', style, 'base64')}';`,
    );
    expect(page.text).toMatch(/^<!DOCTYPE html>/);
    const { headers, json } = await ask('patient', DAY, { accept: plan });
    expect(headers['content-type']).toBe(`${plan}; charset=utf-8`);
    expect(Object.keys(json)).toEqual([
      'patient',
      'form',
      'at',
      'since',
      'complete',
      'contactNow',
      'steps',
      'patientkontrakt',
      'changes',
      'relatives',
      'attention',
      'recent',
      'notes',
      'done',
      'measurements',
      'cover',
      'answers',
    ]);
    const { json: document, text } = await ask('patient', DAY);
    expect(document.type).toBe('document');
    expect(JSON.stringify(json).length).toBeLessThan(text.length / 2);
  });

  test('are of this operation alone, and a refusal is FHIR JSON whatever was asked for', async () => {
    const elsewhere = await world.api.ask('GET', `/Patient/${astrid}`, {
      as: 'patient',
      headers: { accept: 'text/html' },
    });
    expect(elsewhere.status).toBe(406);
    const refused = await ask('psykiatri', `${DAY}&_format=html`);
    expect([refused.status, refused.json.resourceType]).toEqual([404, 'OperationOutcome']);
    expect(refused.headers['content-type']).toContain('application/fhir+json');
    const turtle = await ask('patient', `${DAY}&_format=ttl`);
    expect([turtle.status, turtle.json.issue[0].diagnostics]).toEqual([
      406,
      expect.stringContaining('text/html'),
    ]);
  });
});

describe('bad input', () => {
  test('is refused with what to do', async () => {
    for (const [query, expression] of [
      ['at=yesterday', ['at']],
      ['at=1985-01-01', ['at']],
      ['since=2026-13-01', ['since']],
      ['form=doctor', ['form']],
      ['when=2026-11-11', ['when']],
      [`${DAY}&${DAY}`, ['at']],
    ] as const) {
      const { status, json } = await ask('ssk-hemsjukvard', query);
      expect([query, status, json.issue[0].expression]).toEqual([query, 400, expression]);
    }
  });

  test('of a person is another person, or the form for staff', async () => {
    expect((await ask('patient', 'form=personal')).status).toBe(403);
    const other = await world.api.ask('GET', '/Patient/alva-testberg/$samordnad-plan', { as: 'patient' });
    expect(other.status).toBe(404);
  });
});
