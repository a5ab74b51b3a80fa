import fastify, { type FastifyInstance } from 'fastify';
import { type WebOptions, web } from '../../services/web/src/server/index.ts';

/** The two clients without the service behind them, for what they answer by themselves. */
export async function clientsAlone(options: Partial<WebOptions>): Promise<FastifyInstance> {
  const app = fastify();
  const clients = await web({
    base: 'https://plan.example/fhir',
    api: async () => ({ status: 404, headers: {}, body: Buffer.alloc(0) }),
    issuer: 'https://login.example',
    audience: 'x',
    nurseClientId: 'x',
    patientClientId: 'x',
    emergencyNumbers: [],
    accessibility: { responsible: null, contact: null },
    ...options,
  });
  await app.register(clients);
  return app;
}
