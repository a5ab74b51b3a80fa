import type { Problem } from '@naravard/fhir';
import { audited } from '../audited.ts';
import type { Call } from '../call.ts';
import type { Engine } from '../engine.ts';
import { problemOf } from '../framework-error.ts';
import { logFailure } from '../log-failure.ts';
import { type Reply, refusal } from '../reply.ts';
import { withDifference } from '../stale-difference.ts';
import { atEntry } from './at-entry.ts';
import type { Entry } from './entries.ts';
import { callOf } from './entry-call.ts';

/** Entries that run at once: enough to keep the database busy, few enough to leave connections to others. */
const width = 4;

/**
 * http://hl7.org/fhir/R4/http.html#batch: each entry on its own, as if it had come alone; a failed one fails no other.
 * Answers in the order of the entries.
 */
export async function runBatch(engine: Engine, outer: Call, entries: readonly Entry[]): Promise<Reply[]> {
  const replies: Reply[] = [];
  const queue = entries[Symbol.iterator]();
  const worker = async () => {
    for (const entry of queue) replies[entry.index] = await runEntry(engine, outer, entry);
  };
  await Promise.all(Array.from({ length: width }, worker));
  return replies;
}

async function runEntry(engine: Engine, outer: Call, entry: Entry): Promise<Reply> {
  try {
    const { interaction, call } = callOf(engine, outer, entry);
    const reply = await interaction.handle(engine, call);
    if (reply.problem) return { ...reply, ...refusal(await told(engine, outer, entry, reply.problem)) };
    return entry.head ? { ...reply, body: undefined } : reply;
  } catch (error) {
    const { interaction, parts } = entry.target ?? {};
    const context = { ...outer.context, interaction: interaction?.name ?? outer.context.interaction };
    const problem = problemOf(error);
    logFailure(engine.log, problem, context.request);
    const refused = await audited(engine, context, problem, parts?.type ?? '', interaction);
    return refusal(await told(engine, outer, entry, refused));
  }
}

/** The refusal of an entry as of the same alone: at its place, and of a lost race what has changed. */
async function told(engine: Engine, { context }: Call, entry: Entry, problem: Problem): Promise<Problem> {
  const placed = atEntry(entry, problem);
  const { target, conditions } = entry;
  return target
    ? withDifference(engine, context, { ...target, ifMatch: conditions.ifMatch }, placed)
    : placed;
}
