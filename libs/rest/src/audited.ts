import { Problem } from '@naravard/fhir';
import type { RequestContext } from '@naravard/store';
import type { Interaction } from './call.ts';
import type { Engine } from './engine.ts';
import { logFailure } from './log-failure.ts';
import { toldBy } from './telling-refusal.ts';

/**
 * Audits a refusal with what it tells of; gives the problem itself, or 'unavailable' when its audit row cannot be written.
 * An interaction that writes and lost the database may have been committed: its answer says that this is not known.
 */
export async function audited(
  engine: Engine,
  context: RequestContext,
  problem: Problem,
  type: string,
  interaction: Interaction | undefined,
): Promise<Problem> {
  const open = problem.status >= 500 && interaction?.writes;
  try {
    const told = toldBy(problem);
    await engine.store.refuse(context, outcomeCode(problem), problem.kind, type || undefined, told);
    return open && problem.kind === 'unavailable' ? unknownOutcome(problem.cause) : problem;
  } catch (cause) {
    const text = 'Nothing was done, since it could not be audited: try again.';
    const dark = open ? unknownOutcome(cause) : new Problem('unavailable', text, { cause });
    logFailure(engine.log, dark, context.request);
    return dark;
  }
}

const unknownOutcome = (cause: unknown): Problem =>
  new Problem('unavailable', 'It is not known whether anything was stored: read before you send it again.', {
    cause,
  });

/** AuditEvent.outcome: http://hl7.org/fhir/R4/valueset-audit-event-outcome.html */
const outcomeCode = ({ status }: Problem): 4 | 8 | 12 => (status >= 500 ? 12 : status === 403 ? 8 : 4);
