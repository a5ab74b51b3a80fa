// What is asked of the audit and what it answers; the statements are beside this file.

/**
 * Who reads the audit. `reviewer`: who checks the log of a legal actor (PDL 4 kap 3 §, SVOD 4 kap 4 §), whose own accesses
 * and those of others to its data are shown. `person`: who reads about one patient (SVOD 4 kap 2 §, PDL 8 kap 5 §), as long
 * as the caller may see that Patient, so that age and guardianship are decided where they always are. `nobody`: anyone
 * else, to whom the log is empty.
 */
export type LogReader =
  | { readonly kind: 'reviewer'; readonly organisation: string }
  | { readonly kind: 'person'; readonly patient: string }
  | { readonly kind: 'nobody' };

/** A row of table `audit`, as far as its reader may see it. What the columns mean: libs/store/schema.sql. */
export interface LogRow {
  id: string;
  /** Instant, UTC with milliseconds. */
  at: string;
  /** X-Request-Id. */
  request: string;
  /** Code of http://hl7.org/fhir/restful-interaction, or the name of an operation: `$nodoppning`. */
  interaction: string;
  /** AuditEvent.outcome */
  outcome: 0 | 4 | 8 | 12;
  /** Ground(s) of the decision by code, separated by spaces, or why it was refused. */
  reason: string;
  actorKind: string;
  /** employeeHsaId, Patient id, id of who acts for another, client id. */
  actor: string | null;
  /** Key of the legal actor. */
  organisation: string | null;
  unit: string | null;
  commission: string | null;
  purpose: string | null;
  title: string | null;
  client: string | null;
  type: string | null;
  patient: string | null;
  /** `Type/id` or `Type/id/_history/n`; to a person `Type` alone, each once. */
  targets: readonly string[];
  query: string | null;
}

/** One condition on rows of the audit; all of a query's hold. Lists are alternatives. */
export type LogFilter =
  /** Their merged registrations come along. */
  | { readonly kind: 'patient'; readonly ids: readonly string[] }
  /** `actor` or `client`. */
  | { readonly kind: 'agent'; readonly ids: readonly string[] }
  | { readonly kind: 'outcome'; readonly codes: readonly number[] }
  /** Of `oneOf`, or, when it is there, of none of `noneOf`. */
  | {
      readonly kind: 'interaction';
      readonly oneOf: readonly string[];
      readonly noneOf: readonly string[] | null;
    }
  /** `Type/id`, any version of it; a Patient is found as the one whom the row is about, too. */
  | { readonly kind: 'target'; readonly keys: readonly string[] }
  /** ISO instants, [start, end); `not` = outside. */
  | {
      readonly kind: 'time';
      readonly start: string | null;
      readonly end: string | null;
      readonly not: boolean;
    }
  | { readonly kind: 'id'; readonly ids: readonly string[] };

export interface LogQuery {
  filters: readonly LogFilter[];
  count: number;
  /** Position after the last row of the page before. */
  after?: readonly (string | null)[];
}

export interface LogPage {
  rows: LogRow[];
  /** Position after the last row, to be passed back as `after`; absent on the last page. */
  next?: readonly (string | null)[];
}

/** Accesses to one patient's data: what one request did, though it left several rows. */
export interface Access {
  /** Instant of its last row, UTC with milliseconds. */
  at: string;
  actorKind: string;
  actor: string | null;
  organisation: string | null;
  unit: string | null;
  title: string | null;
  /** Codes of the grounds, each once. */
  reasons: readonly string[];
  /** `query` of its rows, of a read made offline: `at=...`. */
  told: string | null;
  /** What was done with which FHIR type; null = the type is not known. */
  done: readonly (readonly [interaction: string, type: string | null])[];
  /** Ids of its rows. */
  ids: readonly string[];
}

export interface AccessQuery {
  patient: string;
  /** ISO instants, [start, end). */
  start: string | null;
  end: string | null;
  count: number;
  after?: readonly (string | null)[];
}

export interface AccessPage {
  accesses: Access[];
  next?: readonly (string | null)[];
}

/** Why an access is worth a look; what each means: docs/access.md. */
export type SpotReason =
  | 'random'
  | 'emergency'
  | 'own-record'
  | 'same-family-name'
  | 'same-address'
  | 'colleague'
  | 'no-care-contact';

export interface SpotQuery {
  /** Key of the legal actor whose accesses are looked at. */
  organisation: string;
  /** ISO instants, [start, end). */
  start: string;
  end: string;
  /** Accesses drawn at random. */
  count: number;
}

export interface SpotCheck {
  /** Accesses of the period to choose from: by staff, to a patient's data. */
  accesses: number;
  findings: { row: LogRow; reasons: SpotReason[] }[];
  /** Reasons of which there are more findings than `mostOfEach`. */
  cut: SpotReason[];
}

export interface OpeningQuery {
  /** Key of the legal actor whose reviewer asks. */
  organisation: string;
  /** ISO instants, [start, end). */
  start: string;
  end: string;
  count: number;
}

/** A nödöppning, and what was read under it. */
export interface Opening {
  /** Instant, UTC with milliseconds. */
  at: string;
  /** employeeHsaId. */
  actor: string | null;
  /** Key of the legal actor. */
  organisation: string | null;
  unit: string | null;
  title: string | null;
  patient: string;
  /** Id of its Consent. */
  consent: string;
  /** Text of the Consent as it was made; null where it is another organisation's, or destroyed. */
  body: string | null;
  reads: { at: string; targets: string[] }[];
}

/** A read that a client made while it had no connection. */
export interface OfflineRead {
  type: string;
  id: string;
  version: string | null;
  /** ISO instant, as the client says; null = one that no read is recorded for, which refuses it. */
  at: string | null;
  /** employeeHsaId of the staff who read, where a system client tells of it; null = the caller. */
  reader: string | null;
  /** What is kept as `query` of the audit row: `at=...`. */
  query: string;
}

/**
 * `recorded`: the caller may see it now, or the service showed it to the reader, or to the client that tells of it, within the
 * 14 days before. `known`: the same read was recorded already. `refused`: neither; a row tells of the claim all the same.
 */
export type OfflineResult = 'recorded' | 'known' | 'refused';

/** Who is looked up in the directory: by HSA-id, and the key of the legal actor that they are of, whose word on it counts. */
export interface DirectoryKey {
  readonly hsaId: string;
  readonly of: string | null;
}

/** A name from the directory by HSA-id: texts of a resource's meta and body, for the caller to read the name from. */
export interface DirectoryEntry {
  hsaId: string;
  meta: string | null;
  body: string;
}
