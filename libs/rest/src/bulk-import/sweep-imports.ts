import type { FastifyInstance } from 'fastify';
import type { Engine } from '../engine.ts';
import { logBackground } from '../log-failure.ts';

/** Milliseconds between two removals of what is expired. */
const EVERY = 60_000;

/** While the process listens, imports that nobody asks for any more are removed. */
export function sweepImports(app: FastifyInstance, { store, log }: Engine): void {
  let timer: NodeJS.Timeout | undefined;
  let sweeping: Promise<void> = Promise.resolve();
  let isStopping = false;
  const sweep = async () => {
    try {
      while (!isStopping && (await store.imports.sweep()));
    } catch (error) {
      logBackground(log, error, 'removing old imports failed');
    }
  };
  app.addHook('onListen', async () => {
    timer = setInterval(() => {
      sweeping = sweeping.then(sweep);
    }, EVERY).unref();
  });
  app.addHook('preClose', async () => {
    isStopping = true;
    clearInterval(timer);
    await sweeping;
  });
}
