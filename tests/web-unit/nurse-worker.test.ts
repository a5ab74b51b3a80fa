import { expect, test } from 'vitest';
import { nurseWorker } from '../../services/web/src/server/nurse-worker.ts';

const source = 'keep(self.__VERSION);';
const page = '<!doctype html><title>Min vårdplan</title>';
const policy = "default-src 'none'; form-action 'self' https://login.example";

test('a telephone fetches the shell anew when the page or its policy has changed, and not otherwise', () => {
  const worker = nurseWorker(source, [page, policy]);
  expect(worker).toMatch(/^self\.__VERSION="[0-9a-f]{12}";\nkeep\(/);
  expect(nurseWorker(source, [page, policy])).toBe(worker);
  expect(nurseWorker(source, [page.replace('Min', 'Din'), policy])).not.toBe(worker);
  expect(nurseWorker(source, [page, policy.replace('login', 'other')])).not.toBe(worker);
  expect(nurseWorker(`${source}//`, [page, policy]).split('\n')[0]).not.toBe(worker.split('\n')[0]);
});
