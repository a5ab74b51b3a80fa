import { createSealer, dropAuditMonths, openAuditMonths, recordRestore } from '@naravard/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSealWorld, newKey, type SealWorld } from './seal-world.ts';

let world: SealWorld;
const decided = { by: 'Arkivarie Test', decision: 'Gallringsbeslut 2026:14' };

/** Four rows of January 2019, two of February 2019, ten of now. */
beforeEach(async () => {
  world = await createSealWorld();
  await world.attack("select open_audit_partitions('2019-01-01', 3)");
  for (let at = 0; at < 4; at++) await world.write({ at: `2019-01-${10 + at}T12:00:00Z`, bucket: at });
  for (let at = 0; at < 2; at++) await world.write({ at: `2019-02-${10 + at}T12:00:00Z`, bucket: at });
  await world.writeMany(10);
  await world.sealer.checkpoint();
});
afterEach(() => world.close());

const drop = (before: string, more: { years?: number } = {}) =>
  dropAuditMonths({ url: world.database.url, key: world.key, before, years: 5, ...decided, ...more });
const tables = async (): Promise<string[]> =>
  (
    await world.database.pool.query<{ name: string }>(
      "select relname as name from pg_class where relname like 'audit_2019%' and relkind = 'r' order by 1",
    )
  ).rows.map(({ name }) => name);

describe('Months of the audit', () => {
  it('are destroyed as a whole by a decision that is audited and signed', async () => {
    const before = await world.export();
    const checkpoint = await drop('2019-02');
    expect(checkpoint).toMatchObject({
      kind: 'drop',
      ...decided,
      dropped: [
        {
          name: 'audit_2019_01',
          from: '2019-01-01T00:00:00.000000Z',
          to: '2019-02-01T00:00:00.000000Z',
          rows: 4,
        },
      ],
    });
    expect(await tables()).toEqual(['audit_2019_02', 'audit_2019_03']);
    await world.sealer.finish();
    expect(await world.verify(before)).toMatchObject({ faults: [], dropped: 4, rows: 13 });
    const { rows } = await world.database.pool.query(
      "select interaction, reason, actor, targets from audit where interaction = 'audit-drop'",
    );
    expect(rows).toEqual([
      { interaction: 'audit-drop', reason: decided.decision, actor: decided.by, targets: ['audit_2019_01'] },
    ]);
  });

  it('are missed when they were dropped without a recorded decision', async () => {
    await world.attack('drop table audit_2019_01');
    const { faults } = await world.verify();
    expect(faults.map(({ kind }) => kind)).toEqual(['removed', 'removed', 'cut', 'cut']);
  });

  it('are missed when the decision was not signed with a known key', async () => {
    await dropAuditMonths({
      url: world.database.url,
      key: newKey(),
      before: '2019-02',
      years: 5,
      ...decided,
    });
    const { faults } = await world.verify();
    expect(faults[0]).toEqual({ kind: 'checkpoint-unsigned', checkpoint: 2, from: 'database' });
    expect(faults).toContainEqual(expect.objectContaining({ kind: 'removed', bucket: '0' }));
  });

  it('do not hide a row that was removed before they were destroyed', async () => {
    await world.attack("delete from audit where at = '2019-01-11T12:00:00Z'");
    await drop('2019-02');
    await world.sealer.finish();
    expect((await world.verify()).faults).toEqual([
      { kind: 'drop-too-large', month: 'audit_2019_01', recorded: 3, gone: 4 },
    ]);
  });

  it('are kept while one of them is younger than the retention', async () => {
    const now = new Date();
    const next = `${now.getUTCFullYear()}-${String(now.getUTCMonth() + 1).padStart(2, '0')}`;
    await world.attack("select open_audit_partitions((now() - interval '2 years')::date, 1)");
    await expect(drop(next)).rejects.toMatchObject({ kind: 'bad-request' });
    await expect(drop('2019-03', { years: 10 })).rejects.toMatchObject({ kind: 'bad-request' });
    await expect(drop('2019-03', { years: 4 })).rejects.toMatchObject({ kind: 'bad-request' });
    await expect(drop('2018-01')).rejects.toMatchObject({ kind: 'bad-request' });
    await expect(drop('2019-3')).rejects.toMatchObject({ kind: 'bad-request' });
    expect(await tables()).toHaveLength(3);
    expect(await world.export()).toHaveLength(1);
  });

  it("are not destroyed with the service's login", async () => {
    await world.attack("create role clerk login password 'clerk' in role naravard_service").catch(() => {});
    const url = new URL(world.database.url);
    url.username = 'clerk';
    url.password = 'clerk';
    const order = { url: url.href, key: world.key, before: '2019-02', years: 5, ...decided };
    await expect(dropAuditMonths(order)).rejects.toMatchObject({ kind: 'forbidden' });
    expect(await tables()).toHaveLength(3);
    await world.attack('drop role clerk');
  });

  it('take up the rows that came while they were not open, which stay sealed', async () => {
    await world.write({ at: '2019-07-05T12:00:00Z' });
    await world.write({ at: '2040-07-05T12:00:00Z' });
    await world.sealer.finish();
    const months = await openAuditMonths(world.database.url);
    expect(months.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['audit_2019_07', 'audit_2040_07']),
    );
    const { rows } = await world.database.pool.query(
      'select (select count(*)::int from audit_rest) as rest, (select count(*)::int from audit_2019_07) as month',
    );
    expect(rows).toEqual([{ rest: 0, month: 1 }]);
    await expect(world.service.query('delete from audit_2019_07')).rejects.toMatchObject({ code: '42501' });
    expect((await world.verify()).faults).toEqual([]);
  });

  it('are asked for in time by whoever seals', async () => {
    const events: string[] = [];
    const listen = async () => {
      events.length = 0;
      const sealer = createSealer({
        url: world.database.url,
        key: world.key,
        poll: 20,
        report: ({ kind }) => events.push(kind),
      });
      sealer.start();
      await new Promise((resolve) => setTimeout(resolve, 500));
      await sealer.stop();
      return events.filter((kind) => kind === 'months-short').length;
    };
    expect(await listen()).toBe(0);
    await world.write({ at: '2040-07-05T12:00:00Z' });
    expect(await listen()).toBe(1);
  });
});

describe('A restore', () => {
  /** What a backup holds of the audit. */
  const kept = ['audit', 'seal', 'seal_round', 'checkpoint'];

  it('that is recorded explains the checkpoints that it undid, and no others', async () => {
    for (const table of kept) await world.attack(`create table kept_${table} as select * from ${table}`);
    const restoredTo = new Date().toISOString();
    await world.writeMany(10);
    await world.sealer.checkpoint();
    const exported = await world.export();
    for (const table of kept)
      await world.attack(`truncate ${table}; insert into ${table} select * from kept_${table}`);
    const lost = await world.verify(exported);
    expect(lost.faults.map(({ kind }) => kind)).toEqual([
      'tail-cut',
      'checkpoint-removed',
      'cut-with-seals',
      'cut-with-seals',
    ]);
    await recordRestore({ url: world.database.url, key: world.key, restoredTo, ...decided });
    await world.writeMany(10);
    await world.sealer.checkpoint();
    expect(await world.verify(exported)).toMatchObject({ faults: [], undone: 1 });
    expect(await world.verify([...exported, ...(await world.export())])).toMatchObject({
      faults: [],
      undone: 1,
    });
    await world.attack(
      'delete from audit where id = (select ids[1] from seal where round = 1 and bucket = 0)',
    );
    expect((await world.verify(exported)).faults).toHaveLength(1);
  });

  it('has a time that has passed and names its zone', async () => {
    const order = { url: world.database.url, key: world.key, ...decided };
    for (const restoredTo of ['2026-11-01', '2999-01-01T00:00:00Z', 'yesterday'])
      await expect(recordRestore({ ...order, restoredTo })).rejects.toMatchObject({ kind: 'bad-request' });
  });
});
