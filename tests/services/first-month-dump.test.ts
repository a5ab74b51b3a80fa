import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { createTestDatabase } from '@naravard/testkit';
import { expect, inject, it } from 'vitest';
import { connected, runBlock } from './first-month-blocks.ts';
import { temporaryFolder } from './service-process.ts';

/** The major version of the pg_dump that is found; 0 without one. The embedded PostgreSQL has none. */
function dumper(): number {
  try {
    return Number(/(\d+)/.exec(execFileSync('pg_dump', ['--version'], { encoding: 'utf8' }))?.[1]);
  } catch {
    return 0;
  }
}

it('Week 2: a dump is loaded into a new database, which works on', async (context) => {
  const { url } = inject('cluster');
  const server = await connected(url, async (client) =>
    Number((await client.query('show server_version_num')).rows[0].server_version_num),
  );
  if (dumper() < Math.floor(server / 10_000)) return context.skip('no pg_dump of the version of the server');
  const folder = temporaryFolder();
  const old = await createTestDatabase();
  const name = `dump_${process.pid}`;
  const loaded = new URL(old.url);
  loaded.pathname = `/${name}`;
  try {
    await old.pool.query(
      "insert into audit (request, interaction, outcome, reason, actor_kind, bucket) values ('kept', 'read', 0, 'kept', 'system', 0)",
    );
    await connected(url, (client) => client.query(`create database ${name} template template0`));
    const { stderr } = await runBlock('dump', {
      names: { OWNER_LOGIN: old.url, NEW_OWNER_LOGIN: loaded.href },
      places: { 'naravard.dump': join(folder.path, 'naravard.dump') },
    });
    expect(stderr).toContain("The schema is this release's");
    await connected(loaded.href, async (client) => {
      expect((await client.query('select request from audit')).rows).toEqual([{ request: 'kept' }]);
      expect((await client.query("select pg_has_role('naravard_service', 'usage') as may")).rows).toEqual([
        { may: true },
      ]);
    });
  } finally {
    await old.drop();
    await connected(url, (client) => client.query(`drop database ${name}`));
    folder.remove();
  }
});
