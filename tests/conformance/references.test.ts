import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createTestApp, type TestApp } from '@naravard/testkit';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { bundle, careTeam, encounter, patient, post } from './resources.ts';

// http://hl7.org/fhir/R4/references.html: what a write refers to is there for its writer, or its answer says so.

const base = 'http://localhost:8080/fhir';
const other = 'https://fhir.other.example/r4';
let warning: TestApp;
let enforcing: TestApp;
let open: TestApp;

type Body = { resourceType: string } & Record<string, unknown>;

const made = async ({ ask }: TestApp, body: Body) => {
  const { status, json, text } = await ask('POST', `/${body.resourceType}`, { body });
  expect([status, status === 201 ? '' : text]).toEqual([201, '']);
  return `${json.resourceType}/${json.id}`;
};

/** Status of a create, and what its answer finds: severity, expression. */
async function creating({ ask }: TestApp, body: Body) {
  const headers = { Prefer: 'return=OperationOutcome' };
  const { status, json } = await ask('POST', `/${body.resourceType}`, { body, headers });
  return [status, ...findingsIn(json)];
}

interface Issue {
  severity: string;
  expression?: string[];
}

const findingsIn = ({ issue }: { issue: Issue[] }) =>
  issue
    .filter(({ severity }) => severity !== 'information')
    .map(({ severity, expression }) => `${severity} ${expression?.[0]}`);

const plan = (subject: string, over: object = {}): Body => ({
  resourceType: 'CarePlan',
  status: 'active',
  intent: 'plan',
  subject: { reference: subject },
  ...over,
});

let person = '';
beforeAll(async () => {
  warning = await createTestApp({ references: { policy: 'warn', bases: [other] } });
  enforcing = await createTestApp({ references: { policy: 'enforce', bases: [other] } });
  open = await createTestApp();
  person = await made(warning, patient());
});
afterAll(() => Promise.all([warning.close(), enforcing.close(), open.close()]));
afterEach(() => vi.restoreAllMocks());

describe('whom and which contact a resource is about', () => {
  test('is there, or nothing is written: 422 with the element', async () => {
    expect(await creating(warning, plan('Patient/nobody'))).toEqual([422, 'error CarePlan.subject']);
    expect(await creating(warning, plan(person, { encounter: { reference: 'Encounter/none' } }))).toEqual([
      422,
      'error CarePlan.encounter',
    ]);
    expect(
      await creating(warning, {
        resourceType: 'Task',
        status: 'requested',
        intent: 'order',
        for: { reference: 'Patient/nobody' },
      }),
    ).toEqual([422, 'error Task.for']);
    const { json } = await warning.ask('GET', '/CarePlan?_summary=count');
    expect(json.total).toBe(0);
  });

  test('has not been deleted', async () => {
    const gone = await made(warning, patient());
    await warning.ask('DELETE', `/${gone}`);
    expect(await creating(warning, plan(gone))).toEqual([422, 'error CarePlan.subject']);
  });

  test('is found under our own address too', async () => {
    expect(await creating(warning, plan(`${base}/${person}`))).toEqual([201]);
    expect(await creating(warning, plan(`${base}/Patient/nobody`))).toEqual([422, 'error CarePlan.subject']);
  });

  test('is on no server that is not known', async () => {
    expect(await creating(warning, plan('https://elsewhere.example/fhir/Patient/1'))).toEqual([
      422,
      'error CarePlan.subject',
    ]);
    expect(await creating(warning, plan(`${other}/Patient/1`))).toEqual([201]);
  });

  test('of many creates at once, the bad ones fail alone', async () => {
    const all = Array.from({ length: 40 }, (_, at) => (at % 8 === 3 ? 'Patient/nobody' : person));
    const answers = await Promise.all(all.map((subject) => creating(warning, careTeam(subject))));
    expect(answers.map(([status]) => status)).toEqual(all.map((subject) => (subject === person ? 201 : 422)));
  });
});

describe('other references', () => {
  const author = { author: { reference: 'Practitioner/nobody' } };

  test('that lead nowhere are written with a warning, or refused', async () => {
    expect(await creating(warning, plan(person, author))).toEqual([201, 'warning CarePlan.author']);
    const there = await made(enforcing, patient());
    expect(await creating(enforcing, plan(there, author))).toEqual([422, 'error CarePlan.author']);
    expect(await creating(enforcing, plan(there))).toEqual([201]);
  });

  test('are not looked at where the policy is off, nor are those to patients', async () => {
    expect(await creating(open, plan('Patient/nobody', author))).toEqual([201]);
  });

  test('each name their own element', async () => {
    const nowhere = (type: string) => ({ reference: `${type}/nobody` });
    const body = plan(person, {
      careTeam: [nowhere('CareTeam')],
      activity: [
        { detail: { status: 'in-progress', performer: [{ reference: person }, nowhere('CareTeam')] } },
      ],
    });
    expect(await creating(warning, body)).toEqual([
      201,
      'warning CarePlan.careTeam[0]',
      'warning CarePlan.activity[0].detail.performer[1]',
    ]);
  });

  test('to other servers are told of but for those that the operator allows', async () => {
    const refer = (url: string) => plan(person, { author: { reference: url } });
    const elsewhere = refer('https://elsewhere.example/fhir/Practitioner/1');
    const allowed = refer(`${other}/Practitioner/1`);
    expect(await creating(warning, elsewhere)).toEqual([201, 'warning CarePlan.author']);
    expect(await creating(warning, allowed)).toEqual([201]);
    expect(await creating(warning, refer(`${other}x/Practitioner/1`))).toEqual([
      201,
      'warning CarePlan.author',
    ]);
    const there = await made(enforcing, patient());
    const refused = { ...elsewhere, subject: { reference: there } };
    expect(await creating(enforcing, refused)).toEqual([422, 'error CarePlan.author']);
  });

  test('to a version are looked at as to the resource, and said to be no more', async () => {
    const versioned = plan(person, {
      basedOn: [{ reference: `${await made(warning, plan(person))}/_history/1` }],
    });
    expect(await creating(warning, versioned)).toEqual([201, 'warning CarePlan.basedOn[0]']);
    const nowhere = plan(person, { basedOn: [{ reference: 'CarePlan/none/_history/1' }] });
    expect(await creating(warning, nowhere)).toEqual([
      201,
      'warning CarePlan.basedOn[0]',
      'warning CarePlan.basedOn[0]',
    ]);
  });

  test('to contained resources and to what the service makes when asked are left as they are', async () => {
    const contained = plan(person, {
      contained: [{ resourceType: 'Practitioner', id: 'p' }],
      author: { reference: '#p' },
    });
    expect(await creating(warning, contained)).toEqual([201]);
    const noted = {
      resourceType: 'Provenance',
      target: [{ reference: person }],
      recorded: '2026-01-01T00:00:00Z',
      agent: [{ who: { display: 'Någon' } }],
      entity: [{ role: 'source', what: { reference: 'AuditEvent/1' } }],
    };
    expect(await creating(warning, noted)).toEqual([201]);
  });
});

describe('a change', () => {
  test('is asked about what it adds, not about what stood before', async () => {
    const visit = await made(warning, encounter(person, '2026-01-01T10:00:00Z'));
    const about = plan(person, { encounter: { reference: visit } });
    const address = await made(warning, about);
    await warning.ask('DELETE', `/${visit}`);
    const id = address.slice('CarePlan/'.length);
    const headers = { Prefer: 'return=OperationOutcome' };
    const change = (over: object, more = {}) =>
      warning.ask('PUT', `/${address}`, {
        body: { ...about, id, ...over },
        headers: { ...headers, ...more },
      });
    expect((await change({ title: 'Ny' })).status).toBe(200);
    expect((await change({ status: 'completed' })).status).toBe(200);
    expect((await change({ status: 'active' }, { 'If-Match': 'W/"3"' })).status).toBe(200);
    const moved = await change({ encounter: { reference: 'Encounter/none' } });
    expect([moved.status, ...findingsIn(moved.json)]).toEqual([422, 'error CarePlan.encounter']);
    const added = await change({ careTeam: [{ reference: 'CareTeam/none' }] });
    expect([added.status, ...findingsIn(added.json)]).toEqual([200, 'warning CarePlan.careTeam[0]']);
    const current = await warning.ask('GET', `/${address}`);
    expect([current.json.meta.versionId, current.json.status]).toEqual(['5', 'active']);
  });

  test('by patch is asked too', async () => {
    const address = await made(warning, plan(person));
    const body = [{ op: 'add', path: '/encounter', value: { reference: 'Encounter/none' } }];
    const { status, json } = await warning.ask('PATCH', `/${address}`, {
      body,
      type: 'application/json-patch+json',
    });
    expect([status, ...findingsIn(json)]).toEqual([422, 'error CarePlan.encounter']);
  });

  test('to an id that is new, or deleted, is asked about everything', async () => {
    const put = (subject: string) =>
      warning.ask('PUT', '/CarePlan/chosen', { body: { ...plan(subject), id: 'chosen' } });
    expect((await put('Patient/nobody')).status).toBe(422);
    expect((await put(person)).status).toBe(201);
  });
});

describe('what is written together', () => {
  test('is there for its other parts, in whatever order', async () => {
    const entry = [
      post(plan('urn:uuid:0d9a2a7c-8a8d-4d3c-9d4d-1b2f6b9f9a01')),
      post(patient(), 'urn:uuid:0d9a2a7c-8a8d-4d3c-9d4d-1b2f6b9f9a01'),
    ];
    const { status } = await enforcing.ask('POST', '', { body: bundle('transaction', entry) });
    expect(status).toBe(200);
  });

  test('fails together, at the entry that refers to nothing', async () => {
    const entry = [post(patient({ id: undefined })), post(plan('Patient/nobody'))];
    const { status, json } = await warning.ask('POST', '', { body: bundle('transaction', entry) });
    expect([status, ...findingsIn(json)]).toEqual([422, 'error Bundle.entry[1].resource.subject']);
  });

  test('is not there when it is deleted in the same transaction', async () => {
    const gone = await made(warning, patient());
    const entry = [{ request: { method: 'DELETE', url: gone } }, post(plan(gone))];
    const { status, json } = await warning.ask('POST', '', { body: bundle('transaction', entry) });
    expect([status, ...findingsIn(json)]).toEqual([422, 'error Bundle.entry[1].resource.subject']);
  });

  test('in a batch each part is on its own', async () => {
    const body = bundle('batch', [post(plan('Patient/nobody')), post(plan(person))]);
    const { json } = await warning.ask('POST', '', { body });
    expect(json.entry.map(({ response }: { response: { status: string } }) => response.status)).toEqual([
      '422 Unprocessable Entity',
      '201 Created',
    ]);
  });
});

describe('one write is one statement', () => {
  const references = {
    careTeam: [{ reference: 'CareTeam/none' }],
    author: { reference: 'Practitioner/none' },
    addresses: [1, 2, 3].map((n) => ({ reference: `Condition/none-${n}` })),
  };

  async function statements(work: () => Promise<unknown>): Promise<number> {
    const query = vi.spyOn(pg.Client.prototype, 'query');
    await work();
    const { length } = query.mock.calls;
    query.mockRestore();
    return length;
  }

  test('however much it refers to, as without the policy', async () => {
    const there = await made(open, patient());
    for (const body of [plan(person), plan(person, references)]) {
      const asked = await statements(() => creating(warning, body));
      const unasked = await statements(() => creating(open, { ...body, subject: { reference: there } }));
      expect(asked).toBe(unasked);
    }
  });

  test('of a change too', async () => {
    const count = async (api: TestApp, subject: string) => {
      const address = await made(api, plan(subject));
      const id = address.slice('CarePlan/'.length);
      const body = { ...plan(subject, references), id, status: 'completed' };
      return statements(() => api.ask('PUT', `/${address}`, { body }));
    };
    expect(await count(warning, person)).toBe(await count(open, await made(open, patient())));
  });
});

const folder = new URL('../../../shared/data/synthea/', import.meta.url);

describe.skipIf(!existsSync(folder))('bundles of Synthea', () => {
  test('are taken as they are under every policy, for they refer to what they bring', async () => {
    const [file = ''] = readdirSync(folder)
      .filter((name) => name.endsWith('.json') && !/hospital|practitioner/i.test(name))
      .sort();
    const staff = readdirSync(folder).filter((name) => /hospital|practitioner/i.test(name));
    for (const name of [...staff.sort(), file]) {
      const body = readFileSync(new URL(name, folder), 'utf8');
      const { status, text } = await enforcing.ask('POST', '', { body });
      expect(status, `${name}: ${text.slice(0, 800)}`).toBe(200);
    }
  });
});
