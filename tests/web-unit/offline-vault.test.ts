import { describe, expect, test } from 'vitest';
import { iterations } from '../../services/web/src/offline/data-key.ts';
import { pinFault } from '../../services/web/src/offline/pin.ts';
import { VaultClosed } from '../../services/web/src/offline/vault.ts';
import { anna, code, newDisk, readable, service, start, visit } from './offline-memory.ts';

const plan = {
  patient: { name: 'Astrid Testberg', identity: '19410314-2384' },
  address: 'Storgatan 5, portkod 1812',
};
const hour = 3_600_000;
/** What `filled` leaves unsent. */
const lost = { writes: 1, reads: 1 };
const bo = { sub: 'TSTNMT2321000115-P999' };

async function filled() {
  const disk = newDisk();
  const app = start(disk);
  await app.vault.create(code, anna);
  await app.kept.saveList({ visits: ['Astrid Testberg'] });
  await app.kept.savePatient('astrid-testberg', plan, '2026-11-23T20:00:00.000Z');
  await app.kept.setSeen('astrid-testberg', '2026-11-23T20:01:00.000Z');
  await app.queue.enqueue(visit('11111111-1111-4111-8111-111111111111'));
  await app.reads.note('astrid-testberg', '2026-11-23T20:02:00.000Z');
  return { disk, ...app };
}

describe('the vault', () => {
  test('gives back after the right code what was put in before the app was ended', async () => {
    const { disk, clock } = await filled();
    const app = start(disk, clock);
    expect(await app.vault.state()).toBe('locked');
    expect(await app.vault.unlock(code, null)).toEqual({ kind: 'open' });
    expect(await app.vault.state()).toBe('open');
    expect(await app.kept.user()).toEqual(anna);
    expect(await app.kept.list()).toEqual({ visits: ['Astrid Testberg'] });
    expect(await app.kept.patient('astrid-testberg')).toEqual({
      plan,
      fetchedAt: '2026-11-23T20:00:00.000Z',
    });
    expect(await app.kept.patients()).toEqual([
      { id: 'astrid-testberg', fetchedAt: '2026-11-23T20:00:00.000Z' },
    ]);
    expect(await app.kept.seen('astrid-testberg')).toBe('2026-11-23T20:01:00.000Z');
    expect(await app.kept.patient('gunvor-testsson')).toBeNull();
    expect(await app.queue.pending()).toMatchObject([{ label: 'Hemsjukvårdsbesök', failed: null }]);
  });

  test('has nothing readable on the disk: no name, number, address, id, user, code or unsent work', async () => {
    const { disk } = await filled();
    const text = readable(disk);
    for (const word of [
      'Astrid',
      'Testberg',
      '2384',
      'Storgatan',
      '1812',
      'astrid-testberg',
      'Anna',
      'P302',
      'Hemsjukvård',
      'Encounter',
      code.pin,
    ]) {
      expect(text).not.toContain(word);
    }
  });

  test('has records of whole blocks, so that their length does not tell what they hold', async () => {
    const { disk } = await filled();
    const sealed = ['cache', 'heads', 'queue', 'reads'].flatMap((area) => [
      ...(disk.get(area as 'cache')?.values() ?? []),
    ]) as Uint8Array[];
    expect(sealed.map(({ length }) => (length - 12 - 16) % 4096)).toEqual(sealed.map(() => 0));
  });

  test('seals the same text differently every time, and tells when one record was put in the place of another', async () => {
    const { disk, kept, store } = await filled();
    const before = await store.entries('cache');
    await kept.savePatient('gunvor-testsson', plan, '2026-11-23T20:00:00.000Z');
    const fresh = (await store.entries('cache')).filter(([key]) => !before.some(([old]) => old === key));
    expect(fresh).toHaveLength(1);
    const [[gunvor]] = fresh as [[string, unknown]];
    for (const [key, sealed] of before) {
      await store.put('cache', gunvor, sealed);
      await expect(kept.patient('gunvor-testsson'), String(key)).rejects.toThrow();
    }
    expect(readable(disk)).not.toContain('gunvor');
  });

  test('cannot be used when it is locked', async () => {
    const { vault, kept, queue, reads } = await filled();
    vault.lock();
    expect(await vault.state()).toBe('locked');
    await expect(kept.patient('astrid-testberg')).rejects.toThrow(VaultClosed);
    await expect(kept.savePatient('a', plan, '')).rejects.toThrow(VaultClosed);
    await expect(queue.enqueue(visit('22222222-2222-4222-8222-222222222222'))).rejects.toThrow(VaultClosed);
    await expect(reads.note('a', '')).rejects.toThrow(VaultClosed);
    expect(await queue.count()).toBe(1);
  });

  test('opens with a device key, and not with another', async () => {
    const disk = newDisk();
    const make = async () => ({
      kind: 'device' as const,
      credential: new Uint8Array([1, 2, 3]),
      key: await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['wrapKey', 'unwrapKey']),
    });
    const [own, other] = [await make(), await make()];
    await start(disk).vault.create(own, anna);
    const app = start(disk);
    expect(await app.vault.opensBy()).toMatchObject({ kind: 'device', credential: own.credential });
    expect(await app.vault.unlock(other, anna)).toMatchObject({ kind: 'wrong' });
    expect(await app.vault.unlock(own, anna)).toEqual({ kind: 'open' });
  });
});

describe('wrong codes', () => {
  const wrong = { kind: 'pin', pin: '48151624' } as const;

  test('are counted over starts of the app, and the fifth deletes everything', async () => {
    const { disk, clock } = await filled();
    for (const triesLeft of [4, 3, 2, 1]) {
      expect(await start(disk, clock).vault.unlock(wrong, anna)).toEqual({ kind: 'wrong', triesLeft });
    }
    const app = start(disk, clock);
    expect(await app.vault.unlock(wrong, anna)).toEqual({ kind: 'wiped', reason: 'tries', lost });
    expect(await app.vault.state()).toBe('none');
    expect(await app.vault.wiped()).toEqual({ reason: 'tries', lost });
    expect([...disk].filter(([area, records]) => area !== 'meta' && records.size)).toEqual([]);
    expect([...(disk.get('meta')?.keys() ?? [])]).toEqual(['ended']);
    expect(await app.vault.unlock(code, anna)).toEqual({ kind: 'wiped', reason: 'tries', lost });
  });

  test('are counted although the app is ended while the code is tried', async () => {
    const { disk, clock } = await filled();
    void start(disk, clock).vault.unlock(wrong, anna);
    await expect.poll(() => disk.get('meta')?.get('lock')).toMatchObject({ wrong: 1 });
  });

  test('tried at once in one go are counted one by one', async () => {
    const { vault } = await filled();
    vault.lock();
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map(() => vault.unlock(wrong, anna)));
    expect(answers.map((answer) => (answer.kind === 'wrong' ? answer.triesLeft : answer.kind))).toEqual([
      4,
      3,
      2,
      1,
      'wiped',
      'wiped',
    ]);
  });

  test('are forgotten after the right one', async () => {
    const { vault } = await filled();
    await vault.unlock(wrong, anna);
    await vault.unlock(code, anna);
    expect(await vault.unlock(wrong, anna)).toEqual({ kind: 'wrong', triesLeft: 4 });
  });

  test('cost what OWASP asks for', () => expect(iterations).toBeGreaterThanOrEqual(600_000));
});

describe('the end of a vault', () => {
  test('comes after twelve hours: what was fetched is deleted, and the code with it', async () => {
    const { disk, clock, queue, reads, vault, kept } = await filled();
    const { send } = service();
    await queue.empty(send, false);
    await reads.empty(send);
    clock.now += 12 * hour - 1;
    expect(await kept.list()).not.toBeNull();
    clock.now += 1;
    await expect(kept.list()).rejects.toThrow(VaultClosed);
    expect(await vault.state()).toBe('expired');
    expect([...(disk.get('meta')?.keys() ?? [])]).toEqual(['ended']);
    expect(await start(disk, clock).vault.unlock(code, anna)).toMatchObject({
      kind: 'wiped',
      reason: 'expired',
    });
    await vault.create(code, anna);
    expect(await vault.state()).toBe('open');
    expect(await kept.list()).toBeNull();
  });

  test('keeps unsent work after twelve hours, sealed, until the same user opens it', async () => {
    const { disk, clock } = await filled();
    clock.now += 13 * hour;
    const app = start(disk, clock);
    expect(await app.vault.state()).toBe('locked');
    expect([disk.get('cache')?.size, disk.get('heads')?.size]).toEqual([0, 0]);
    expect(await app.vault.unlock(code, anna)).toEqual({ kind: 'open' });
    expect(await app.kept.list()).toBeNull();
    expect(await app.queue.pending()).toHaveLength(1);
    expect(await app.vault.state()).toBe('open');
  });

  test('is told to those who show what is kept, once it is so', async () => {
    const { vault, clock } = await filled();
    const states: Promise<string>[] = [];
    vault.box.subscribe(() => states.push(vault.state()));
    clock.now += 13 * hour;
    expect(await vault.state()).toBe('locked');
    expect(await Promise.all(states)).toEqual(['locked']);
    await vault.wipe('logout');
    expect(await Promise.all(states)).toEqual(['locked', 'none']);
  });

  test('comes when the clock is turned back well past its beginning, not when it is set right', async () => {
    const { queue, reads, vault, clock } = await filled();
    await queue.empty(service().send, false);
    await reads.empty(service().send);
    clock.now -= 4 * 60_000;
    expect(await vault.state()).toBe('open');
    clock.now -= 2 * 60_000;
    expect(await vault.state()).toBe('expired');
  });

  test('comes with a revoked session, whatever waits; not with one that has ended', async () => {
    const { disk, vault } = await filled();
    expect(await vault.heed({ reason: 'expired' })).toBe('kept');
    expect(await vault.heed({ reason: 'none' })).toBe('kept');
    expect(await vault.heed({ user: anna })).toBe('kept');
    expect(await vault.heed({ reason: 'revoked' })).toBe('wiped');
    expect(await vault.wiped()).toEqual({ reason: 'revoked', lost });
    expect([...disk.values()].map(({ size }) => size)).toEqual(
      [...disk.keys()].map((area) => (area === 'meta' ? 1 : 0)),
    );
  });

  test('comes with another user, who is asked first where a colleague has unsent work', async () => {
    const { vault, queue, reads } = await filled();
    expect(await vault.heed({ user: bo })).toBe('colleagues-work');
    expect(await vault.state()).toBe('locked');
    await vault.unlock(code, anna);
    await queue.empty(service().send, false);
    await reads.empty(service().send);
    expect(await vault.heed({ user: bo })).toBe('wiped');
    expect(await vault.wiped()).toMatchObject({ reason: 'user' });
  });

  test('comes when another user gives even the right code; with unsent work it only stays closed', async () => {
    const { vault, queue, reads } = await filled();
    vault.lock();
    expect(await vault.unlock(code, bo)).toEqual({ kind: 'colleagues-work' });
    expect([await vault.state(), await vault.unsent()]).toEqual(['locked', lost]);
    await vault.unlock(code, anna);
    await queue.empty(service().send, false);
    await reads.empty(service().send);
    expect(await vault.unlock(code, bo)).toMatchObject({ kind: 'wiped', reason: 'user' });
  });

  test('takes nothing with it that is written in the same moment', async () => {
    const { disk, vault, queue, clock } = await filled();
    await queue.empty(service().send, false);
    clock.now += 13 * hour;
    const written = queue.enqueue(visit('22222222-2222-4222-8222-222222222222'));
    await Promise.all([vault.heed({ user: bo }), vault.state(), written.catch(() => undefined)]);
    await expect(written).rejects.toThrow(VaultClosed);
    expect(disk.get('queue')?.size).toBe(0);
  });

  test('in one tab leaves nothing for another that has not heard of it to write into', async () => {
    const { disk, vault, clock, exclusive } = await filled();
    const other = start(disk, clock, exclusive);
    await other.vault.unlock(code, anna);
    await vault.wipe('revoked');
    await expect(other.queue.enqueue(visit('22222222-2222-4222-8222-222222222222'))).rejects.toThrow(
      VaultClosed,
    );
    await vault.create(code, anna);
    await expect(other.kept.savePatient('astrid-testberg', plan, '')).rejects.toThrow(VaultClosed);
    expect(disk.get('queue')?.size).toBe(0);
  });
});

describe('a new code', () => {
  test.each(['1234', '12345', ''])('%s is too short', (pin) => expect(pinFault(pin)).toBe('short'));
  test.each([
    '111111',
    '123456',
    '987654',
    '135791',
    '890123',
    '121212',
    '123123',
    '410314',
    '140341',
    '19410314',
    '14031941',
  ])('%s is tried first by whoever finds the telephone', (pin) => expect(pinFault(pin)).toBe('trivial'));
  test.each(['481516', '739201', '48151623', 'kaffe på bryggan'])('%s will do', (pin) =>
    expect(pinFault(pin)).toBeNull(),
  );
});
