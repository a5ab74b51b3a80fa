import {
  ageException,
  astrid,
  beforeMidnight,
  block,
  byHomeHelp,
  type Case,
  endsNow,
  guarded,
  karin,
  kommun,
  midnight,
  turning,
  ward,
} from './build.ts';

export const self: readonly Case[] = [
  { sentence: 'a person reads about himself or herself', caller: astrid, reason: 'patient-self' },
  {
    sentence: 'a person reads what an omsorgsgivare wrote too',
    caller: astrid,
    row: byHomeHelp,
    reason: 'patient-self',
  },
  {
    sentence: 'a block does not hide from the person',
    caller: astrid,
    facts: { blocks: [block('inner'), block('outer')] },
    reason: 'patient-self',
  },
  {
    sentence: 'the block itself is not hidden from the person',
    caller: astrid,
    row: { type: 'Consent', showsBlock: true },
    reason: 'patient-self',
  },
  {
    sentence: 'nobody reads about another person',
    caller: { kind: 'patient', patient: 'erik' },
    reason: 'another-person',
  },
  {
    sentence: 'what is labelled NOPAT is not shown',
    caller: astrid,
    row: { labels: ['NOPAT'] },
    reason: 'not-for-patient',
  },
  {
    sentence: 'what is labelled NOPATIENT is not shown',
    caller: astrid,
    row: { labels: ['NOPATIENT'] },
    reason: 'not-for-patient',
  },
  {
    sentence: 'notes between staff are not shown',
    caller: astrid,
    row: { internalNote: true },
    reason: 'internal-note',
  },
  {
    sentence: 'who has protected identity sees the own data unmasked',
    caller: astrid,
    facts: { protectedIdentity: true },
    reason: 'patient-self',
  },
  {
    sentence: 'a young person reads from midnight of the 16th birthday',
    caller: astrid,
    facts: turning(16),
    at: midnight,
    reason: 'patient-self',
  },
  {
    sentence: 'a young person does not read a millisecond before the 16th birthday',
    caller: astrid,
    facts: turning(16),
    at: beforeMidnight,
    reason: 'under-16',
  },
  {
    sentence: 'who was born on 29 February turns on 1 March',
    caller: astrid,
    facts: { born: '2012-02-29' },
    at: '2028-02-28T23:00:00.000Z',
    reason: 'patient-self',
  },
  {
    sentence: 'a child of 12 does not read',
    caller: astrid,
    facts: { born: '2014-05-01' },
    reason: 'under-16',
  },
  {
    sentence: 'who may be a child does not read',
    caller: astrid,
    facts: { born: null },
    reason: 'age-unknown',
  },
  {
    sentence: 'a birth date without day is not known',
    caller: astrid,
    facts: { born: '1941-03' },
    reason: 'age-unknown',
  },
];

const earlier = { born: '2012-05-01', ageExceptions: [ageException('young-person-has-access')] };

const longer = { ...guarded, born: '2012-05-01', ageExceptions: [ageException('guardian-keeps-access')] };

export const youngPersons: readonly Case[] = [
  {
    sentence: 'a unit may let a young person of 13-15 read',
    caller: astrid,
    facts: earlier,
    reason: 'young-person-exception',
  },
  {
    sentence: 'what another unit wrote stays closed',
    caller: astrid,
    facts: earlier,
    row: { unit: ward.commission.unit },
    reason: 'under-16',
  },
  {
    sentence: 'the exception ends',
    caller: astrid,
    facts: { ...earlier, ageExceptions: [ageException('young-person-has-access', { during: endsNow })] },
    reason: 'under-16',
  },
  {
    sentence: 'the exception of another legal actor is none, though it names the unit',
    caller: astrid,
    facts: { ...earlier, ageExceptions: [ageException('young-person-has-access', { organisation: kommun })] },
    reason: 'under-16',
  },
  {
    sentence: 'nor is it for the guardian',
    caller: karin,
    facts: { ...longer, ageExceptions: [ageException('guardian-keeps-access', { organisation: kommun })] },
    reason: 'guardian-from-13',
  },
  {
    sentence: 'the exception is not for a child of 12',
    caller: astrid,
    facts: { ...earlier, born: '2014-05-01' },
    reason: 'under-16',
  },
  {
    sentence: 'the exception is not for the guardian',
    caller: karin,
    facts: { ...earlier, ...guarded },
    reason: 'guardian-from-13',
  },
  {
    sentence: 'a unit may let the guardian of a young person of 13-15 go on reading',
    caller: karin,
    facts: longer,
    reason: 'guardian-exception',
  },
  {
    sentence: 'what a unit lets the guardian read is not for the young person',
    caller: astrid,
    facts: longer,
    reason: 'under-16',
  },
  {
    sentence: 'what another unit wrote is not the guardian’s',
    caller: karin,
    facts: longer,
    row: { unit: ward.commission.unit },
    reason: 'guardian-from-13',
  },
  {
    sentence: 'the guardian’s exception is over at 16',
    caller: karin,
    facts: { ...longer, ...turning(16) },
    at: midnight,
    reason: 'guardian-from-13',
  },
];

export const availableBy26: readonly Case[] = [
  {
    sentence: 'data made available by 2:6 is not for own electronic access',
    caller: astrid,
    row: { availableBy26: true },
    reason: 'available-by-2-6',
  },
  {
    sentence: 'data made available by 2:6 is not for a guardian',
    caller: karin,
    facts: { ...guarded, born: '2016-05-01' },
    row: { availableBy26: true },
    reason: 'available-by-2-6',
  },
];
