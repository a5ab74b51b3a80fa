import { setTimeout as wait } from 'node:timers/promises';
import { createSealer, verifyAudit } from '@naravard/store';
import { createTestApp } from '@naravard/testkit';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSealWorld, newKey, type SealWorld } from './seal-world.ts';

let world: SealWorld;
beforeEach(async () => {
  world = await createSealWorld();
});
afterEach(() => world.close());

const count = async (sql: string): Promise<number> =>
  Number((await world.database.pool.query<{ n: string }>(`select (${sql}) as n`)).rows[0]?.n);
const sealedIds = async (): Promise<string[]> =>
  (
    await world.database.pool.query<{ id: string }>(
      'select unnest(ids)::text as id from seal order by round, bucket',
    )
  ).rows.map(({ id }) => id);

describe('The sealer', () => {
  it('seals a row within two seconds of its commit', async () => {
    const sealer = createSealer({ url: world.database.url, key: world.key });
    sealer.start();
    await world.write();
    const committed = Date.now();
    while ((await count('select count(*) from seal')) === 0 && Date.now() - committed < 5_000) await wait(20);
    expect(Date.now() - committed).toBeLessThan(2_000);
    await sealer.stop();
  });

  it('passes no row by that commits after a later one', async () => {
    const early = await world.service.connect();
    await early.query('begin');
    const first = await world.write({}, early);
    const second = await world.write();
    world.sealer.start();
    await wait(400);
    expect(await sealedIds()).toEqual([]);
    await early.query('commit');
    early.release();
    await world.sealer.finish();
    expect(await sealedIds()).toEqual([first, second]);
    expect((await world.verify()).faults).toEqual([]);
  });

  it('forgets a transaction that was rolled back', async () => {
    const undone = await world.service.connect();
    await undone.query('begin');
    await world.write({}, undone);
    await undone.query('rollback');
    undone.release();
    const id = await world.write();
    await world.sealer.finish();
    expect(await sealedIds()).toEqual([id]);
  });

  it('seals each row once when several processes seal and many write at once', async () => {
    const sealers = Array.from({ length: 3 }, () =>
      createSealer({ url: world.database.url, key: world.key, poll: 5, batch: 7 }),
    );
    for (const sealer of sealers) sealer.start();
    const writer = async (bucket: number) => {
      for (let at = 0; at < 60; at++) {
        const client = await world.service.connect();
        await client.query('begin');
        await world.write({ bucket }, client);
        if (at % 3 === 0) await wait(Math.random() * 10);
        await world.write({ bucket: bucket + 1 }, client);
        await client.query(at % 7 ? 'commit' : 'rollback');
        client.release();
      }
    };
    await Promise.all([1, 2, 3, 4, 5].map(writer));
    await world.sealer.finish();
    for (const sealer of sealers) await sealer.stop();
    const ids = await sealedIds();
    expect(ids.length).toBe(await count('select count(*) from audit'));
    expect(new Set(ids).size).toBe(ids.length);
    expect(await world.verify()).toMatchObject({ faults: [], rows: ids.length, unsealed: 0 });
  });

  it('goes on within a transaction that wrote more rows than a round holds', async () => {
    const client = await world.service.connect();
    await client.query('begin');
    for (let at = 0; at < 25; at++) await world.write({}, client);
    await client.query('commit');
    client.release();
    await world.sealer.finish();
    expect(await count('select max(round) from seal_round')).toBe(3);
    expect(await world.verify()).toMatchObject({ faults: [], rows: 25 });
  });

  it('writes nothing while nothing is audited', async () => {
    await world.write();
    await world.sealer.finish();
    const before = await count('select pg_snapshot_xmax(pg_current_snapshot())::text::bigint');
    for (let at = 0; at < 5; at++) await world.sealer.finish();
    expect(await count('select count(*) from seal_round')).toBe(1);
    // Transactions of other tests on the server may have been counted.
    expect(
      (await count('select pg_snapshot_xmax(pg_current_snapshot())::text::bigint')) - before,
    ).toBeLessThan(1_000);
  });

  it('hashes in the database what the verifier hashes outside of it, whatever a row says', async () => {
    const text = fc
      .string({ unit: 'binary', maxLength: 30 })
      .map((each) => each.replaceAll('\0', '').toWellFormed());
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            actor: fc.option(text),
            reason: text,
            query: fc.option(text),
            targets: fc.array(text),
          }),
          { maxLength: 20 },
        ),
        async (rows) => {
          for (const row of rows) await world.write(row);
        },
      ),
      { numRuns: 20 },
    );
    await world.write({
      reason: '\u0001\b\f\n\r\t\u001f\u007f "\\/ åäö \u2028 😀 {"a":1}',
      targets: ['a,b', '"', '\\', ' ', 'null', ''],
    });
    await world.write({ at: 'infinity' });
    await world.write({ at: '0044-03-15T12:00:00Z' });
    await world.sealer.finish();
    expect((await world.verify()).faults).toEqual([]);
  });

  it('has every column of an audit row in what it seals', async () => {
    const { rows } = await world.database.pool.query<{ name: string }>(
      `select attname as name from pg_attribute where attrelid = 'audit'::regclass and attnum > 0 and not attisdropped`,
    );
    const id = await world.write();
    await world.sealer.finish();
    const other: Record<string, string> = {
      at: `at + interval '1 us'`,
      xid: `'1'::xid8`,
      id: 'gen_random_uuid()',
      bucket: '9',
      outcome: '8',
      targets: `'{x}'`,
      custodians: `'{x}'`,
    };
    for (const { name } of rows) {
      const client = await world.database.pool.connect();
      await client.query('create table kept as select * from audit');
      await client.query(
        `update audit set ${name} = ${other[name] ?? `coalesce(${name}, '') || 'x'`} where id = $1`,
        [id],
      );
      expect((await world.verify()).faults.length, name).toBeGreaterThan(0);
      await client.query('truncate audit; insert into audit select * from kept; drop table kept');
      client.release();
    }
    expect((await world.verify()).faults).toEqual([]);
  });

  it('refuses to seal when the transaction counter is behind the audit, as after loading a dump', async () => {
    await world.write();
    await world.sealer.finish();
    await world.attack(`update seal_round set upto_xid = '99999999999'`);
    await world.write();
    await expect(world.sealer.finish()).rejects.toMatchObject({ kind: 'unavailable' });
  });
});

describe("The service's role", () => {
  const denied = { code: '42501' };
  it.each(['audit', 'seal', 'seal_round', 'checkpoint'])(
    'attack 83: can neither change, remove nor empty %s',
    async (table) => {
      await world.write();
      await world.sealer.finish();
      await world.sealer.checkpoint();
      const column = { audit: 'reason', seal: 'hash', seal_round: 'hash', checkpoint: 'body' }[table];
      await expect(world.service.query(`update ${table} set ${column} = ''`)).rejects.toMatchObject(denied);
      await expect(world.service.query(`delete from ${table}`)).rejects.toMatchObject(denied);
      await expect(world.service.query(`truncate ${table}`)).rejects.toMatchObject(denied);
      await expect(world.service.query(`drop table ${table}`)).rejects.toMatchObject(denied);
      await expect(
        world.service.query(`select open_audit_partitions('2019-01-01', 1)`),
      ).rejects.toMatchObject(denied);
    },
  );

  it('knows no key but its own', async () => {
    await world.write();
    await world.sealer.finish();
    const other = createSealer({ url: world.database.url, key: newKey() });
    await other.checkpoint();
    await other.stop();
    expect((await world.verify()).faults).toEqual([
      { kind: 'checkpoint-unsigned', checkpoint: 1, from: 'database' },
    ]);
  });
});

it('What a client reads, searches, writes and is denied is sealed', async () => {
  const fhir = await createTestApp();
  const key = newKey();
  const sealer = createSealer({ url: fhir.database.url, key });
  const created = await fhir.ask('POST', '/Patient', { body: { resourceType: 'Patient', active: true } });
  await fhir.ask('GET', `/Patient/${created.json?.id}`);
  await fhir.ask('GET', '/Patient?active=true');
  await fhir.ask('GET', '/Patient/absent');
  await sealer.finish();
  const { rows } = await fhir.database.pool.query<{ n: number }>('select count(*)::int as n from audit');
  expect(rows[0]?.n).toBeGreaterThanOrEqual(4);
  const report = await verifyAudit({ url: fhir.database.url, keys: [key.publicKey] });
  expect(report).toMatchObject({ faults: [], rows: rows[0]?.n, unsealed: 0 });
  await sealer.stop();
  await fhir.close();
});
