import { readFileSync, writeFileSync } from 'node:fs';
import { checkSchema, migrate } from '@naravard/store';
import { createTestDatabase, dumpSchema, type TestDatabase } from '@naravard/testkit';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const file = new URL('../../libs/store/schema.sql', import.meta.url);
let database: TestDatabase;
let service: pg.Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  service = new pg.Pool({ connectionString: database.url, options: '-c role=naravard_service', max: 2 });
});
afterAll(async () => {
  await service.end();
  await database.drop();
});

describe('the schema', () => {
  it('is the one in libs/store/schema.sql', async () => {
    const dump = await dumpSchema(database.pool);
    if (process.env.UPDATE_SCHEMA) writeFileSync(file, dump);
    expect(dump).toBe(readFileSync(file, 'utf8'));
  });

  it('stays as it is when it is migrated again, also by several processes at once', async () => {
    await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)]);
    await checkSchema(database.pool);
  });

  it('is refused when it holds a migration that this release does not know', async () => {
    await database.pool.query("insert into schema_migration (name, run_on) values ('9999_future', now())");
    await expect(checkSchema(database.pool)).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(migrate(database.url)).rejects.toMatchObject({ kind: 'unavailable' });
    await database.pool.query("delete from schema_migration where name = '9999_future'");
  });
});

describe("the service's role", () => {
  const denied = { code: '42501' };

  it.each(['version', 'audit', 'seal'])('can neither change nor remove what %s holds', async (table) => {
    await expect(service.query(`delete from ${table}`)).rejects.toMatchObject(denied);
    await expect(service.query(`truncate ${table}`)).rejects.toMatchObject(denied);
    const column = table === 'version' ? 'body' : table === 'audit' ? 'reason' : 'hash';
    await expect(service.query(`update ${table} set ${column} = ''`)).rejects.toMatchObject(denied);
  });

  it('can remove no key row and make no table', async () => {
    await expect(service.query('delete from resource')).rejects.toMatchObject(denied);
    await expect(service.query('create table mine (x int)')).rejects.toMatchObject(denied);
  });

  it('cannot reach a month of the audit behind its parent', async () => {
    const { rows } = await database.pool.query(
      "select relname from pg_class where relname like 'audit_2%' and relkind = 'r'",
    );
    expect(rows.length).toBeGreaterThanOrEqual(14);
    for (const { relname } of rows) {
      await expect(service.query(`delete from ${relname}`)).rejects.toMatchObject(denied);
    }
  });
});
