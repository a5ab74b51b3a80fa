import { expect, test } from 'vitest';
import {
  downloadEstimate,
  downloadInto,
  mostPatients,
  type Progress,
} from '../../services/web/src/offline/download.ts';
import { anna, code, newDisk, start } from './offline-memory.ts';

async function opened() {
  const app = start(newDisk());
  await app.vault.create(code, anna);
  return app;
}
const ids = (count: number) => Array.from({ length: count }, (_each, index) => `patient-${index}`);
const idsIn = async ({ kept }: Awaited<ReturnType<typeof opened>>) =>
  (await kept.patients()).map(({ id }) => id).sort();
const status = (code: number) => Object.assign(new Error(), { status: code });

test('fetches each patient once, at most a hundred, and says how it goes', async () => {
  const app = await opened();
  const fetched: string[] = [];
  const progress: Progress[] = [];
  const result = await downloadInto(app.kept, {
    ids: [...ids(120), 'patient-0'],
    fetchPlan: async (id) => {
      fetched.push(id);
      return { id };
    },
    onProgress: (step) => progress.push(step),
  });
  expect(result).toEqual({ saved: mostPatients, refused: [], failed: [] });
  expect(fetched).toEqual(ids(mostPatients));
  expect(await app.kept.patient('patient-7')).toMatchObject({ plan: { id: 'patient-7' } });
  expect(progress[0]).toEqual({ done: 0, total: 100, secondsLeft: downloadEstimate(100) });
  expect(progress.at(-1)).toMatchObject({ done: 100, total: 100, secondsLeft: 0 });
});

test('deletes those who are not on the list any more and those whom the nurse may not read any more', async () => {
  const app = await opened();
  for (const id of ['gone', 'hidden', 'kept']) await app.kept.savePatient(id, {}, '2026-11-23T08:00:00Z');
  const result = await downloadInto(app.kept, {
    ids: ['hidden', 'kept', 'fresh'],
    fetchPlan: async (id) => {
      if (id === 'hidden') throw status(404);
      if (id === 'kept') throw status(503);
      return {};
    },
  });
  expect(result).toEqual({ saved: 1, refused: ['hidden'], failed: ['kept'] });
  expect(await idsIn(app)).toEqual(['fresh', 'kept']);
});

test('ends when it is stopped, and keeps what it has', async () => {
  const app = await opened();
  const stop = new AbortController();
  const run = downloadInto(app.kept, {
    ids: ids(20),
    signal: stop.signal,
    fetchPlan: async (id) => {
      if (id === 'patient-9') stop.abort();
      return {};
    },
  });
  await expect(run).rejects.toThrow();
  expect((await idsIn(app)).length).toBeGreaterThan(5);
});

test.each([
  ['the vault is closed', 0],
  ['the session has ended', 401],
])('ends when %s', async (_why, code) => {
  const app = await opened();
  const run = downloadInto(app.kept, {
    ids: ids(9),
    fetchPlan: async () => {
      if (code) throw status(code);
      app.vault.lock();
      return {};
    },
  });
  await expect(run).rejects.toThrow();
});

test('takes no more seconds in the estimate than a poor connection does', () => {
  expect(downloadEstimate(40)).toBe(12);
  expect(downloadEstimate(1000)).toBe(30);
});
