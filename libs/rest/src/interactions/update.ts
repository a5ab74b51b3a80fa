import { Problem } from '@naravard/fhir';
import type { PutWrite, Stored } from '@naravard/store';
import type { Call, Interaction } from '../call.ts';
import type { Engine } from '../engine.ts';
import { createsOnly, expectedVersion } from '../etag.ts';
import { type Reply, writtenReply } from '../reply.ts';
import { type Incoming, stage } from '../stage.ts';
import { existsProblem, writeAlone, writeWithin } from '../written.ts';

/**
 * http://hl7.org/fhir/R4/http.html#update: a new version, or the same one when nothing changed. Creates at an unknown id
 * only for callers that may choose ids.
 */
export const update: Interaction = {
  name: 'update',
  method: 'PUT',
  route: '/:type/:id',
  body: ['fhir'],
  writes: true,
  async handle(engine, call) {
    const { context, type, id, body, resource, conditions, prefer } = call;
    const expected = expectedVersion(conditions.ifMatch);
    const mode = updateMode(call);
    const incoming = { type, id, text: body, resource, method: 'PUT', mode, expected } as const;
    const { write, warnings } = stage(engine, context, incoming);
    const reply = await writeAlone(engine, call, write, (written) =>
      writtenReply(write, written, warnings, prefer.return),
    );
    const taken = mode === 'create' && reply.problem?.kind === 'stale-version';
    return (taken && (await createAnew(engine, call, incoming))) || reply;
  },
};

/**
 * How a PUT to an id may write: If-Match asks for what is there, `If-None-Match: *` for what is not.
 * @throws Problem 'forbidden' for `If-None-Match: *` by a caller that may not choose ids: it can only fail.
 */
export function updateMode({ conditions, context }: Pick<Call, 'conditions' | 'context'>): PutWrite['mode'] {
  const { mayChooseIds } = context.actor;
  if (!createsOnly(conditions)) {
    return mayChooseIds && conditions.ifMatch === undefined ? 'any' : 'update';
  }
  if (!mayChooseIds) {
    throw new Problem(
      'forbidden',
      'If-None-Match: * asks to create at an id of your own choice, which you may not have: create with POST, or leave it out to update.',
    );
  }
  return 'create';
}

/**
 * A PUT with `If-None-Match: *`, now that `current` is known and locked: what was deleted is created anew as its next
 * version. @throws Problem 'stale-version' when there is such a resource.
 */
export function createdOver(incoming: Incoming, current: Stored | undefined): Incoming {
  if (!current) return incoming;
  if (!current.deleted) throw existsProblem();
  return { ...incoming, mode: 'update', expected: current.version };
}

/** Creates over a deletion; undefined when the resource that has the id is not deleted. */
async function createAnew(engine: Engine, call: Call, incoming: Incoming): Promise<Reply | undefined> {
  const { context, prefer } = call;
  return engine.store.transaction(context, async (transaction) => {
    const [current] = await transaction.current([incoming]);
    if (!current?.deleted) return undefined;
    const { write, warnings } = stage(engine, context, createdOver(incoming, current));
    return writtenReply(write, await writeWithin(transaction, call, write), warnings, prefer.return);
  });
}
