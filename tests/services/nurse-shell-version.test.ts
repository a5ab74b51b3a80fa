import { expect, it } from 'vitest';
import { clientsAlone } from './clients-alone.ts';

/** The service worker of a service whose people log in at `issuer`: the policy of the pages names it. */
async function workerFor(issuer: string): Promise<string> {
  const app = await clientsAlone({ issuer });
  const { body } = await app.inject('/nurse/sw.js');
  await app.close();
  return body;
}

it('A telephone that keeps the nurse client fetches it anew when only the policy of its page has changed', async () => {
  const worker = await workerFor('https://a.example');
  expect(worker).toContain('self.__VERSION');
  expect(await workerFor('https://a.example')).toBe(worker);
  expect(await workerFor('https://b.example')).not.toBe(worker);
});
