import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMerging, type Merging } from './merging.ts';
import { astrid, type World } from './operations/world.ts';

// What Patient/$merge makes of references that are written in an unusual way.

let world: World;
let unknown: Merging['unknown'];
let merge: Merging['merge'];
let read: Merging['read'];
beforeAll(async () => {
  ({ world, unknown, merge, read } = await createMerging());
});
afterAll(() => world.api.close());

describe('what is about the source in an unusual form', () => {
  const encounter = (of: string) => ({
    resourceType: 'Encounter',
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    subject: { reference: of },
  });

  test('moves, whichever escapes its reference is written with; decimals stay as they are', async () => {
    const { id } = await unknown();
    const extension = [{ url: 'https://example.org/vikt', valueDecimal: 0 }];
    const text = JSON.stringify({ ...encounter(`Patient/${id}`), extension })
      .replace('"reference"', '"refer\\u0065nce"')
      .replace('"valueDecimal":0', '"valueDecimal":1.50');
    const written = await world.api.ask('POST', '/Encounter', { body: text });
    expect(written.status).toBe(201);
    expect((await merge(id, astrid)).status).toBe(200);
    const { text: moved } = await world.api.ask('GET', `/Encounter/${written.json.id}`);
    expect(moved).toContain('"valueDecimal":1.50');
    expect(moved).toContain(`"reference":"Patient/${astrid}"`);
  });

  test('moves when it names the source under an address that was ours once', async () => {
    const { id } = await unknown();
    const path = await world.send(encounter(`Patient/${id}`));
    const { pool } = world.api.database;
    const [type, own] = path.split('/');
    const old = `https://old.example/fhir/Patient/${id}`;
    await pool.query(
      `update version v set body = replace(body, $1, $2) from resource r where r.type = $3 and r.id = $4 and v.rid = r.rid and v.bucket = r.bucket`,
      [`"Patient/${id}"`, `"${old}"`, type, own],
    );
    expect((await merge(id, astrid)).status).toBe(200);
    expect((await read(path)).subject).toEqual({ reference: `Patient/${astrid}` });
  });

  test('is refused when it cannot be made to name the target, by a preview too', async () => {
    const { id, plan: own } = await unknown();
    const { pool } = world.api.database;
    await pool.query(
      `update version v set body = replace(body, $1, $2) from resource r where r.type = 'CarePlan' and r.id = $3 and v.rid = r.rid and v.bucket = r.bucket`,
      [`"Patient/${id}"`, `"urn:oid:1.2.3"`, own.split('/')[1]],
    );
    for (const preview of [true, false]) {
      const { status, json } = await merge(id, astrid, 'journalsystem', { preview });
      expect([status, json.issue[0].diagnostics]).toEqual([422, expect.stringContaining('cannot be made')]);
    }
    expect((await read(`Patient/${id}`)).active).toBeUndefined();
  });
});
