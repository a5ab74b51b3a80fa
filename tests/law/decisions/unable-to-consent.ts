import {
  block,
  type Case,
  consent,
  endless,
  endsNow,
  helped,
  homeHelp,
  homeNurse,
  incapacity,
  kommun,
  kommunOmsorg,
  region,
  relation,
  thisWeek,
} from './build.ts';

const lasting = (change: Parameters<typeof incapacity>[1]) => ({
  relations: [relation(homeNurse)],
  unableToConsent: [incapacity(homeNurse, change)],
});

export const incapacityOfCare: readonly Case[] = [
  {
    sentence: 'a vårdgivare reads about who lastingly cannot take a stand',
    caller: homeNurse,
    facts: lasting({}),
    reason: 'svod-incapacity',
  },
  {
    sentence: 'a vårdgivare without patientrelation does not',
    caller: homeNurse,
    facts: { ...lasting({}), relations: [] },
    reason: 'no-patient-relation',
  },
  {
    sentence: 'nobody reads before the attitude has been explored',
    caller: homeNurse,
    facts: lasting({ attitudeExplored: false }),
    reason: 'no-consent',
  },
  {
    sentence: 'nobody reads when there is reason to think that the person would oppose',
    caller: homeNurse,
    facts: lasting({ noReasonToThinkOpposed: false }),
    reason: 'no-consent',
  },
  {
    sentence: 'a no that stands is reason to think so',
    caller: homeNurse,
    facts: { ...lasting({}), consents: [consent(homeNurse, { answer: 'no' })] },
    reason: 'no-consent',
  },
  {
    sentence: 'a finding without end opens nothing',
    caller: homeNurse,
    facts: lasting({ during: endless }),
    reason: 'no-consent',
  },
  {
    sentence: 'a finding that has ended opens nothing',
    caller: homeNurse,
    facts: lasting({ during: endsNow }),
    reason: 'no-consent',
  },
  {
    sentence: 'the finding of another organisation opens nothing',
    caller: homeNurse,
    facts: lasting({ organisation: region }),
    reason: 'no-consent',
  },
  {
    sentence: 'what is blocked stays blocked',
    caller: homeNurse,
    facts: { ...lasting({}), blocks: [block('outer')] },
    reason: 'outer-blocked',
  },
];

const child = {
  born: '2016-05-01',
  relations: [relation(homeNurse)],
  unableToConsent: [{ kind: 'child', organisation: kommun, during: thisWeek }] as const,
};

export const children: readonly Case[] = [
  {
    sentence: 'for a child who cannot consent no consent is needed',
    caller: homeNurse,
    facts: child,
    reason: 'svod-child',
  },
  {
    sentence: 'a child who was not found unable is asked',
    caller: homeNurse,
    facts: { ...child, unableToConsent: [] },
    reason: 'no-consent',
  },
  {
    sentence: 'a finding about a child must have an end',
    caller: homeNurse,
    facts: { ...child, unableToConsent: [{ ...child.unableToConsent[0], during: endless }] },
    reason: 'no-consent',
  },
  {
    sentence: 'nobody is a child at 18',
    caller: homeNurse,
    facts: { ...child, born: '2008-11-05' },
    reason: 'no-consent',
  },
  {
    sentence: 'who may be grown up is no child',
    caller: homeNurse,
    facts: { ...child, born: null },
    reason: 'no-consent',
  },
  {
    sentence: 'an omsorgsgivare has no such exception',
    caller: homeHelp,
    facts: {
      born: '2016-05-01',
      relations: [relation(homeHelp)],
      unableToConsent: [{ kind: 'child', organisation: kommunOmsorg, during: thisWeek }],
    },
    reason: 'no-omsorg-consent',
  },
];

export const incapacityOfOmsorg: readonly Case[] = [
  {
    sentence: 'an omsorgsgivare reads about who lastingly cannot take a stand and gets its insatser',
    caller: homeHelp,
    facts: { relations: [relation(homeHelp)], unableToConsent: [incapacity(homeHelp)] },
    reason: 'omsorg-incapacity',
  },
  {
    sentence: 'without insats an omsorgsgivare does not',
    caller: homeHelp,
    facts: { unableToConsent: [incapacity(homeHelp)] },
    reason: 'no-insats',
  },
  {
    sentence: 'a no that stands is reason to think so',
    caller: homeHelp,
    facts: {
      ...helped,
      consents: [consent(homeHelp, { answer: 'no' })],
      unableToConsent: [incapacity(homeHelp)],
    },
    reason: 'no-omsorg-consent',
  },
  {
    sentence: 'the finding of the home nursing is not that of the home help in the same kommun',
    caller: homeHelp,
    facts: { relations: [relation(homeHelp)], unableToConsent: [incapacity(homeNurse)] },
    reason: 'no-omsorg-consent',
  },
];
