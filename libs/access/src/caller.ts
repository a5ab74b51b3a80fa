/**
 * Who asks, as the access decision needs to know it: one shape per kind, every member present. It stands beside `Actor`,
 * which is the same caller as HTTP and audit need it, so that no decision hangs on an absent member.
 */
export type Caller = StaffCaller | PersonCaller | SystemCaller | AdministratorCaller;

/** Who may be named as the end user of a system client. */
export type EndUser = StaffCaller | PersonCaller;

export type PersonCaller = PatientCaller | GuardianCaller;

/**
 * A legal actor. One municipality can be vårdgivare (HSL) and omsorgsgivare (SoL, LSS) under one HSA-id: two actors with
 * different rights.
 */
export interface LegalActor {
  readonly hsaId: string;
  readonly as: 'vardgivare' | 'omsorgsgivare';
}

/** The medarbetaruppdrag that was chosen at login. One person may have several; only the chosen one counts. */
export interface Commission {
  readonly commissionHsaId: string;
  readonly employee: string;
  readonly organisation: LegalActor;
  /** HSA-id of the vårdenhet, or of the unit of an omsorgsgivare. */
  readonly unit: string;
  /** Purpose of the commission, as "Vård och behandling". */
  readonly purpose: string;
}

export interface StaffCaller {
  readonly kind: 'staff';
  readonly commission: Commission;
}

export interface PatientCaller {
  readonly kind: 'patient';
  /** Id of the own Patient. */
  readonly patient: string;
}

/** Somebody who acts for a patient. Whether as vårdnadshavare or as adult ombud is a fact, not a claim of the caller. */
export interface GuardianCaller {
  readonly kind: 'guardian';
  /** Stable id of the person who acts: never a personnummer. */
  readonly person: string;
  /** Id of the Patient acted for. */
  readonly of: string;
}

export interface SystemCaller {
  readonly kind: 'system';
  readonly client: string;
  readonly organisation: LegalActor;
  /** The named end user whose errand it is; null when the client asks for itself. */
  readonly onBehalfOf: EndUser | null;
}

export interface AdministratorCaller {
  readonly kind: 'administrator';
  readonly id: string;
}

export const sameActor = (one: LegalActor, other: LegalActor): boolean =>
  one.hsaId === other.hsaId && one.as === other.as;
