import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createSealer, readSealKey } from '@naravard/store';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Embedded, startEmbedded } from '../../services/all-in-one/src/sandbox/embedded.ts';
import {
  blockOf,
  blocks,
  connected,
  loginOf,
  type Names,
  page,
  runBlock,
  runSql,
  type Started,
  startBlock,
} from './first-month-blocks.ts';
import { type OwnIssuer, startIssuer } from './first-month-issuer.ts';
import { freePort, temporaryFolder } from './service-process.ts';

/** Week 3 has a test of its own; a dump takes tools that the embedded PostgreSQL does not have. */
const elsewhere = ['expand', 'contract', 'dump'];

const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const run = new Set(elsewhere);
let server: Embedded;
let issuer: OwnIssuer;
let names: Names;
let port: string;

beforeAll(async () => {
  for (const name of ['own', 'secrets', 'keep', 'backup/wal', 'restored']) {
    mkdirSync(at(name), { recursive: true });
    // PostgreSQL may run as another user than the test.
    chmodSync(at(name), 0o777);
  }
  chmodSync(at('backup'), 0o777);
  port = String(await freePort());
  server = await startEmbedded({ dataDir: at('own') });
  const fhir = `http://localhost:${port}/fhir`;
  issuer = await startIssuer(fhir, JSON.parse(blockOf('system-claims')));
  names = {
    PORT: port,
    FHIR: fhir,
    OLD_DATA: at('sandbox'),
    SECRETS: at('secrets'),
    KEEP: at('keep'),
    IDP: issuer.url,
    CLIENT_SECRET: issuer.clientSecret,
    ...logins(server.url),
  };
});
afterAll(async () => {
  await issuer.stop();
  await server.stop();
  folder.remove();
});

const logins = (url: string): Names => ({
  OWNER_LOGIN: loginOf(url, 'naravard_owner', 'change-me-owner', 'naravard'),
  APP_LOGIN: loginOf(url, 'naravard_app', 'change-me-app', 'naravard'),
});

const origin = () => `http://localhost:${port}`;
const block = (name: string, more: Names = {}) => {
  run.add(name);
  return runBlock(name, { names: { ...names, ...more }, places: { '/backup': at('backup') } });
};
const start = (name: string, more: Names = {}): Promise<Started> => {
  run.add(name);
  return startBlock(name, origin(), { names: { ...names, ...more } });
};
const sql = (client: pg.Client, name: string) => {
  run.add(name);
  return runSql(client, name, { '/backup': at('backup') });
};

/** The status of an answer to a token, and what it says. */
async function answerTo(token: string | undefined, path = 'CareTeam?patient=astrid-testberg') {
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const answer = await fetch(`${names.FHIR}/${path}`, { headers });
  const body = (await answer.json()) as { total?: number; issue?: { diagnostics: string }[] };
  return { status: answer.status, said: body.issue?.[0]?.diagnostics ?? '', body };
}

const staff = (): Record<string, unknown> => JSON.parse(blockOf('staff-claims'));

it('Day 1: the sandbox starts, is alive, and tells a nurse and the patient what they may know', async () => {
  const sandbox = await start('sandbox', { DATA_DIR: names.OLD_DATA ?? '' });
  try {
    const { stdout } = await block('look', { DATA_DIR: names.OLD_DATA ?? '' });
    expect(stdout).toContain('{"status":"ready"}');
    expect(stdout).toMatch(/"total":[1-9]/);
    expect(stdout).toContain('Hemsjukvården Söder');
  } finally {
    await sandbox.stop();
  }
});

describe('Week 1: the own PostgreSQL', () => {
  it('has two logins, of which the one of the service can make no schema, and each refusal is in the page', async () => {
    const says = async (name: string, login: string) => {
      const error: Error = await block(name, { OWNER_LOGIN: login }).then(
        () => new Error('it did not fail'),
        (caught: Error) => caught,
      );
      const told = [...page.matchAll(/^\| `([^`]+)` \|/gm)].map(([, each = '']) => each);
      const lines = error.message.split('\n');
      expect(
        lines.filter((line) => told.some((each) => line.startsWith(each))),
        error.message,
      ).toHaveLength(1);
    };
    await says('schema', logins(server.url).OWNER_LOGIN ?? '');
    await connected(server.url, (client) => sql(client, 'roles'));
    await says('schema', loginOf(server.url, 'naravard_owner', 'change-me-owner', 'narvard'));
    await says('schema', names.APP_LOGIN ?? '');
    const { stderr } = await block('schema');
    expect(stderr).toContain("The schema is this release's");
  });

  it('is told to log no values', async () => {
    await connected(server.url, (client) => sql(client, 'log-settings'));
    await connected(server.url, async (client) => {
      const { rows } = await client.query(
        'select count(*)::int as n from pg_file_settings where error is not null',
      );
      expect(rows).toEqual([{ n: 0 }]);
    });
  });

  it('takes the data of the sandbox along whole, once', async () => {
    await block('sandbox-key');
    const { stderr } = await block('move');
    expect(stderr).toMatch(/Moved to .*: [1-9]\d* versions of [1-9]\d* resources, [1-9]\d* rows of audit/);
    await expect(block('move')).rejects.toThrow('holds data: move into an empty one');
  });
});

describe('Week 1: the issuer', () => {
  let service: Started;
  beforeAll(async () => {
    await block('secrets');
    service = await start('serve');
  }, 60_000);
  afterAll(() => service.stop());

  it('gives a system a token that is accepted, and what the sandbox held is there', async () => {
    run.add('system-claims');
    const { stdout } = await block('system-token');
    expect(stdout).toMatch(/"total":\d/);
    const nurse = await answerTo(
      await issuer.token(staff()),
      'CareTeam?patient=astrid-testberg&_summary=count',
    );
    run.add('staff-claims');
    expect(nurse.status).toBe(200);
    expect(nurse.body.total).toBeGreaterThan(0);
  });

  it('is told by the answer what a token lacks, as the page has it', async () => {
    const expired = { exp: Math.floor(Date.now() / 1000) - 3600 };
    const faults: [token: string | undefined, status: number][] = [
      [undefined, 401],
      [await issuer.token({ ...staff(), iss: `${issuer.url}/` }), 401],
      ['opaque-token', 401],
      [await issuer.token({ ...staff(), aud: 'another' }), 401],
      [await issuer.token({ ...staff(), ...expired }), 401],
      [await issuer.token({ ...staff(), client_id: 'stranger' }), 401],
      [await issuer.token({ ...staff(), kind: undefined }), 401],
      [await issuer.token({ ...staff(), commissionHsaId: undefined }), 403],
      [await issuer.token({ ...staff(), commissionPurpose: 'Statistik' }), 403],
      [await issuer.token({ ...staff(), scope: 'user/Patient.rs' }), 403],
    ];
    const rows = [...page.matchAll(/^\| (\d{3}) \| `([^`]+)` \|/gm)];
    for (const [token, status] of faults) {
      const answer = await answerTo(token);
      expect(answer.status, answer.said).toBe(status);
      const row = rows.find(([, code, said = '']) => Number(code) === status && answer.said.startsWith(said));
      expect(row?.[2], `${status} ${answer.said}`).toBeDefined();
    }
  });

  it('has no more connections of a process than the page reckons with', async () => {
    await connected(server.url, async (client) => {
      const { rows } = await client.query<{ n: number }>(
        "select count(*)::int as n from pg_stat_activity where application_name = 'naravard'",
      );
      expect(rows[0]?.n).toBeGreaterThan(0);
      expect(rows[0]?.n).toBeLessThanOrEqual(10 + 10);
    });
  });

  it('Week 4: writes a log whose lines and fields are all in the page', async () => {
    const lines = service
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.length).toBeGreaterThan(5);
    const tables = page.slice(page.indexOf('| Field | Is |'));
    for (const field of new Set(lines.flatMap(Object.keys))) expect(tables).toContain(`\`${field}\``);
    for (const { msg } of lines) {
      if (!String(msg).startsWith('Server listening')) expect(tables).toContain(`\`${msg}\``);
    }
    expect((await fetch(`${origin()}/metrics`)).ok, 'as the page says').toBe(false);
  });

  it('Week 4: is verified every day, with the rows of the sandbox and its key', async () => {
    await block('daily');
    expect(readFileSync(join(at('keep'), 'checkpoints.jsonl'), 'utf8').length).toBeGreaterThan(100);
  });
});

/** Run as root, PostgreSQL is another user. */
function ownedByPostgres(data: string, file: string): void {
  const { uid, gid } = statSync(join(data, 'PG_VERSION'));
  chownSync(join(data, file), uid, gid);
}

describe('Week 2: backup and restore', () => {
  const restart = async () => {
    await server.stop();
    server = await startEmbedded({ dataDir: at('own') });
    names = {
      ...names,
      ...logins(server.url),
      PGDATA: join(at('own'), 'pg'),
      RESTORED: join(at('restored'), 'pg'),
    };
  };

  it('brings back what was there at an instant, nothing later, and an audit that verifies', async () => {
    await connected(server.url, (client) => sql(client, 'archive'));
    await restart();
    await connected(server.url, async (client) => {
      await sql(client, 'backup-start');
      await block('backup-copy');
      const [row] = await sql(client, 'backup-stop');
      writeFileSync(join(at('backup'), 'base', 'backup_label'), row?.labelfile ?? '');
      ownedByPostgres(join(at('backup'), 'base'), 'backup_label');
    });
    const client = new pg.Client({ connectionString: names.OWNER_LOGIN });
    await client.connect();
    const note = (text: string) =>
      client.query(
        "insert into audit (request, interaction, outcome, reason, actor_kind, bucket) values ($1, 'note', 0, 'a test', 'system', 0)",
        [text],
      );
    await note('before');
    const { rows } = await client.query<{ now: string }>(
      `select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as now`,
    );
    await note('after');
    names = { ...names, INSTANT: rows[0]?.now ?? '' };
    await client.end();
    // What a running service does each second and each hour.
    const key = readSealKey(readFileSync(join(at('secrets'), 'seal-key.pem'), 'utf8'));
    const sealer = createSealer({ url: names.APP_LOGIN ?? '', key });
    await sealer.finish();
    await sealer.checkpoint();
    await sealer.stop();
    await block('daily');
    await connected(server.url, (admin) => admin.query('select pg_switch_wal()'));
    await server.stop();

    await block('restore');
    ownedByPostgres(names.RESTORED ?? '', 'recovery.signal');
    copyFileSync(join(at('own'), 'pg-password'), join(at('restored'), 'pg-password'));
    server = await startEmbedded({ dataDir: at('restored') });
    names = { ...names, ...logins(server.url) };
    await connected(names.OWNER_LOGIN ?? '', async (restored) => {
      const found = await restored.query("select request from audit where interaction = 'note'");
      expect(found.rows).toEqual([{ request: 'before' }]);
    });
    const { stdout, stderr } = await block('after-restore');
    expect(stderr).toContain('1 checkpoints of the file were undone by a recorded restore.');
    expect(stdout).toContain('The audit is whole.');
  });
});

it('Every tested block of the page is run', () => {
  expect([...blocks.keys()].filter((name) => !run.has(name))).toEqual([]);
});
