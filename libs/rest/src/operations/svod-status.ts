import { type Commission, factsOf, keyOfActor } from '@naravard/access';
import { Problem } from '@naravard/fhir';
import type { Interaction } from '../call.ts';
import type { Engine } from '../engine.ts';
import { refusal } from '../reply.ts';
import { answered, said } from './answer.ts';
import { checkPerson, checkScopes, speakerOf } from './callers.ts';
import { refused } from './refusal.ts';

/**
 * `GET Patient/[id]/$svod-status` (SVOD 2022:913 2 kap 4-5 §§): whether others have made data on the person available, and,
 * for a vårdgivare and the person, whether a vårdgivare's is blocked; never whose or what. For staff of a legal actor that
 * takes part, with or without a relation to the person, and for the person who may read it.
 */
export const svodStatus: Interaction = {
  name: '$svod-status',
  method: 'GET',
  route: '/Patient/:id/$svod-status',
  async handle({ store }, { context, id }) {
    const speaker = speakerOf(context.actor, id);
    checkScopes(context.actor, 'Patient', 'r');
    const facts = speaker.kind === 'patient' ? await store.facts(id) : undefined;
    if (facts) checkPerson(factsOf(id, facts), context.at);
    const caller =
      speaker.kind === 'patient' ? speaker : ({ kind: 'staff', commission: speaker.commission } as const);
    const found = await store.shared(context, { patient: id, caller, who: false });
    // In this order: who takes no part does not learn either that there is such a person.
    if (!found.joined) return refusal(notJoined());
    if (!found.known) return refusal(new Problem('not-found'));
    const isCare = speaker.kind === 'patient' || speaker.commission.organisation.as === 'vardgivare';
    return answered(
      { name: 'unblockedDataExists', valueBoolean: found.open },
      ...(isCare ? [{ name: 'blockedDataExists', valueBoolean: found.blocked }] : []),
      said(sentenceOf(found.open, isCare && found.blocked)),
    );
  },
};

/**
 * Asked before the person is looked up, so that who takes no part does not learn that there is such a person.
 * @throws Problem 'forbidden'
 */
export async function checkJoined(
  { store }: Pick<Engine, 'store'>,
  { organisation }: Commission,
  at: string,
): Promise<void> {
  if (!(await store.takesPart(keyOfActor(organisation), at))) throw notJoined();
}

/** SVOD 2 kap 4 §: what is shared is for those who take part. */
const notJoined = (): Problem =>
  refused(
    'forbidden',
    'Your organisation does not take part in the sharing of data across organisations (SVOD 2022:913).',
    'Din organisation deltar inte i sammanhållen vård- och omsorgsdokumentation.',
  );

function sentenceOf(open: boolean, blocked: boolean): string {
  const first = open
    ? 'Det finns uppgifter hos andra som inte är spärrade.'
    : 'Det finns inga ospärrade uppgifter hos andra.';
  return blocked ? `${first} Det finns också spärrade uppgifter.` : first;
}
