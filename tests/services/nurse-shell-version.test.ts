import fastify from 'fastify';
import { expect, it } from 'vitest';
import { web } from '../../services/web/src/server/index.ts';

/** The service worker of a service whose people log in at `issuer`: the policy of the pages names it. */
async function workerFor(issuer: string): Promise<string> {
  const app = fastify();
  const clients = await web({
    base: 'https://plan.example/fhir',
    api: async () => ({ status: 404, headers: {}, body: Buffer.alloc(0) }),
    issuer,
    audience: 'x',
    nurseClientId: 'x',
    patientClientId: 'x',
    emergencyNumbers: [],
  });
  await app.register(clients);
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
