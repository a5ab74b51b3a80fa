import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmbedded } from '../../services/all-in-one/src/sandbox/embedded.ts';
import { temporaryFolder } from './service-process.ts';

const module = new URL('../../services/all-in-one/src/sandbox/embedded.ts', import.meta.url).href;

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query({ text: sql, rowMode: 'array' });
    return rows.flat();
  } finally {
    await client.end();
  }
}

/** A process that starts a database and does nothing else; gives its URL. */
async function holder(dataDir: string): Promise<{ url: string; kill(): Promise<void> }> {
  const script = `const { startEmbedded } = await import(${JSON.stringify(module)});
    const { url } = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)} });
    console.log(url); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    url: String(chunk).trim(),
    kill: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

describe('The embedded database', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => folder.remove());

  it('keeps its data over a stop and a start, durably and with checksums', async () => {
    const first = await startEmbedded({ dataDir: folder.path });
    await ask(first.url, 'create table kept as select 42 as n');
    const settings = await ask(
      first.url,
      "select setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums')",
    );
    expect(settings).toEqual(['on', 'on', 'on', 'on']);
    await first.stop();
    await first.stop();
    const second = await startEmbedded({ dataDir: folder.path });
    expect(await ask(second.url, 'select n from kept')).toEqual([42]);
    await second.stop();
    await expect(ask(second.url, 'select 1')).rejects.toThrow();
  });

  it('is stopped cleanly and started anew after its process was killed, with what was committed', async () => {
    const orphan = await holder(folder.path);
    await ask(orphan.url, 'create table kept as select 7 as n');
    await orphan.kill();
    expect(await ask(orphan.url, 'select n from kept'), 'it runs on').toEqual([7]);
    const lines: string[] = [];
    const next = await startEmbedded({ dataDir: folder.path, log: (line) => lines.push(line) });
    expect(lines).toEqual(['stopping the database that an ended process left running']);
    expect(await ask(next.url, 'select n from kept')).toEqual([7]);
    await expect(ask(orphan.url, 'select 1')).rejects.toThrow();
    await next.stop();
  });

  it('refuses a folder that another living process uses, and says which', async () => {
    const other = await holder(folder.path);
    await expect(startEmbedded({ dataDir: folder.path })).rejects.toThrow(
      /is in use by process \d+: stop it first/,
    );
    expect(await ask(other.url, 'select 1'), 'the other is not disturbed').toEqual([1]);
    await other.kill();
    await (await startEmbedded({ dataDir: folder.path })).stop();
  });

  it('refuses a second start in the same process, and leaves the first alone', async () => {
    const first = await startEmbedded({ dataDir: folder.path });
    await expect(startEmbedded({ dataDir: folder.path })).rejects.toThrow('in use by this process');
    expect(await ask(first.url, 'select 1')).toEqual([1]);
    await first.stop();
  });

  it('starts although its old process numbers now belong to other programs', async () => {
    await (await startEmbedded({ dataDir: folder.path })).stop();
    const stranger = spawn('sleep', ['60']);
    writeFileSync(
      join(folder.path, 'pg', 'postmaster.pid'),
      `${stranger.pid}\n${join(folder.path, 'pg')}\n1\n5432\n\n127.0.0.1\n`,
    );
    writeFileSync(join(folder.path, 'owner.pid'), `${stranger.pid} 1\n`);
    const server = await startEmbedded({ dataDir: folder.path });
    expect(await ask(server.url, 'select 1')).toEqual([1]);
    await server.stop();
    expect(stranger.exitCode, 'the stranger was not touched').toBeNull();
    stranger.kill();
  });

  it('begins again when the first initialisation was interrupted', async () => {
    const staging = join(folder.path, 'pg.new');
    mkdirSync(staging);
    writeFileSync(join(staging, 'PG_VERSION'), '18\n');
    const server = await startEmbedded({ dataDir: folder.path });
    expect(await ask(server.url, 'select 1')).toEqual([1]);
    await server.stop();
    expect(existsSync(staging)).toBe(false);
  });

  it.runIf(process.getuid?.() === 0)(
    'moves its data where its user can reach it when root has a closed folder',
    async () => {
      chmodSync(folder.path, 0o700);
      const first = await startEmbedded({ dataDir: folder.path });
      await ask(first.url, 'create table kept as select 42 as n');
      await first.stop();
      const refuge = readlinkSync(join(folder.path, 'pg'));
      expect(refuge).toMatch(/^\/var\/tmp\/naravard-/);
      const second = await startEmbedded({ dataDir: folder.path });
      expect(await ask(second.url, 'select n from kept')).toEqual([42]);
      await second.stop();
      expect(lstatSync(join(refuge, '..')).uid).toBe(0);
      rmSync(join(refuge, '..'), { recursive: true });
    },
  );

  it('says why it does not start', async () => {
    await (await startEmbedded({ dataDir: folder.path })).stop();
    writeFileSync(join(folder.path, 'pg', 'postgresql.conf'), 'shared_buffers = nonsense\n');
    await expect(startEmbedded({ dataDir: folder.path })).rejects.toThrow(
      /PostgreSQL did not start on .*shared_buffers/s,
    );
  });

  it('writes no values of statements to its log, not even of failing ones', async () => {
    const server = await startEmbedded({ dataDir: folder.path });
    await ask(server.url, 'create table person (number text primary key)');
    await ask(server.url, "insert into person values ('194103149805')");
    await expect(ask(server.url, "insert into person values ('194103149805')")).rejects.toThrow();
    await expect(ask(server.url, "select 'a' || 194103149805 || nonsense")).rejects.toThrow();
    await server.stop();
    await sleep(50);
    const log = readFileSync(join(folder.path, 'pg', 'server.log'), 'utf8');
    expect(log).toMatch(/duplicate key/);
    expect(log).not.toContain('194103149805');
  });
});
