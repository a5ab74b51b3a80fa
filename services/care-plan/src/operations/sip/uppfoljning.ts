import { nextLage, sipExtensions } from '@naravard/care';
import { bad, type Interaction, inputOf, textOf } from '@naravard/rest';
import { followUp } from './follow-up.ts';
import { changeHead, grounded, groundFor, type Held } from './head.ts';
import { withLage } from './lage.ts';
import { parties, referenceIn } from './referring.ts';

/**
 * `POST CarePlan/[id]/$sip-uppfoljning`: the plan has been followed up, with what came out of it (`resultat`, a note for the
 * person to read), and is to be so again on a day (`uppfoljning`, `vem`). Who has no more to follow up ends it: `$sip-avslut`.
 */
export const sipUppfoljning: Interaction = {
  name: '$sip-uppfoljning',
  method: 'POST',
  route: '/CarePlan/:id/$sip-uppfoljning',
  body: ['fhir'],
  matches: true,
  writes: true,
  handle(engine, call) {
    const known = { resultat: 'string', uppfoljning: 'date', vem: 'reference' } as const;
    const input = inputOf(engine, call, known);
    const result = input.text('resultat');
    if (result === undefined)
      throw bad('resultat', 'Say what came out of the follow-up, for the person to read.');
    const day = input.date('uppfoljning')?.text;
    if (day?.length !== 'YYYY-MM-DD'.length || day <= call.context.at.slice(0, 10)) {
      throw bad(
        'uppfoljning',
        'Give the day of the next follow-up, in the time to come; or end the plan with $sip-avslut.',
      );
    }
    const follow = followUp(day, referenceIn(engine, call, 'vem', parties));
    return changeHead(engine, call, async (held) => {
      const lage = nextLage(held.lage, 'uppfoljning');
      const ground = await groundFor(held, held.patient);
      return {
        lage,
        members: {
          extension: [...withLage(held.plan, lage, sipExtensions.uppfoljning), ...follow],
          supportingInfo: grounded(held.plan, ground),
          note: [...notesOf(held), { time: held.context.at, text: result }],
        },
        told: 'Uppföljningen är antecknad.',
      };
    });
  },
};

const notesOf = ({ stored }: Held): readonly object[] =>
  (JSON.parse(textOf(stored)) as { note?: readonly object[] }).note ?? [];
