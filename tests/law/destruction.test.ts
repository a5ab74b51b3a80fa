import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { destroy } from '@naravard/store';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { careTeam, encounter, patient } from '../conformance/resources.ts';

// PDL (2008:355) 8 kap 4 §: destroyed by IVO's decision alone; 3 kap 17 §: otherwise kept for ten years at least.

let fhir: TestApp;
beforeAll(async () => {
  fhir = await createTestApp();
});
afterAll(() => fhir.close());

const decision = 'IVO dnr 3.5.1-12345/2026-8';
const root = fileURLToPath(new URL('../../', import.meta.url));

/** `npm run destroy` with arguments, answered on stdin. */
function tool(words: readonly string[], answer = ''): Promise<{ code: number | null; said: string }> {
  const args = ['--conditions=source', 'services/all-in-one/src/destroy.ts', ...words];
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH: process.env.PATH, DATABASE_URL: fhir.database.url },
  });
  let said = '';
  child.stdout.on('data', (text) => (said += text));
  child.stderr.on('data', (text) => (said += text));
  child.stdin.end(answer);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })));
}

interface Story {
  subject: string;
  team: string;
  visit: string;
  /** Stands in every version of the two. */
  secret: string;
}

/** A patient with a CareTeam in two versions and an Encounter, all of them with a word of their own. */
async function story(): Promise<Story> {
  const secret = `hemlig${Math.random().toString(36).slice(2)}`;
  const created = async (body: { resourceType: string }) =>
    (await fhir.ask('POST', `/${body.resourceType}`, { body })).json.id;
  const subject = await created(patient({ name: [{ family: secret }] }));
  const about = `Patient/${subject}`;
  const team = await created(careTeam(about, { name: secret }));
  await fhir.ask('PUT', `/CareTeam/${team}`, { body: careTeam(about, { id: team, name: `${secret} igen` }) });
  const visit = await created(
    encounter(about, '2026-11-23T10:00:00Z', {
      identifier: [{ system: 'https://example.se', value: secret }],
    }),
  );
  return { subject, team, visit, secret };
}

/** Rows of every table that hold a text anywhere. */
async function rowsWith(text: string): Promise<string[]> {
  const { rows } = await fhir.database.pool.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const { rowCount } = await fhir.database.pool.query(
      `select from ${name} t where strpos(lower(t::text), lower($1)) > 0`,
      [text],
    );
    if (rowCount) found.push(name);
  }
  return found;
}

describe('a record that IVO has decided to destroy', () => {
  let before: Story;
  let kept: Story;
  let said: string;
  beforeAll(async () => {
    [before, kept] = [await story(), await story()];
    await fhir.database.pool.query(
      `insert into fact (bucket, rid, patient, kind, organisation, during) values (0, uuidv7(), $1, 'care', 'vg:SE0000000002-A', 'empty')`,
      [before.subject],
    );
    expect(await rowsWith(before.secret)).toContain('version');
    const words = ['--patient', before.subject, '--decision', decision, '--by', 'Vera Verkställare'];
    const run = await tool(words, `Patient/${before.subject}\n`);
    expect([run.code, run.said]).toEqual([0, expect.stringContaining('Destroyed')]);
    said = run.said;
  }, 30_000);

  test('is named before it is destroyed: types, versions and who answers for it', () => {
    expect(said).toContain('CareTeam: 1 in 2 versions');
    expect(said).toContain('Encounter: 1 in 1 versions');
    expect(said).toContain('vg:SE0000000002-A');
    expect(said).toContain(decision);
  });

  test('leaves no word of it in any table, and no fact', async () => {
    expect(await rowsWith(before.secret)).toEqual([]);
    const { rows } = await fhir.database.pool.query('select from fact where patient = $1', [before.subject]);
    expect(rows).toEqual([]);
  });

  test('keeps key rows that are deleted and marked: 410, and no version but the last', async () => {
    const { rows } = await fhir.database.pool.query(
      'select deleted, destroyed is not null as marked, version from resource where patient = $1 order by type',
      [before.subject],
    );
    expect(rows).toEqual([
      { deleted: true, marked: true, version: 3 },
      { deleted: true, marked: true, version: 2 },
      { deleted: true, marked: true, version: 2 },
    ]);
    expect((await fhir.ask('GET', `/CareTeam/${before.team}`)).status).toBe(410);
    expect((await fhir.ask('GET', `/CareTeam/${before.team}/_history/1`)).status).toBe(404);
    const history = await fhir.ask('GET', `/CareTeam/${before.team}/_history`);
    expect(history.json.total).toBe(1);
    expect(history.json.entry[0].request.method).toBe('DELETE');
    expect((await fhir.ask('GET', `/Encounter?patient=${before.subject}&_total=accurate`)).json.total).toBe(
      0,
    );
  });

  test('leaves an audit row with the decision, by whom, and whose it was', async () => {
    const { rows } = await fhir.database.pool.query(
      `select interaction, actor, query, reason, patient, custodians, targets from audit where interaction = '$destroy'`,
    );
    expect(rows).toEqual([
      {
        interaction: '$destroy',
        actor: 'Vera Verkställare',
        query: decision,
        reason: 'destruction',
        patient: before.subject,
        custodians: ['vg:SE0000000002-A'],
        targets: expect.arrayContaining([`CareTeam/${before.team}/_history/3`]),
      },
    ]);
  });

  test('is told in the log with its section', async () => {
    const { json } = await fhir.ask('GET', `/AuditEvent?patient=${before.subject}`, { as: 'logg-granskare' });
    const told = json.entry.map(
      ({ resource }: { resource: { outcomeDesc?: string } }) => resource.outcomeDesc,
    );
    expect(told).toContain('beslut av Inspektionen för vård och omsorg (PDL 8:4)');
  });

  test('leaves an event for whoever follows what changes', async () => {
    const { rows } = await fhir.database.pool.query(
      `select version, method from outbox where id = $1 order by version desc limit 1`,
      [before.team],
    );
    expect(rows).toEqual([{ version: 3, method: 'DELETE' }]);
  });

  test('takes nothing of anybody else along', async () => {
    const team = await fhir.ask('GET', `/CareTeam/${kept.team}`);
    expect([team.status, team.json.name]).toEqual([200, `${kept.secret} igen`]);
    expect((await fhir.ask('GET', `/CareTeam/${kept.team}/_history`)).json.total).toBe(2);
  });

  test('cannot be destroyed twice', async () => {
    const what = { kind: 'patient', id: before.subject } as const;
    const again = destroy(fhir.database.url, { what, decision, by: 'Vera' });
    await expect(again).rejects.toMatchObject({ kind: 'not-found' });
  });

  test('may be one resource, whose referrers are counted and kept', async () => {
    const { subject, visit, team } = await story();
    await fhir.ask('POST', '/Observation', {
      body: {
        resourceType: 'Observation',
        status: 'final',
        code: { text: 'Vikt' },
        subject: { reference: `Patient/${subject}` },
        encounter: { reference: `Encounter/${visit}` },
      },
    });
    const what = { kind: 'resource', type: 'Encounter', id: visit } as const;
    expect(await destroy(fhir.database.url, { what, decision, by: 'Vera' })).toEqual({
      types: [{ type: 'Encounter', resources: 1, versions: 1 }],
      custodians: ['vg:SE0000000002-A'],
      referredFrom: 1,
    });
    expect((await fhir.ask('GET', `/Encounter/${visit}`)).status).toBe(410);
    expect((await fhir.ask('GET', `/CareTeam/${team}`)).status).toBe(200);
  });
});

describe('nothing is destroyed', () => {
  const nothing = async (words: readonly string[], answer = '') => {
    const run = await tool(words, answer);
    expect(run.code).toBe(1);
    expect(run.said).not.toContain('at file:');
    return run.said;
  };

  test('without a decision, a name, or one thing to destroy', async () => {
    const { subject, secret } = await story();
    const by = ['--by', 'Vera'];
    expect(await nothing(['--patient', subject, ...by])).toContain("IVO's decision");
    expect(await nothing(['--patient', subject, '--decision', 'muntligt', ...by])).toContain(
      "IVO's decision",
    );
    expect(await nothing(['--patient', subject, '--decision', decision])).toContain('--by');
    expect(await nothing(['--decision', decision, ...by])).toContain('--patient ID');
    expect(await nothing(['--resource', 'Encounter', '--decision', decision, ...by])).toContain('--resource');
    const what = { kind: 'patient', id: subject } as const;
    await expect(destroy(fhir.database.url, { what, decision: '', by: 'Vera' })).rejects.toMatchObject({
      kind: 'business-rule',
    });
    expect(await rowsWith(secret)).toContain('version');
  }, 30_000);

  test('unless its name has been repeated', async () => {
    const { subject, secret } = await story();
    const words = ['--patient', subject, '--decision', decision, '--by', 'Vera'];
    expect(await nothing(words, 'yes\n')).toContain('Nothing was destroyed');
    expect(await nothing(words)).toContain('Nothing was destroyed');
    expect(await rowsWith(secret)).toContain('version');
  }, 30_000);

  test('with the login of the service', async () => {
    const { subject } = await story();
    const url = new URL(fhir.database.url);
    url.searchParams.set('options', '-c role=naravard_service');
    const what = { kind: 'patient', id: subject } as const;
    await expect(destroy(url.href, { what, decision, by: 'Vera' })).rejects.toMatchObject({
      kind: 'forbidden',
    });
  });
});

describe('everything else keeps what was written (PDL 3 kap 17 §)', () => {
  test('a deletion keeps every version', async () => {
    const { team } = await story();
    await fhir.ask('DELETE', `/CareTeam/${team}`);
    expect((await fhir.ask('GET', `/CareTeam/${team}/_history/1`)).status).toBe(200);
  });

  test('no other statement of the product removes a version, and none changes one', () => {
    const files = ['libs', 'services'].flatMap((folder) =>
      readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\/(src|migrations)\/.*\.(ts|sql)$/.test(name) && !name.includes('node_modules'))
        .map((name) => `${folder}/${name}`),
    );
    const matching = (statement: RegExp) =>
      files.filter((file) => statement.test(readFileSync(`${root}${file}`, 'utf8')));
    expect(
      matching(/delete\s+from\s+version\b|truncate\s[^;]*\bversion\b|drop\s+table\s+version\b/i),
    ).toEqual(['libs/store/src/destroy.ts']);
    expect(matching(/update\s+version\b/i)).toEqual([]);
  });
});
