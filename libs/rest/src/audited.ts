import { Problem } from '@naravard/fhir';
import type { RequestContext } from '@naravard/store';
import type { Engine } from './engine.ts';
import { logFailure } from './log-failure.ts';

const writing = new Set([
  'create',
  'update',
  'patch',
  'delete',
  'transaction',
  'batch',
  '$nodoppning',
  '$begar-havning',
  '$samtycke',
  '$informera',
  '$sparra',
  '$hav-sparr',
  '$avvikande-mening',
]);

/**
 * Audits a refusal; gives the problem itself, or 'unavailable' when its audit row cannot be written. A write that lost
 * the database may have been committed: its answer says that this is not known.
 */
export async function audited(
  engine: Engine,
  context: RequestContext,
  problem: Problem,
  type: string,
): Promise<Problem> {
  const open = problem.status >= 500 && writing.has(context.interaction);
  try {
    await engine.store.refuse(context, outcomeCode(problem), problem.kind, type || undefined);
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
