import type { LegalActor } from './caller.ts';
import type { Period } from './period.ts';

/** Everything about one patient that a decision looks at, whoever asks. Ids of organisations, units and staff are HSA-ids. */
export interface Facts {
  readonly patient: string;
  /** Birth date as YYYY-MM-DD; null when it is not known to the day. */
  readonly born: string | null;
  /** Sekretessmarkering or skyddad folkbokföring (OSL 22 kap 1 §). */
  readonly protectedIdentity: boolean;
  /** Since when the person is registered as dead; null when not. */
  readonly deceased: Period | null;
  readonly relations: readonly CareRelation[];
  readonly consents: readonly ConsentAnswer[];
  readonly unableToConsent: readonly UnableToConsent[];
  readonly blocks: readonly Block[];
  readonly emergencies: readonly Emergency[];
  readonly representatives: readonly Representative[];
  readonly ageExceptions: readonly AgeException[];
  readonly informed: readonly InformedPerson[];
  /** Who takes part in SVOD. Optional to join, but then all of its rules apply. */
  readonly joined: readonly JoinedActor[];
}

/** Whom among the staff a fact is for: a null unit is the whole organisation, a null person the whole unit. */
export interface Reach {
  readonly organisation: LegalActor;
  readonly unit: string | null;
  readonly person: string | null;
}

/**
 * Why staff have to do with the patient. `care`: patientrelation with a vårdgivare. `insats`: the person gets the
 * omsorgsgivare's insatser; `investigation`: is being assessed for them. `participation`: named in a CareTeam of the own
 * organisation. `need`: the unit has documented that its work needs the record without taking part in the care.
 */
export interface CareRelation extends Reach {
  readonly kind: 'care' | 'insats' | 'investigation' | 'participation' | 'need';
  readonly during: Period;
}

/** An answer to a consent question. The third answer, cannot take a stand, is an `UnableToConsent`. */
export interface ConsentAnswer extends Reach {
  /** Consent to a SIP is not consent to SVOD. */
  readonly kind: 'svod' | 'sip';
  readonly answer: 'yes' | 'no';
  readonly during: Period;
}

/** An organisation's documented finding that the person cannot consent; it holds only with an end. */
export type UnableToConsent = LastingIncapacity | ImmatureChild;

export interface LastingIncapacity {
  readonly kind: 'lasting-incapacity';
  readonly organisation: LegalActor;
  /** The person's attitude has been explored as far as possible. */
  readonly attitudeExplored: boolean;
  /** There is no reason to think that the person would oppose. */
  readonly noReasonToThinkOpposed: boolean;
  readonly during: Period;
}

export interface ImmatureChild {
  readonly kind: 'child';
  readonly organisation: LegalActor;
  readonly during: Period;
}

/**
 * A spärr. `inner`: against other units of the same vårdgivare; `outer`: against other vårdgivare and omsorgsgivare.
 * It is about information of `unit` (null = of the whole organisation) whose time lies in `information`, save the
 * excluded types, and stands `during` its own period.
 */
export interface Block {
  readonly reach: 'inner' | 'outer';
  readonly organisation: LegalActor;
  readonly unit: string | null;
  readonly information: Period;
  readonly excludedTypes: readonly string[];
  readonly during: Period;
  readonly lifts: readonly Lift[];
}

/** A temporary lifting of one block for one unit, or for one person there. */
export interface Lift {
  readonly unit: string;
  readonly person: string | null;
  readonly during: Period;
  /** `consent`: the patient asked for it; `blocker`: the vårdgivare of an outer block granted a request; `indispensable`: PDL 4 kap 5 §. */
  readonly ground: 'consent' | 'blocker' | 'indispensable';
  /** employeeHsaId of the authorised officer who lifted it; null when it was not an officer. */
  readonly officer: string | null;
  /** FHIR types that the officer found relevant; asked for when the ground is `indispensable`. */
  readonly relevantTypes: readonly string[];
}

/** A nödöppning, by one employee at one unit; it holds only with an end. */
export interface Emergency {
  readonly organisation: LegalActor;
  readonly unit: string;
  readonly person: string;
  readonly reason: string;
  /** Danger to life or serious risk to health was stated. */
  readonly dangerStated: boolean;
  /** The opener attested the patientrelation, for who has the patient before them and no registered relation. */
  readonly relationAttested: boolean;
  readonly during: Period;
}

export interface Representative {
  readonly person: string;
  readonly as: 'guardian' | 'adult-proxy';
  readonly during: Period;
}

/** What a unit has documented for a person of 13-15 years; it concerns that unit's information only. */
export interface AgeException {
  readonly organisation: LegalActor;
  readonly unit: string;
  readonly kind: 'guardian-keeps-access' | 'young-person-has-access';
  readonly during: Period;
}

/** The person was informed before the organisation made data available (SVOD 2 kap 2 §). */
export interface InformedPerson {
  readonly organisation: LegalActor;
  readonly at: string;
}

export interface JoinedActor {
  readonly organisation: LegalActor;
  readonly during: Period;
}
