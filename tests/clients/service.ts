import { createServer } from 'node:net';
import { loadDefinitions } from '@naravard/fhir';
import { createTestApp } from '@naravard/testkit';
import { allModules, ownGuide } from '../../services/all-in-one/src/modules.ts';

/** The service as third parties meet it: its modules and guide, on a port, with a token of a system that may do all. */
export interface PublicService {
  /** FHIR base URL, as links in answers have it too. */
  base: string;
  token: string;
  close(): Promise<void>;
}

export async function startService(): Promise<PublicService> {
  const port = await freePort();
  const base = `http://localhost:${port}/fhir`;
  const api = await createTestApp({ base, modules: allModules(loadDefinitions()), guide: ownGuide() });
  await api.app.listen({ host: 'localhost', port });
  return { base, token: await api.issuer.token('journalsystem'), close: () => api.close() };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, 'localhost', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
