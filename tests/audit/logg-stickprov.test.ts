import { careRelation } from '@naravard/access';
import { createValidator, loadDefinitions } from '@naravard/fhir';
import { createTestApp, type PersonaId, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ago, clearAudit, hsaId, insertRow, patientOf, rowsOf } from './audit-rows.ts';

let api: TestApp;
const validate = createValidator(loadDefinitions());
const number = (value: string) => ({
  system: 'http://electronichealth.se/identifier/personnummer',
  value,
});
const unit = 'SE0000000002-A1';

const put = (resource: { resourceType: string; id: string }, as: PersonaId = 'journalsystem') =>
  api
    .ask('PUT', `/${resource.resourceType}/${resource.id}`, { as, body: resource })
    .then(({ status, text }) => {
      expect([resource.id, status, text]).toEqual([resource.id, 201, text]);
    });

beforeAll(async () => {
  api = await createTestApp();
  const address = [{ line: ['Storgatan 7'], postalCode: '311 31', city: 'Falkenberg' }];
  const family = (name: string) => [{ family: name, given: ['Kim'] }];
  await put(patientOf('met', { name: family('Annansson') }));
  await put(patientOf('namesake', { name: family('Läkarsson') }));
  await put(
    patientOf('neighbour', {
      name: family('Grannsson'),
      address: [{ line: ['Storgatan 9'], postalCode: '311 31', city: 'Falkenberg' }],
    }),
  );
  await put(patientOf('housemate', { name: family('Sambosson'), address }));
  await put(patientOf('colleague', { name: family('Kollegsson'), identifier: [number('198505122385')] }));
  await put(patientOf('self', { name: family('Läkarsson'), identifier: [number('194103149805')] }));
  const practitioner = (id: string, identifier: object[], over: object = {}) =>
    put(
      { resourceType: 'Practitioner', id, identifier, ...over } as { resourceType: string; id: string },
      'administrator',
    );
  await practitioner('reader', [...hsaId('SE0000000002-2001'), number('194103149805')], {
    name: family('Läkarsson'),
    address,
  });
  await practitioner('mate', [...hsaId('SE0000000002-2009'), number('198505122385')]);
  await put(
    { resourceType: 'Organization', id: 'unit', identifier: hsaId(unit), name: 'Enheten' } as never,
    'administrator',
  );
  await put(
    {
      resourceType: 'PractitionerRole',
      id: 'role',
      practitioner: { reference: 'Practitioner/mate' },
      organization: { reference: 'Organization/unit' },
    } as never,
    'administrator',
  );
  const visit = (id: string, patient: string, day: string) =>
    put({
      resourceType: 'Encounter',
      id,
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
      subject: { reference: `Patient/${patient}` },
      period: { start: day, end: day },
    } as never);
  for (const each of ['met', 'namesake', 'neighbour', 'housemate', 'colleague', 'self']) {
    await visit(`visit-${each}`, each, ago(60 * 24 * 20));
  }
  await put(patientOf('stranger', { name: family('Okändsson') }));
  await visit('long-ago', 'stranger', ago(60 * 24 * 90));
});
afterAll(() => api.close());
beforeEach(() => clearAudit(api));

interface Part {
  name: string;
  valueCode?: string;
  resource?: { id: string };
}

async function reasonsBy(query = ''): Promise<Record<string, string[]>> {
  const { status, json } = await api.ask('GET', `/$logg-stickprov${query}`, { as: 'logg-granskare' });
  expect([query, status]).toEqual([query, 200]);
  expect(validate(json, { base: api.base })).toEqual([]);
  const findings: Part[][] = json.parameter
    .filter(({ name }: Part) => name === 'finding')
    .map(({ part }: { part: Part[] }) => part);
  return Object.fromEntries(
    findings.map((parts) => [
      parts.find(({ name }) => name === 'event')?.resource?.id,
      parts.filter(({ name }) => name === 'reason').map(({ valueCode }) => valueCode ?? ''),
    ]),
  );
}

const without = (reasons: string[] | undefined) => reasons?.filter((each) => each !== 'random');

describe('the spot check', () => {
  test('finds emergency openings, look-ups of family and colleagues, and readings without a care contact', async () => {
    const of = (patient: string, over: object = {}) => insertRow(api, { patient, ...over });
    const met = await of('met');
    const expected: Record<string, string[]> = {
      [await of('namesake')]: ['same-family-name'],
      [await of('neighbour')]: [],
      [await of('housemate')]: ['same-address'],
      [await of('colleague')]: ['colleague'],
      [await of('self')]: ['own-record'],
      [await of('stranger')]: ['no-care-contact'],
      [await of('met', { actor: 'SE0000000002-2002', reason: 'own-unit svod-emergency' })]: ['emergency'],
      [await of('met', { actor: 'SE0000000002-2003', interaction: '$nodoppning' })]: ['emergency'],
      [met]: [],
    };
    const found = await reasonsBy('?n=200');
    for (const [id, reasons] of Object.entries(expected)) {
      expect([id, without(found[id])]).toEqual([id, reasons]);
    }
  });

  test('counts a contact of the own unit alone', async () => {
    const id = await insertRow(api, { patient: 'met', unit: 'SE0000000002-A2' });
    // Written by a system client without unit: it is the organisation's, which cannot say whose of its units.
    expect(without((await reasonsBy())[id])).toEqual([]);
    await api.database.pool.query(`update resource set author_unit = $1 where id = 'visit-met'`, [unit]);
    expect(without((await reasonsBy())[id])).toEqual(['no-care-contact']);
    await api.database.pool.query(`update resource set author_unit = null where id = 'visit-met'`);
  });

  test('takes no standing relation and no care team for a contact, but the beginning of a relation', async () => {
    const day = 60 * 24;
    const relation = (id: string, patient: string, start: string) =>
      put({ ...careRelation({ id, patient, unit, start }) } as never);
    await put(patientOf('related', { name: [{ family: 'Relationsson' }] }));
    await put(patientOf('new', { name: [{ family: 'Nysson' }] }));
    await put(patientOf('booked', { name: [{ family: 'Tidsson' }] }));
    await relation('standing', 'related', ago(day * 200));
    await put({
      resourceType: 'CareTeam',
      id: 'team',
      status: 'active',
      subject: { reference: 'Patient/related' },
    } as never);
    await relation('begun', 'new', ago(day * 10));
    await put({
      resourceType: 'Appointment',
      id: 'booking',
      status: 'booked',
      start: ago(-day * 10),
      end: ago(-day * 10 - 30),
      participant: [{ actor: { reference: 'Patient/booked' }, status: 'accepted' }],
    } as never);
    await clearAudit(api);
    const ids = new Map<string, string>();
    for (const patient of ['related', 'new', 'booked']) ids.set(patient, await insertRow(api, { patient }));
    const found = await reasonsBy();
    expect([...ids].map(([patient, id]) => [patient, without(found[id])])).toEqual([
      ['related', ['no-care-contact']],
      ['new', []],
      ['booked', []],
    ]);
  });

  test('draws at random as many as asked for, of the own organisation and the period', async () => {
    for (let index = 0; index < 8; index++) await insertRow(api, { patient: 'met', request: `r${index}` });
    await insertRow(api, { patient: 'met', organisation: 'vg:SE0000000001-A' });
    await insertRow(api, { patient: 'met', at: ago(60 * 24 * 8) });
    await insertRow(api, { patient: 'met', outcome: 4 });
    await insertRow(api, { patient: 'met', actor_kind: 'system' });
    const { json } = await api.ask('GET', '/$logg-stickprov?n=3', { as: 'logg-granskare' });
    expect(json.parameter.find(({ name }: Part) => name === 'accesses').valueInteger).toBe(8);
    expect(json.parameter.filter(({ name }: Part) => name === 'finding')).toHaveLength(3);
    expect(json.parameter.some(({ name }: Part) => name === 'missing')).toBe(true);
    const draws = new Set<string>();
    for (let index = 0; index < 6; index++) draws.add(Object.keys(await reasonsBy('?n=1')).join());
    expect(draws.size).toBeGreaterThan(1);
  });

  test('is an access itself, about each patient that it shows', async () => {
    await insertRow(api, { patient: 'met' });
    await insertRow(api, { patient: 'self' });
    await reasonsBy();
    const own = (await rowsOf(api)).filter(({ interaction }) => interaction === '$logg-stickprov');
    expect(own.map(({ patient }) => patient).sort()).toEqual(['met', 'self']);
    expect(own[0]).toMatchObject({
      reason: 'log-review',
      actor: 'SE0000000002-2005',
      query: expect.stringMatching(/start=.*n=20/),
    });
  });

  test('of nothing leaves a row too', async () => {
    expect(await reasonsBy()).toEqual({});
    expect(await rowsOf(api)).toMatchObject([
      { interaction: '$logg-stickprov', reason: 'no match', outcome: 0 },
    ]);
  });

  test.each<PersonaId>([
    'lakare-vardcentral',
    'patient',
    'journalsystem',
    'administrator',
    'sparr-handlaggare',
  ])('is for the log reviewer alone: not for %s', async (as) => {
    expect((await api.ask('GET', '/$logg-stickprov', { as })).status).toBe(403);
    expect(await rowsOf(api)).toMatchObject([{ interaction: '$logg-stickprov', outcome: 8 }]);
  });

  test('refuses a period that is too long, ends before it starts, or cannot be read', async () => {
    const cases = {
      '?start=2026-01-01&end=2026-11-01': 422,
      '?start=2026-11-02&end=2026-11-01': 400,
      '?start=x': 400,
      '?n=0': 400,
      '?m=1': 400,
    };
    for (const [query, status] of Object.entries(cases)) {
      expect([
        query,
        (await api.ask('GET', `/$logg-stickprov${query}`, { as: 'logg-granskare' })).status,
      ]).toEqual([query, status]);
    }
  });
});
