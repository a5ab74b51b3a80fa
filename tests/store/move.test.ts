import { generateKeyPairSync } from 'node:crypto';
import { advanceCounter, createSealer, moveDatabase, readSealKey, verifyAudit } from '@naravard/store';
import { createTestApp, createTestDatabase, type TestApp, type TestDatabase } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const key = readSealKey(
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
);
let source: TestApp;
let target: TestDatabase;

beforeAll(async () => {
  source = await createTestApp();
  target = await createTestDatabase();
});
afterAll(async () => {
  await source.close();
  await target.drop();
});

/** A hash over every row of every table, in an order of its own. */
async function contentsOf({ pool }: TestDatabase): Promise<Record<string, string>> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select oid::regclass::text as name from pg_class where relnamespace = 'public'::regnamespace
and relkind in ('r', 'p') and not relispartition and relname <> 'schema_migration' order by 1`,
  );
  const hashes: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await pool.query(
      `select count(*) || ' ' || coalesce(md5(string_agg(line, '' order by line)), '') as hash
from (select t::text collate "C" as line from ${name} t) lines`,
    );
    hashes[name] = rows[0].hash;
  }
  return hashes;
}

describe('Moving a database', () => {
  it('leaves every row of every table as it was, and an audit that verifies and goes on', async () => {
    const { json: patient } = await source.ask('POST', '/Patient', {
      body: { resourceType: 'Patient', name: [{ family: 'Åström "DEMO", (\\n)', given: ["O'Hara"] }] },
    });
    for (const [type, rest] of [
      ['CarePlan', { status: 'active', intent: 'plan', period: { start: '2026-01-01' } }],
      ['CareTeam', { status: 'active', name: 'Åsa' }],
      ['Encounter', { status: 'planned', class: { code: 'AMB' }, length: { value: 12.5, unit: 'min' } }],
    ] as const) {
      const body = { resourceType: type, subject: { reference: `Patient/${patient.id}` }, ...rest };
      expect((await source.ask('POST', `/${type}`, { body })).status).toBe(201);
    }
    // From before the new database was made, and in a partition that it lacks.
    await source.database.pool.query('select open_audit_partitions(current_date - 70, 2)');
    await source.database.pool.query(
      "insert into audit (at, request, interaction, outcome, reason, actor_kind, bucket) values (now() - interval '65 days', 'old', 'read', 0, 'old', 'system', 0)",
    );
    const sealer = createSealer({ url: source.database.url, key });
    await sealer.finish();
    await sealer.checkpoint();
    await sealer.stop();

    const rows = await moveDatabase({ from: source.database.url, to: target.url });
    expect(rows).toMatchObject({ resource: 4, version: 4 });
    expect(await contentsOf(target)).toEqual(await contentsOf(source.database));
    const { rows: rest } = await target.pool.query('select count(*)::int as n from audit_rest');
    expect(rest, 'each month is in its partition').toEqual([{ n: 0 }]);

    await target.pool.query(
      "insert into audit (request, interaction, outcome, reason, actor_kind, bucket) values ('new', 'read', 0, 'new', 'system', 0)",
    );
    const next = createSealer({ url: target.url, key });
    await next.finish();
    await next.stop();
    const report = await verifyAudit({ url: target.url, keys: [key.publicKey] });
    expect(report).toMatchObject({ faults: [], unsealed: 0 });
  });

  it('is refused into a database that holds data, and from one of another schema, with nothing changed', async () => {
    const order = { from: source.database.url, to: target.url };
    await expect(moveDatabase(order)).rejects.toMatchObject({ kind: 'conflict' });
    const empty = await createTestDatabase();
    try {
      const name = '0900_expand_else';
      await source.database.pool.query('insert into schema_migration (name, run_on) values ($1, now())', [
        name,
      ]);
      await expect(moveDatabase({ ...order, to: empty.url })).rejects.toMatchObject({
        findings: [expect.objectContaining({ diagnostics: expect.stringContaining(name) })],
      });
      await source.database.pool.query('delete from schema_migration where name = $1', [name]);
      expect((await empty.pool.query('select from resource')).rowCount).toBe(0);
    } finally {
      await empty.drop();
    }
  });
});

describe('The transaction counter of a new server', () => {
  it('is brought beyond what a loaded dump holds, without which nothing would be sealed', async () => {
    const database = await createTestDatabase();
    const sealed = async () => {
      const sealer = createSealer({ url: database.url, key });
      await sealer.finish().finally(() => sealer.stop());
    };
    try {
      await database.pool.query(
        `insert into seal_round (round, at, upto_xid, upto_id, seals, rows, root, previous, hash)
values (1, now(), (pg_snapshot_xmax(pg_current_snapshot())::text::bigint + 120000)::text::xid8, uuidv7(), 0, 0, '\\x', '\\x', '\\x')`,
      );
      await expect(sealed()).rejects.toMatchObject({ kind: 'unavailable' });
      const steps: number[] = [];
      const onProgress = (done: number) => steps.push(done);
      const used = await advanceCounter({ url: database.url, onProgress });
      expect(used).toBeGreaterThan(100_000);
      expect(steps).toEqual([100_000, used]);
      await sealed();
      expect(await advanceCounter({ url: database.url })).toBe(0);
    } finally {
      await database.drop();
    }
  });

  it('is not brought where a server would have to freeze rows first', async () => {
    const { url } = target;
    await expect(advanceCounter({ url, beyond: 10n ** 12n })).rejects.toMatchObject({ kind: 'too-costly' });
  });
});
