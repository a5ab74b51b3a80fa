import {
  beforeMidnight,
  type Case,
  endsNow,
  guarded,
  karin,
  midnight,
  represents,
  turning,
} from './build.ts';

export const guardians: readonly Case[] = [
  {
    sentence: 'a guardian who is also noted as ombud is a guardian',
    caller: karin,
    facts: { representatives: [represents('adult-proxy'), represents('guardian')], born: '2016-05-01' },
    reason: 'guardian-under-13',
  },
  {
    sentence: 'a guardian reads about a child of 12',
    caller: karin,
    facts: { ...guarded, ...turning(13) },
    at: beforeMidnight,
    reason: 'guardian-under-13',
  },
  {
    sentence: 'a guardian does not read from midnight of the 13th birthday',
    caller: karin,
    facts: { ...guarded, ...turning(13) },
    at: midnight,
    reason: 'guardian-from-13',
  },
  {
    sentence: 'who is no guardian does not read',
    caller: karin,
    facts: { born: '2016-05-01' },
    reason: 'no-guardian',
  },
  {
    sentence: 'who was guardian no longer reads',
    caller: karin,
    facts: { born: '2016-05-01', representatives: [represents('guardian', { during: endsNow })] },
    reason: 'no-guardian',
  },
  {
    sentence: 'the guardian of another child does not read',
    caller: { ...karin, of: 'erik' },
    facts: { ...guarded, born: '2016-05-01' },
    reason: 'another-person',
  },
  {
    sentence: 'a guardian does not read about who may be older',
    caller: karin,
    facts: { ...guarded, born: null },
    reason: 'age-unknown',
  },
  {
    sentence: 'a guardian does not read notes between staff',
    caller: karin,
    facts: { ...guarded, born: '2016-05-01' },
    row: { internalNote: true },
    reason: 'internal-note',
  },
  {
    sentence: 'an adult’s ombud is refused',
    caller: karin,
    facts: { representatives: [represents('adult-proxy')] },
    reason: 'adult-proxy',
  },
  {
    sentence: 'the guardian of who has grown up is refused',
    caller: karin,
    facts: guarded,
    reason: 'adult-proxy',
  },
  {
    sentence: 'an ombud for a child is refused',
    caller: karin,
    facts: { born: '2016-05-01', representatives: [represents('adult-proxy')] },
    reason: 'adult-proxy',
  },
];
