import { Problem } from '@naravard/fhir';
import type { Write } from '@naravard/store';
import { audited } from '../../audited.ts';
import type { Call } from '../../call.ts';
import type { Engine } from '../../engine.ts';
import { toldBy } from '../../telling-refusal.ts';
import { writeWithin } from '../../written.ts';

/** By it a transaction that went well is known after it has been undone. */
const wentWell = {};

/**
 * Why a write would be refused, undefined when it would be done: it is done, past all that guards a write, in a transaction that
 * is undone. What the answer tells of is audited, since the audit rows of the transaction are undone with it.
 * @throws Problem for what is not the caller's fault
 */
export async function rehearsed(
  engine: Engine,
  call: Pick<Call, 'context' | 'conditions'>,
  write: Write,
): Promise<Problem | undefined> {
  const { context } = call;
  const { store } = engine;
  try {
    await store.transaction(context, async (transaction) => {
      await writeWithin(transaction, call, write);
      throw new Problem('conflict', [], { cause: wentWell });
    });
    throw new Problem('internal');
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
    if (error.cause === wentWell) {
      await store.refuse(context, 0, context.scope.reason, write.type, toldBy(error));
      return undefined;
    }
    const told = await audited(engine, context, error, write.type, undefined);
    if (told.status >= 500) throw told;
    return told;
  }
}
