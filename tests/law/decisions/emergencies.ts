import {
  block,
  type Case,
  emergency,
  endless,
  endsNow,
  helped,
  homeHelp,
  homeNurse,
  justBefore,
  kommunOmsorg,
  lift,
  onDelegation,
  open,
  relation,
} from './build.ts';

const danger = (change: Parameters<typeof emergency>[1]) => ({ emergencies: [emergency(homeNurse, change)] });

export const emergencies: readonly Case[] = [
  {
    sentence: 'a nödöppning by the kommun as omsorgsgivare is none of its home nursing',
    caller: homeNurse,
    facts: danger({ organisation: kommunOmsorg }),
    reason: 'no-patient-relation',
  },
  {
    sentence: 'in danger a vårdgivare reads without consent',
    caller: homeNurse,
    facts: danger({}),
    reason: 'svod-emergency',
  },
  {
    sentence: 'a registered patientrelation need not be attested again',
    caller: homeNurse,
    facts: { ...danger({ relationAttested: false }), relations: [relation(homeNurse)] },
    reason: 'svod-emergency',
  },
  {
    sentence: 'a nödöppning needs a patientrelation, registered or attested',
    caller: homeNurse,
    facts: danger({ relationAttested: false }),
    reason: 'no-patient-relation',
  },
  {
    sentence: 'a nödöppning needs a reason',
    caller: homeNurse,
    facts: danger({ reason: ' ' }),
    reason: 'no-patient-relation',
  },
  {
    sentence: 'a nödöppning needs a stated danger',
    caller: homeNurse,
    facts: danger({ dangerStated: false }),
    reason: 'no-patient-relation',
  },
  {
    sentence: 'a nödöppning has expired at its end',
    caller: homeNurse,
    facts: danger({ during: endsNow }),
    reason: 'no-patient-relation',
  },
  {
    sentence: 'a nödöppning holds until a millisecond before its end',
    caller: homeNurse,
    facts: danger({ during: endsNow }),
    at: justBefore,
    reason: 'svod-emergency',
  },
  {
    sentence: 'a nödöppning without end opens nothing',
    caller: homeNurse,
    facts: danger({ during: endless }),
    reason: 'no-patient-relation',
  },
  {
    sentence: 'a nödöppning is not for a colleague',
    caller: onDelegation,
    facts: danger({}),
    reason: 'no-patient-relation',
  },
  {
    sentence: 'a nödöppning is not for the same person in another commission',
    caller: { ...homeNurse, commission: { ...homeNurse.commission, unit: 'SE0000000001-NATT' } },
    facts: danger({}),
    reason: 'no-patient-relation',
  },
  {
    sentence: 'danger does not open what was not made available',
    caller: homeNurse,
    facts: { ...danger({}), informed: [] },
    reason: 'not-informed',
  },
  {
    sentence: 'where consent was given, that is the reason',
    caller: homeNurse,
    facts: { ...open, ...danger({}) },
    reason: 'svod-consent',
  },
  {
    sentence: 'an omsorgsgivare has no emergency access',
    caller: homeHelp,
    facts: { relations: [relation(homeHelp)], emergencies: [emergency(homeHelp)] },
    reason: 'no-omsorg-consent',
  },
];

export const blockedInDanger: readonly Case[] = [
  {
    sentence: 'what is blocked against others is not opened in danger: the blocker is asked',
    caller: homeNurse,
    facts: { ...danger({}), blocks: [block('outer')] },
    reason: 'ask-the-blocker',
  },
  {
    sentence: 'consent to reading does not open what is blocked in danger',
    caller: homeNurse,
    facts: { ...open, ...danger({}), blocks: [block('outer')] },
    reason: 'ask-the-blocker',
  },
  {
    sentence: 'when the blocker has lifted it, danger opens it',
    caller: homeNurse,
    facts: { ...danger({}), blocks: [block('outer', { lifts: [lift(homeNurse, { ground: 'blocker' })] })] },
    reason: 'svod-emergency',
  },
  {
    sentence: 'an omsorgsgivare is not referred to the blocker',
    caller: homeHelp,
    facts: { ...helped, emergencies: [emergency(homeHelp)], blocks: [block('outer')] },
    reason: 'outer-blocked',
  },
];
