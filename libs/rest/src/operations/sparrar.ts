import { type consentCodes, systems } from '@naravard/access';
import type { Interaction } from '../call.ts';
import { careCommission, checkScopes, isBlockOfficer, keeperOf } from './callers.ts';
import { keeping } from './recording.ts';
import { refused } from './refusal.ts';
import { searchAs } from './search-as.ts';

const shown = [
  'sparr-inre',
  'sparr-yttre',
  'sparr-havning',
] as const satisfies readonly (keyof typeof consentCodes)[];

/**
 * `GET Patient/[id]/$sparrar` (PDL 2008:355 4 kap 5 §): the spärrar that the officer's own organisation keeps about the
 * person, with what is lifted, as a searchset of Consents: who has blocked is shown to who may lift it, and to nobody else.
 */
export const sparrar: Interaction = {
  name: '$sparrar',
  method: 'GET',
  route: '/Patient/:id/$sparrar',
  async handle(engine, call) {
    const { context, id } = call;
    const commission = careCommission(context.actor);
    checkScopes(context.actor, 'Consent', 's');
    if (!isBlockOfficer(context.actor)) throw notOfficer();
    const codes = shown.map((code) => `${systems.consent}|${code}`).join(',');
    return searchAs(engine, call, keeping(call, keeperOf(commission), 'block-officer'), 'Consent', [
      ['patient', id],
      ['category', codes],
      ['status', 'active'],
    ]);
  },
};

export const notOfficer = () =>
  refused(
    'forbidden',
    'Only an authorised officer may see this: choose a commission with that task (PDL 2008:355 4 kap 5 §).',
    'Bara en behörig spärrhandläggare får se detta.',
  );
