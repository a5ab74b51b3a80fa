import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runToEnd, temporaryFolder } from '../services/service-process.ts';
import { createSealWorld, type SealWorld } from './seal-world.ts';

let world: SealWorld;
const folder = temporaryFolder();
const file = (name: string) => join(folder.path, name);
const audit = (...args: string[]) =>
  runToEnd('audit.ts', args, { DATA_DIR: folder.path, DATABASE_URL: world.database.url });

beforeAll(async () => {
  world = await createSealWorld();
  for (let at = 0; at < 30; at++) await world.write({ bucket: at % 3 });
});
afterAll(async () => {
  await world.close();
  folder.remove();
});

describe('npm run audit', () => {
  it('says how it is used', async () => {
    const { code, stderr } = await audit('verfy');
    expect(code).toBe(1);
    expect(stderr).toContain('verify [--checkpoints FILE]');
    expect((await audit('verify', '--chekpoints', 'x')).code).toBe(1);
    expect((await audit('drop', '--before', '2019-01')).stderr).toContain('--by is required');
    for (const after of ['abc', '1.5', '']) {
      const { code, stderr } = await audit('export', '--after', after);
      expect([code, stderr]).toEqual([1, expect.stringMatching(/^--after must be .*whole number/)]);
    }
  });

  it('seals, exports and finds the audit whole', async () => {
    expect((await audit('seal')).stderr).toContain('checkpoint 1');
    const key = await audit('public-key');
    writeFileSync(file('key.pem'), key.stdout);
    const { stdout } = await audit('export');
    expect(stdout.trim().split('\n')).toHaveLength(1);
    writeFileSync(file('checkpoints.jsonl'), `\n> naravard audit\n${stdout}`);
    const found = await audit(
      'verify',
      '--checkpoints',
      file('checkpoints.jsonl'),
      '--public-key',
      file('key.pem'),
    );
    expect(found).toMatchObject({ code: 0, stdout: 'The audit is whole.\n' });
    expect(found.stderr).toMatch(/30 rows, 1 rounds and 2 checkpoints compared/);
  });

  it('shows how far it is', async () => {
    expect((await audit('verify')).stderr).toMatch(/100 % \| 30\/30 rows/);
  });

  it('names what was altered and ends with code 1', async () => {
    await world.attack("update audit set actor = 'SE1-SECRET' where bucket = 1");
    const { code, stdout, stderr } = await audit('verify', '--checkpoints', file('checkpoints.jsonl'));
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Bucket 1: row [0-9a-f-]{36} of 20\S+Z was altered\.\n$/);
    expect(stderr).toContain('The audit is NOT whole');
    expect(stdout + stderr).not.toContain('SECRET');
    await world.attack("update audit set actor = 'SE1-E1' where bucket = 1");
    expect((await audit('verify')).code).toBe(0);
  });

  it('says which file cannot be read', async () => {
    expect((await audit('verify', '--checkpoints', file('none'))).stderr).toContain(
      'cannot be read (ENOENT)',
    );
    expect((await audit('verify', '--public-key', file('none'))).stderr).toContain('cannot be read (ENOENT)');
    expect((await audit('verify', '--public-key', file('checkpoints.jsonl'))).stderr).toContain('Ed25519');
  });

  it('opens months, destroys old ones by decision, and records a restore', async () => {
    await world.write({ at: '2018-05-05T12:00:00Z' });
    expect((await audit('partitions')).stderr).toMatch(/15 months are open/);
    const decision = ['--decision', 'Gallringsbeslut 7', '--by', 'Arkivarie Test'];
    const dropped = await audit('drop', '--before', '2018-06', ...decision);
    expect(dropped).toMatchObject({ code: 0 });
    expect(dropped.stderr).toContain('audit_2018_05: 1 rows destroyed.');
    expect((await audit('drop', '--before', '2018-06', ...decision)).stderr).toContain(
      'No month of the audit',
    );
    expect((await audit('restored', '--to', '2026-01-01T00:00:00Z', ...decision)).code).toBe(0);
    expect(await audit('verify', '--checkpoints', file('checkpoints.jsonl'))).toMatchObject({ code: 0 });
  });
});
