import { careRelation, svodConsent, svodInformationGiven, svodMembership } from '@naravard/access';
import { createTestApp, type PersonaId, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundle, careTeam, encounter, patient } from '../conformance/resources.ts';

/**
 * The region has written about p1, whom the nurse of the municipality has a relation to and consent from, about p2, whom she
 * has nothing to do with, and about p3, whose relation has ended.
 */
let fhir: TestApp;
const nurse = 'ssk-hemsjukvard' as const;
const unit = 'SE0000000001-A1';
const number = (value: string) => [{ system: 'urn:test', value }];

const plan = (of: string, over: object = {}) => ({
  resourceType: 'CarePlan',
  id: `${of}-plan`,
  status: 'active',
  intent: 'plan',
  identifier: number(`${of}-plan`),
  subject: { reference: `Patient/${of}` },
  ...over,
});

const put = (resource: { resourceType: string; id?: string }) => ({
  resource,
  request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
});

async function store(as: PersonaId, ...resources: { resourceType: string; id?: string }[]) {
  const { status, text } = await fhir.ask('POST', '', {
    as,
    body: bundle('transaction', resources.map(put) as never),
  });
  expect(status, text).toBe(200);
}

const ask = (method: string, path: string, over: object = {}) =>
  fhir.ask(method, path, { as: nurse, ...over });
const found = async (path: string): Promise<string[]> => {
  const { status, json, text } = await ask('GET', path);
  expect(status, text).toBe(200);
  return (json.entry ?? []).map(({ resource }: { resource: { id: string } }) => resource.id).sort();
};
/** The same request for what is hidden and for what never was: status and bytes. */
async function alike(method: string, path: (id: string) => string, over: object = {}): Promise<number> {
  const answer = async (id: string) => {
    const { status, text, headers } = await ask(method, path(id), over);
    return [status, text.replaceAll(id, '{id}'), headers.etag];
  };
  const hidden = await answer('p2-plan');
  expect(hidden).toEqual(await answer('never-was'));
  return Number(hidden[0]);
}

beforeAll(async () => {
  fhir = await createTestApp();
  for (const hsaId of ['SE0000000001-A', 'SE0000000002-A']) {
    const body = svodMembership({ organisation: { hsaId, as: 'vardgivare' } });
    expect((await fhir.ask('POST', '/OrganizationAffiliation', { as: 'administrator', body })).status).toBe(
      201,
    );
  }
  for (const id of ['p1', 'p2', 'p3']) {
    await store(
      'journalsystem',
      { ...patient({ id, name: [{ family: `Namn${id}` }], identifier: number(id) }) } as never,
      svodInformationGiven({ id: `${id}-info`, patient: id, at: '2026-01-01' }),
      plan(id, id === 'p1' ? { replaces: [{ reference: 'CarePlan/p2-plan' }] } : {}),
      encounter(`Patient/${id}`, '2026-10-01T10:00:00Z', {
        id: `${id}-visit`,
        serviceProvider: { reference: 'Organization/enheten' },
      }) as never,
      {
        resourceType: 'List',
        id: `${id}-list`,
        status: 'current',
        mode: 'working',
        subject: { reference: `Patient/${id}` },
      } as never,
    );
  }
  await store(
    'journalsystem',
    { resourceType: 'Organization', id: 'enheten', name: 'Enheten' } as never,
    { ...careTeam('Patient/p1', { id: 'p1-team', encounter: { reference: 'Encounter/p2-visit' } }) } as never,
    { ...careTeam('Patient/p2', { id: 'p2-gone' }) } as never,
    plan('p2', { id: 'p2-refers', basedOn: [{ reference: 'CarePlan/p1-plan' }] }),
  );
  await fhir.ask('DELETE', '/CareTeam/p2-gone');
  for (const id of ['p1', 'p3']) {
    await store(
      'journalsystem-kommun',
      careRelation({ id: `${id}-relation`, patient: id, unit, start: '2026-01-01' }),
      svodConsent({
        id: `${id}-consent`,
        patient: id,
        answer: 'yes',
        unit,
        at: '2026-01-01',
        start: '2026-01-01',
      }),
    );
  }
  expect((await ask('GET', '/CarePlan/p3-plan/_history/1')).status).toBe(200);
  await store(
    'journalsystem-kommun',
    careRelation({ id: 'p3-relation', patient: 'p3', unit, start: '2026-01-01', end: '2026-02-01' }),
  );
});
afterAll(() => fhir.close());

describe('what a caller may not see', () => {
  test('attack 19: a plan of a foreign patient is the bytes of an unknown one', async () => {
    expect((await ask('GET', '/CarePlan/p1-plan')).status).toBe(200);
    expect(await alike('GET', (id) => `/CarePlan/${id}`)).toBe(404);
  });
  test('attack 20: versions and history are gone with the relation', async () => {
    for (const path of ['', '/_history', '/_history/1'])
      expect((await ask('GET', `/CarePlan/p3-plan${path}`)).status, path).toBe(404);
  });
  test('attack 21: histories of a type and of all hold what is visible', async () => {
    expect(await found('/CarePlan/_history')).toEqual(['p1-plan']);
    expect(
      (await found('/_history?_count=200')).filter((id) => /^p[23]-(?!relation|consent)/.test(id)),
    ).toEqual([]);
  });
  test('attack 23: counts and totals count what is visible', async () => {
    expect((await ask('GET', '/CarePlan?_summary=count')).json.total).toBe(1);
    expect((await ask('GET', '/CarePlan?_total=accurate&_count=1')).json).toMatchObject({ total: 1 });
    expect(
      (await ask('GET', '/CarePlan?_count=1')).json.link.some(
        ({ relation }: { relation: string }) => relation === 'next',
      ),
    ).toBe(false);
  });
  test('attack 24: an include brings nothing of a foreign patient', async () => {
    expect(await found('/CarePlan?_include=CarePlan:replaces')).toEqual(['p1-plan']);
  });
  test('attack 25: neither do reverse, iterated and wildcard includes', async () => {
    for (const query of [
      '_revinclude=CarePlan:based-on',
      '_include=*&_include:iterate=*',
      '_revinclude=*&_revinclude:iterate=*',
    ])
      expect(
        (await found(`/CarePlan?_id=p1-plan&${query}`)).filter((id) => id.startsWith('p2')),
        query,
      ).toEqual([]);
  });
  test('attack 26: a page link is its holder’s own', async () => {
    const { json } = await fhir.ask('GET', '/CarePlan?_count=1');
    const next = json.link.find(({ relation }: { relation: string }) => relation === 'next').url;
    expect((await ask('GET', next)).status).toBe(400);
    expect((await fhir.ask('GET', `${next.slice(0, -4)}AAAA`)).status).toBe(400);
  });
  test('attack 27: a chain over an invisible patient finds nothing', async () => {
    expect(await found('/CarePlan?subject:Patient.name=Namnp1')).toEqual(['p1-plan']);
    expect(await found('/CarePlan?subject:Patient.name=Namnp2')).toEqual([]);
  });
  test('attack 28: _has over an invisible resource finds nothing', async () => {
    expect(await found('/Patient?_has:CarePlan:subject:status=active')).toEqual(['p1']);
    expect(await found('/CarePlan?_has:CarePlan:based-on:status=active')).toEqual([]);
  });
  test('attack 29: an invisible middle link breaks a chain', async () => {
    expect(await found('/CareTeam?encounter.service-provider.name=Enheten')).toEqual([]);
    expect(await found('/CareTeam?encounter:missing=false')).toEqual(['p1-team']);
  });
  test('attack 33: a reference from or to what is visible gives no access', async () => {
    expect((await ask('GET', '/CarePlan/p2-refers')).status).toBe(404);
  });
  test('attack 42: conditions on the invisible tell nothing', async () => {
    for (const headers of [
      { 'if-none-match': 'W/"1"' },
      { 'if-modified-since': 'Wed, 01 Jan 2031 00:00:00 GMT' },
    ])
      expect(await alike('GET', (id) => `/CarePlan/${id}`, { headers })).toBe(404);
  });
  test('attack 43: deleting the invisible, and reading what was invisible and is deleted', async () => {
    expect(await alike('DELETE', (id) => `/CarePlan/${id}`)).toBe(204);
    expect((await fhir.ask('GET', '/CarePlan/p2-plan')).status).toBe(200);
    expect((await ask('GET', '/CareTeam/p2-gone')).status).toBe(404);
  });
  test('attack 44: a search by POST answers as by GET', async () => {
    const type = 'application/x-www-form-urlencoded';
    for (const path of ['/CarePlan/_search', '/CarePlan/_search?status=active']) {
      const { json } = await ask('POST', path, { body: 'patient=p2,p1', type });
      expect((json.entry ?? []).map(({ resource }: { resource: { id: string } }) => resource.id)).toEqual([
        'p1-plan',
      ]);
    }
  });
  test('attack 45: neither are lists, provenance and audit of a foreign patient shown', async () => {
    expect((await ask('GET', '/List/p2-list')).status).toBe(404);
    expect(await found('/AuditEvent?patient=p2')).toEqual([]);
    expect(await found('/Provenance?target=CarePlan/p2-plan')).toEqual([]);
  });
});

describe('a caller who writes', () => {
  test('attack 34: cannot say whose it is', async () => {
    const reserved = {
      security: [{ system: 'https://naravard.se/fhir/CodeSystem/access', code: 'several-patients' }],
    };
    expect(
      (await ask('POST', '/CareTeam', { body: careTeam('Patient/p1', { meta: reserved }) })).status,
    ).toBe(403);
    const managingOrganization = [{ reference: 'Organization/enheten' }];
    const { json } = await ask('POST', '/CareTeam', {
      body: careTeam('Patient/p1', { managingOrganization }),
    });
    const { rows } = await fhir.database.pool.query(
      'select custodian, author_unit from resource where id = $1',
      [json.id],
    );
    expect(rows).toEqual([{ custodian: 'vg:SE0000000001-A', author_unit: unit }]);
  });
  test('attack 35: cannot move it to another patient or id', async () => {
    const moved = { ...plan('p1'), subject: { reference: 'Patient/p2' } };
    expect((await fhir.ask('PUT', '/CarePlan/p1-plan', { body: moved })).status).toBe(422);
    expect((await fhir.ask('PUT', '/CarePlan/p1-plan', { body: plan('p2') })).status).toBe(400);
  });
  test('attack 36: cannot grant itself access', async () => {
    const { id: _, ...relation } = careRelation({ patient: 'p2', unit, start: '2026-01-01' });
    expect((await ask('POST', '/EpisodeOfCare', { body: relation })).status).toBe(403);
    const member = { identifier: { system: 'urn:oid:1.2.752.29.4.19', value: 'SE0000000001-1001' } };
    expect(
      (await ask('POST', '/CareTeam', { body: careTeam('Patient/p2', { participant: [{ member }] }) }))
        .status,
    ).toBe(403);
    expect((await ask('GET', '/CarePlan/p2-plan')).status).toBe(404);
  });
  test('attack 37: cannot end or change what another organisation has written', async () => {
    expect((await ask('DELETE', '/CarePlan/p1-plan')).status).toBe(403);
    expect((await ask('PUT', '/CarePlan/p1-plan', { body: plan('p1', { status: 'revoked' }) })).status).toBe(
      403,
    );
    for (const path of ['/Consent/p1-info', '/List/p2-list'])
      expect([403, 204]).toContain((await fhir.ask('DELETE', path, { as: 'journalsystem-kommun' })).status);
    expect((await fhir.ask('GET', '/Consent/p1-info')).json.status).toBe('active');
  });
  test('attack 38: conditions that match the invisible are as without a match', async () => {
    const as = 'journalsystem-kommun' as const;
    const headers = { 'if-none-exist': 'identifier=urn:test|p2-plan' };
    const { id: _, ...body } = plan('p2');
    expect((await fhir.ask('POST', '/CarePlan', { as, body, headers })).status).toBe(201);
    expect((await ask('DELETE', '/CarePlan?identifier=urn:test|p3-plan')).status).toBe(204);
    expect((await fhir.ask('GET', '/CarePlan/p3-plan')).status).toBe(200);
  });
  test('attack 39: is judged entry by entry in a batch, and as a whole in a transaction', async () => {
    const entry = [
      { request: { method: 'GET', url: 'CarePlan/p1-plan' } },
      { request: { method: 'GET', url: 'CarePlan/p2-plan' } },
      {
        request: { method: 'POST', url: 'CareTeam' },
        resource: careTeam('Patient/p2', { name: 'Obehörig' }),
      },
      {
        request: { method: 'POST', url: 'CareTeam' },
        resource: careTeam('Patient/p1', { name: 'Obehörig' }),
      },
    ];
    const { json } = await ask('POST', '', { body: bundle('batch', entry.slice(0, 3) as never) });
    expect(
      json.entry.map(({ response }: { response: { status: string } }) => response.status.slice(0, 3)),
    ).toEqual(['200', '404', '403']);
    expect((await ask('POST', '', { body: bundle('transaction', entry.slice(2) as never) })).status).toBe(
      403,
    );
    expect(await found('/CareTeam?patient=p1')).not.toContain('Obehörig');
  });
  test('attack 40: cannot find the invisible by a conditional reference', async () => {
    const entry = {
      request: { method: 'POST', url: 'CareTeam' },
      resource: careTeam('Patient?identifier=urn:test|p2'),
    };
    const { status } = await ask('POST', '', { body: bundle('transaction', [entry] as never) });
    expect(status).toBe(422);
  });
});
