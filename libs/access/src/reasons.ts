/**
 * The closed lists of why something is seen or not, each with its section of law ("chapter:section"). What is on neither
 * list cannot be decided. docs/access.md lists the same rows; a test compares them.
 */
export const grounds = {
  'own-unit': 'PDL 4:1',
  'same-provider': 'PDL 4:1',
  'inner-block-lifted': 'PDL 4:5',
  'person-data': 'PDL 4:1, SVOD 4:3',
  'own-emergency': 'PDL 4:1',
  'own-unit-omsorg': 'SVOD 4:3',
  'same-omsorgsgivare': 'SVOD 4:3',
  'svod-consent': 'SVOD 3:1',
  'svod-child': 'SVOD 3:1',
  'svod-incapacity': 'SVOD 3:3',
  'svod-emergency': 'SVOD 3:6',
  'omsorg-consent': 'SVOD 3:2',
  'omsorg-incapacity': 'SVOD 3:4',
  'patient-self': 'PDL 5:5, SVOD 4:2',
  'young-person-exception': 'PDL 5:5',
  'guardian-under-13': 'PDL 5:5',
  'guardian-exception': 'PDL 5:5',
  'system-own-organisation': 'SVOD 4:1',
  directory: 'none',
  'own-unit-no-patient': 'none',
} as const satisfies Record<string, string>;

export const refusals = {
  'time-unknown': 'none',
  'other-facts': 'none',
  'no-patient': 'none',
  'no-custodian': 'SVOD 4:1',
  purpose: 'PDL 4:2, SVOD 4:3',
  'no-inner-relation': 'PDL 4:1, SVOD 4:3',
  'inner-blocked': 'PDL 4:4',
  'shows-block': 'PDL 4:4, SVOD 2:5',
  'outside-svod': 'SVOD 1:3',
  'not-joined': 'SVOD 2:4',
  'not-informed': 'SVOD 2:2',
  'outer-blocked': 'SVOD 2:3',
  'ask-the-blocker': 'SVOD 3:5',
  'no-patient-relation': 'SVOD 3:1',
  'no-consent': 'SVOD 3:1, 3:7',
  'no-insats': 'SVOD 3:2',
  'no-omsorg-consent': 'SVOD 3:2, 3:7',
  deceased: 'SVOD 3:1, 3:2',
  'another-person': 'PDL 5:5, SVOD 4:2',
  'not-for-patient': 'PDL 5:5, SVOD 4:2',
  'internal-note': 'PDL 5:5, SVOD 4:2',
  'available-by-2-6': 'SVOD 4:2',
  'age-unknown': 'PDL 5:5',
  'under-16': 'PDL 5:5',
  'no-guardian': 'PDL 5:5',
  'guardian-from-13': 'PDL 5:5',
  'guardian-protected-identity': 'OSL 22:1',
  'adult-proxy': 'PDL 5:5',
  'system-other-organisation': 'SVOD 4:1',
  administrator: 'PDL 4:2',
} as const satisfies Record<string, string>;

/** Grounds that a nödöppning alone gives: the log says so of every such reading (HSLF-FS 2016:40 4 kap 9 §). */
export const emergencyGrounds = ['own-emergency', 'svod-emergency'] as const satisfies readonly Ground[];

export type Ground = keyof typeof grounds;
export type Refusal = keyof typeof refusals;
