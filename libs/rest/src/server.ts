import closeWithGrace from 'close-with-grace';
import type { FastifyInstance } from 'fastify';
import type { Health } from './health.ts';
import { describeError } from './log-failure.ts';

export interface ServeOptions {
  app: FastifyInstance;
  /** The one given to buildApp. */
  health: Health;
  host: string;
  port: number;
  /** Milliseconds that /readyz is red before the socket closes, for load balancers to notice; 0 without one. */
  drainMs?: number;
  /** Milliseconds for requests in flight; then the process exits with 1. */
  graceMs?: number;
  /** What to close after the last request: store, embedded database. */
  afterClose?: () => Promise<void>;
}

/**
 * Listens, and on SIGTERM or SIGINT stops without failing a request: /readyz turns red, no new connections, requests in
 * flight are finished, then exit 0. Resolves with the address that is listened on.
 */
export async function serve(options: ServeOptions): Promise<{ address: string; close: () => void }> {
  const { app, health, host, port, drainMs = 0, graceMs = 10_000, afterClose } = options;
  const { close } = closeWithGrace(
    { delay: drainMs + graceMs, logger: { error: (said: unknown) => logStop(app, said) } },
    async ({ err, signal }) => {
      if (err) app.log.fatal({ error: describeError(err) }, 'stopping after an error that nobody handled');
      else app.log.info({ signal }, 'stopping');
      health.drain();
      if (drainMs > 0) await new Promise((done) => setTimeout(done, drainMs));
      await app.close();
      await afterClose?.();
    },
  );
  return { address: await app.listen({ host, port }), close };
}

/** What is said while stopping is a sentence or an error. */
function logStop(app: FastifyInstance, said: unknown): void {
  if (typeof said === 'string') app.log.error(said);
  else app.log.error({ error: describeError(said) }, 'stopping failed');
}
