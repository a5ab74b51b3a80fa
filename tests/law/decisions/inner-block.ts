import {
  block,
  type Case,
  emergency,
  endsNow,
  justBefore,
  lift,
  relation,
  startsNow,
  ward,
} from './build.ts';

const blocked = (change: Parameters<typeof block>[1]) => ({
  relations: [relation(ward)],
  blocks: [block('inner', change)],
});

export const innerBlock: readonly Case[] = [
  {
    sentence: 'an inner block keeps other units out',
    caller: ward,
    facts: blocked({}),
    reason: 'inner-blocked',
  },
  {
    sentence: 'an inner block of the whole vårdgivare keeps each unit from the others',
    caller: ward,
    facts: blocked({ unit: null }),
    reason: 'inner-blocked',
  },
  {
    sentence: 'an inner block of another unit is none of this row',
    caller: ward,
    facts: blocked({ unit: 'SE0000000002-PSY' }),
    reason: 'same-provider',
  },
  {
    sentence: 'an inner block covers a row whose unit is not known',
    caller: ward,
    facts: blocked({}),
    row: { unit: null },
    reason: 'inner-blocked',
  },
  {
    sentence: 'an outer block does not stand within the vårdgivare',
    caller: ward,
    facts: { relations: [relation(ward)], blocks: [block('outer')] },
    reason: 'same-provider',
  },
  {
    sentence: 'a block stands from its start',
    caller: ward,
    facts: blocked({ during: startsNow }),
    reason: 'inner-blocked',
  },
  {
    sentence: 'a block does not stand before its start',
    caller: ward,
    facts: blocked({ during: startsNow }),
    at: justBefore,
    reason: 'same-provider',
  },
  {
    sentence: 'a block stands until its end',
    caller: ward,
    facts: blocked({ during: endsNow }),
    at: justBefore,
    reason: 'inner-blocked',
  },
  {
    sentence: 'a block does not stand at its end',
    caller: ward,
    facts: blocked({ during: endsNow }),
    reason: 'same-provider',
  },
  {
    sentence: 'a block with an unreadable limit stands',
    caller: ward,
    facts: blocked({ during: { start: null, end: 'later' } }),
    reason: 'inner-blocked',
  },
  {
    sentence: 'information from the start of its interval is blocked',
    caller: ward,
    facts: blocked({ information: { start: '2026-10-01T08:00:00.000Z', end: null } }),
    reason: 'inner-blocked',
  },
  {
    sentence: 'information at the end of its interval is not blocked',
    caller: ward,
    facts: blocked({ information: { start: null, end: '2026-10-01T08:00:00.000Z' } }),
    reason: 'same-provider',
  },
  {
    sentence: 'information of unknown time is blocked by every interval',
    caller: ward,
    facts: blocked({ information: { start: null, end: '2019-01-01T00:00:00.000Z' } }),
    row: { time: null },
    reason: 'inner-blocked',
  },
  {
    sentence: 'an excluded information type is not blocked',
    caller: ward,
    facts: blocked({ excludedTypes: ['lak', 'upp'] }),
    row: { informationType: 'upp' },
    reason: 'same-provider',
  },
  {
    sentence: 'information of another type than the excluded is blocked',
    caller: ward,
    facts: blocked({ excludedTypes: ['lak'] }),
    row: { informationType: 'upp' },
    reason: 'inner-blocked',
  },
  {
    sentence: 'information of no type is not excluded',
    caller: ward,
    facts: blocked({ excludedTypes: ['lak'] }),
    reason: 'inner-blocked',
  },
  {
    sentence: 'what the person has answered to the whole organisation is not blocked',
    caller: ward,
    facts: blocked({}),
    row: { type: 'Consent', unit: null, answer: true },
    reason: 'same-provider',
  },
  {
    sentence: 'an answer that the unit has taken down is blocked with it',
    caller: ward,
    facts: blocked({}),
    row: { type: 'Consent', answer: true },
    reason: 'inner-blocked',
  },
  {
    sentence: 'who blocked is not told to another unit',
    caller: ward,
    facts: { relations: [relation(ward)] },
    row: { type: 'Consent', showsBlock: true },
    reason: 'shows-block',
  },
];

const lifted = (...lifts: Parameters<typeof lift>[1][]) =>
  blocked({ lifts: lifts.map((change) => lift(ward, change)) });

export const innerLift: readonly Case[] = [
  {
    sentence: 'an officer lifts an inner block with consent',
    caller: ward,
    facts: lifted({}),
    reason: 'inner-block-lifted',
  },
  {
    sentence: 'an officer lifts an inner block for indispensable information, for what is relevant',
    caller: ward,
    facts: lifted({ ground: 'indispensable', relevantTypes: ['CarePlan'] }),
    reason: 'inner-block-lifted',
  },
  {
    sentence: 'what the officer did not find relevant stays blocked',
    caller: ward,
    facts: lifted({ ground: 'indispensable', relevantTypes: ['Encounter'] }),
    reason: 'inner-blocked',
  },
  {
    sentence: 'nobody but an officer lifts it with consent',
    caller: ward,
    facts: lifted({ officer: null }),
    reason: 'inner-blocked',
  },
  {
    sentence: 'nobody but an officer lifts it as indispensable',
    caller: ward,
    facts: lifted({ ground: 'indispensable', officer: null, relevantTypes: ['CarePlan'] }),
    reason: 'inner-blocked',
  },
  {
    sentence: 'a granted request is how an outer block is lifted, not an inner one',
    caller: ward,
    facts: lifted({ ground: 'blocker' }),
    reason: 'inner-blocked',
  },
  {
    sentence: 'a lift for another unit does not count',
    caller: ward,
    facts: lifted({ unit: 'SE0000000002-IVA' }),
    reason: 'inner-blocked',
  },
  {
    sentence: 'a lift for another person does not count',
    caller: ward,
    facts: lifted({ person: 'SE0000000002-2999' }),
    reason: 'inner-blocked',
  },
  {
    sentence: 'a lift for one person counts for that person',
    caller: ward,
    facts: lifted({ person: ward.commission.employee }),
    reason: 'inner-block-lifted',
  },
  { sentence: 'a lift ends', caller: ward, facts: lifted({ during: endsNow }), reason: 'inner-blocked' },
  {
    sentence: 'two blocks need to be lifted both',
    caller: ward,
    facts: {
      relations: [relation(ward)],
      blocks: [block('inner', { lifts: [lift(ward)] }), block('inner', { unit: null })],
    },
    reason: 'inner-blocked',
  },
  {
    sentence: 'a lifted block does not replace the relation',
    caller: ward,
    facts: { blocks: [block('inner', { lifts: [lift(ward)] })] },
    reason: 'no-inner-relation',
  },
  {
    sentence: 'emergency access does not lift an inner block',
    caller: ward,
    facts: { ...blocked({}), emergencies: [emergency(ward)] },
    reason: 'inner-blocked',
  },
  {
    sentence: 'what a lift has opened is read in a nödöppning as one, without a relation',
    caller: ward,
    facts: { blocks: [block('inner', { lifts: [lift(ward)] })], emergencies: [emergency(ward)] },
    reason: 'own-emergency',
  },
];
