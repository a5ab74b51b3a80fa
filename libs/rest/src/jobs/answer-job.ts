import { type Finding, Problem } from '@naravard/fhir';
import type { Job, RequestContext } from '@naravard/store';
import { audited } from '../audited.ts';
import { runBatch } from '../bundle/batch.ts';
import { bundleText, responseEntry } from '../bundle-text.ts';
import type { Interaction } from '../call.ts';
import { type Engine, withStore } from '../engine.ts';
import { problemOf } from '../framework-error.ts';
import { type Reply, refusal } from '../reply.ts';
import { callOf, type HeldRequest, interactionFor } from './held-request.ts';
import { type HeldSearch, replayingStore } from './held-search.ts';
import { entriesOf, type HeldAnswer, outerCall } from './run-batch.ts';

/**
 * The answer of a search or $everything that was made before, as it is to who fetches it: its resources are read now, in the
 * versions that were found then. What is not seen any more is left out, and its number told.
 */
export async function answerSearch(
  engine: Engine,
  interactions: readonly Interaction[],
  job: Job,
  searches: readonly HeldSearch[],
  asking: RequestContext,
): Promise<string> {
  const request = JSON.parse(job.request) as HeldRequest;
  const interaction = interactionFor(interactions, request);
  const { store, leftOut } = replayingStore(engine.store, job.id, searches);
  try {
    if (!interaction) throw new Problem('unknown-route', 'This is no longer served here.');
    const call = callOf(engine, interaction, request, job.body ?? '', asking);
    return oneAnswer(await interaction.handle(withStore(engine, store), call), leftOut());
  } catch (error) {
    const within = { ...asking, interaction: interaction?.name ?? asking.interaction };
    const type = request.parts.type.replace('*', '');
    return oneAnswer(refusal(await audited(engine, within, problemOf(error), type, interaction)), 0);
  }
}

/** http://hl7.org/fhir/R5/async-bundle.html: a batch-response with the one answer, and what is to be said of it beside. */
export function oneAnswer(reply: Reply, leftOut: number): string {
  const entry = responseEntry(reply);
  const end = '"}}';
  const told =
    leftOut > 0 && !reply.problem && entry.endsWith(end)
      ? `${entry.slice(0, -2)},"outcome":${JSON.stringify(hidden(leftOut))}}}`
      : entry;
  return bundleText('batch-response', [told]);
}

const hidden = (count: number): object => ({
  resourceType: 'OperationOutcome',
  issue: [
    {
      severity: 'information',
      code: 'suppressed',
      diagnostics: `${count} of the resources that were found are left out: they have been deleted, or you do not see them now. Search anew for what there is now.`,
    },
  ],
});

/** The answers of a batch: what was written is told as it was, what was asked is asked now. */
export async function answerBatch(engine: Engine, job: Job, asking: RequestContext): Promise<string> {
  const request = JSON.parse(job.request) as HeldRequest;
  const held = (await engine.store.jobs.answers(job.id)).map(({ answer }) =>
    answer === null ? undefined : (JSON.parse(answer) as HeldAnswer),
  );
  const questions = held.map((each) =>
    each?.kind === 'question' ? { request: each.request } : { request: { method: 'GET', url: 'metadata' } },
  );
  const entries = entriesOf(
    engine,
    JSON.stringify({ resourceType: 'Bundle', type: 'batch', entry: questions }),
  ).filter(({ index }) => held[index]?.kind === 'question');
  const outer = outerCall(request, { ...asking, interaction: 'batch' });
  const asked = await runBatch(engine, outer, entries);
  const replies = held.map((each, index) =>
    each?.kind === 'reply' ? each.reply : (asked[index] ?? unknown(index)),
  );
  return bundleText('batch-response', [
    responseEntry({ status: 200, body: bundleText('batch-response', replies.map(responseEntry)) }),
  ]);
}

/** The process that ran it died between beginning and telling. */
const unknown = (index: number): Reply => {
  const finding: Finding = {
    severity: 'error',
    expression: `Bundle.entry[${index}]`,
    diagnostics: 'It is not known whether anything was stored: read before you send it again.',
  };
  return refusal(new Problem('unavailable', finding));
};
