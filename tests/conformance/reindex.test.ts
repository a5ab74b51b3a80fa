import { createTestApp, type TestApp } from '@naravard/testkit';
import pino from 'pino';
import { describe, expect, test } from 'vitest';
import { as, type encounter, found, options, parameter, progress, put } from './custom-parameters.ts';

/** A step once no other database of the cluster holds it up: the walk waits for all transactions before it. */
const step = (app: TestApp, progress: string) =>
  expect.poll(() => app.app.reindexer.step('Encounter')).toBe(progress);

describe('the reindex', () => {
  test('goes on where it was broken off, in another process', async () => {
    const first = await createTestApp(options);
    try {
      for (let n = 0; n < 12; n++) await put(first, `r${10 + n}`, n % 2 ? 'stat' : 'elective');
      const { json: made } = await first.ask('POST', '/SearchParameter', { as, body: parameter('urgency') });
      await first.app.reindexer.refresh();
      await step(first, 'more');
      await step(first, 'more');
      let restaged = 0;
      const broken = () => {
        restaged++;
        if (restaged > 1) throw new Error('the process is gone');
        return undefined;
      };
      await expect(first.store.reindex('Encounter', 2, broken, { grace: 0, batch: 3 })).rejects.toThrow();
      expect(await progress(first, made.id)).toMatchObject({
        state: 'building',
        done: 6,
        total: 12,
        percent: 50,
      });
      const other = await createTestApp({ ...options, store: first.store });
      await other.app.reindexer.finish();
      await other.close();
      await first.app.reindexer.refresh();
      expect(await found(first, '/Encounter?urgency=stat')).toEqual([
        'r11',
        'r13',
        'r15',
        'r17',
        'r19',
        'r21',
      ]);
    } finally {
      await first.close();
    }
  });

  test('finds what a process wrote that did not know the parameter yet', async () => {
    const one = await createTestApp(options);
    // The same database, and a catalog that is not refreshed.
    const other = await createTestApp({ ...options, store: one.store });
    try {
      for (let n = 0; n < 8; n++) await put(one, `w${n}`, 'elective');
      await one.ask('POST', '/SearchParameter', { as, body: parameter('urgency') });
      await one.app.reindexer.refresh();
      await step(one, 'more');
      await put(other, 'w0', 'stat');
      await put(other, 'w9', 'stat');
      await one.app.reindexer.finish();
      expect(await found(one, '/Encounter?urgency=stat')).toEqual(['w0', 'w9']);
      // And after it is active, by the next look for late writers.
      await put(other, 'w1', 'stat');
      await step(one, 'more');
      await step(one, 'done');
      expect(await found(one, '/Encounter?urgency=stat')).toEqual(['w0', 'w1', 'w9']);
    } finally {
      await other.close();
      await one.close();
    }
  });

  test('leaves no stale row to writers that race it', async () => {
    const racing = await createTestApp(options);
    try {
      const ids = Array.from({ length: 40 }, (_, n) => `x${n}`);
      for (const id of ids) await put(racing, id, 'elective');
      await racing.ask('POST', '/SearchParameter', { as, body: parameter('urgency') });
      await racing.app.reindexer.refresh();
      let walking = true;
      const writers = ids.slice(0, 4).map(async (_, lane) => {
        for (let round = 0; walking || round < 2; round++)
          for (const id of ids.filter((_, n) => n % 4 === lane))
            await put(racing, id, (round + lane) % 2 ? 'stat' : 'elective');
      });
      await racing.app.reindexer.finish();
      walking = false;
      await Promise.all(writers);
      const all = await racing.ask('GET', '/Encounter?_count=100');
      const stat = all.json.entry
        .map(({ resource }: { resource: ReturnType<typeof encounter> }) => resource)
        .filter(({ priority }: ReturnType<typeof encounter>) => priority.coding[0]?.code === 'stat')
        .map(({ id }: { id: string }) => id)
        .sort();
      expect(await found(racing, '/Encounter?urgency=stat&_count=100')).toEqual(stat);
      const { rows } = await racing.database.pool.query('select max(version) as version from resource');
      expect(rows[0].version).toBeGreaterThan(1);
    } finally {
      await racing.close();
    }
  });

  test('waits until every process can know of the change', async () => {
    const slow = await createTestApp({ reindexer: { grace: 60_000 } });
    try {
      await put(slow, 'one', 'stat');
      await slow.ask('POST', '/SearchParameter', { as, body: parameter('urgency') });
      await slow.app.reindexer.refresh();
      expect(await slow.app.reindexer.step('Encounter')).toBe('waiting');
      const restage = () => undefined;
      const behind = () => slow.store.reindex('Encounter', 1, restage, { grace: 0, batch: 10 });
      await expect.poll(behind).toBe('behind');
    } finally {
      await slow.close();
    }
  });

  test('brings what an earlier release stored up to date', async () => {
    const upgraded = await createTestApp(options);
    try {
      await put(upgraded, 'one', 'stat');
      const body = {
        resourceType: 'Observation',
        status: 'final',
        code: { coding: [{ code: 'weight' }] },
        valueQuantity: { value: 80, unit: 'kg' },
      };
      for (let n = 0; n < 4; n++) await upgraded.ask('POST', '/Observation', { body });
      const query = '/Observation?code-value-quantity=weight$80';
      expect(await found(upgraded, query)).toHaveLength(4);
      const { pool } = upgraded.database;
      await pool.query("update resource set catalog = 0, found = ''; delete from composite_value");
      await pool.query("insert into reindex (type, version) values ('Observation', 1), ('Encounter', 1)");
      expect(await found(upgraded, query)).toHaveLength(0);
      await upgraded.app.reindexer.finish();
      expect(await found(upgraded, query)).toHaveLength(4);
      const { rows } = await pool.query('select distinct catalog, version from resource');
      expect(rows).toEqual([{ catalog: 1, version: 1 }]);
    } finally {
      await upgraded.close();
    }
  });

  test('runs in the background once it is started', async () => {
    const running = await createTestApp({ reindexer: { grace: 0, poll: 20, sweep: 20 } });
    try {
      running.app.reindexer.start();
      await put(running, 'one', 'stat');
      await running.ask('POST', '/SearchParameter', { as, body: parameter('urgency') });
      await expect.poll(async () => (await running.ask('GET', '/Encounter?urgency=stat')).status).toBe(200);
      expect(await found(running, '/Encounter?urgency=stat')).toEqual(['one']);
    } finally {
      await running.close();
    }
  });

  test('logs a step that fails whatever its status, tells it, and goes on with other types', async () => {
    const lines: string[] = [];
    const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
    const failed = () => lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'indexing failed');
    const app = await createTestApp({ reindexer: { grace: 0, poll: 20, sweep: 20 }, logger });
    const { pool } = app.database;
    try {
      await put(app, 'one', 'stat');
      const base = ['Encounter', 'ServiceRequest'];
      const { json: made } = await app.ask('POST', '/SearchParameter', {
        as,
        body: parameter('urgency', { base, expression: 'Encounter.priority | ServiceRequest.priority' }),
      });
      // As a number that somebody else has taken meanwhile: 409 to a caller.
      await pool.query(`create function taken() returns trigger language plpgsql as $$ begin
  raise unique_violation using constraint = 'claim_of_all', detail = 'SECRET'; end $$`);
      await pool.query(`create trigger taken before update on resource for each row
when (new.type = 'Encounter') execute function taken()`);
      app.app.reindexer.start();
      await expect.poll(async () => (await app.ask('GET', '/ServiceRequest?urgency=stat')).status).toBe(200);
      await expect.poll(() => failed().length).toBeGreaterThan(1);
      expect(failed()[0]).toMatchObject({
        level: 50,
        type: 'Encounter',
        kind: 'conflict',
        error: { code: '23505', constraint: 'claim_of_all' },
      });
      expect(lines.join()).not.toContain('SECRET');
      expect(await progress(app, made.id)).toMatchObject({
        base: 'Encounter',
        state: 'building',
        failure: 'conflict claim_of_all',
      });
      await pool.query('drop trigger taken on resource');
      await expect.poll(async () => (await progress(app, made.id)).state).toBe('active');
      await expect.poll(async () => 'failure' in (await progress(app, made.id))).toBe(false);
    } finally {
      await app.close();
    }
  });
});
