import { Problem } from '@naravard/fhir';
import { Statements } from '../statement.ts';
import { type CheckpointBody, writeCheckpoint } from './checkpoint.ts';
import { asOwner, auditDecision, type Decision, queryable } from './owner.ts';
import type { SealKey } from './seal-key.ts';
import { lockSeals } from './seal-round.ts';

export interface RestoreOrder extends Decision {
  /** The login of the schema's owner. */
  url: string;
  key: SealKey;
  /** The instant that the database was restored to, ISO 8601 with a time zone. */
  restoredTo: string;
}

/**
 * Records that the database was restored from a backup: checkpoints that were exported after the time it was restored
 * to are then undone rather than evidence of a cut tail.
 * @throws Problem 'bad-request' when the time cannot be read or lies ahead.
 */
export async function recordRestore(order: RestoreOrder): Promise<CheckpointBody> {
  const time = /T.*(Z|[+-]\d\d:\d\d)$/.test(order.restoredTo) ? Date.parse(order.restoredTo) : Number.NaN;
  if (!(time <= Date.now()))
    throw new Problem('bad-request', '--to must be a past instant with its time zone: 2026-11-23T02:15:00Z.');
  return asOwner(order.url, async (client) => {
    const statements = new Statements();
    const on = queryable(client);
    await lockSeals(statements, on);
    const restoredTo = new Date(time).toISOString();
    const { by, decision } = order;
    await auditDecision(client, 'audit-restored', order, [restoredTo]);
    const checkpoint = await writeCheckpoint(statements, on, order.key, {
      kind: 'restored',
      by,
      decision,
      restoredTo,
    });
    if (!checkpoint) throw new Problem('internal', 'No checkpoint was written.');
    return checkpoint;
  });
}
