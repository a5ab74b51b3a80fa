import type pg from 'pg';
import type { Queryable, Statements } from '../statement.ts';
import type { RequestContext, Stored } from '../types.ts';
import { answerEntries, answersOf, beginEntries } from './batch-entries.ts';
import { gatherChunk } from './gather.ts';
import { heldPage } from './held-page.ts';
import { clearFound, countsOf, holdFound } from './items.ts';
import { createJob, findJob, forgetJob } from './job-row.ts';
import type { Jobs } from './jobs.ts';
import { finishJob, keepJob, releaseJob, takeJob } from './lease.ts';
import { sweepJobs } from './sweep.ts';

/** `on`: where the statements of a caller run that show bodies; those of the queue run on the pool. */
export function createJobs(
  statements: Statements,
  pool: pg.Pool,
  on: (context: RequestContext) => Queryable,
): Jobs<RequestContext, Stored> {
  const listeners = new Set<() => void>();
  return {
    async create(context, job) {
      const id = await createJob(statements, pool, context, job);
      for (const listener of listeners) listener();
      return id;
    },
    find: (id, holder) => findJob(statements, pool, id, holder),
    forget: (id, holder) => forgetJob(statements, pool, id, holder),
    onCreated(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    take: (worker, lease) => takeJob(statements, pool, worker, lease),
    keep: (held, lease) => keepJob(statements, pool, held, lease),
    release: (held, delay) => releaseJob(statements, pool, held, delay),
    finish: (held, state, result) => finishJob(statements, pool, held, state, result),
    clear: (held) => clearFound(statements, pool, held),
    hold: (held, file, found) => holdFound(statements, pool, held, file, found),
    gather: (context, held, chunk) => gatherChunk(statements, pool, context, held, chunk),
    counts: (id) => countsOf(statements, pool, id),
    begin: (held, entries) => beginEntries(statements, pool, held, entries),
    answered: (held, answers) => answerEntries(statements, pool, held, answers),
    answers: (id) => answersOf(statements, pool, id),
    page: (context, id, from) => heldPage(statements, on(context), context, id, from),
    sweep: () => sweepJobs(statements, pool),
  };
}
