import { sentenceOf } from '@naravard/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { roundHashSql, sealHashSql } from '../../libs/store/src/seal/chain-form.ts';
import { rowHashSql } from '../../libs/store/src/seal/row-form.ts';
import { createSealWorld, type SealWorld } from './seal-world.ts';

let world: SealWorld;
let ids: string[];
/** Exported before each attack. */
let exported: string[];

const rows = 60;

/** Rows 0, 2, 4 ... lie in bucket 8, rows 1, 3, 5 ... in bucket 7. */
beforeEach(async () => {
  world = await createSealWorld();
  ids = await world.writeMany(rows);
  await world.sealer.checkpoint();
  exported = await world.export();
});
afterEach(() => world.close());

const id = (at: number): string => ids[at] ?? '';
const faults = async (checkpoints?: readonly string[]) => (await world.verify(checkpoints)).faults;
const named = (kind: string, at: number, more: object = {}) => ({
  kind,
  bucket: at % 2 ? '7' : '8',
  id: id(at),
  time: expect.stringMatching(/^20\d\d-/),
  ...more,
});

describe('Verification', () => {
  it('finds nothing in an audit that nobody has touched', async () => {
    expect(await world.verify(exported)).toMatchObject({
      faults: [],
      rows,
      unsealed: 0,
      dropped: 0,
      checkpoints: 2,
    });
  });

  it('counts young rows that are not sealed yet, and takes them for no fault', async () => {
    await world.write();
    await world.write({ at: '2020-01-01T00:00:00Z' });
    expect(await world.verify(exported)).toMatchObject({ faults: [], unsealed: 2 });
  });

  it('takes a row that is older than a minute and not sealed for a fault', async () => {
    await world.attack(
      `insert into audit (id, at, request, interaction, outcome, reason, actor_kind, bucket)
       values ('0190a000-0000-7000-8000-000000000001', now() - interval '2 minutes', 'r', 'read', 0, '', 'staff', 3)`,
    );
    expect(await faults()).toMatchObject([{ kind: 'unsealed', bucket: '3' }]);
  });

  it('attack 83: names a row that was edited, not what it says', async () => {
    await world.attack(`update audit set actor = 'SE1-SECRET' where id = $1`, [id(21)]);
    const found = await faults();
    expect(found).toEqual([named('altered', 21)]);
    expect(found.map(sentenceOf).join()).toContain(`row ${id(21)}`);
    expect(found.map(sentenceOf).join()).not.toContain('SECRET');
  });

  it('attack 83: names the first of several edited rows of each bucket', async () => {
    await world.attack('update audit set patient = null where id = any($1)', [[30, 32, 41, 43].map(id)]);
    expect(await faults()).toEqual([named('altered', 41), named('altered', 30)]);
  });

  it('attack 83: names a row whose place in the order was edited', async () => {
    await world.attack(`update audit set xid = (xid::text::bigint + 15)::text::xid8 where id = $1`, [id(5)]);
    expect(await faults()).toEqual([named('altered', 5)]);
  });

  it('attack 83: names a row that was moved to another month', async () => {
    await world.attack(`update audit set at = at - interval '2 years' where id = $1`, [id(5)]);
    expect(await faults()).toEqual([named('altered', 5)]);
  });

  it('attack 83: names a row that was removed', async () => {
    await world.attack('delete from audit where id = $1', [id(8)]);
    expect(await faults()).toEqual([named('removed', 8)]);
  });

  it('attack 83: names a row that was inserted among sealed ones', async () => {
    await world.attack('create table made as select * from audit where id = $1', [id(12)]);
    await world.attack('update made set id = uuidv7()');
    await world.attack('insert into audit select * from made');
    const made = (await world.database.pool.query<{ id: string }>('select id from made')).rows[0]?.id;
    expect(await faults()).toMatchObject([{ kind: 'inserted', bucket: '8', id: made }]);
  });

  it('attack 83: names a copy of a row that has its id', async () => {
    await world.attack('insert into audit select * from audit where id = $1', [id(12)]);
    expect(await faults()).toEqual([named('inserted', 12)]);
  });

  const swapOf = (columns: string) => `update audit a set (${columns}) = (
    select ${columns} from audit b where b.id = case a.id when $1 then $2::uuid else $1::uuid end
  ) where a.id in ($1, $2)`;
  const all = `at, xid, bucket, request, interaction, outcome, reason, actor_kind, actor, organisation, unit, purpose, type,
    patient, targets, query, commission, title, client, custodians`;
  it.each([
    ['who read', 'actor', 9, 13],
    ['everything but id and time', all.replace('at, xid, ', ''), 9, 55],
    ['everything but the id', all, 9, 55],
  ])('attack 83: names two rows whose contents were swapped: %s', async (_what, columns, one, other) => {
    await world.attack(swapOf(columns), [id(one), id(other)]);
    expect(await faults()).toEqual([named('swapped', one, { other: id(other) })]);
  });

  it('attack 83: names both rows of a swap between two buckets', async () => {
    await world.attack(swapOf('actor, patient, bucket'), [id(10), id(11)]);
    expect(await faults()).toEqual([
      named('swapped', 11, { other: id(10) }),
      named('swapped', 10, { other: id(11) }),
    ]);
  });

  it('attack 83: names the first row of a tail that was cut', async () => {
    await world.attack('delete from audit where id = any($1)', [ids.slice(50)]);
    expect(await faults()).toEqual([named('cut', 51, { rows: 5 }), named('cut', 50, { rows: 5 })]);
  });

  it('attack 83: finds a tail that was cut with its seals, by the checkpoint in the database and by an export', async () => {
    await world.attack('delete from audit where id = any($1)', [ids.slice(50)]);
    await world.attack('delete from seal where round > 5');
    await world.attack('delete from seal_round where round > 5');
    const tail = { kind: 'tail-cut', checkpoint: 1, rows: 10 };
    const cut = (bucket: string) => ({ kind: 'cut-with-seals', bucket, rows: 5 });
    expect(await faults()).toMatchObject([tail, cut('7'), cut('8')]);
    await world.attack('delete from checkpoint');
    expect(await faults()).toEqual([]);
    expect(await faults(exported)).toMatchObject([
      tail,
      { kind: 'checkpoint-removed', checkpoint: 1 },
      cut('7'),
      cut('8'),
    ]);
  });

  it('attack 83: finds by an export that audit and seals were rewritten and sealed anew, with the key as well', async () => {
    await world.attack(`update audit set actor = 'SE1-OTHER' where id = $1`, [id(3)]);
    await world.attack('truncate seal, seal_round, checkpoint');
    await world.sealer.finish();
    await world.sealer.checkpoint();
    expect(await faults()).toEqual([]);
    expect(await faults(exported)).toMatchObject([{ kind: 'rewritten', checkpoint: 1, since: null }]);
  });

  it('attack 83: says until when rewritten seals are those that were signed', async () => {
    await world.writeMany(10);
    await world.sealer.checkpoint();
    exported = await world.export();
    await world.attack('delete from seal where round > 6');
    await world.attack('delete from seal_round where round > 6');
    await world.attack('delete from checkpoint where number > 1');
    await world.attack(
      `update audit set actor = 'SE1-OTHER' where (xid, id) > (select upto_xid, upto_id from seal_round where round = 6)`,
    );
    await world.sealer.finish();
    await world.writeMany(10);
    await world.sealer.checkpoint();
    const since = JSON.parse(exported[0] ?? '').checkpoint.at;
    expect(await faults(exported)).toMatchObject([{ kind: 'rewritten', checkpoint: 2, since }]);
  });

  it.each([
    [
      'update seal set ids = array_append(ids, uuidv7()) where round = 3 and bucket = 7',
      { kind: 'seal-altered', bucket: '7', number: '3' },
    ],
    [
      'update seal set hashes = hashes || hashes where round = 3 and bucket = 7',
      { kind: 'seal-altered', bucket: '7', number: '3' },
    ],
    ['delete from seal where round = 3 and bucket = 7', { kind: 'seal-removed', bucket: '7', number: '3' }],
  ])('names a seal that was tampered with: %s', async (sql, expected) => {
    await world.attack(sql);
    expect(await faults()).toContainEqual(expect.objectContaining(expected));
  });

  it.each([
    [
      `update seal_round set at = at - interval '1 day' where round = 3`,
      [{ kind: 'round-altered', round: '3' }],
    ],
    [
      `update seal_round set upto_xid = (upto_xid::text::bigint - 3)::text::xid8 where round = 3`,
      [{ kind: 'round-altered', round: '3' }],
    ],
    ['delete from seal_round where round = 3', [{ kind: 'round-removed', round: '3' }]],
    [
      'delete from seal where round = 6 and bucket = 7; delete from audit where bucket = 7 and (xid, id) > (select upto_xid, upto_id from seal_round where round = 5)',
      [
        { kind: 'round-removed', round: '6' },
        { kind: 'rewritten' },
        { kind: 'cut-with-seals', bucket: '7', rows: 5 },
      ],
    ],
  ])('names a round that was tampered with: %s', async (sql, expected) => {
    await world.attack(sql);
    expect(await faults()).toMatchObject(expected);
  });

  it('finds a row whose seal and round were made to fit it', async () => {
    await world.attack(`update audit set actor = 'SE1-OTHER' where id = $1`, [id(25)]);
    await world.attack(`update seal s set hashes = (
      select string_agg(${rowHashSql}, ''::bytea order by a.xid, a.id) from audit a where a.id = any(s.ids)
    ) where round = 3`);
    await world.attack(`update seal set hash = ${sealHashSql} where round = 3`);
    expect(await faults()).toMatchObject([
      { kind: 'round-altered', round: '3' },
      { kind: 'seal-altered', bucket: '7', number: '4' },
    ]);
    await world.attack(
      'update seal_round set root = (select sha256(string_agg(hash, null order by bucket)) from seal where round = 3) where round = 3',
    );
    await world.attack(`update seal_round set hash = ${roundHashSql} where round = 3`);
    expect(await faults()).toMatchObject([
      { kind: 'round-altered', round: '4' },
      { kind: 'seal-altered', bucket: '7', number: '4' },
    ]);
  });

  it('tells the operator in a sentence that holds no content', async () => {
    await world.attack('delete from audit where id = any($1)', [ids.slice(50)]);
    for (const fault of await faults())
      expect(sentenceOf(fault)).toMatch(/^Bucket [78]: row \S+ of \S+ was removed with all after it/);
  });
});

describe('Checkpoints', () => {
  it('are refused when they were altered, in the database and in an export', async () => {
    await world.attack(`update checkpoint set body = replace(body, '"round":6', '"round":5')`);
    expect(await faults()).toMatchObject([{ kind: 'checkpoint-unsigned', checkpoint: 1, from: 'database' }]);
    const forged = exported.map((line) => line.replace('"round":6', '"round":5'));
    expect(await faults(forged)).toContainEqual({ kind: 'checkpoint-unsigned', checkpoint: 1, from: 'file' });
    expect(await faults(['{}', 'nonsense'])).toContainEqual(expect.objectContaining({ from: 'file' }));
  });

  it('are missed when one was removed', async () => {
    for (let at = 0; at < 2; at++) {
      await world.writeMany(4);
      await world.sealer.checkpoint();
    }
    exported = await world.export();
    await world.attack('delete from checkpoint where number = 3');
    expect(await faults()).toEqual([]);
    expect(await faults(exported)).toEqual([{ kind: 'checkpoint-removed', checkpoint: 3, from: 'database' }]);
    await world.attack('delete from checkpoint where number = 1');
    expect(await faults()).toMatchObject([{ kind: 'checkpoint-removed', checkpoint: 1, from: 'database' }]);
  });

  it('vouch for the rows until the last one, and verification counts the others', async () => {
    expect(await world.verify()).toMatchObject({ unsigned: 0 });
    await world.writeMany(4);
    expect(await world.verify(exported)).toMatchObject({ faults: [], unsigned: 4 });
    await world.attack('delete from checkpoint');
    expect(await world.verify()).toMatchObject({ faults: [], unsigned: rows + 4 });
  });

  it('are not made when nothing was sealed since the last one', async () => {
    expect(await world.sealer.checkpoint()).toBeUndefined();
    await world.writeMany(1);
    expect(await world.sealer.checkpoint()).toMatchObject({ number: 2, rows: rows + 1 });
  });

  it('may come from several exports with the banner of npm in front', async () => {
    await world.writeMany(4);
    await world.sealer.checkpoint();
    const lines = [
      '',
      '> naravard@0.1.0 audit',
      '> node audit.ts export',
      '',
      ...(await world.export()),
      ...exported,
    ];
    expect(await world.verify(lines)).toMatchObject({ faults: [], checkpoints: 4 });
  });
});
