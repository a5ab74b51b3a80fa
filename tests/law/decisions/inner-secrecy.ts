import {
  block,
  type Case,
  centre,
  consent,
  emergency,
  endsNow,
  justBefore,
  relation,
  startsNow,
  ward,
  withCommission,
} from './build.ts';

export const ownUnit: readonly Case[] = [
  {
    sentence: 'who takes part in the care reads what the own unit wrote',
    caller: centre,
    facts: { relations: [relation(centre)] },
    reason: 'own-unit',
  },
  {
    sentence: 'who has no relation to the patient reads nothing, at the own unit either',
    caller: centre,
    reason: 'no-inner-relation',
  },
  {
    sentence: 'a relation holds from its start',
    caller: centre,
    facts: { relations: [relation(centre, { during: startsNow })] },
    reason: 'own-unit',
  },
  {
    sentence: 'a relation does not hold a millisecond before its start',
    caller: centre,
    facts: { relations: [relation(centre, { during: startsNow })] },
    at: justBefore,
    reason: 'no-inner-relation',
  },
  {
    sentence: 'a relation holds until a millisecond before its end',
    caller: centre,
    facts: { relations: [relation(centre, { during: endsNow })] },
    at: justBefore,
    reason: 'own-unit',
  },
  {
    sentence: 'a relation does not hold at its end',
    caller: centre,
    facts: { relations: [relation(centre, { during: endsNow })] },
    reason: 'no-inner-relation',
  },
  {
    sentence: 'a relation with an unreadable limit does not hold',
    caller: centre,
    facts: { relations: [relation(centre, { during: { start: 'yesterday', end: null } })] },
    reason: 'no-inner-relation',
  },
  {
    sentence: 'the relation of another unit is not enough',
    caller: centre,
    facts: { relations: [relation(ward)] },
    reason: 'no-inner-relation',
  },
  {
    sentence: 'the relation of the whole organisation is enough',
    caller: centre,
    facts: { relations: [relation(centre, { unit: null })] },
    reason: 'own-unit',
  },
  {
    sentence: 'the relation of one employee is not that of another',
    caller: centre,
    facts: { relations: [relation(centre, { person: 'SE0000000002-2999' })] },
    reason: 'no-inner-relation',
  },
  {
    sentence: 'who is named in a CareTeam of the own organisation takes part in the care',
    caller: centre,
    facts: { relations: [relation(centre, { kind: 'participation' })] },
    reason: 'own-unit',
  },
  {
    sentence: 'a documented need of the work is enough',
    caller: centre,
    facts: { relations: [relation(centre, { kind: 'need' })] },
    reason: 'own-unit',
  },
  {
    sentence: 'an insats is no relation of a vårdgivare',
    caller: centre,
    facts: { relations: [relation(centre, { kind: 'insats' })] },
    reason: 'no-inner-relation',
  },
  {
    sentence: 'consent is no relation',
    caller: centre,
    facts: { consents: [consent(centre)] },
    reason: 'no-inner-relation',
  },
  {
    sentence: 'who has opened in danger reads what the own unit wrote, as who takes part in the care',
    caller: centre,
    facts: { emergencies: [emergency(centre)] },
    reason: 'own-emergency',
  },
  {
    sentence: 'where there is a relation too, that is the reason',
    caller: centre,
    facts: { relations: [relation(centre)], emergencies: [emergency(centre)] },
    reason: 'own-unit',
  },
  {
    sentence: 'no longer than the nödöppning lasts',
    caller: centre,
    facts: { emergencies: [emergency(centre, { during: endsNow })] },
    reason: 'no-inner-relation',
  },
  {
    sentence: 'a nödöppning that attests no relation needs a registered one, within the organisation too',
    caller: centre,
    facts: { emergencies: [emergency(centre, { relationAttested: false })] },
    reason: 'no-inner-relation',
  },
  {
    sentence: 'a nödöppning by a colleague is none of the reader’s',
    caller: centre,
    facts: { emergencies: [emergency(centre, { person: 'SE0000000002-2999' })] },
    reason: 'no-inner-relation',
  },
  {
    sentence: 'a block does not stand between a unit and what it wrote',
    caller: centre,
    facts: { relations: [relation(centre)], blocks: [block('inner'), block('outer')] },
    reason: 'own-unit',
  },
  {
    sentence: 'the unit sees the block that it keeps',
    caller: centre,
    facts: { relations: [relation(centre)] },
    row: { type: 'Consent', showsBlock: true },
    reason: 'own-unit',
  },
];

export const otherUnit: readonly Case[] = [
  {
    sentence: 'another unit of the vårdgivare reads on its own relation, without consent',
    caller: ward,
    facts: { relations: [relation(ward)] },
    reason: 'same-provider',
  },
  { sentence: 'another unit without relation reads nothing', caller: ward, reason: 'no-inner-relation' },
  {
    sentence: 'another unit that has opened in danger reads without a registered relation',
    caller: ward,
    facts: { emergencies: [emergency(ward)] },
    reason: 'own-emergency',
  },
  {
    sentence: 'on its relation, where it has one too',
    caller: ward,
    facts: { relations: [relation(ward, { kind: 'need' })], emergencies: [emergency(ward)] },
    reason: 'same-provider',
  },
  {
    sentence: 'an inner block keeps out who has opened in danger',
    caller: ward,
    facts: { emergencies: [emergency(ward)], blocks: [block('inner')] },
    reason: 'inner-blocked',
  },
  {
    sentence: "the writing unit's relation is not the reader's",
    caller: ward,
    facts: { relations: [relation(centre)] },
    reason: 'no-inner-relation',
  },
  {
    sentence: 'a row whose unit is not known is read as another unit’s',
    caller: centre,
    facts: { relations: [relation(centre)] },
    row: { unit: null },
    reason: 'same-provider',
  },
];

export const purpose: readonly Case[] = [
  {
    sentence: 'a commission for another purpose than care opens no patient data',
    caller: withCommission(centre, { purpose: 'Kvalitetssäkring' }),
    facts: { relations: [relation(centre)] },
    reason: 'purpose',
  },
  {
    sentence: 'a purpose in other letters is another purpose',
    caller: withCommission(centre, { purpose: 'vård och behandling' }),
    facts: { relations: [relation(centre)] },
    reason: 'purpose',
  },
  {
    sentence: 'nobody reads what no organisation answers for',
    caller: centre,
    facts: { relations: [relation(centre)] },
    row: { custodian: null },
    reason: 'no-custodian',
  },
];
