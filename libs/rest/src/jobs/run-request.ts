import { Problem } from '@naravard/fhir';
import { audited } from '../audited.ts';
import { withStore } from '../engine.ts';
import { problemOf } from '../framework-error.ts';
import type { Reply } from '../reply.ts';
import { refusal } from '../reply.ts';
import { callOf, interactionFor } from './held-request.ts';
import { recordingStore } from './held-search.ts';
import { type JobResult, refusedResult } from './job-result.ts';
import type { Work } from './work.ts';

/**
 * Runs a search or $everything by the rights of who asked, and keeps which resources it found. A refusal is its answer too.
 * @throws Problem of status 5xx: it can be run again
 */
export async function runRequest({
  engine,
  interactions,
  job,
  held,
  request,
  context,
}: Work): Promise<JobResult> {
  const interaction = interactionFor(interactions, request);
  if (!interaction) return refusedResult(new Problem('unknown-route', 'This is no longer served here.'));
  const { jobs } = engine.store;
  await jobs.clear(held);
  const { store, searches } = recordingStore(engine.store, (place, found) => jobs.hold(held, place, found));
  const asking = context();
  try {
    const call = callOf(engine, interaction, request, job.body ?? '', asking);
    const reply = await interaction.handle(withStore(engine, store), call);
    return reply.problem ? refusedReply(reply) : { kind: 'searched', searches };
  } catch (error) {
    const problem = problemOf(error);
    if (problem.status >= 500) throw problem;
    const within = { ...asking, interaction: interaction.name };
    return refusedResult(
      await audited(engine, within, problem, request.parts.type.replace('*', ''), interaction),
    );
  }
}

const refusedReply = ({ problem, body }: Reply): JobResult => ({
  kind: 'refused',
  status: problem?.status ?? 500,
  outcome: body ?? refusal(new Problem('internal')).body ?? '{}',
});
