import {
  extensions,
  nextLage,
  type SipElements,
  type SipExtension,
  saysWhoDoes,
  sipCategory,
  sipPlanOf,
} from '@naravard/care';
import { type Finding, Problem } from '@naravard/fhir';
import { bad, type Engine, type Input, type Interaction, inputOf, said } from '@naravard/rest';
import { type Found, findAll } from '../../found.ts';
import { change } from '../../writing.ts';
import { followUp } from './follow-up.ts';
import { changeHead, grounded, groundFor, type Held } from './head.ts';
import { type Invitation, invitationsTo } from './invitations.ts';
import { withLage } from './lage.ts';
import { parties, referenceIn } from './referring.ts';

/**
 * `POST CarePlan/[id]/$sip-beslut` (HSL 2017:30 16 kap. 4 §): the plan is agreed on and comes into force. What is lacking of the
 * statutory contents is told, all of it at once: `huvudansvarig`, `uppfoljning` (a day) with `vem`, and the parts in which
 * region and kommun say what they answer for.
 */
export const sipBeslut: Interaction = {
  name: '$sip-beslut',
  method: 'POST',
  route: '/CarePlan/:id/$sip-beslut',
  body: ['fhir'],
  matches: true,
  writes: true,
  handle(engine, call) {
    const input = inputOf(engine, call, {
      huvudansvarig: 'reference',
      uppfoljning: 'date',
      vem: 'reference',
    });
    const responsible = referenceIn(engine, call, 'huvudansvarig', ['Organization']);
    const follow = followUp(dayIn(input), referenceIn(engine, call, 'vem', parties));
    return changeHead(engine, call, async (held) => {
      const { transaction, plan, patient, context } = held;
      const lage = nextLage(held.lage, 'beslut');
      const ground = await groundFor(held, patient);
      const parts = await findAll<SipElements>(engine, transaction, 'CarePlan', [
        ['part-of', `CarePlan/${call.id}`],
        ['category', `${sipCategory.system}|${sipCategory.code}`],
      ]);
      const urls = [...(responsible ? [extensions.huvudansvarig] : []), ...follow.map(({ url = '' }) => url)];
      const members = {
        status: 'active',
        extension: [...withLage(plan, lage, ...urls), ...responsibleOf(responsible), ...follow],
        supportingInfo: grounded(plan, ground),
        period: { ...plan.period, start: plan.period?.start ?? context.at },
      };
      checkComplete(engine, held, members, parts);
      const invitations = await invitationsTo(engine, transaction, call.id);
      return {
        lage,
        members,
        parts: await withoutPart(held, invitations, parts),
        told: 'SIP är beslutad.',
      };
    });
  },
};

function dayIn(input: Input): string | undefined {
  const text = input.date('uppfoljning')?.text;
  if (text !== undefined && text.length !== 'YYYY-MM-DD'.length) throw bad('uppfoljning', 'Give the day.');
  return text;
}

const responsibleOf = (reference: string | undefined): SipExtension[] =>
  reference === undefined ? [] : [{ url: extensions.huvudansvarig, valueReference: { reference } }];

/** All that is lacking, of the head's own rules and of what only head and parts show together. */
function checkComplete(
  engine: Engine,
  { context, stored, plan }: Held,
  members: Parameters<typeof change>[3],
  parts: readonly Found<SipElements>[],
): void {
  const together = sipPlanOf(
    plan,
    parts.map(({ resource }) => resource),
  );
  const lacking = saysWhoDoes(together) ? [] : [noInsatser];
  try {
    change(engine, context, stored, members);
  } catch (error) {
    if (!(error instanceof Problem) || error.kind !== 'business-rule') throw error;
    throw new Problem('business-rule', [...error.findings, ...lacking]);
  }
  if (lacking.length) throw new Problem('business-rule', lacking);
}

const noInsatser: Finding = {
  severity: 'error',
  rule: 'sip-insatser-per-huvudman',
  expression: 'CarePlan.activity',
  diagnostics:
    'No part tells yet what region or kommun answers for: each huvudman writes a CarePlan of category SIP with partOf this one (sip-insatser-per-huvudman: HSL (2017:30) 16 kap. 4 §).',
  sv: 'Det står inte än vilka insatser regionen eller kommunen ansvarar för.',
};

/**
 * Who takes part and has not written a part that the samordnare sees. It is said and refuses nothing: a plan is made without
 * delay, and no other organisation, nor a spärr, holds it up.
 */
async function withoutPart(
  { transaction }: Held,
  invitations: readonly Invitation[],
  parts: readonly Found<SipElements>[],
) {
  const keepers = await transaction.keepers(parts.map(({ stored: { type, id } }) => ({ type, id })));
  const written = [...keepers.values()].flatMap(({ custodian, unit }) => [
    unit,
    custodian?.slice('vg:'.length),
  ]);
  return invitations
    .filter(({ answer, status }) => answer?.event === 'accepterad' || status === 'accepted')
    .filter(({ invited }) => !written.includes(invited))
    .map(({ owner, invited }) => said(`${owner.display ?? invited} har inte skrivit sin del än.`));
}
