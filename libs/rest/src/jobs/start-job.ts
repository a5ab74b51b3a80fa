import { Problem, readJson } from '@naravard/fhir';
import type { JobKind } from '@naravard/store';
import type { Call, Interaction } from '../call.ts';
import type { Engine } from '../engine.ts';
import { operationOn } from '../operation-name.ts';
import { pageOf } from '../page.ts';
import { parsePairs } from '../query-pairs.ts';
import type { Reply } from '../reply.ts';
import { parseSearch } from '../search-reach.ts';
import { heldActor, jobHolderOf } from './held-actor.ts';
import { type HeldRequest, heldRequest } from './held-request.ts';

/**
 * `Prefer: respond-async` (http://hl7.org/fhir/R5/async-bundle.html, RFC 7240 section 4.1) of a search, $everything or batch:
 * 202 with the address that tells how far it is. R4's own pattern (http://hl7.org/fhir/R4/async.html) gives files and is kept
 * for bulk export; an answer that is one Bundle is given as R5 has it. Undefined for all else, which is answered at once, as a
 * preference may be.
 * @throws Problem for a search that cannot be understood, 'throttled' for who has too many
 */
export async function startedJob(
  engine: Engine,
  interaction: Interaction,
  call: Call,
): Promise<Reply | undefined> {
  const kind = kindOf(engine, interaction, call);
  if (!kind) return undefined;
  if (interaction.reach) checkSearch(engine, interaction, call);
  if (kind === 'request' && call.body.length > mostKept)
    throw new Problem(
      'too-large',
      `A search that is answered later may have ${mostKept} characters: split it.`,
    );
  return acceptedJob(engine, call, kind, heldRequest(interaction, call), call.body || null);
}

/** What is asked is kept until the job is forgotten, and a caller may have many; the Bundle of a batch goes with its end. */
const mostKept = 256 * 1024;

/** Makes the job, and tells its address. */
export async function acceptedJob(
  engine: Engine,
  { context }: Call,
  kind: JobKind,
  request: HeldRequest,
  body: string | null,
): Promise<Reply> {
  const id = await engine.store.jobs.create(context, {
    kind,
    holder: jobHolderOf(context.actor),
    actor: heldActor(context.actor),
    request: JSON.stringify(request),
    body,
    hours: engine.jobHours,
  });
  return { status: 202, headers: { 'Content-Location': statusAddress(engine, id) } };
}

/** Where a job tells how far it is, and what became of it. */
export const statusAddress = ({ base }: Engine, id: string): string => `${base}/_async-status/${id}`;

function kindOf(
  { limits }: Engine,
  interaction: Interaction,
  { body }: Call,
): 'request' | 'batch' | undefined {
  if (interaction.route.includes('AuditEvent')) return undefined;
  if (interaction.reach || operationOn(interaction)?.name === 'everything') return 'request';
  if (interaction.name !== 'transaction') return undefined;
  const bundle = readJson(body, limits.depth) as { type?: unknown } | null;
  return bundle?.type === 'batch' ? 'batch' : undefined;
}

/** What cannot be understood is refused before anything is promised. */
function checkSearch(engine: Engine, { reach }: Interaction, call: Call): void {
  const asked = [...call.query, ...(call.media === 'form' ? parsePairs(call.body) : [])];
  const pairs = asked.filter(([name]) => !['_format', '_pretty', '_explain'].includes(name));
  if (!reach || pageOf(pairs) !== undefined) return;
  parseSearch(engine, reach(engine, call), pairs, {
    lenient: call.prefer.handling === 'lenient',
    now: Date.now(),
  });
}
