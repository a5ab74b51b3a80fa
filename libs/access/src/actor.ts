import type { Caller } from './caller.ts';

/** Special tasks of a chosen commission: lifting inner blocks (PDL 4 kap 5 §), reviewing the log (PDL 4 kap 3 §). */
export type Right = 'block-officer' | 'log-review';

/**
 * Who calls, as an issuer adapter read it from a verified token. Where a system client names an end user, `kind`, `id` and all
 * that is recorded are the end user's (HSLF-FS 2016:40 4 kap 9 §: by whom); the client stays in `client` and in `caller`.
 */
export interface Actor {
  kind: 'staff' | 'patient' | 'guardian' | 'system' | 'administrator';
  /** employeeHsaId, Patient id, id of a person who acts for another, client id: never a personnummer. */
  id: string;
  /** The same caller as the access decision sees it; the members below are what writing and audit need. */
  caller: Caller;
  /** Key of the legal actor (legal-actor-key.ts). */
  organisation: string | null;
  /** HSA-id of the vårdenhet: author unit of what the actor writes. */
  unit: string | null;
  /** HSA-id of the chosen commission. */
  commission: string | null;
  /** Purpose of the chosen commission, e.g. "Vård och behandling". */
  purpose: string | null;
  /** Professional title, e.g. "Sjuksköterska": what a patient is told about who has read. */
  title: string | null;
  /** Id of the client that the token was issued to. */
  client: string | null;
  rights: readonly Right[];
  /** SMART scopes; null = the token's issuer does not limit by scope. */
  grants: readonly Grant[] | null;
  /** System clients and administrators may choose ids (PUT to a new id creates). */
  mayChooseIds: boolean;
}

/**
 * Key of the legal actor that answers for what an actor writes. An administrator keeps the directory for all: nobody answers
 * for it but administrators, whichever organisation they work at.
 */
export const custodianOf = ({ kind, organisation }: Actor): string | null =>
  kind === 'administrator' ? null : organisation;

/** Who has not said who they are: has no rights at all, and is nobody's patient. */
export const nobody: Actor = {
  kind: 'patient',
  id: 'anonymous',
  caller: { kind: 'patient', patient: '' },
  organisation: null,
  unit: null,
  commission: null,
  purpose: null,
  title: null,
  client: null,
  rights: [],
  grants: [],
  mayChooseIds: false,
};

/**
 * One SMART 2.2 scope, as `user/CarePlan.rs?category=http://x|y`: what it lets do with resources of a type (`*`: any). A
 * granular one is for resources that have one of `tokens`, keys as in the `tokens` column of a key row.
 */
export interface Grant {
  readonly type: string;
  /** Letters of `cruds`. */
  readonly may: ReadonlySet<'c' | 'r' | 'u' | 'd' | 's'>;
  readonly tokens: readonly string[] | null;
}
