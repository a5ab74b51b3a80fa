import type { Period } from './period.ts';

/**
 * One row of table `fact`: what a resource states that access decides on. Organisations are keys of legal actors
 * (legal-actor-key.ts), units and people HSA-ids.
 *
 * | kind | states |
 * |---|---|
 * | `care`, `insats`, `investigation`, `participation`, `need` | a relation of organisation (unit, person) to the patient |
 * | `consent-yes`, `consent-no` | an answer on SVOD, to organisation (unit, person) |
 * | `sip-yes`, `sip-no` | an answer on a SIP; opens nothing |
 * | `incapacity`, `child-unable` | the organisation's finding that the person cannot consent (SVOD 3:3-3:4, 3:1) |
 * | `block-inner`, `block-outer` | a spärr over information of organisation (unit) in `information`, save `types` |
 * | `lift` | the block `about` is lifted for unit (person) on the ground in `value`, by `author`, for `types` |
 * | `emergency` | a nödöppning of organisation, unit and person; `value` is `attested` when the relation was |
 * | `guardian`, `adult-proxy` | person acts for the patient |
 * | `guardian-keeps-access`, `young-person-has-access` | a unit's exception at 13-15 years |
 * | `informed` | the organisation has informed the person (SVOD 2:2) |
 * | `joined` | the organisation takes part in SVOD; about no patient |
 * | `born` | birth date in `value`, YYYY-MM-DD |
 * | `protected` | sekretessmarkering or skyddad folkbokföring |
 * | `deceased` | the person is dead, from `during` on |
 * | `replaced` | the Patient has been merged into the one that `about` is the id of; opens and closes nothing |
 */
export interface StatedFact {
  readonly kind: FactKind;
  readonly patient: string | null;
  readonly organisation: string | null;
  readonly unit: string | null;
  readonly person: string | null;
  /** Limits in whole milliseconds, [start, end). */
  readonly during: Period;
  /** Of a block: times of the information it is about. */
  readonly information: Period | null;
  /** Of a block: the information types it spares. Of a lift: the FHIR types found relevant. */
  readonly types: readonly string[];
  /** Of a block: the id of the Consent that it is. Of a lift: that of the block. Of `replaced`: that of a Patient. */
  readonly about: string | null;
  readonly value: string | null;
  /** Who stated it: employeeHsaId, or the id of a client. */
  readonly author: string | null;
}

const factKinds = [
  'care',
  'insats',
  'investigation',
  'participation',
  'need',
  'consent-yes',
  'consent-no',
  'sip-yes',
  'sip-no',
  'incapacity',
  'child-unable',
  'block-inner',
  'block-outer',
  'lift',
  'emergency',
  'guardian',
  'adult-proxy',
  'guardian-keeps-access',
  'young-person-has-access',
  'informed',
  'joined',
  'born',
  'protected',
  'deceased',
  'replaced',
] as const;

export type FactKind = (typeof factKinds)[number];

/** The types whose resources state facts. */
export const factTypes: readonly string[] = [
  'CareTeam',
  'Consent',
  'EpisodeOfCare',
  'OrganizationAffiliation',
  'Patient',
  'RelatedPerson',
];
