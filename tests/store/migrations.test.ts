import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkSchema, kindOfMigration, migrate } from '@naravard/store';
import { createTestDatabase, type TestDatabase } from '@naravard/testkit';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const own = fileURLToPath(new URL('../../libs/store/migrations', import.meta.url));
/** The last migration of the first release: those up to it had no release before. */
const FIRST_RELEASE = 10;

const folders: string[] = [];
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** The migrations of a release that comes after this one. */
function release(added: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'naravard-migrations-'));
  folders.push(folder);
  cpSync(own, folder, { recursive: true });
  for (const [name, sql] of Object.entries(added))
    writeFileSync(join(folder, `${name}.sql`), `-- Up Migration\n${sql}\n`);
  return folder;
}

const second = {
  '0101_expand_priority': 'create table priority (id text); alter table outbox add column priority text;',
  '0102_contract_priority': 'drop table priority;',
};
const third = { ...second, '0103_expand_urgency': 'alter table outbox add column urgency text;' };

const unavailable = (text: string) => ({
  kind: 'unavailable',
  findings: [expect.objectContaining({ diagnostics: expect.stringContaining(text) })],
});

describe('An upgrade in two steps', () => {
  it('expands the schema first, on which both releases work', async () => {
    const next = release(second);
    await expect(checkSchema(database.pool, next)).rejects.toMatchObject(
      unavailable('lacks 0101_expand_priority: run'),
    );
    expect(await migrate(database.url, { folder: next, steps: 'needed' })).toEqual({
      applied: ['0101_expand_priority'],
      waiting: ['0102_contract_priority'],
    });
    await checkSchema(database.pool);
    await checkSchema(database.pool, next);
  });

  it('lets the older release look for migrations of its own without harm', async () => {
    expect(await migrate(database.url)).toEqual({ applied: [], waiting: [] });
  });

  it('contracts it when told to, after which the older release refuses it by name', async () => {
    const next = release(second);
    expect(await migrate(database.url, { folder: next })).toEqual({
      applied: ['0102_contract_priority'],
      waiting: [],
    });
    await checkSchema(database.pool, next);
    const refusal = unavailable('newer than this release (0102_contract_priority): upgrade the service.');
    await expect(checkSchema(database.pool)).rejects.toMatchObject(refusal);
    await expect(migrate(database.url)).rejects.toMatchObject(refusal);
  });

  it('takes an older contract along when a later release expands after it', async () => {
    const other = await createTestDatabase();
    try {
      await migrate(other.url, { folder: release(second), steps: 'needed' });
      expect(await migrate(other.url, { folder: release(third), steps: 'needed' })).toEqual({
        applied: ['0102_contract_priority', '0103_expand_urgency'],
        waiting: [],
      });
    } finally {
      await other.drop();
    }
  });

  it('is done once by processes that migrate at the same time, and contracts for none that did not ask', async () => {
    const other = await createTestDatabase();
    try {
      const next = release(second);
      const done = await Promise.all(
        [1, 2, 3].map(() => migrate(other.url, { folder: next, steps: 'needed' })),
      );
      expect(done.flatMap(({ applied }) => applied)).toEqual(['0101_expand_priority']);
      expect(
        (await other.pool.query("select to_regclass('priority') as found")).rows[0].found,
      ).not.toBeNull();
    } finally {
      await other.drop();
    }
  });

  it('gives up after seconds when a transaction holds a table, and changes nothing', async () => {
    const other = await createTestDatabase();
    const holder = new pg.Client({ connectionString: other.url });
    await holder.connect();
    try {
      await holder.query('begin; lock table outbox in access share mode');
      await expect(migrate(other.url, { folder: release(second) })).rejects.toMatchObject(
        unavailable('nothing was changed'),
      );
      expect((await other.pool.query("select to_regclass('priority') as found")).rows[0].found).toBeNull();
    } finally {
      await holder.end();
      await other.drop();
    }
  });
});

/** What a process of the release before does not survive, or what locks out its requests for long. */
const notExpanding: [pattern: RegExp, why: string][] = [
  [/\bdrop\s+(?!not\s+null|default)/, 'takes something away'],
  [/\brename\b/, 'renames'],
  [/\balter\s+(column\s+)?\w+\s+(set\s+data\s+)?type\b/, 'changes a type'],
  [/\bset\s+not\s+null\b/, 'refuses rows that the release before writes'],
  [
    /\badd\s+(constraint|check|unique|primary|foreign|exclude)\b/,
    'refuses rows that the release before writes',
  ],
  [/\badd\s+column\s+((?!,|;).)*\bnot\s+null\b(?!((?!,|;).)*\bdefault\b)/s, 'a column that it does not fill'],
  [/\brevoke\b/, 'takes a right away'],
  [/\btruncate\b/, 'takes something away'],
  [/\b(insert\s+into|update)\s+(reindex|search_catalog)\b/, 'a walk that it makes without the new rows'],
];

const refusedIn = (sql: string): string[] => {
  const statements = sql.replace(/--.*$/gm, '').toLowerCase();
  return notExpanding.flatMap(([pattern, why]) => {
    const found = pattern.exec(statements)?.[0];
    return found ? [`${found.trim()}: ${why}`] : [];
  });
};

describe('A migration', () => {
  const names = readdirSync(own).map((file) => file.replace(/\.sql$/, ''));

  it('is marked expand or contract by its name since the first release', () => {
    const unmarked = names.filter(
      (name) => Number(name.slice(0, 4)) > FIRST_RELEASE && kindOfMigration(name) === 'break',
    );
    expect(unmarked, 'CONTRIBUTING.md, "Migrations"').toEqual([]);
  });

  it('that is marked expand does nothing that the release before would not survive', () => {
    const faults = names
      .filter((name) => kindOfMigration(name) === 'expand')
      .flatMap((name) =>
        refusedIn(readFileSync(join(own, `${name}.sql`), 'utf8')).map((fault) => `${name}: ${fault}`),
      );
    expect(faults).toEqual([]);
  });

  it.each([
    ['alter table a drop column b;', 1],
    ['alter table a rename column b to c;', 1],
    ['alter table a alter column b type bigint;', 1],
    ['alter table a alter column b set not null;', 1],
    ['alter table a add column b text not null;', 1],
    ['alter table a add constraint c check (b > 0);', 1],
    ['insert into reindex (type, version) select distinct type, 2 from resource;', 1],
    ['revoke select on a from naravard_service;', 1],
    ["alter table a add column b text not null default '', add column c text;", 0],
    ['alter table a alter column b drop not null;', 0],
    ['create table a (b text not null primary key); -- drop it later', 0],
    ['create or replace function f() returns int language sql as $$ select 1 $$;', 0],
  ])('is looked through for what does not expand: %s', (sql, faults) => {
    expect(refusedIn(sql)).toHaveLength(faults);
  });
});
