import {
  byHsaId,
  emergencyOpen,
  factsOf,
  holds,
  keyOfActor,
  type LegalActor,
  liftRequest,
  type Made,
} from '@naravard/access';
import type { Interaction } from '../call.ts';
import { answered, referring, said } from './answer.ts';
import { careCommission, checkKnows, checkScopes, keeperOf } from './callers.ts';
import { bad, inputOf } from './input.ts';
import { keeping, record } from './recording.ts';
import { refused } from './refusal.ts';
import { checkJoined } from './svod-status.ts';

/**
 * `POST Patient/[id]/$begar-havning` (SVOD 2022:913 3 kap 5 §): within an open nödöppning, the vårdgivare that has blocked is
 * asked to lift its spärr. The request is a Task in the record of who asks; the officers of who has blocked find it with
 * `$begarda-havningar` and answer with `$hav-sparr`, ground `blocker`. Nothing is opened by asking.
 */
export const begarHavning: Interaction = {
  name: '$begar-havning',
  method: 'POST',
  route: '/Patient/:id/$begar-havning',
  body: ['fhir'],
  writes: true,
  async handle(engine, call) {
    const { context, id } = call;
    const commission = careCommission(context.actor);
    checkScopes(context.actor, 'Task', 'c');
    const input = inputOf(engine, call, { organisation: 'identifier', reason: 'string' });
    const hsaId = input.hsaId('organisation');
    const reason = input.text('reason');
    if (hsaId === undefined) throw bad('organisation', 'Name the vårdgivare that has blocked, by HSA-id.');
    if (reason === undefined) throw bad('reason', 'Give the reason, so that who is asked can judge.');
    await checkJoined(engine, commission, context.at);
    const kept = keeping(call, keeperOf(commission), 'svod-emergency');
    const [task = ''] = await record(engine, call, kept, (stated) => {
      const facts = factsOf(id, stated);
      if (!emergencyOpen(commission, facts, context.at)) {
        checkKnows(facts, commission, context.at);
        throw noOpening();
      }
      const blocker: LegalActor = { hsaId, as: 'vardgivare' };
      const hasBlocked = stated.some(
        ({ kind, organisation, during }) =>
          kind === 'block-outer' && organisation === keyOfActor(blocker) && holds(during, context.at),
      );
      if (!hasBlocked) throw notBlocked();
      return { made: [requestOf({ patient: id, at: context.at, hsaId, reason, ...commission })] };
    });
    return answered(
      referring('request', task),
      said('Begäran är skickad till den vårdgivare som har spärrat. Ring också om det är bråttom.'),
    );
  },
};

interface Request {
  patient: string;
  at: string;
  /** HSA-id of who has blocked. */
  hsaId: string;
  reason: string;
  unit: string;
  employee: string;
}

const requestOf = ({ patient, at, hsaId, reason, unit, employee }: Request): Made => ({
  resourceType: 'Task',
  status: 'requested',
  intent: 'order',
  priority: 'stat',
  code: { coding: [liftRequest] },
  description: reason,
  for: { reference: `Patient/${patient}` },
  authoredOn: at,
  requester: byHsaId(employee),
  owner: byHsaId(hsaId),
  // The unit that the spärr is asked to be lifted for.
  input: [{ type: { text: 'Enhet' }, valueReference: byHsaId(unit) }],
});

const noOpening = () =>
  refused(
    'forbidden',
    'A vårdgivare is asked to lift its spärr within an open nödöppning: make one first ($nodoppning).',
    'Gör en nödöppning först.',
  );

const notBlocked = () =>
  refused(
    'unprocessable',
    'This vårdgivare has no spärr about the person: $nodoppning tells which has.',
    'Den vårdgivaren har ingen spärr för personen.',
    'organisation',
  );
