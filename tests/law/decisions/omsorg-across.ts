import { block, type Case, consent, endsNow, helped, homeHelp, homeNurse, relation } from './build.ts';

export const omsorgAcross: readonly Case[] = [
  {
    sentence: 'an omsorgsgivare reads with insats and consent',
    caller: homeHelp,
    facts: helped,
    reason: 'omsorg-consent',
  },
  {
    sentence: 'an assessment counts as insats',
    caller: homeHelp,
    facts: { ...helped, relations: [relation(homeHelp, { kind: 'investigation' })] },
    reason: 'omsorg-consent',
  },
  {
    sentence: 'consent without insats is not enough',
    caller: homeHelp,
    facts: { consents: [consent(homeHelp)] },
    reason: 'no-insats',
  },
  {
    sentence: 'an insats that has ended does not count',
    caller: homeHelp,
    facts: { ...helped, relations: [relation(homeHelp, { during: endsNow })] },
    reason: 'no-insats',
  },
  {
    sentence: 'an insats without consent is not enough',
    caller: homeHelp,
    facts: { relations: [relation(homeHelp)] },
    reason: 'no-omsorg-consent',
  },
  {
    sentence: 'consent to the home nursing is not consent to the home help',
    caller: homeHelp,
    facts: { relations: [relation(homeHelp)], consents: [consent(homeNurse, { unit: null })] },
    reason: 'no-omsorg-consent',
  },
  {
    sentence: 'an omsorgsgivare does not read what is blocked',
    caller: homeHelp,
    facts: { ...helped, blocks: [block('outer')] },
    reason: 'outer-blocked',
  },
  {
    sentence: 'an omsorgsgivare does not read what was not made available',
    caller: homeHelp,
    facts: { ...helped, informed: [] },
    reason: 'not-informed',
  },
];
