import type { FastifyInstance } from 'fastify';
import type { Interaction } from '../call.ts';
import type { Engine } from '../engine.ts';
import { everyInteraction } from '../interactions/table.ts';
import { createJobRunner, type JobRunner, type JobRunnerOptions } from './job-runner.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Works at asynchronous requests; begins when the process listens. */
    jobs: JobRunner;
  }
}

/** Lets this process work at asynchronous requests, those of others among them. */
export function registerJobs(
  app: FastifyInstance,
  engine: Engine,
  ofModules: readonly Interaction[],
  options: Partial<JobRunnerOptions> | undefined,
): void {
  const jobs = createJobRunner(engine, everyInteraction(ofModules), options);
  app.decorate('jobs', jobs);
  app.addHook('onListen', async () => jobs.start());
  app.addHook('preClose', () => jobs.stop());
}
