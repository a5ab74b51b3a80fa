import type { TestResponse } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AccessWorld, createAccessWorld, keysIn, type Persona, plan } from '../attack/access-world.ts';
import { bundle, patient, post } from '../conformance/resources.ts';

// Whom a resource is about decides who sees it (PDL 2008:355 4 kap 1 §): a number leads to the one Patient that has it.

const personnummer = 'http://electronichealth.se/identifier/personnummer';
const samordningsnummer = 'http://electronichealth.se/identifier/samordningsnummer';
const hsa = 'urn:oid:1.2.752.29.4.19';
const organisationsnummer = 'urn:oid:2.5.4.97';
const tolvan = '191212121212';

let world: AccessWorld;
beforeAll(async () => {
  world = await createAccessWorld({ references: { policy: 'warn', bases: [] } });
  await world.write('S_B', patient({ id: 'tolvan', identifier: [{ system: personnummer, value: tolvan }] }));
});
afterAll(() => world.api.close());

const identified = (system: string, value: string, over: object = {}) => ({
  identifier: { system, value },
  ...over,
});

type Body = { resourceType: string } & Record<string, unknown>;

const about = (subject: object, over: object = {}): Body => {
  const { id: _id, identifier: _identifier, ...body } = plan('new', 'p1') as Body;
  return { ...body, resourceType: 'CarePlan', subject, ...over };
};

const create = (as: Persona, body: Body, claims?: Record<string, unknown>) =>
  world.ask(as, 'POST', `/${body.resourceType}`, { body, ...(claims && { claims }) });

interface Issue {
  severity: string;
  expression?: string[];
}

const findings = async (as: Persona, body: Body) => {
  const headers = { Prefer: 'return=OperationOutcome' };
  const { status, json } = await world.ask(as, 'POST', `/${body.resourceType}`, { body, headers });
  const found = (json.issue as Issue[]).filter(({ severity }) => severity !== 'information');
  return [status, ...found.map(({ severity, expression }) => `${severity} ${expression?.[0]}`)];
};

const first = ({ json }: TestResponse) => json.issue[0] as { diagnostics: string };

describe('a person by number', () => {
  test('is the one Patient that has it, beside the number, for whoever may write about persons', async () => {
    for (const value of [tolvan, '121212+1212', '19121212-1212']) {
      const { status, json } = await create('S_A', about(identified(personnummer, value)));
      expect([status, json.subject]).toEqual([
        201,
        { reference: 'Patient/tolvan', identifier: { system: personnummer, value } },
      ]);
    }
    expect((await create('S_A', about(identified(samordningsnummer, tolvan)))).json.subject.reference).toBe(
      'Patient/tolvan',
    );
  });

  test('is whom it is about, in searches and compartments', async () => {
    const { json } = await create('S_A', about(identified(personnummer, tolvan), { title: 'Funnen' }));
    for (const path of [
      '/CarePlan?patient=tolvan',
      '/CarePlan?subject=Patient/tolvan',
      '/Patient/tolvan/CarePlan',
    ]) {
      const { json: page } = await world.ask('S_A', 'GET', path);
      expect(keysIn(page)).toContain(`CarePlan/${json.id}`);
    }
  });

  test('keeps the text as it was written beside it', async () => {
    const text = `{"resourceType":"Observation","status":"final","code":{"text":"Vikt"},"subject":{ "identifier" : {"system":"${personnummer}","value":"${tolvan}"},"display":"T"},"valueQuantity":{"value":70.10}}`;
    const { status, text: stored } = await world.ask('S_A', 'POST', '/Observation', { body: text });
    expect(status).toBe(201);
    expect(stored).toContain(
      `"subject":{"reference":"Patient/tolvan","identifier":{"system":"${personnummer}","value":"${tolvan}"},"display":"T"},"valueQuantity":{"value":70.10}`,
    );
  });

  test('who is not registered here is nobody to write about: 422 with the element', async () => {
    expect(await findings('S_A', about(identified(personnummer, '191010101010')))).toEqual([
      422,
      'error CarePlan.subject',
    ]);
    expect(await findings('S_A', about(identified(personnummer, 'not a number')))).toEqual([
      422,
      'error CarePlan.subject',
    ]);
  });

  test('is found in the transaction that registers the person', async () => {
    const value = '19800112-2399';
    const registered = patient({ identifier: [{ system: personnummer, value }] });
    const body = bundle('transaction', [
      post(about(identified(personnummer, '198001122399'))),
      post(registered, 'urn:uuid:0d9a2a7c-8a8d-4d3c-9d4d-1b2f6b9f9a02'),
    ]);
    const { status, json } = await world.ask('S_A', 'POST', '', {
      body,
      headers: { Prefer: 'return=representation' },
    });
    expect(status).toBe(200);
    const [written, made] = json.entry;
    expect(written.resource.subject.reference).toBe(`Patient/${made.resource.id}`);
    const again = bundle('transaction', [
      post(about(identified(personnummer, value))),
      post(registered, 'urn:uuid:0d9a2a7c-8a8d-4d3c-9d4d-1b2f6b9f9a03', {
        ifNoneExist: `identifier=${personnummer}|${value}`,
      }),
    ]);
    const second = await world.ask('S_A', 'POST', '', {
      body: again,
      headers: { Prefer: 'return=representation' },
    });
    expect(second.json.entry[0].resource.subject.reference).toBe(`Patient/${made.resource.id}`);
  });

  test('is not guessed where the number may be another’s', async () => {
    const team = (member: object) => ({
      resourceType: 'CareTeam',
      status: 'active',
      subject: { reference: 'Patient/p1' },
      participant: [{ member }],
    });
    const member = identified(personnummer, tolvan);
    expect(await findings('S_A', team(member))).toEqual([201, 'warning CareTeam.participant[0].member']);
    const typed = await create('S_A', team({ ...member, type: 'Patient' }));
    expect(typed.json.participant[0].member.reference).toBe('Patient/tolvan');
  });
});

describe('a number is told of to nobody whom $match would not tell', () => {
  test('staff find whom it is, and write where their unit has a relation', async () => {
    const { status, text } = await create('A', about(identified(personnummer, tolvan)));
    expect([status, text.includes('current care relation')]).toEqual([403, true]);
    const numbered = patient({ id: 'p1', identifier: [{ system: personnummer, value: '198208149281' }] });
    await world.write('S_V', { ...numbered, birthDate: '1950-01-01' });
    const known = await create('A', about(identified(personnummer, '19820814-9281')));
    expect([known.status, known.json.subject.reference]).toEqual([201, 'Patient/p1']);
  });

  test.each(['system/CarePlan.cruds', 'system/CarePlan.cruds system/Patient.s?gender=female'])(
    'a token without the whole of Patient.s finds nobody: as if there were none (%s)',
    async (scope) => {
      const [there, not] = await Promise.all(
        [tolvan, '191010101010'].map((value) =>
          create('S_A', about(identified(personnummer, value)), { scope }),
        ),
      );
      expect([there?.status, not?.status]).toEqual([422, 422]);
      expect(there?.text).toBe(not?.text);
    },
  );

  test('a commission that is not for care finds nobody: as if there were none', async () => {
    const administrative = { commissionPurpose: 'Administration' };
    const answers = await Promise.all(
      [tolvan, '191010101010'].map((value) =>
        create('A', about(identified(personnummer, value)), administrative),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([403, 403]);
    expect(answers[0]?.text).toBe(answers[1]?.text);
  });

  test('the audit has a row with the person', async () => {
    await create('S_A', about(identified(personnummer, tolvan), { title: 'Granskad' }));
    const { rows } = await world.api.database.pool.query(
      `select reason from audit where patient = 'tolvan' and reason = 'person-match'`,
    );
    expect(rows.length).toBeGreaterThan(0);
  });
});

describe('staff and organisations by HSA-id and organisationsnummer', () => {
  beforeAll(() =>
    world.write(
      'administrator',
      { resourceType: 'Practitioner', id: 'ssk', identifier: [{ system: hsa, value: 'SE0000000001-1001' }] },
      {
        resourceType: 'Organization',
        id: 'enhet',
        name: 'Hemsjukvården',
        identifier: [
          { system: hsa, value: 'SE0000000001-A1' },
          { system: organisationsnummer, value: '212000-1355' },
        ],
      },
      ...['twin-1', 'twin-2'].map((id) => ({
        resourceType: 'Practitioner',
        id,
        identifier: [{ system: hsa, value: 'SE0000000001-9999' }],
      })),
    ),
  );

  const subject = { reference: 'Patient/p1' };

  test('are the one resource that has it, of a type that the element takes', async () => {
    const { json } = await create(
      'S_A',
      about(subject, {
        author: identified(hsa, 'se0000000001-1001'),
        contributor: [identified(hsa, 'SE0000000001-A1'), identified(organisationsnummer, '162120001355')],
      }),
    );
    expect(json.author.reference).toBe('Practitioner/ssk');
    expect(json.contributor.map(({ reference }: { reference: string }) => reference)).toEqual([
      'Organization/enhet',
      'Organization/enhet',
    ]);
    const { json: page } = await world.ask('S_A', 'GET', '/CarePlan?author=Practitioner/ssk');
    expect(keysIn(page)).toEqual([`CarePlan/${json.id}`]);
  });

  test('are left as they were written where several or none have it, with a warning', async () => {
    for (const value of ['SE0000000001-9999', 'SE0000000001-0000']) {
      const body = about(subject, { author: identified(hsa, value) });
      expect(await findings('S_A', body)).toEqual([201, 'warning CarePlan.author']);
      expect((await create('S_A', body)).json.author).toEqual(body.author);
    }
    const typed = about(subject, {
      author: identified(hsa, 'SE0000000001-1001', { type: 'PractitionerRole' }),
    });
    expect(await findings('S_A', typed)).toEqual([201, 'warning CarePlan.author']);
  });

  test('what is no Reference is left alone', async () => {
    const { status, json } = await create('S_A', {
      resourceType: 'QuestionnaireResponse',
      status: 'completed',
      subject,
      identifier: { system: hsa, value: 'SE0000000001-1001' },
    });
    expect([status, json.reference, json.identifier.reference]).toEqual([201, undefined, undefined]);
  });
});

describe('a person is there for whoever may write about the person, seen or not', () => {
  test('the systems of every organisation, and staff on their unit’s relation', async () => {
    expect((await world.ask('S_A', 'GET', '/Patient/p2')).status).toBe(404);
    expect((await create('S_A', about({ reference: 'Patient/p2' }))).status).toBe(201);
    expect((await create('A', about({ reference: 'Patient/p1' }))).status).toBe(201);
    expect((await create('A', about({ reference: 'Patient/p2' }))).status).toBe(403);
    expect((await create('A', about({ reference: 'Patient/nobody' }))).status).toBe(403);
  });

  test('a person that nobody has registered is told of by where to find one', async () => {
    const answer = await create('S_A', about({ reference: 'Patient/nobody' }));
    expect([answer.status, first(answer).diagnostics]).toEqual([
      422,
      expect.stringContaining('Patient/$match'),
    ]);
  });
});
