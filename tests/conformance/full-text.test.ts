import { organisationScope, systemRights } from '@naravard/access';
import type { Store } from '@naravard/store';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundle, encounter, patient } from './resources.ts';

let fhir: TestApp;
/** The same data, cut to what SE0000000001-A has written. */
let own: TestApp;

const narrowed = (store: Store): Store => ({
  ...store,
  search: (context, query) =>
    store.search({ ...context, scope: organisationScope('vg:SE0000000001-A'), second: null }, query),
});

beforeAll(async () => {
  fhir = await createTestApp({ rights: () => systemRights('test') });
  own = await createTestApp({ store: narrowed(fhir.store) });
});
afterAll(async () => {
  await own.close();
  await fhir.close();
});

const plan = (title: string, over: object = {}) => ({
  resourceType: 'CarePlan',
  status: 'active',
  intent: 'plan',
  title,
  subject: { reference: 'Patient/text' },
  ...over,
});

const div = (text: string) => ({
  status: 'additional',
  div: `<div xmlns="http://www.w3.org/1999/xhtml"><p>${text}</p></div>`,
});

const idsOf = async (app: TestApp, path: string): Promise<string[]> => {
  const { status, json } = await app.ask('GET', path);
  expect(status, json.issue?.[0]?.diagnostics).toBe(200);
  return (json.entry ?? []).map(({ resource }: { resource: { id: string } }) => resource.id);
};
const found = (value: string, name = '_content', type = 'CarePlan', app = fhir) =>
  idsOf(app, `/${type}?${name}=${encodeURIComponent(value)}`);
const create = async (
  body: { resourceType: string },
  as: 'journalsystem' | 'journalsystem-utan-id' = 'journalsystem',
) => (await fhir.ask('POST', `/${body.resourceType}`, { body, as })).json.id as string;

describe('_content and _text', () => {
  test('find words in any of their Swedish forms, whatever their case', async () => {
    const id = await create(plan('Rehabilitering efter höftfraktur'));
    for (const value of [
      'höftfrakturer',
      'HÖFTFRAKTUREN',
      'rehabiliteringen',
      'rehab*',
      '"efter höftfraktur"',
    ])
      expect(await found(value)).toEqual([id]);
    for (const value of [
      'hoftfraktur',
      'höft',
      '"höftfraktur rehabilitering"',
      'höftfraktur -rehabilitering',
    ])
      expect(await found(value)).toEqual([]);
  });

  test('look in the narrative alone, or in everything', async () => {
    const id = await create(plan('Nattlig tillsyn', { text: div('Trygghetslarm installerat') }));
    expect(await found('trygghetslarm', '_text')).toEqual([id]);
    expect(await found('tillsyn', '_text')).toEqual([]);
    expect(await found('tillsyn trygghetslarm')).toEqual([id]);
    expect(await found('tillsyn -trygghetslarm')).toEqual([]);
    expect(await found('"tillsyn trygghetslarm"')).toEqual([]);
  });

  test('combine with other parameters, pages, totals and chains', async () => {
    const [a, b] = [
      await create(plan('Blodprov måndag')),
      await create(plan('Blodprov tisdag', { status: 'draft' })),
    ];
    expect(await idsOf(fhir, '/CarePlan?_content=blodprov&status=draft')).toEqual([b]);
    expect(await idsOf(fhir, '/CarePlan?patient=Patient/text&_content=blodprov&_sort=_id')).toEqual(
      [a, b].sort(),
    );
    const { json } = await fhir.ask('GET', '/CarePlan?_content=blodprov&_total=accurate&_count=1');
    expect([json.total, json.entry.length]).toEqual([2, 1]);
    await fhir.ask('PUT', '/Patient/text', {
      body: { ...patient(), id: 'text', text: div('Bor på Solgläntan') },
    });
    expect(await idsOf(fhir, '/CarePlan?subject:Patient._text=solgläntan&_content=tisdag')).toEqual([b]);
  });

  test('follow a text that is changed, taken away, put back, deleted and made anew', async () => {
    const id = await create(plan('Omläggning'));
    const put = (over: object) =>
      fhir.ask('PUT', `/CarePlan/${id}`, { body: { ...plan('x'), title: undefined, ...over, id } });
    expect((await put({ title: 'Kompressionsstrumpa' })).status).toBe(200);
    expect([await found('omläggning'), await found('kompressionsstrumpor')]).toEqual([[], [id]]);
    await put({});
    expect(await found('kompressionsstrumpa')).toEqual([]);
    await put({ title: 'Gipsvagga' });
    // What else it is found by changes too, so that the whole statement is used.
    await put({ title: 'Gipsvagga igen', status: 'draft' });
    expect([await found('gipsvagga igen'), await found('kompressionsstrumpa')]).toEqual([[id], []]);
    await put({ status: 'completed' });
    expect(await found('gipsvagga')).toEqual([]);
    await put({ title: 'Gipsvagga', status: 'draft' });
    await fhir.ask('DELETE', `/CarePlan/${id}`);
    expect(await found('gipsvagga')).toEqual([]);
    expect((await put({ title: 'Gipsvagga åter' })).status).toBe(201);
    expect(await found('gipsvagga')).toEqual([id]);
    const rows = await fhir.database.pool.query(
      'select from full_text f join resource r using (bucket, rid) where r.id = $1',
      [id],
    );
    expect(rows.rowCount).toBe(1);
  });

  test('follow texts that a bundle changes', async () => {
    const ids = [await create(plan('Syrgas hemma')), await create(plan('Syrgas hemma'))];
    const entry = ids.map((id, n) => ({
      resource: n
        ? { ...plan('Ventilator', { status: 'draft' }), id }
        : { ...plan('x', { status: 'draft', title: undefined }), id },
      request: { method: 'PUT', url: `CarePlan/${id}` },
    }));
    expect((await fhir.ask('POST', '', { body: bundle('transaction', entry) })).status).toBe(200);
    expect([await found('syrgas'), await found('ventilator')]).toEqual([[], [ids[1]]]);
  });

  test('hold when many change the text of one resource at once', async () => {
    const id = await create(plan('Start'));
    const words = ['alfa', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta'];
    await Promise.all(
      words.flatMap((word) =>
        ['active', 'draft'].map((status) =>
          fhir.ask('PUT', `/CarePlan/${id}`, { body: { ...plan(`Kurs${word}`, { status }), id } }),
        ),
      ),
    );
    const { title } = (await fhir.ask('GET', `/CarePlan/${id}`)).json;
    const hits = await Promise.all(words.map((word) => found(`kurs${word}`)));
    expect(words.filter((_, n) => hits[n]?.length).map((word) => `Kurs${word}`)).toEqual([title]);
  });

  test('find only what the caller may see', async () => {
    const [seen] = [
      await create(plan('Sekretessord'), 'journalsystem-utan-id'),
      await create(plan('Sekretessord')),
    ];
    expect((await found('sekretessord')).length).toBe(2);
    expect(await found('sekretessord', '_content', 'CarePlan', own)).toEqual([seen]);
  });

  test('take any text and any search as it comes', async () => {
    const odd = `a|b ' "q" \\ & ! <-> :* \u{1F3E5} ${'x'.repeat(5000)} slutord`;
    const id = await create(plan('Udda', { description: odd }));
    expect(await found('slutord')).toEqual([id]);
    for (const value of [odd.slice(0, 60).replaceAll('"', ''), 'och', "';drop table x", 'x'.repeat(1900)])
      expect(
        (await fhir.ask('GET', `/CarePlan?_content=${encodeURIComponent(value.replaceAll(',', ' '))}`))
          .status,
      ).toBe(200);
  });
});

describe('_list', () => {
  const list = (item: string[], over: object = {}) => ({
    resourceType: 'List',
    status: 'current',
    mode: 'working',
    entry: item.map((reference) => ({ item: { reference } })),
    ...over,
  });

  test('finds the resources of a List, of the type that is asked for', async () => {
    const visits = await Promise.all(
      [1, 2, 3].map((n) => create(encounter('Patient/list', `2026-01-0${n}T09:00:00Z`))),
    );
    const id = await create(list([`Encounter/${visits[0]}`, `Encounter/${visits[2]}`, 'Patient/list']));
    expect(await idsOf(fhir, `/Encounter?_list=${id}&_sort=date`)).toEqual([visits[0], visits[2]]);
    expect(await idsOf(fhir, `/Encounter?_list=${id}&date=2026-01-03`)).toEqual([visits[2]]);
    expect(await idsOf(fhir, `/CareTeam?_list=${id}`)).toEqual([]);
    expect(await idsOf(fhir, '/Encounter?_list=nowhere')).toEqual([]);
  });

  test('finds nothing by a List that the caller may not see', async () => {
    const visit = await create(encounter('Patient/list', '2026-02-01T09:00:00Z'), 'journalsystem-utan-id');
    const [hidden, seen] = [
      await create(list([`Encounter/${visit}`])),
      await create(list([`Encounter/${visit}`]), 'journalsystem-utan-id'),
    ];
    expect(await idsOf(own, `/Encounter?_list=${hidden}`)).toEqual([]);
    expect(await idsOf(own, `/Encounter?_list=${seen}`)).toEqual([visit]);
  });
});
