import {
  block,
  type Case,
  endsNow,
  homeNurse,
  justBefore,
  kommun,
  kommunOmsorg,
  lift,
  open,
  region,
  startsNow,
  thisWeek,
} from './build.ts';

export const madeAvailable: readonly Case[] = [
  {
    sentence: 'data of who has not joined stays where it is',
    caller: homeNurse,
    facts: { ...open, joined: [{ organisation: kommun, during: thisWeek }] },
    reason: 'not-joined',
  },
  {
    sentence: 'who has not joined does not read',
    caller: homeNurse,
    facts: { ...open, joined: [{ organisation: region, during: thisWeek }] },
    reason: 'not-joined',
  },
  {
    sentence: 'data is not available before the person was informed',
    caller: homeNurse,
    facts: { ...open, informed: [] },
    reason: 'not-informed',
  },
  {
    sentence: 'data is available from when the person was informed',
    caller: homeNurse,
    facts: { ...open, informed: [{ organisation: region, at: startsNow.start }] },
    reason: 'svod-consent',
  },
  {
    sentence: 'data is not available a millisecond before the person was informed',
    caller: homeNurse,
    facts: { ...open, informed: [{ organisation: region, at: startsNow.start }] },
    at: justBefore,
    reason: 'not-informed',
  },
  {
    sentence: 'information by another organisation does not count',
    caller: homeNurse,
    facts: { ...open, informed: [{ organisation: kommun, at: thisWeek.start }] },
    reason: 'not-informed',
  },
  {
    sentence: 'what was made available by 2:6 needs no information',
    caller: homeNurse,
    facts: { ...open, informed: [] },
    row: { availableBy26: true },
    reason: 'svod-consent',
  },
  {
    sentence: 'who blocked is not told across the border',
    caller: homeNurse,
    facts: open,
    row: { type: 'Consent', showsBlock: true },
    reason: 'shows-block',
  },
];

const liftedOuter = (change: Parameters<typeof lift>[1]) => ({
  ...open,
  blocks: [block('outer', { lifts: [lift(homeNurse, change)] })],
});

export const outerBlock: readonly Case[] = [
  {
    sentence: 'an outer block of the whole vårdgivare covers each of its units',
    caller: homeNurse,
    facts: { ...open, blocks: [block('outer', { unit: null })] },
    reason: 'outer-blocked',
  },
  {
    sentence: 'an outer block covers what was already consented to',
    caller: homeNurse,
    facts: { ...open, blocks: [block('outer', { during: startsNow })] },
    reason: 'outer-blocked',
  },
  {
    sentence: 'an inner block does not stand against other vårdgivare',
    caller: homeNurse,
    facts: { ...open, blocks: [block('inner')] },
    reason: 'svod-consent',
  },
  {
    sentence: 'the block of another vårdgivare is none of this row',
    caller: homeNurse,
    facts: { ...open, blocks: [block('outer', { organisation: kommunOmsorg, unit: null })] },
    reason: 'svod-consent',
  },
  {
    sentence: 'the patient lifts it for a unit',
    caller: homeNurse,
    facts: liftedOuter({ officer: null }),
    reason: 'svod-consent',
  },
  {
    sentence: 'the blocker lifts it at request',
    caller: homeNurse,
    facts: liftedOuter({ ground: 'blocker' }),
    reason: 'svod-consent',
  },
  {
    sentence: 'at request it is lifted by an authorised officer alone',
    caller: homeNurse,
    facts: liftedOuter({ ground: 'blocker', officer: null }),
    reason: 'outer-blocked',
  },
  {
    sentence: 'nobody lifts it as indispensable',
    caller: homeNurse,
    facts: liftedOuter({ ground: 'indispensable', relevantTypes: ['CarePlan'] }),
    reason: 'outer-blocked',
  },
  {
    sentence: 'the lift of an outer block ends',
    caller: homeNurse,
    facts: liftedOuter({ during: endsNow }),
    reason: 'outer-blocked',
  },
  {
    sentence: 'a lifted block does not replace consent',
    caller: homeNurse,
    facts: { ...liftedOuter({}), consents: [] },
    reason: 'no-consent',
  },
];
