import { labelledAs, nextLage, type SipElements, sipLageOf, sipTasks } from '@naravard/care';
import { Problem } from '@naravard/fhir';
import {
  answered,
  bad,
  careCommission,
  checkScopes,
  type Engine,
  type Interaction,
  inputOf,
  referring,
  refused,
  said,
  writeAll,
} from '@naravard/rest';
import type { Transaction } from '@naravard/store';
import { type Commission, change, creation, type Made, writingAs } from '../../writing.ts';
import { headOf } from './head.ts';
import { type Invitation, invitationsTo, lageAfter } from './invitations.ts';

const answers = ['accepterad', 'avbojd'] as const;

/**
 * `POST CarePlan/[id]/$sip-svar`: an invited unit accepts, or declines with a reason. The answer is a Task of the unit's own,
 * based on the invitation, since the invitation stands in another's record (HFD 2017:67); a later answer is its next version.
 * When one huvudman finds that a SIP is needed the other is bound to take part (HSL 2017:30 16 kap. 4 §): the answer says so.
 */
export const sipSvar: Interaction = {
  name: '$sip-svar',
  method: 'POST',
  route: '/CarePlan/:id/$sip-svar',
  body: ['fhir'],
  writes: true,
  async handle(engine, call) {
    const { id } = call;
    const commission = careCommission(call.context.actor);
    checkScopes(call.context.actor, 'Task', 'c');
    const input = inputOf(engine, call, { svar: 'code', orsak: 'string' });
    const event = input.code('svar', answers);
    const reason = input.text('orsak');
    if (event === undefined) throw bad('svar', `Give the answer: ${answers.join(', ')}.`);
    if (event === 'avbojd' && reason === undefined) throw bad('orsak', 'Give the reason to decline.');
    const context = writingAs(call.context, commission);
    return engine.store.transaction(context, async (transaction) => {
      const [stored] = await transaction.current([{ type: 'CarePlan', id }]);
      if (!stored || stored.deleted) throw new Problem(stored ? 'deleted' : 'not-found');
      const plan = headOf(stored);
      nextLage(sipLageOf(plan), event);
      const { invitation, others } = await lockedInvitation(engine, transaction, id, commission);
      const members = {
        status: event === 'avbojd' ? 'rejected' : 'accepted',
        statusReason: reason === undefined ? undefined : { text: reason },
        lastModified: context.at,
      };
      const made = answerTo(invitation, id, plan, context.at);
      const write = invitation.answer
        ? change(engine, context, invitation.answer.stored, members)
        : creation(engine, context, { ...made, ...members });
      await writeAll(transaction, [write]);
      const lage = nextLage(lageAfter(sipLageOf(plan), others), event);
      return answered(
        referring('svar', `Task/${write.id}`),
        { name: 'lage', valueCode: lage },
        said(told[event]),
      );
    });
  },
};

/** The caller's invitation and those of the others. Who answers for the same unit waits, so that there is one answer. */
async function lockedInvitation(
  engine: Engine,
  transaction: Transaction,
  head: string,
  commission: Commission,
): Promise<{ invitation: Invitation; others: readonly Invitation[] }> {
  const asked = ownOf(await invitationsTo(engine, transaction, head), commission);
  await transaction.current([asked.stored]);
  const all = await invitationsTo(engine, transaction, head);
  const invitation = ownOf(all, commission);
  return { invitation, others: all.filter((each) => each !== invitation) };
}

const told = {
  accepterad: 'Svaret är skickat: ni deltar. Skriv era insatser i en egen del av planen.',
  avbojd:
    'Svaret är skickat: ni har tackat nej. Om kommunen eller regionen bedömer att en SIP behövs ska båda delta.',
} as const;

/** The invitation to the caller's unit, or to its organisation. @throws Problem 'forbidden' */
function ownOf(
  invitations: readonly Invitation[],
  { unit, organisation }: Pick<Commission, 'unit' | 'organisation'>,
): Invitation {
  const own =
    invitations.find(({ invited }) => invited === unit) ??
    invitations.find(({ invited }) => invited === organisation.hsaId);
  if (own) return own;
  throw refused(
    'forbidden',
    'Your unit is not invited to this SIP: ask the samordnare for an invitation.',
    'Din enhet är inte inbjuden till den här planen. Kontakta samordnaren.',
  );
}

const answerTo = ({ stored, owner }: Invitation, head: string, plan: SipElements, at: string) =>
  ({
    resourceType: 'Task',
    ...labelledAs(plan),
    basedOn: [{ reference: `Task/${stored.id}` }],
    status: 'accepted',
    intent: 'filler-order',
    code: { coding: [sipTasks.svar] },
    focus: { reference: `CarePlan/${head}` },
    for: plan.subject,
    authoredOn: at,
    owner,
  }) satisfies Made;
