import { readJson } from '@naravard/fhir';
import { audited } from '../audited.ts';
import { runBatch } from '../bundle/batch.ts';
import { type Entry, readEntries } from '../bundle/entries.ts';
import type { Call } from '../call.ts';
import type { Engine } from '../engine.ts';
import { problemOf } from '../framework-error.ts';
import { entryInteractions } from '../interactions/table.ts';
import type { Reply } from '../reply.ts';
import type { HeldRequest } from './held-request.ts';
import { type JobResult, refusedResult } from './job-result.ts';
import type { Work } from './work.ts';

/** Of an entry, as it is kept: a question is asked when the answer is fetched, of all else the answer is kept without resources. */
export type HeldAnswer =
  | { readonly kind: 'question'; readonly request: object }
  | {
      readonly kind: 'reply';
      readonly reply: Pick<Reply, 'status' | 'version' | 'lastModified' | 'location' | 'body'>;
    };

/** Entries that are begun together: so many are in doubt if the process dies. */
const STEP = 20;

/**
 * http://hl7.org/fhir/R4/http.html#batch, step by step. An entry is run once at most: what had begun when a worker was lost is
 * answered as not known. Undefined when the turn is over.
 */
export async function runBatchJob(work: Work): Promise<JobResult | undefined> {
  const { engine, job, held, signal } = work;
  const asking = { ...work.context(), interaction: 'batch' };
  const body = job.body ?? '';
  let entries: readonly Entry[];
  try {
    entries = entriesOf(engine, body);
  } catch (error) {
    return refusedResult(await audited(engine, asking, problemOf(error), '', undefined));
  }
  const asked = requestsOf(body);
  const begun = new Set((await engine.store.jobs.answers(job.id)).map(({ entry }) => entry));
  const left = entries.filter(({ index }) => !begun.has(index));
  for (let at = 0; at < left.length; at += STEP) {
    if (signal.aborted || (at > 0 && work.isOver())) return undefined;
    const step = left.slice(at, at + STEP);
    const isMine = await engine.store.jobs.begin(
      held,
      step.map(({ index }) => index),
    );
    if (!isMine) return undefined;
    const outer = outerCall(work.request, { ...work.context(), interaction: 'batch' });
    const replies = await runBatch(
      engine,
      outer,
      step.filter((entry) => !isQuestion(entry)),
    );
    const answers = step.map(({ index }) => ({
      entry: index,
      answer: JSON.stringify(answerOf(replies[index], asked[index])),
    }));
    await engine.store.jobs.answered(held, answers);
  }
  return { kind: 'answered' };
}

/** @throws Problem 'invalid' or 'too-costly' */
export const entriesOf = (engine: Engine, body: string): readonly Entry[] =>
  readEntries(engine, entryInteractions, body, readJson(body, engine.limits.depth) as object);

export const outerCall = ({ parts, lenient }: HeldRequest, context: Call['context']): Call => ({
  ...parts,
  query: [],
  media: 'fhir',
  body: '',
  conditions: {},
  prefer: { return: 'minimal', handling: lenient ? 'lenient' : 'strict' },
  context,
});

const isQuestion = ({ method }: Entry): boolean => method === 'GET';

function answerOf(reply: Reply | undefined, request: object | undefined): HeldAnswer {
  if (!reply) return { kind: 'question', request: request ?? {} };
  const { status, version, lastModified, location, problem, body } = reply;
  const isOutcome = problem || body?.startsWith('{"resourceType":"OperationOutcome"');
  return { kind: 'reply', reply: { status, version, lastModified, location, ...(isOutcome && { body }) } };
}

/** The requests of a Bundle that has been checked. */
const requestsOf = (body: string): readonly object[] =>
  (JSON.parse(body) as { entry?: { request: object }[] }).entry?.map(({ request }) => request) ?? [];
