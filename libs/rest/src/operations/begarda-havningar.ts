import { liftRequestRights } from '@naravard/access';
import { identifierSystems } from '@naravard/fhir';
import type { Interaction } from '../call.ts';
import { careCommission, checkScopes, isBlockOfficer } from './callers.ts';
import { liftRequestKeys, liftRequestToken } from './lift-request.ts';
import { refused } from './refusal.ts';
import { searchAs } from './search-as.ts';
import { notOfficer } from './sparrar.ts';

/**
 * `GET $begarda-havningar` (SVOD 2022:913 3 kap 5 §): what others ask the officer's own vårdgivare to lift, newest first, as a
 * searchset of Tasks. They stand in the records of who asks, and are shown to whom they are sent.
 */
export const begardaHavningar: Interaction = {
  name: '$begarda-havningar',
  method: 'GET',
  route: '/$begarda-havningar',
  async handle(engine, call) {
    const { context } = call;
    const { organisation } = careCommission(context.actor);
    checkScopes(context.actor, 'Task', 's');
    if (!isBlockOfficer(context.actor)) throw notOfficer();
    if (organisation.as !== 'vardgivare') throw onlyCare();
    const rights = liftRequestRights(context.at, liftRequestKeys(engine));
    return searchAs(engine, call, { ...context, ...rights }, 'Task', [
      ['code', liftRequestToken],
      ['owner:identifier', `${identifierSystems.hsaId}|${organisation.hsaId}`],
    ]);
  },
};

const onlyCare = () =>
  refused(
    'forbidden',
    'Only a vårdgivare is asked to lift a spärr (SVOD 2022:913 3 kap 5 §).',
    'Bara vårdgivare får sådana begäranden.',
  );
