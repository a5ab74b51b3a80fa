import { Problem } from '@naravard/fhir';
import type { Job } from '@naravard/store';
import type { Call, Interaction } from '../call.ts';
import type { Engine } from '../engine.ts';
import { httpDate } from '../etag.ts';
import { ndjsonFormats } from '../ndjson.ts';
import { type Reply, refusal } from '../reply.ts';
import { answerBatch, answerSearch, oneAnswer } from './answer-job.ts';
import { exportFile } from './export-file.ts';
import { manifest } from './export-manifest.ts';
import type { HeldExport } from './export-request.ts';
import { jobHolderOf } from './held-actor.ts';
import { resultOf } from './job-result.ts';

/**
 * The addresses of asynchronous requests, `_async-status` as a server may choose: how far one is and what became of it, its end,
 * and the files of an export. Whoever did not ask for it finds nothing there. `all`: what the held requests may be of.
 */
export const jobAddresses = (all: readonly Interaction[]): readonly Interaction[] => [
  {
    name: 'operation',
    method: 'GET',
    route: '/_async-status/:id',
    handle: (engine, call) => status(engine, all, call),
  },
  { name: 'operation', method: 'DELETE', route: '/_async-status/:id', handle: forget },
  {
    name: '$export',
    method: 'GET',
    route: '/_async-status/:id/:type',
    formats: ndjsonFormats,
    handle: async (engine, call) => exportFile(engine, call, await ownJob(engine, call)),
  },
];

/** @throws Problem 'not-found', whether it is another's, unknown or over */
async function ownJob({ store }: Engine, { id, context }: Call): Promise<Job> {
  const job = await store.jobs.find(id, jobHolderOf(context.actor));
  if (!job) throw new Problem('not-found');
  return job;
}

/** http://hl7.org/fhir/R5/async-bundle.html, https://hl7.org/fhir/uv/bulkdata/STU2/export.html#bulk-data-status-request */
async function status(engine: Engine, all: readonly Interaction[], call: Call): Promise<Reply> {
  const job = await ownJob(engine, call);
  if (job.state === 'running') return running(job);
  if (job.state === 'failed') {
    return refusal(
      new Problem(
        'internal',
        'The request failed here: send it again, and report the X-Request-Id of this answer.',
      ),
    );
  }
  const reply = await doneReply(engine, all, job, call);
  return { ...reply, headers: { Expires: httpDate(job.expires) } };
}

async function doneReply(
  engine: Engine,
  all: readonly Interaction[],
  job: Job,
  { context }: Call,
): Promise<Reply> {
  const result = resultOf(job);
  if (!result) throw new Problem('internal');
  switch (result.kind) {
    case 'refused':
      return job.kind === 'export'
        ? { status: result.status, body: result.outcome }
        : { status: 200, body: oneAnswer({ status: result.status, body: result.outcome }, 0) };
    case 'searched':
      return { status: 200, body: await answerSearch(engine, all, job, result.searches, context) };
    case 'answered':
      return { status: 200, body: await answerBatch(engine, job, context) };
    case 'gathered':
      return { status: 200, body: manifest(engine, job, result.files), shown: { as: 'application/json' } };
    default:
      return result satisfies never;
  }
}

/** Seconds: a young request is soon done. */
const waitOf = ({ created }: Job): number => (Date.now() - Date.parse(created) < 15_000 ? 1 : 5);

const running = (job: Job): Reply => ({
  status: 202,
  headers: { 'X-Progress': progressOf(job), 'Retry-After': String(waitOf(job)) },
});

/** At most 100 characters, as Bulk Data Access has it. */
function progressOf({ kind, request, done, file }: Job): string {
  switch (kind) {
    case 'export': {
      const { types } = JSON.parse(request) as HeldExport;
      return `${done} resources found, ${Math.min(file, types.length)} of ${types.length} types looked through`;
    }
    case 'batch':
      return `${done} entries answered`;
    case 'request':
      return 'in progress';
    default:
      return kind satisfies never;
  }
}

/** 202: forgotten, and what it was doing is not gone on with. What a batch has stored stays. */
async function forget({ store }: Engine, { id, context }: Call): Promise<Reply> {
  if (await store.jobs.forget(id, jobHolderOf(context.actor))) return { status: 202 };
  throw new Problem('not-found');
}
