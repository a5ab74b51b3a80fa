import {
  always,
  assessor,
  block,
  byHomeHelp,
  type Case,
  homeHelp,
  homeNurse,
  kommun,
  lift,
  onDelegation,
  relation,
} from './build.ts';

const nursed = { custodian: kommun, unit: homeNurse.commission.unit };

export const omsorgWithin: readonly Case[] = [
  {
    sentence: 'staff of an omsorgsgivare read what the own unit wrote about who gets its insatser',
    caller: homeHelp,
    facts: { relations: [relation(homeHelp)] },
    row: byHomeHelp,
    reason: 'own-unit-omsorg',
  },
  {
    sentence: 'another unit of the omsorgsgivare reads on its own relation, as an assessment',
    caller: assessor,
    facts: { relations: [relation(assessor, { kind: 'investigation' })] },
    row: byHomeHelp,
    reason: 'same-omsorgsgivare',
  },
  {
    sentence: 'a patientrelation is no relation of an omsorgsgivare',
    caller: homeHelp,
    facts: { relations: [relation(homeHelp, { kind: 'care' })] },
    row: byHomeHelp,
    reason: 'no-inner-relation',
  },
  {
    sentence: 'the lifting of PDL is not for an omsorgsgivare',
    caller: assessor,
    facts: {
      relations: [relation(assessor)],
      blocks: [block('inner', { organisation: byHomeHelp.custodian, unit: null, lifts: [lift(assessor)] })],
    },
    row: byHomeHelp,
    reason: 'inner-blocked',
  },
  {
    sentence: 'on delegation an assistant nurse reads the home nursing of the same kommun',
    caller: onDelegation,
    facts: { relations: [relation(onDelegation)] },
    row: nursed,
    reason: 'own-unit',
  },
  {
    sentence: 'the same person in the commission of home help is in another legal actor, and needs consent',
    caller: homeHelp,
    facts: { relations: [relation(onDelegation), relation(homeHelp)] },
    row: nursed,
    reason: 'no-omsorg-consent',
  },
  {
    sentence: 'the block of one role of a kommun is not that of the other',
    caller: assessor,
    facts: {
      relations: [relation(assessor)],
      blocks: [block('inner', { organisation: kommun, unit: null, during: always })],
    },
    row: byHomeHelp,
    reason: 'same-omsorgsgivare',
  },
];
