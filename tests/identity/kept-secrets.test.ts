import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { keptSecrets, publicKey } from '../../services/all-in-one/src/sandbox/kept-secrets.ts';
import { temporaryFolder } from '../services/service-process.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());
const file = join(folder.path, 'sandbox-keys.json');

test('secrets are made once, kept for nobody else to read, and those of an older version stay', async () => {
  const made = await keptSecrets(folder.path);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await keptSecrets(folder.path)).toEqual(made);
  const { signingKey, pageKey } = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ signingKey, pageKey }));
  const mended = await keptSecrets(folder.path);
  expect([mended.signingKey, mended.pageKey]).toEqual([made.signingKey, made.pageKey]);
  expect(Object.keys(mended.clientKeys)).toEqual(Object.keys(made.clientKeys));
});

test('the public half of a key has nothing of the private one', async () => {
  const { signingKey, clientKeys } = await keptSecrets(folder.path);
  for (const key of [signingKey, ...Object.values(clientKeys).flat()]) {
    const members = Object.keys(JSON.parse(JSON.stringify(publicKey(key))));
    for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi']) expect(members).not.toContain(secret);
  }
});
