import { gzipSync } from 'node:zlib';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileOf, imported, newId, outcomesOf, told, until, uploading } from './imported-file.ts';
import { careTeam, encounter, patient } from './resources.ts';

let fhir: TestApp;
let port: number;
beforeAll(async () => {
  fhir = await createTestApp({
    references: { policy: 'warn', bases: [] },
    limits: { bodyBytes: 20_000 },
  });
  port = Number(new URL(await fhir.app.listen({ host: '127.0.0.1', port: 0 })).port);
});
afterAll(() => fhir.close());

const person = (id: string, over: object = {}) => ({ ...patient(over), id });
const team = (id: string, about: string, over: object = {}) => ({
  ...careTeam(`Patient/${about}`, over),
  id,
});
const statusOf = async (address: string) => (await fhir.ask('GET', address)).status;
/** Of its lines: how many became what. */
const counts = (answer: Parameters<typeof told>[0]) => {
  const { created, updated, unchanged, refused, warned } = told(answer);
  return { created, updated, unchanged, refused, warned };
};
const none = { created: 0, updated: 0, unchanged: 0, refused: 0, warned: 0 };

describe('$import writes the lines of a file', () => {
  test('in the ids that they have, and in new ones, and tells how many', async () => {
    const id = newId();
    const file = fileOf([
      person('whole-1'),
      team('whole-team', 'whole-1'),
      careTeam('Patient/whole-1', { name: 'Utan id' }),
    ]);
    const answer = await imported(fhir, id, file);
    expect([answer.status, answer.json]).toMatchObject([200, { resourceType: 'Parameters' }]);
    expect(told(answer)).toMatchObject({
      ...none,
      id,
      state: 'done',
      line: 3,
      lines: 3,
      created: 3,
      outcome: `${fhir.base}/$import/${id}/outcome`,
    });
    const { json } = await fhir.ask('GET', '/CareTeam?patient=whole-1');
    const names = json.entry.map(({ resource }: { resource: { name: string } }) => resource.name);
    expect(names.sort()).toEqual(['Fast vårdkontakt', 'Utan id']);
    expect(await outcomesOf(fhir, id)).toEqual([]);
  });

  test('as updates where they are there, and not again where nothing is changed', async () => {
    await imported(fhir, newId(), fileOf([person('again-1'), person('again-2')]));
    const file = fileOf([person('again-1'), person('again-2', { active: false }), person('again-3')]);
    const answer = await imported(fhir, newId(), file);
    expect(counts(answer)).toEqual({ ...none, created: 1, updated: 1, unchanged: 1 });
    const { headers } = await fhir.ask('GET', '/Patient/again-2');
    expect(headers.etag).toBe('W/"2"');
  });

  test('each in the order of the file, several of one resource too', async () => {
    const file = fileOf([
      person('order-1', { active: false }),
      person('order-1'),
      person('order-1', { active: false }),
    ]);
    const answer = await imported(fhir, newId(), file);
    expect(counts(answer)).toEqual({ ...none, created: 1, updated: 2 });
    expect((await fhir.ask('GET', '/Patient/order-1')).json).toMatchObject({
      active: false,
      meta: { versionId: '3' },
    });
  });

  test('with CRLF, a mark of UTF-8, empty lines and no end of the last, compressed or not', async () => {
    const file = `\uFEFF${JSON.stringify(person('crlf-1'))}\r\n\r\n\n${JSON.stringify(person('crlf-2', { name: [{ family: 'Öhman' }] }))}`;
    const plain = await imported(fhir, newId(), file);
    expect(told(plain)).toMatchObject({ created: 2, line: 4, lines: 2 });
    expect((await fhir.ask('GET', '/Patient/crlf-2')).json.name[0].family).toBe('Öhman');
    for (const [coding, body] of [
      ['gzip', gzipSync(file)],
      ['identity', Buffer.from(file)],
    ] as const) {
      const answer = await imported(fhir, newId(), body, { headers: { 'content-encoding': coding } });
      expect(told(answer)).toMatchObject({ unchanged: 2, line: 4 });
    }
  });

  test('an empty file, too', async () => {
    expect(told(await imported(fhir, newId(), ''))).toMatchObject({ ...none, state: 'done', line: 0 });
  });

  test('with references by identifier, to what stands before them and to what is stored', async () => {
    const number = { system: 'http://electronichealth.se/identifier/personnummer', value: '191212121212' };
    const about = (name: string) => ({
      ...careTeam('', { name }),
      id: name,
      subject: { identifier: number, type: 'Patient' },
    });
    await imported(
      fhir,
      newId(),
      fileOf([person('by-number', { identifier: [number] }), about('logical-1')]),
    );
    await imported(fhir, newId(), fileOf([about('logical-2')]));
    for (const name of ['logical-1', 'logical-2'])
      expect((await fhir.ask('GET', `/CareTeam/${name}`)).json.subject.reference).toBe('Patient/by-number');
  });

  test('and leaves audit rows of it for each patient', async () => {
    await imported(fhir, newId(), fileOf([person('logged-1'), team('logged-team', 'logged-1')]), {
      headers: { 'x-request-id': 'import-logged' },
    });
    const { rows } = await fhir.database.pool.query(
      `select patient, array_agg(distinct interaction) as by, string_agg(array_to_string(targets, ' '), ' ') as targets
from audit where request = 'import-logged' and patient is not null group by patient`,
    );
    expect(rows).toEqual([
      {
        patient: 'logged-1',
        by: ['$import'],
        targets: expect.stringMatching(
          /^(?=.*Patient\/logged-1\/_history\/1)(?=.*CareTeam\/logged-team\/_history\/1)/,
        ),
      },
    ]);
  });
});

describe('a line that is refused', () => {
  test('stops no other: each is told by its number, with why', async () => {
    await fhir.ask('PUT', '/Patient/of-kommun', { as: 'journalsystem-kommun', body: person('of-kommun') });
    const id = newId();
    const file = fileOf([
      person('bad-1'),
      '{"resourceType":"Patient","id":"bad-2",',
      person('bad-3', { gender: 'none' }),
      { ...person('bad-4'), resourceType: 'NoSuchType' },
      team('bad-5', 'nobody-is-here'),
      person('of-kommun', { active: false }),
      person('bad-7', { name: [{ text: 'x'.repeat(20_000) }] }),
      '',
      '[]',
      { active: true },
      person('bad id'),
      person('bad-12', {
        meta: { security: [{ system: 'https://naravard.se/fhir/CodeSystem/access', code: 'answer' }] },
      }),
      { ...careTeam('Patient/bad-1'), subject: { reference: 'Patient?identifier=x' } },
      team('bad-14', 'bad-1', { managingOrganization: [{ reference: 'Organization/nowhere' }] }),
      person('bad-15'),
      '{"resourceType":"Patient","id":"bad-16"',
    ]).slice(0, -1);
    const answer = await imported(fhir, id, file);
    expect(answer.status).toBe(200);
    expect(counts(answer)).toEqual({ ...none, created: 3, refused: 12, warned: 1 });
    const outcomes = await outcomesOf(fhir, id);
    expect(
      outcomes.map(({ line, status, issues: [first] }) => [line, status, first?.[0], first?.[1]]),
    ).toEqual([
      [2, 400, 'structure', undefined],
      [3, 400, 'invalid', 'Patient.gender'],
      [4, 404, 'unknown-route', undefined],
      [5, 422, 'unprocessable', 'CareTeam.subject'],
      [6, 403, 'forbidden', undefined],
      [7, 413, 'too-large', undefined],
      [9, 400, 'structure', undefined],
      [10, 400, 'invalid', 'resourceType'],
      [11, 400, 'bad-request', undefined],
      [12, 403, 'forbidden', 'meta.security[0]'],
      [13, 422, 'unprocessable', undefined],
      [14, 201, 'invalid', 'CareTeam.managingOrganization[0]'],
      [16, 400, 'structure', undefined],
    ]);
    expect(outcomes.find(({ line }) => line === 14)).toMatchObject({
      location: `${fhir.base}/CareTeam/bad-14/_history/1`,
      issues: [[expect.anything(), expect.anything(), 'warning']],
    });
    for (const address of ['/Patient/bad-1', '/CareTeam/bad-14', '/Patient/bad-15'])
      expect([address, await statusOf(address)]).toEqual([address, 200]);
    expect(await statusOf('/Patient/bad-3')).toBe(404);
  });

  test('is found among many, and its refusal audited as of any write', async () => {
    const lines = Array.from({ length: 120 }, (_, n) =>
      n === 70 ? team('lost-70', 'nobody') : person(`among-${n}`),
    );
    const id = newId();
    const answer = await imported(fhir, id, fileOf(lines), { headers: { 'x-request-id': 'import-among' } });
    expect(counts(answer)).toEqual({ ...none, created: 119, refused: 1 });
    expect((await outcomesOf(fhir, id)).map(({ line }) => line)).toEqual([71]);
    const { rows } = await fhir.database.pool.query(
      `select outcome::int, reason, type from audit where request = 'import-among' and outcome > 0`,
    );
    expect(rows).toEqual([{ outcome: 4, reason: 'unprocessable', type: 'CareTeam' }]);
  });

  test('with an id is not new to who may not choose ids, and updates what is there', async () => {
    const as = 'journalsystem-utan-id';
    const { json } = await fhir.ask('POST', '/Patient', { as, body: patient() });
    const id = newId();
    const file = fileOf([person('not-chosen'), person(json.id, { active: false }), patient()]);
    const answer = await imported(fhir, id, file, { as });
    expect(counts(answer)).toEqual({ ...none, created: 1, updated: 1, refused: 1 });
    expect(await outcomesOf(fhir, id, as)).toMatchObject([{ line: 1, status: 403 }]);
  });
});

describe('an upload that breaks off', () => {
  /** 230 Patients, of which one is refused. */
  const lines = (prefix: string) =>
    Array.from({ length: 230 }, (_, n) => (n === 7 ? '{"resourceType":"Patient"' : person(`${prefix}-${n}`)));

  test('goes on where it was with the same id: each line is written once', async () => {
    const id = newId();
    const file = fileOf(lines('resumed'));
    const upload = await uploading(fhir, port, id);
    await upload.write(file.slice(0, Math.floor(file.length / 2)));
    const progress = () => fhir.ask('GET', `/$import/${id}`);
    const far = await until(
      progress,
      ({ status, json }) => status === 200 && json.parameter[2].valueInteger >= 100,
    );
    expect(told(far).state).toBe('receiving');
    upload.request.destroy();
    const broken = await until(progress, (answer) => told(answer).state === 'interrupted');
    expect(told(broken)).toMatchObject({ line: 100, created: 99, refused: 1 });
    const answer = await imported(fhir, id, gzipSync(file), { headers: { 'content-encoding': 'gzip' } });
    expect(told(answer)).toMatchObject({ ...none, state: 'done', line: 230, created: 229, refused: 1 });
    expect((await outcomesOf(fhir, id)).map(({ line }) => line)).toEqual([8]);
    const { rows } = await fhir.database.pool.query(
      `select count(*)::int as versions from version v join resource r using (bucket, rid) where r.id like 'resumed-%'`,
    );
    expect(rows).toEqual([{ versions: 229 }]);
  });

  test('is not gone on with by another file, nor by less of it, and a whole one may be sent again', async () => {
    const id = newId();
    const file = fileOf(lines('same'));
    const first = told(await imported(fhir, id, file));
    expect(told(await imported(fhir, id, file))).toMatchObject({ ...first, expires: expect.anything() });
    const other = fileOf(lines('same').with(3, person('same-other')));
    for (const wrong of [other, `\n${file}`, file.slice(0, file.length / 2), '', `${file}${file}`]) {
      const { status, json } = await imported(fhir, id, wrong);
      expect([status, json.issue[0].code]).toEqual([409, 'conflict']);
    }
    expect(await statusOf('/Patient/same-other')).toBe(404);
  });

  test('is sent by one at a time', async () => {
    const id = newId();
    const upload = await uploading(fhir, port, id);
    await upload.write(fileOf([person('alone-1')]));
    await until(
      () => fhir.ask('GET', `/$import/${id}`),
      ({ status }) => status === 200,
    );
    const { status, json } = await imported(fhir, id, fileOf([person('alone-1')]));
    expect([status, json.issue[0].diagnostics]).toEqual([
      409,
      expect.stringContaining('wait until it has ended'),
    ]);
    upload.request.end();
    expect((await upload.answer).status).toBe(200);
  });

  test('ends when it is deleted, and what it has written stays', async () => {
    const id = newId();
    const upload = await uploading(fhir, port, id);
    const file = fileOf(lines('deleted'));
    await upload.write(file.slice(0, Math.floor(file.length / 2)));
    await until(
      () => fhir.ask('GET', `/$import/${id}`),
      ({ status, json }) => status === 200 && json.parameter[2].valueInteger >= 100,
    );
    expect((await fhir.ask('DELETE', `/$import/${id}`)).status).toBe(204);
    await upload.write(file.slice(Math.floor(file.length / 2)));
    upload.request.end();
    const { status, text } = await upload.answer;
    expect([status, JSON.parse(text).issue[0].code]).toEqual([409, 'conflict']);
    expect([await statusOf('/Patient/deleted-1'), await statusOf('/Patient/deleted-229')]).toEqual([
      200, 404,
    ]);
    expect(await statusOf(`/$import/${id}`)).toBe(404);
    expect((await fhir.ask('DELETE', `/$import/${id}`)).status).toBe(404);
  });
});

describe('what is kept of an import', () => {
  test('goes with its hours, with what is told of its lines', async () => {
    const id = newId();
    await imported(fhir, id, fileOf(['x', 'y']));
    const left = async () => {
      const { rows } = await fhir.database.pool.query(
        'select (select count(*)::int from import where id = $1) as imports, (select count(*)::int from import_outcome o join import i on i.key = o.import where i.id = $1) as outcomes',
        [id],
      );
      return rows[0];
    };
    expect(await left()).toEqual({ imports: 1, outcomes: 2 });
    await fhir.database.pool.query('update import set expires = now() where id = $1', [id]);
    expect(await statusOf(`/$import/${id}`)).toBe(404);
    while (await fhir.store.imports.sweep());
    expect(await left()).toEqual({ imports: 0, outcomes: 0 });
  });

  test('holds no resource', async () => {
    const id = newId();
    await imported(fhir, id, fileOf([person('secret', { name: [{ family: 'Hemlig' }], gender: 'hemlig' })]));
    const { rows } = await fhir.database.pool.query(
      `select string_agg(i::text || o::text, ' ') as text from import i join import_outcome o on o.import = i.key where i.id = $1`,
      [id],
    );
    expect(rows[0].text).toContain('Patient.gender');
    expect(rows[0].text).not.toMatch(/hemlig/i);
  });
});

describe('$import asks for', () => {
  test.each([
    ['/$import', 400, 'bad-request'],
    ['/$import?id=1', 400, 'bad-request'],
    [`/$import?id=${newId()}&_since=2026`, 400, 'unknown-parameter'],
  ])('an id, a UUID, and nothing else: %s', async (path, status, kind) => {
    const answer = await fhir.ask('POST', path, { body: '', type: 'application/ndjson' });
    expect([answer.status, answer.json.issue[0].details.coding[0].code]).toEqual([status, kind]);
  });

  test('NDJSON', async () => {
    const { status, json } = await fhir.ask('POST', `/$import?id=${newId()}`, { body: patient() });
    expect([status, json.issue[0].diagnostics]).toEqual([
      415,
      'Send the body with Content-Type application/fhir+ndjson or application/ndjson.',
    ]);
  });

  test('a system client or an administrator', async () => {
    for (const as of ['ssk-hemsjukvard', 'patient', 'vardnadshavare'] as const) {
      const { status, json } = await imported(fhir, newId(), fileOf([patient()]), { as });
      expect([as, status, json.issue[0].code]).toEqual([as, 403, 'forbidden']);
    }
    const file = fileOf([
      { resourceType: 'Organization', id: 'by-admin', name: 'Enheten' },
      person('by-admin'),
    ]);
    const answer = await imported(fhir, newId(), file, { as: 'administrator' });
    expect(counts(answer)).toEqual({ ...none, created: 1, refused: 1 });
  });
});

test('what a file refers to stands before it', async () => {
  const id = newId();
  const late = Array.from({ length: 60 }, (_, n) =>
    encounter('Patient/late', `2026-10-01T10:${10 + (n % 50)}:00Z`),
  );
  const answer = await imported(fhir, id, fileOf([...late, person('late')]));
  expect(counts(answer)).toMatchObject({ refused: 50 });
});
