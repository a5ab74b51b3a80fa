import { createTestDatabase } from '@naravard/testkit';
import { expect, it } from 'vitest';

it('clones a migrated database', async () => {
  const database = await createTestDatabase();
  const { rows } = await database.pool.query("select count(*)::int n from pg_class where relname = 'resource'");
  expect(rows[0].n).toBe(1);
  await database.drop();
});
