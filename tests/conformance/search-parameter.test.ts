import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { as, encounter, found, options, parameter, progress, put } from './custom-parameters.ts';

let fhir: TestApp;
beforeAll(async () => {
  fhir = await createTestApp(options);
});
afterAll(() => fhir.close());

describe('a custom search parameter', () => {
  test('is indexed over what is there and what comes, and searched by when that is done', async () => {
    for (const id of ['p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7'])
      await put(fhir, id, id === 'p4' ? 'stat' : 'elective');
    const created = await fhir.ask('POST', '/SearchParameter', { as, body: parameter('urgency') });
    expect(created.status).toBe(201);
    await fhir.app.reindexer.refresh();
    await put(fhir, 'p8', 'stat');
    const early = await fhir.ask('GET', '/Encounter?urgency=stat');
    expect([early.status, early.json.issue[0].diagnostics]).toEqual([
      400,
      expect.stringContaining('is being indexed, 0 % done'),
    ]);
    expect(await progress(fhir, created.json.id)).toMatchObject({
      base: 'Encounter',
      state: 'building',
      percent: 0,
    });
    await fhir.app.reindexer.finish();
    expect(await progress(fhir, created.json.id)).toMatchObject({
      state: 'active',
      percent: 100,
      done: 8,
      total: 8,
    });
    expect(await found(fhir, '/Encounter?urgency=stat')).toEqual(['p4', 'p8']);
    expect(await found(fhir, '/Encounter?urgency=http://a.se|elective&_count=1&_sort=urgency')).toHaveLength(
      1,
    );
    await put(fhir, 'p4', 'elective');
    await put(fhir, 'p1', 'stat');
    expect(await found(fhir, '/Encounter?urgency=stat')).toEqual(['p1', 'p8']);
    const { json } = await fhir.ask('GET', '/metadata', { as: null });
    const stated = json.rest[0].resource.find(
      ({ type }: { type: string }) => type === 'Encounter',
    ).searchParam;
    expect(stated).toContainEqual({
      name: 'urgency',
      type: 'token',
      definition: 'https://example.se/SearchParameter/urgency',
    });
  });

  test('is of every type that can be searched, composite ones too', async () => {
    const kinds = [
      parameter('their-number', {
        type: 'uri',
        expression: "Encounter.extension('https://a.se/n').value.as(uri)",
      }),
      parameter('minutes', { type: 'quantity', expression: 'Encounter.length' }),
      parameter('ranked', { type: 'number', expression: 'Encounter.diagnosis.rank' }),
      parameter('prefers', { type: 'string', expression: 'Encounter.hospitalization.specialCourtesy.text' }),
      parameter('since', { type: 'date', expression: 'Encounter.statusHistory.period' }),
      parameter('origin', {
        type: 'reference',
        expression: 'Encounter.hospitalization.origin',
        target: ['Location'],
      }),
      parameter('diagnosis-rank', {
        type: 'composite',
        expression: 'Encounter.diagnosis',
        component: [
          { definition: 'http://hl7.org/fhir/SearchParameter/Encounter-diagnosis', expression: 'condition' },
          { definition: 'http://hl7.org/fhir/SearchParameter/clinical-type', expression: 'use' },
        ],
      }),
    ];
    const body = {
      ...encounter('all', 'x'),
      extension: [{ url: 'https://a.se/n', valueUri: 'urn:1' }],
      length: { value: 30, unit: 'min' },
      statusHistory: [{ status: 'planned', period: { start: '2026-01-01', end: '2026-01-02' } }],
      hospitalization: { origin: { reference: 'Location/l' }, specialCourtesy: [{ text: 'Ängslig' }] },
      diagnosis: [
        { condition: { reference: 'Condition/c' }, rank: 2, use: { coding: [{ code: 'AD' }] } },
        { condition: { reference: 'Condition/d' }, rank: 1, use: { coding: [{ code: 'DD' }] } },
      ],
    };
    expect((await fhir.ask('PUT', '/Encounter/all', { body })).status).toBe(201);
    const place = { resourceType: 'Location', id: 'l', name: 'Hemmet' };
    expect((await fhir.ask('PUT', '/Location/l', { body: place })).status).toBe(201);
    for (const each of kinds)
      expect((await fhir.ask('POST', '/SearchParameter', { as, body: each })).json).toMatchObject({
        resourceType: 'SearchParameter',
      });
    await fhir.app.reindexer.finish();
    for (const [query, hit] of [
      ['their-number=urn:1', true],
      ['minutes=ge30', true],
      ['minutes=lt30', false],
      ['ranked=2', true],
      ['prefers=angs', true],
      ['since=2026-01-01', false],
      ['since=2026-01', true],
      ['origin=Location/l', true],
      ['origin:missing=true', false],
      ['origin.name=hem', true],
      ['origin:Location.name=borta', false],
      ['diagnosis-rank=Condition/c$AD', true],
      ['diagnosis-rank=Condition/c$DD', false],
    ] as const) {
      expect([query, await found(fhir, `/Encounter?_id=all&${query}`)]).toEqual([query, hit ? ['all'] : []]);
    }
    const { json } = await fhir.ask('GET', '/Encounter?_id=all&_include=Encounter:origin');
    expect(json.entry.map(({ fullUrl }: { fullUrl: string }) => fullUrl)).toEqual([
      expect.stringContaining('Encounter/all'),
      expect.stringContaining('Location/l'),
    ]);
  });

  test('is indexed anew when it changes, and gone when it is deleted or retired', async () => {
    const { json: made } = await fhir.ask('POST', '/SearchParameter', {
      as,
      body: parameter('klass', { expression: 'Encounter.class' }),
    });
    await fhir.app.reindexer.finish();
    expect(await found(fhir, '/Encounter?klass=HH&_id=p1')).toEqual(['p1']);
    const changed = { ...made, expression: 'Encounter.status' };
    expect((await fhir.ask('PUT', `/SearchParameter/${made.id}`, { as, body: changed })).status).toBe(200);
    await fhir.app.reindexer.refresh();
    expect((await fhir.ask('GET', '/Encounter?klass=finished')).status).toBe(400);
    await fhir.app.reindexer.finish();
    expect(await found(fhir, '/Encounter?klass=finished&_id=p1')).toEqual(['p1']);
    expect(await found(fhir, '/Encounter?klass=HH&_id=p1')).toEqual([]);
    expect(
      (await fhir.ask('PUT', `/SearchParameter/${made.id}`, { as, body: { ...changed, status: 'retired' } }))
        .status,
    ).toBe(200);
    await fhir.app.reindexer.finish();
    const gone = await fhir.ask('GET', '/Encounter?klass=finished');
    expect([gone.status, gone.json.issue[0].diagnostics]).toEqual([
      400,
      expect.stringContaining("cannot be searched by 'klass'"),
    ]);
    const { rows } = await fhir.database.pool.query(
      "select from resource where exists (select from unnest(tokens) t where t like 'klass%')",
    );
    expect(rows).toHaveLength(0);
    expect((await fhir.ask('DELETE', `/SearchParameter/${made.id}`, { as })).status).toBe(204);
  });

  test('may be changed by administrators only, whichever way it comes', async () => {
    const body = parameter('mine');
    const entry = (method: string, url: string, resource?: object) => ({
      resource,
      request: { method, url },
    });
    const bundle = (type: string) => ({
      resourceType: 'Bundle',
      type,
      entry: [entry('POST', 'SearchParameter', body)],
    });
    expect((await fhir.ask('POST', '/SearchParameter', { body })).status).toBe(403);
    expect((await fhir.ask('PUT', '/SearchParameter/x', { body: { ...body, id: 'x' } })).status).toBe(403);
    expect((await fhir.ask('POST', '/', { body: bundle('transaction') })).status).toBe(403);
    expect((await fhir.ask('POST', '/', { body: bundle('batch') })).json.entry[0].response.status).toMatch(
      /^403/,
    );
    const { json } = await fhir.ask('POST', '/SearchParameter', { as, body: { ...body, status: 'draft' } });
    expect((await fhir.ask('DELETE', `/SearchParameter/${json.id}`)).status).toBe(403);
    const patch = JSON.stringify([{ op: 'replace', path: '/status', value: 'active' }]);
    const type = 'application/json-patch+json';
    expect((await fhir.ask('PATCH', `/SearchParameter/${json.id}`, { body: patch, type })).status).toBe(403);
    expect((await fhir.ask('GET', `/SearchParameter/${json.id}`)).status).toBe(200);
    expect((await fhir.ask('GET', `/SearchParameter/${json.id}/$reindex`)).status).toBe(403);
    expect((await fhir.ask('GET', '/SearchParameter/unknown/$reindex', { as })).status).toBe(404);
  });

  test('cannot get round a limit that the law sets to searches', async () => {
    const limited = await createTestApp({
      modules: [
        {
          name: 'encounter',
          resources: [
            {
              type: 'EpisodeOfCare',
              searchNeeds: [{ parameter: 'type', with: 'patient', citation: 'PDL 2:8' }],
            },
          ],
        },
        { name: 'record', resources: [{ type: 'SearchParameter' }] },
      ],
    });
    try {
      const body = parameter('kind', { base: ['EpisodeOfCare'], expression: 'EpisodeOfCare.type' });
      const { status, json } = await limited.ask('POST', '/SearchParameter', { as, body });
      expect([status, json.issue[0].expression]).toEqual([422, ['SearchParameter.base']]);
    } finally {
      await limited.close();
    }
  });

  test('is refused with the element to change', async () => {
    const refused = async (changes: object) => {
      const { status, json } = await fhir.ask('POST', '/SearchParameter', {
        as,
        body: parameter('bad', changes),
      });
      return [status, json.issue[0].expression?.[0]];
    };
    expect(await refused({ code: 'status' })).toEqual([422, 'SearchParameter.code']);
    expect(await refused({ code: '_x' })).toEqual([422, 'SearchParameter.code']);
    expect(await refused({ base: ['DomainResource'] })).toEqual([422, 'SearchParameter.base']);
    expect(await refused({ expression: 'Encounter.nothing' })).toEqual([422, 'SearchParameter.expression']);
    expect(await refused({ expression: 'Encounter.priority.first()' })).toEqual([
      422,
      'SearchParameter.expression',
    ]);
    expect(await refused({ expression: undefined })).toEqual([422, 'SearchParameter.expression']);
    expect(await refused({ type: 'special' })).toEqual([422, 'SearchParameter.type']);
    expect(await refused({ type: 'date' })).toEqual([422, 'SearchParameter.type']);
    expect(await refused({ type: 'composite' })).toEqual([422, 'SearchParameter.component']);
    expect(await refused({ url: 'http://hl7.org/fhir/SearchParameter/Encounter-class' })).toEqual([
      422,
      'SearchParameter.url',
    ]);
    expect(await refused({ code: 'urgency' })).toEqual([409, 'SearchParameter.code']);
    expect(await refused({ url: 'https://example.se/SearchParameter/urgency' })).toEqual([
      409,
      'SearchParameter.url',
    ]);
  });
});
