import { applyFhirPathPatch, applyJsonPatch, Problem } from '@naravard/fhir';
import type { Stored, Transaction } from '@naravard/store';
import type { Call, Interaction } from '../call.ts';
import { conditionOf, lockedMatch } from '../condition.ts';
import type { Engine } from '../engine.ts';
import { expectedVersion } from '../etag.ts';
import { refuseMasked } from '../redaction/refuse-masked.ts';
import { type Reply, textOf, writtenReply } from '../reply.ts';
import { type Staged, stage } from '../stage.ts';
import { writeWithin } from '../written.ts';

/**
 * http://hl7.org/fhir/R4/http.html#patch: JSON Patch (RFC 6902) or FHIRPath Patch (a Parameters resource), applied to
 * the current version under its lock; the result is checked as any update.
 */
export const patch: Interaction = {
  name: 'patch',
  method: 'PATCH',
  route: '/:type/:id',
  body: ['json-patch', 'fhir'],
  writes: true,
  async handle(engine, call) {
    const { context, type, id } = call;
    return engine.store.transaction(context, async (transaction) => {
      const [current] = await transaction.current([{ type, id }]);
      return patchOne(engine, call, transaction, current);
    });
  },
};

/** http://hl7.org/fhir/R4/http.html#patch: `PATCH Type?criteria`; none -> 404, more -> 412. */
export const conditionalPatch: Interaction = {
  name: 'patch',
  method: 'PATCH',
  route: '/:type',
  body: ['json-patch', 'fhir'],
  writes: true,
  async handle(engine, call) {
    const condition = conditionOf(engine, call.type, call.query);
    return engine.store.transaction(call.context, async (transaction) =>
      patchOne(engine, call, transaction, await lockedMatch(transaction, condition)),
    );
  },
};

async function patchOne(
  engine: Engine,
  call: Call,
  transaction: Transaction,
  current: Stored | undefined,
): Promise<Reply> {
  const { write, warnings } = stagePatch(engine, call, current);
  return writtenReply(write, await writeWithin(transaction, call, write), warnings, call.prefer.return);
}

/** The write that a patch of `current` comes to. */
export function stagePatch(
  engine: Engine,
  {
    type,
    body,
    media,
    conditions,
    context,
  }: Pick<Call, 'type' | 'body' | 'media' | 'conditions' | 'context'>,
  current: Stored | undefined,
): Staged {
  if (!current) throw new Problem('not-found');
  if (current.deleted) throw new Problem('deleted');
  const expected = expectedVersion(conditions.ifMatch);
  if (expected !== undefined && expected !== current.version) {
    throw new Problem(
      'stale-version',
      'The resource is not at that version: read it again and send its new ETag.',
    );
  }
  refuseMasked(current.mask);
  const before = textOf(current);
  const text =
    media === 'json-patch'
      ? applyJsonPatch(before, body)
      : applyFhirPathPatch(before, body, engine.definitions);
  const { id, version } = current;
  return stage(engine, context, { type, id, text, method: 'PATCH', mode: 'update', expected: version });
}
