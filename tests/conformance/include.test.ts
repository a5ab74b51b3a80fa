import { organisationScope, systemRights } from '@naravard/access';
import { createTestApp, type TestApp, type TestResponse } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundle, encounter, patient, post } from './resources.ts';

let fhir: TestApp;
/** The same database, in which only what SE0000000001-A has written can be seen. */
let narrow: TestApp;

const put = (resource: { resourceType: string; id: string }) => ({
  resource,
  request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
});

const team = {
  resourceType: 'CareTeam',
  id: 'team',
  status: 'active',
  subject: { reference: 'Patient/astrid' },
  participant: [
    { member: { reference: 'PractitionerRole/role' } },
    { member: { reference: 'Practitioner/nurse' } },
    { member: { reference: 'Practitioner/absent' } },
    { member: { reference: 'Patient/astrid' } },
    { member: { display: 'Någon utan id' } },
  ],
};

beforeAll(async () => {
  fhir = await createTestApp({ rights: () => systemRights('test') });
  const only = organisationScope('vg:SE0000000001-A');
  narrow = await createTestApp({
    store: {
      ...fhir.store,
      search: (context, query) => fhir.store.search({ ...context, scope: only, second: null }, query),
    },
  });
  const stored = await fhir.ask('POST', '', {
    body: bundle('transaction', [
      put({
        resourceType: 'Organization',
        id: 'unit',
        name: 'Hemsjukvården',
        partOf: { reference: 'Organization/whole' },
      } as never),
      put({
        resourceType: 'Organization',
        id: 'whole',
        name: 'Kommunen',
        partOf: { reference: 'Organization/unit' },
      } as never),
      put({ resourceType: 'Practitioner', id: 'nurse', name: [{ family: 'Sköld' }] } as never),
      put({
        resourceType: 'PractitionerRole',
        id: 'role',
        practitioner: { reference: 'Practitioner/nurse' },
        organization: { reference: 'Organization/unit' },
      } as never),
      put({
        ...patient({ id: 'astrid', managingOrganization: { reference: 'Organization/whole' } }),
      } as never),
      put(team),
      ...Array.from({ length: 30 }, (_, day) =>
        post(encounter('Patient/astrid', `2026-10-${String(day + 1).padStart(2, '0')}T10:00:00Z`)),
      ),
    ]),
  });
  expect(stored.status).toBe(200);
  const own = await fhir.ask('POST', '/Patient', {
    as: 'journalsystem-utan-id',
    body: patient({ identifier: [{ system: 'urn:test', value: 'own' }] }),
  });
  await fhir.ask('POST', '/CareTeam', {
    body: {
      ...team,
      id: undefined,
      subject: { reference: `Patient/${own.json.id}` },
      participant: undefined,
    },
  });
});
afterAll(async () => {
  await narrow.close();
  await fhir.close();
});

interface Entry {
  search: { mode: string };
  resource: { resourceType: string; id: string; issue?: { diagnostics: string }[] };
}

/** `match CareTeam/team`, `include Practitioner/nurse`, ..., Encounters without their ids. */
const found = ({ json }: TestResponse): string[] =>
  ((json.entry ?? []) as Entry[])
    .map(
      ({ search, resource: { resourceType, id } }) =>
        `${search.mode} ${resourceType}${resourceType === 'Encounter' || !id ? '' : `/${id}`}`,
    )
    .sort();
const searched = async (path: string) => found(await fhir.ask('GET', path));
const refused = async (path: string) => {
  const { status, json } = await fhir.ask('GET', path);
  return [status, json.issue?.[0].expression[0], json.issue?.[0].diagnostics];
};

describe('_include', () => {
  test('adds what the matches refer to, each once, and not what is absent', async () => {
    expect(await searched('/CareTeam?_id=team&_include=CareTeam:participant')).toEqual([
      'include Patient/astrid',
      'include Practitioner/nurse',
      'include PractitionerRole/role',
      'match CareTeam/team',
    ]);
  });
  test('follows one type of target when one is named, or the alias that names it', async () => {
    expect(await searched('/CareTeam?_id=team&_include=CareTeam:participant:Practitioner')).toEqual([
      'include Practitioner/nurse',
      'match CareTeam/team',
    ]);
    expect(await searched('/CareTeam?_id=team&_include=CareTeam:patient')).toEqual([
      'include Patient/astrid',
      'match CareTeam/team',
    ]);
  });
  test('takes every reference with a wildcard, of the type or of all', async () => {
    const all = [
      'include Patient/astrid',
      'include Practitioner/nurse',
      'include PractitionerRole/role',
      'match CareTeam/team',
    ];
    expect(await searched('/CareTeam?_id=team&_include=CareTeam:*')).toEqual(all);
    expect(await searched('/CareTeam?_id=team&_include=*')).toEqual(all);
  });
  test('does not list a match again as included', async () => {
    expect(await searched('/Organization?_include=Organization:partof')).toEqual([
      'match Organization/unit',
      'match Organization/whole',
    ]);
  });
  test('goes on from what was included only with :iterate, in a circle too', async () => {
    const roles = '/CareTeam?_id=team&_include=CareTeam:participant:PractitionerRole';
    expect(await searched(`${roles}&_include:iterate=PractitionerRole:organization`)).toEqual([
      'include Organization/unit',
      'include PractitionerRole/role',
      'match CareTeam/team',
    ]);
    const around = `${roles}&_include:iterate=PractitionerRole:organization&_include:iterate=Organization:partof`;
    expect(await searched(around)).toEqual([
      'include Organization/unit',
      'include Organization/whole',
      'include PractitionerRole/role',
      'match CareTeam/team',
    ]);
  });
});

describe('_revinclude', () => {
  test('adds what refers to the matches', async () => {
    const entries = await searched(
      '/Patient?_id=astrid&_revinclude=CareTeam:patient&_revinclude=Encounter:subject',
    );
    expect(entries.filter((each) => each === 'include Encounter')).toHaveLength(30);
    expect(entries).toContain('include CareTeam/team');
    expect(entries).toHaveLength(32);
  });
  test('takes all that refers to them with a wildcard', async () => {
    expect(await searched('/Patient?_id=astrid&_revinclude=*')).toHaveLength(32);
    expect(await searched('/Patient?_id=astrid&_revinclude=CareTeam:*')).toHaveLength(2);
  });
  test('goes on from what was included with :iterate', async () => {
    const from =
      '/Practitioner?_id=nurse&_revinclude=PractitionerRole:practitioner&_revinclude:iterate=CareTeam:participant';
    const entries = await searched(from);
    expect(entries).toContain('include CareTeam/team');
    expect(entries).toContain('include PractitionerRole/role');
  });
});

describe('what is included', () => {
  test('is said to be cut when it is more than comes with a page', async () => {
    const few = await createTestApp({ store: fhir.store, limits: { included: 10 } });
    const answer = await few.ask('GET', '/Patient?_id=astrid&_revinclude=Encounter:patient');
    const entries = answer.json.entry as Entry[];
    expect(found(answer).filter((each) => each === 'include Encounter')).toHaveLength(10);
    expect(entries.at(-1)?.search.mode).toBe('outcome');
    expect(entries.at(-1)?.resource.issue?.[0]?.diagnostics).toContain('10 resources');
    await few.close();
  });
  test('comes with each page of its own matches', async () => {
    const first = await fhir.ask('GET', '/Encounter?patient=astrid&_count=20&_include=Encounter:patient');
    const next = first.json.link.find(({ relation }: { relation: string }) => relation === 'next').url;
    expect(found(await fhir.ask('GET', next))).toEqual([
      'include Patient/astrid',
      ...Array.from({ length: 10 }, () => 'match Encounter'),
    ]);
  });
  test('is what the caller may see, in every round and in both directions', async () => {
    const see = async (path: string) => found(await narrow.ask('GET', path));
    const [own] = await see('/Patient?identifier=urn:test|own');
    expect(own).toMatch(/^match Patient/);
    expect(await see('/Patient?identifier=urn:test|own&_revinclude=CareTeam:patient')).toEqual([own]);
    expect(await see('/Patient?identifier=urn:test|own&_revinclude=*&_revinclude:iterate=*')).toEqual([own]);
    expect(await see('/CareTeam?_include=*')).toEqual([]);
  });
  test('is audited with its patients', async () => {
    await fhir.ask('GET', '/Organization?_id=whole&_revinclude=Patient:organization', {
      headers: { 'x-request-id': 'included-audit' },
    });
    const { rows } = await fhir.database.pool.query(
      `select patient, targets from audit where request = 'included-audit' and patient is not null`,
    );
    expect(rows).toEqual([{ patient: 'astrid', targets: ['Patient/astrid/_history/1'] }]);
  });
});

describe('an include is refused', () => {
  test.each([
    ['CareTeam:colour', 'the references of CareTeam are'],
    ['CareTeam:status', 'the references of CareTeam are'],
    ['CareTeam', 'write Type:parameter'],
    ['CareTeam:participant:Encounter', 'refers to'],
    ['CarePlan:instantiates-canonical', 'holds canonical URLs'],
    ['CareTeem:participant', 'no resource type'],
    ['Encounter:patient', 'write :iterate'],
  ])('as _include=%s', async (value, reason) => {
    expect(await refused(`/CareTeam?_include=${value}`)).toEqual([
      400,
      '_include',
      expect.stringContaining(reason),
    ]);
  });
  test('with another modifier, or where it cannot refer here', async () => {
    expect(await refused('/CareTeam?_include:recurse=CareTeam:patient')).toEqual([
      400,
      '_include:recurse',
      expect.stringContaining(':iterate'),
    ]);
    expect(await refused('/CareTeam?_revinclude=Encounter:patient')).toEqual([
      400,
      '_revinclude',
      expect.stringContaining('refers to Patient'),
    ]);
  });
});
