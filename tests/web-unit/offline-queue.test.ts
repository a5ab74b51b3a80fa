import { describe, expect, test } from 'vitest';
import { Connection, type ConnectionState } from '../../services/web/src/offline/connection.ts';
import { dropUnreadable, unreadable } from '../../services/web/src/offline/sealed-records.ts';
import { syncAll } from '../../services/web/src/offline/sync.ts';
import { anna, code, newDisk, service, start, visit } from './offline-memory.ts';

const [one, two, three] = ['1', '2', '3'].map(
  (digit) => `${digit.repeat(8)}-1111-4111-8111-111111111111`,
) as [string, string, string];
const asking = (id: string) => `identifier=urn:ietf:rfc:3986|urn:uuid:${id}`;

async function opened() {
  const disk = newDisk();
  const app = start(disk);
  await app.vault.create(code, anna);
  return { disk, ...app };
}

describe('the queue', () => {
  test('sends in the order of writing, each with If-None-Exist, and is empty then', async () => {
    const { queue } = await opened();
    for (const id of [two, one, three]) await queue.enqueue(visit(id));
    const { send, asked } = service();
    expect(await queue.empty(send, false)).toEqual({ sent: 3, failed: 0, stopped: null });
    expect(asked).toEqual([two, one, three].map(asking));
    expect(await queue.count()).toBe(0);
  });

  test('sends what was corrected after an unsure try as what the resource becomes', async () => {
    const { queue } = await opened();
    await queue.enqueue({ ...visit(one), method: 'PUT' });
    const sent: object[] = [];
    await queue.empty(async ({ method, path, headers }) => sent.push({ method, path, headers }), false);
    expect(sent).toEqual([{ method: 'PUT', path: `Encounter?${asking(one)}`, headers: {} }]);
    expect(await queue.count()).toBe(0);
  });

  test('takes nothing that the service could not know again', async () => {
    const { queue } = await opened();
    await expect(queue.enqueue({ ...visit(one), id: two })).rejects.toThrow(TypeError);
    await expect(queue.enqueue({ ...visit(one), body: {} })).rejects.toThrow(TypeError);
    expect(await queue.count()).toBe(0);
  });

  test.each([0, 401, 429, 503])('keeps everything in its place when the answer is %s', async (status) => {
    const { queue } = await opened();
    for (const id of [one, two]) await queue.enqueue(visit(id));
    const { send, asked } = service(() => status);
    expect(await queue.empty(send, false)).toEqual({ sent: 0, failed: 0, stopped: status });
    expect(asked).toEqual([asking(one)]);
    expect((await queue.pending()).map(({ id, failed }) => [id, failed])).toEqual([
      [one, null],
      [two, null],
    ]);
  });

  test('keeps what the service refuses, with its reason, and lets the others pass', async () => {
    const { queue } = await opened();
    for (const id of [one, two, three]) await queue.enqueue(visit(id));
    const refusing = service((_path, time) => (time === 2 ? 422 : 201));
    expect(await queue.empty(refusing.send, false)).toEqual({ sent: 2, failed: 1, stopped: null });
    expect(await queue.pending()).toMatchObject([{ id: two, failed: { status: 422, reason: 'Nej, 422.' } }]);

    const later = service();
    expect(await queue.empty(later.send, false)).toEqual({ sent: 0, failed: 1, stopped: null });
    expect(later.asked).toEqual([]);
    expect(await queue.empty(later.send, true)).toEqual({ sent: 1, failed: 0, stopped: null });
    expect(await queue.count()).toBe(0);
  });

  test('goes past what the service fails over, which stays', async () => {
    const { queue } = await opened();
    for (const id of [one, two]) await queue.enqueue(visit(id));
    const failing = service((_path, time) => (time === 1 ? 500 : 201));
    expect(await queue.empty(failing.send, false)).toEqual({ sent: 1, failed: 1, stopped: null });
    expect(await queue.pending()).toMatchObject([{ id: one, failed: null }]);
  });

  test('goes past what can no longer be opened, which stays, is counted, and leaves when it is said to', async () => {
    const { queue, reads, store, vault } = await opened();
    await store.append('queue', new Uint8Array(4124));
    await store.append('reads', new Uint8Array(4124));
    await queue.enqueue(visit(one));
    await reads.note('astrid-testberg', '2026-11-23T02:15:00.000Z');
    const { send, asked } = service();
    expect(await queue.empty(send, false)).toEqual({ sent: 1, failed: 1, stopped: null });
    expect(await reads.empty(send)).toBeNull();
    expect(asked).toEqual([asking(one), '$offline-reads']);
    expect(await queue.pending()).toEqual([]);
    expect(await vault.unsent()).toEqual({ writes: 1, reads: 1 });
    expect(await unreadable(store, await vault.use())).toEqual({ writes: 1, reads: 1 });
    await queue.enqueue(visit(two));
    await dropUnreadable(store, await vault.use());
    expect(await queue.pending()).toMatchObject([{ id: two }]);
    expect(await vault.unsent()).toEqual({ writes: 1, reads: 0 });
  });

  test('creates once what was sent when the app was ended before the answer came', async () => {
    const { disk, queue, clock } = await opened();
    for (const id of [one, two]) await queue.enqueue(visit(id));
    const { send, created, asked } = service();
    void queue.empty(async (request) => {
      await send(request);
      return new Promise(() => {});
    }, false);
    await expect.poll(() => created.size).toBe(1);

    const again = start(disk, clock);
    expect(await again.queue.count()).toBe(2);
    await again.vault.unlock(code, anna);
    expect(await again.queue.empty(send, false)).toMatchObject({ sent: 2, stopped: null });
    expect(asked).toEqual([one, one, two].map(asking));
    expect(created).toEqual(new Set([one, two].map(asking)));
    expect(await again.queue.count()).toBe(0);
  });

  test('sends what is written while it sends', async () => {
    const { queue } = await opened();
    await queue.enqueue(visit(one));
    const { send, asked } = service();
    await queue.empty(async (request) => {
      if (asked.length === 0) await queue.enqueue(visit(two));
      return send(request);
    }, false);
    expect(asked).toEqual([one, two].map(asking));
  });

  test('gives back what has not been sent and what was refused, not what the service may have', async () => {
    const { queue } = await opened();
    for (const id of [one, two, three]) await queue.enqueue(visit(id));
    expect(await queue.withdraw(one)).toBe(true);
    expect(await queue.withdraw(one)).toBe(false);
    await queue.empty(service((_path, time) => (time === 1 ? 422 : 0)).send, false);
    expect(await queue.withdraw(two)).toBe(true);
    expect(await queue.withdraw(three)).toBe(false);
    expect(await queue.count()).toBe(1);
  });
});

describe('offline reads', () => {
  test('are told to the log, and leave when it has answered', async () => {
    const { reads, store } = await opened();
    await reads.note('astrid-testberg', '2026-11-23T02:15:00.000Z');
    expect(await reads.empty(service(() => 0).send)).toBe(0);
    expect(await store.count('reads')).toBe(1);
    const bodies: unknown[] = [];
    const keep = async ({ path, body }: { path: string; body: unknown }) => bodies.push([path, body]);
    expect(await reads.empty(keep)).toBeNull();
    expect(bodies).toEqual([
      [
        '$offline-reads',
        {
          resourceType: 'Parameters',
          parameter: [
            {
              name: 'read',
              part: [
                { name: 'target', valueReference: { reference: 'Patient/astrid-testberg' } },
                { name: 'at', valueInstant: '2026-11-23T02:15:00.000Z' },
              ],
            },
          ],
        },
      ],
    ]);
    expect(await store.count('reads')).toBe(0);
  });

  test('are told though those before them fail', async () => {
    const { reads, store } = await opened();
    for (let count = 0; count < 51; count += 1)
      await reads.note('astrid-testberg', '2026-11-23T02:15:00.000Z');
    expect(await reads.empty(service((_path, time) => (time === 1 ? 500 : 201)).send)).toBe(500);
    expect(await store.count('reads')).toBe(50);
  });

  test('are told fifty at a time', async () => {
    const { reads } = await opened();
    for (let count = 0; count < 51; count += 1)
      await reads.note('astrid-testberg', '2026-11-23T02:15:00.000Z');
    const { send, asked } = service();
    await reads.empty(send);
    expect(asked).toHaveLength(2);
  });
});

describe('sync', () => {
  async function syncing() {
    const app = await opened();
    const connection = new Connection(true);
    const states: ConnectionState[] = [];
    return { ...app, connection, states, onState: (state: ConnectionState) => states.push(state) };
  }
  const told = (states: ConnectionState[]) => states.map(({ state, pending }) => [state, pending]);

  test('says what it does, and sends writes before reads', async () => {
    const app = await syncing();
    await app.reads.note('astrid-testberg', '2026-11-23T02:15:00.000Z');
    await app.queue.enqueue(visit(one));
    const { send, asked } = service();
    expect(await syncAll(app, { send, onState: app.onState })).toBe('done');
    expect(told(app.states)).toEqual([
      ['syncing', 1],
      ['done', 0],
    ]);
    expect(asked).toEqual([asking(one), '$offline-reads']);
  });

  test('tells the log although a write fails every time', async () => {
    const app = await syncing();
    await app.queue.enqueue(visit(one));
    await app.reads.note('astrid-testberg', '2026-11-23T02:15:00.000Z');
    const { send } = service((path) => (path === 'Encounter' ? 500 : 201));
    expect(await syncAll(app, { send })).toBe('failed');
    expect(await app.vault.unsent()).toEqual({ writes: 1, reads: 0 });
  });

  test('does not say that it failed any longer than something is left to send', async () => {
    const app = await syncing();
    await app.queue.enqueue(visit(one));
    await syncAll(app, { send: service(() => 422).send });
    expect(app.connection.value).toMatchObject({ state: 'failed', pending: 1 });
    await app.queue.withdraw(one);
    app.connection.counted(await app.queue.count());
    expect(app.connection.value).toMatchObject({ state: 'online', pending: 0 });

    await app.queue.enqueue(visit(two));
    await app.reads.note('astrid-testberg', '2026-11-23T02:15:00.000Z');
    await syncAll(app, { send: service((path) => (path === 'Encounter' ? 201 : 500)).send });
    expect(app.connection.value).toMatchObject({ state: 'failed', pending: 0 });
    await syncAll(app, { send: service().send });
    expect(app.connection.value).toMatchObject({ state: 'online', pending: 0 });
  });

  test('does not say that it failed over what has been put away while it was sending', async () => {
    const app = await syncing();
    await app.store.append('queue', new Uint8Array(4124));
    await app.reads.note('astrid-testberg', '2026-11-23T02:15:00.000Z');
    const { send } = service();
    const putAway: typeof send = async (request) => {
      await dropUnreadable(app.store, await app.vault.use());
      app.connection.counted(await app.queue.count());
      return send(request);
    };
    await syncAll(app, { send: putAway });
    expect(app.connection.value).toMatchObject({ state: 'online', pending: 0 });
  });

  test('says nothing when there was nothing', async () => {
    const app = await syncing();
    expect(await syncAll(app, { send: service().send, onState: app.onState })).toBe('nothing');
    expect(app.states).toEqual([]);
  });

  test.each([
    [0, 'offline', 'offline'],
    [401, 'login', 'failed'],
    [422, 'failed', 'failed'],
    [503, 'failed', 'failed'],
  ])('after %s is %s and shown as %s, with what waits', async (status, result, state) => {
    const app = await syncing();
    await app.queue.enqueue(visit(one));
    expect(await syncAll(app, { send: service(() => status).send, onState: app.onState })).toBe(result);
    expect(told(app.states)).toEqual([
      ['syncing', 1],
      [state, 1],
    ]);
  });

  test('is done by one tab at a time', async () => {
    const app = await syncing();
    await app.queue.enqueue(visit(one));
    const { send, asked } = service();
    const results = await Promise.all([syncAll(app, { send }), syncAll(app, { send })]);
    expect(results.toSorted()).toEqual(['busy', 'done']);
    expect(asked).toHaveLength(1);
  });

  test('is not possible while what waits is sealed, and leaves it', async () => {
    const app = await syncing();
    await app.queue.enqueue(visit(one));
    app.vault.lock();
    const { send, asked } = service();
    expect(await syncAll(app, { send })).toBe('locked');
    expect([asked, await app.queue.count()]).toEqual([[], 1]);
  });
});

test('what could not be kept for the log is said until a reading is kept again', () => {
  const connection = new Connection(true);
  connection.notKept();
  connection.notKept();
  expect(connection.value.unkept).toBe(2);
  connection.kept();
  expect(connection.value.unkept).toBe(0);
});
