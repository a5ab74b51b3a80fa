import { applyFhirPathPatch, applyJsonPatch, applyMergePatch, Problem } from '@naravard/fhir';
import type { Stored, Transaction } from '@naravard/store';
import type { Call, Interaction } from '../call.ts';
import { conditionOf, lockedMatch } from '../condition.ts';
import type { Engine } from '../engine.ts';
import { refuseMasked } from '../redaction/refuse-masked.ts';
import { type Reply, textOf, writtenReply } from '../reply.ts';
import { type Staged, stage } from '../stage.ts';
import { checkMatch, writeWithin } from '../written.ts';

/**
 * http://hl7.org/fhir/R4/http.html#patch: JSON Patch (RFC 6902), merge patch (RFC 7396) or FHIRPath Patch (a
 * Parameters resource), applied to the current version under its lock; the result is checked as any update.
 */
export const patch: Interaction = {
  name: 'patch',
  method: 'PATCH',
  route: '/:type/:id',
  body: ['json-patch', 'merge-patch', 'fhir'],
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
  body: ['json-patch', 'merge-patch', 'fhir'],
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
  checkMatch({ conditions }, current.version);
  refuseMasked(current.mask);
  const before = textOf(current);
  const text = patched(engine, media, before, body);
  const { id, version } = current;
  return stage(engine, context, { type, id, text, method: 'PATCH', mode: 'update', expected: version });
}

function patched({ definitions }: Engine, media: Call['media'], before: string, body: string): string {
  switch (media) {
    case 'json-patch':
      return applyJsonPatch(before, body);
    case 'merge-patch':
      return applyMergePatch(before, body);
    default:
      return applyFhirPathPatch(before, body, definitions);
  }
}
