import { Problem } from '@naravard/fhir';
import type { RequestContext } from '@naravard/store';
import type { Engine } from './engine.ts';
import { logFailure } from './log-failure.ts';

/** Audits a refusal; gives the problem itself, or 'unavailable' when its audit row cannot be written. */
export async function audited(
  engine: Engine,
  context: RequestContext,
  problem: Problem,
  type: string,
): Promise<Problem> {
  try {
    await engine.store.refuse(context, outcomeCode(problem), problem.kind, type || undefined);
    return problem;
  } catch (cause) {
    const text = 'Nothing was done, since it could not be audited: try again.';
    const dark = new Problem('unavailable', text, { cause });
    logFailure(engine.log, dark, context.request);
    return dark;
  }
}

/** AuditEvent.outcome: http://hl7.org/fhir/R4/valueset-audit-event-outcome.html */
const outcomeCode = ({ status }: Problem): 4 | 8 | 12 => (status >= 500 ? 12 : status === 403 ? 8 : 4);
