import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Problem } from '@naravard/fhir';
import type { Held, Job } from '@naravard/store';
import type { Interaction } from '../call.ts';
import type { Engine } from '../engine.ts';
import { problemOf } from '../framework-error.ts';
import { logBackground } from '../log-failure.ts';
import { actorOf } from './held-actor.ts';
import type { HeldRequest } from './held-request.ts';
import { type JobResult, refusedResult } from './job-result.ts';
import { runBatchJob } from './run-batch.ts';
import { runExport } from './run-export.ts';
import { runRequest } from './run-request.ts';
import type { Work } from './work.ts';

export interface JobRunnerOptions {
  /** Milliseconds between two looks for jobs that other processes have made or lost. */
  poll: number;
  /** Milliseconds that a job is kept from others without a sign of life. */
  lease: number;
  /** Milliseconds that a job is worked at before the others have their turn. */
  turn: number;
  /** Jobs that a process works at together. */
  width: number;
  /** Rows that an export looks at in one statement. */
  chunk: number;
  /** Milliseconds between two removals of what is expired. */
  sweep: number;
}

export const jobRunnerDefaults: JobRunnerOptions = {
  poll: 5_000,
  lease: 30_000,
  turn: 10_000,
  width: 2,
  chunk: 5_000,
  sweep: 60_000,
};

/** A job that comes no further so often has failed. */
const ATTEMPTS = 5;

/** Works at asynchronous requests, this process's and others'. */
export interface JobRunner {
  /** Works until it is stopped. */
  start(): void;
  /** Resolves when the steps in hand are done; others go on with the jobs. */
  stop(): Promise<void>;
  /** One turn at the job that has waited longest; false when none waits. */
  step(): Promise<boolean>;
  /** Turns until none waits. */
  finish(): Promise<void>;
}

export function createJobRunner(
  engine: Engine,
  interactions: readonly Interaction[],
  options: Partial<JobRunnerOptions> = {},
): JobRunner {
  return new Runner(engine, interactions, { ...jobRunnerDefaults, ...options });
}

class Runner implements JobRunner {
  readonly #engine: Engine;
  readonly #interactions: readonly Interaction[];
  readonly #options: JobRunnerOptions;
  readonly #stopping = new AbortController();
  #running: Promise<unknown> = Promise.resolve();
  #started = false;
  #woken = new AbortController();
  #unsubscribe = (): void => {};

  constructor(engine: Engine, interactions: readonly Interaction[], options: JobRunnerOptions) {
    this.#engine = engine;
    this.#interactions = interactions;
    this.#options = options;
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    const { width } = this.#options;
    this.#unsubscribe = this.#engine.store.jobs.onCreated(() => this.#wake());
    const lanes = Array.from({ length: width }, () => this.#lane());
    this.#running = Promise.all([...lanes, this.#sweeping()]);
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    this.#stopping.abort();
    this.#wake();
    await this.#running;
  }

  async finish(): Promise<void> {
    while (await this.step());
  }

  #wake(): void {
    this.#woken.abort();
    this.#woken = new AbortController();
  }

  async #lane(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const woken = this.#woken.signal;
      const found = await this.step().catch((error: unknown) => {
        this.#logged(error);
        return false;
      });
      if (found || signal.aborted) continue;
      await wait(this.#options.poll, undefined, { signal: AbortSignal.any([signal, woken]) }).catch(() => {});
    }
  }

  async #sweeping(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await wait(this.#options.sweep, undefined, { signal }).catch(() => {});
      const more = () => this.#engine.store.jobs.sweep().catch((error: unknown) => this.#logged(error));
      while (!signal.aborted && (await more()) === true);
    }
  }

  async step(): Promise<boolean> {
    const { jobs } = this.#engine.store;
    const worker = randomUUID();
    const job = await jobs.take(worker, this.#options.lease);
    if (!job) return false;
    const held = { id: job.id, worker };
    const lost = new AbortController();
    const beat = setInterval(() => {
      jobs.keep(held, this.#options.lease).then(
        (kept) => kept || lost.abort(),
        () => {},
      );
    }, this.#options.lease / 3);
    beat.unref();
    try {
      await this.#turn(job, held, AbortSignal.any([this.#stopping.signal, lost.signal]));
    } finally {
      clearInterval(beat);
    }
    return true;
  }

  #workOf(job: Job, held: Held, signal: AbortSignal): Work {
    const engine = this.#engine;
    const actor = actorOf(job.actor);
    const request = JSON.parse(job.request) as HeldRequest;
    const { chunk, turn } = this.#options;
    const until = performance.now() + turn;
    const context = () => ({
      actor,
      ...engine.rights(actor),
      request: request.request,
      interaction: job.kind === 'export' ? '$export' : 'operation',
    });
    const isOver = () => performance.now() >= until;
    return { engine, interactions: this.#interactions, job, held, request, context, signal, isOver, chunk };
  }

  /** What becomes of a turn: an end, the next turn, or another try of what failed here. */
  async #turn(job: Job, held: Held, signal: AbortSignal): Promise<void> {
    const { jobs } = this.#engine.store;
    try {
      // It may be what the processes died of.
      if (job.attempts > ATTEMPTS) throw new Problem('internal');
      const result = await ran(this.#workOf(job, held, signal));
      if (result) await jobs.finish(held, 'done', JSON.stringify(result));
      else await jobs.release(held, 0);
    } catch (error) {
      const problem = problemOf(error);
      if (problem.status < 500) {
        await jobs.finish(held, 'done', JSON.stringify(refusedResult(problem)));
        return;
      }
      this.#logged(error);
      const isOver = problem.kind !== 'unavailable' || job.attempts >= ATTEMPTS;
      if (isOver) await jobs.finish(held, 'failed', '{}');
      else await jobs.release(held, 1_000 * 2 ** job.attempts);
    }
  }

  #logged(error: unknown): void {
    logBackground(this.#engine.log, error, 'asynchronous request failed');
  }
}

function ran(work: Work): Promise<JobResult | undefined> {
  const { kind } = work.job;
  switch (kind) {
    case 'request':
      return runRequest(work);
    case 'batch':
      return runBatchJob(work);
    case 'export':
      return runExport(work);
    default:
      return kind satisfies never;
  }
}
