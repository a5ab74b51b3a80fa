import { factsOf, svodInformationGiven } from '@naravard/access';
import type { Interaction } from '../call.ts';
import { answered, referring, said } from './answer.ts';
import { careCommission, checkScopes, checkTakesPart, keeperOf } from './callers.ts';
import { bad, inputOf } from './input.ts';
import { keeping, record } from './recording.ts';

/**
 * `POST Patient/[id]/$informera` (SVOD 2022:913 2 kap 2 §): the person was told, `at` a day or an instant, what sharing means and
 * that it can be opposed. From then on the organisation's data is available to others.
 */
export const informera: Interaction = {
  name: '$informera',
  method: 'POST',
  route: '/Patient/:id/$informera',
  body: ['fhir'],
  writes: true,
  async handle(engine, call) {
    const { context, id } = call;
    const commission = careCommission(context.actor);
    checkScopes(context.actor, 'Consent', 'c');
    const given = inputOf(engine, call, { at: 'date' }).date('at');
    if (given && given.start > context.at) throw bad('at', 'Record the information when it has been given.');
    if (given && given.text.length < 'YYYY-MM-DD'.length) throw bad('at', 'Give the day.');
    const at = given?.text ?? context.at;
    const kept = keeping(call, keeperOf(commission), context.scope.reason);
    const [consent = ''] = await record(engine, call, kept, (stated) => {
      checkTakesPart(factsOf(id, stated), commission, context.at);
      return { made: [svodInformationGiven({ patient: id, at })] };
    });
    return answered(
      referring('information', consent),
      said('Det är antecknat att personen har fått informationen.'),
    );
  },
};
