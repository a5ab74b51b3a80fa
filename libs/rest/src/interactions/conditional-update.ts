import { Problem, readJson } from '@naravard/fhir';
import type { Match } from '@naravard/store';
import type { Call, Interaction } from '../call.ts';
import { conditionOf, lockedMatch } from '../condition.ts';
import type { Engine } from '../engine.ts';
import { createsOnly, expectedVersion } from '../etag.ts';
import { writtenReply } from '../reply.ts';
import { type Incoming, stage } from '../stage.ts';
import { chooseIdProblem, existsProblem, noMatchProblem, writeWithin } from '../written.ts';
import { createdOver } from './update.ts';

/** http://hl7.org/fhir/R4/http.html#cond-update: none -> create, one -> update, more -> 412. */
export const conditionalUpdate: Interaction = {
  name: 'update',
  method: 'PUT',
  route: '/:type',
  body: ['fhir'],
  writes: true,
  async handle(engine, call) {
    const { type, context, query, prefer } = call;
    const condition = conditionOf(engine, type, query);
    return engine.store.transaction(context, async (transaction) => {
      const found = await lockedMatch(transaction, condition);
      let incoming = conditionalIncoming(engine, call, found);
      if (!found && createsOnly(call.conditions)) {
        const [current] = await transaction.current([incoming]);
        incoming = createdOver(incoming, current);
      }
      const { write, warnings } = stage(engine, context, incoming);
      return writtenReply(write, await writeWithin(transaction, call, write), warnings, prefer.return);
    });
  },
};

/**
 * What a conditional update writes and where, now that the condition is resolved.
 * @throws Problem 'stale-version' where If-None-Match finds something or If-Match nothing; 'bad-request', 'forbidden'.
 */
export function conditionalIncoming(
  engine: Engine,
  { type, body, context, conditions }: Pick<Call, 'type' | 'body' | 'context' | 'conditions'>,
  found: Match['matches'][number] | undefined,
): Incoming {
  const resource = readJson(body, engine.limits.depth);
  const own = (resource as { id?: unknown } | null)?.id;
  const expected = expectedVersion(conditions.ifMatch);
  const fresh = createsOnly(conditions);
  const common = { type, text: body, resource, expected, method: 'PUT', conditional: true } as const;
  if (found) {
    if (fresh) throw existsProblem();
    if (own !== undefined && own !== found.id) {
      throw new Problem('bad-request', {
        severity: 'error',
        expression: `${type}.id`,
        diagnostics: 'The condition matches a resource with another id than the body has: leave the id out.',
      });
    }
    return { ...common, id: found.id, mode: 'update' };
  }
  if (conditions.ifMatch !== undefined) throw noMatchProblem();
  if (own === undefined) return { ...common, id: engine.store.newId(), mode: 'create' };
  if (!context.actor.mayChooseIds) throw chooseIdProblem();
  return { ...common, id: String(own), mode: fresh ? 'create' : 'any' };
}
