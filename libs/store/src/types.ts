import type { Actor, Mask, PatientCaller, SecondCheck, StaffCaller, StatedFact } from '@naravard/access';
import type { IndexRows, Query, Scope } from '@naravard/search';
import type {
  AccessPage,
  AccessQuery,
  DirectoryEntry,
  DirectoryKey,
  LogPage,
  LogQuery,
  LogReader,
  LogRow,
  OfflineRead,
  OfflineResult,
  Opening,
  OpeningQuery,
  SpotCheck,
  SpotQuery,
} from './audit-log/reading.ts';
import type { DoneLines, HeldImport, Imports } from './bulk-import/imports.ts';
import type { CatalogState, ReindexOptions, ReindexProgress } from './catalog-state.ts';
import type { ChangedDefinitions, KeptDefinitions } from './definition-state.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { OriginPage, OriginQuery } from './origin.ts';
import type { SharedData } from './shared-data.ts';

export type { SharedData } from './shared-data.ts';

/** Who asks, what for and within which rights: part of every call, written to the audit in the same statement. */
export interface RequestContext {
  actor: Actor;
  /** What the caller may see; of a search, what it may find. */
  scope: Scope;
  /** What the caller may find: the `scope` of the searches of a transaction. */
  searchable(): Scope;
  /** What the caller may change, and what it may delete, of what is stored. */
  writable(): Scope;
  deletable(): Scope;
  /** The pure decision, asked again about every row that comes back; null for work that no caller asked for. */
  second: SecondCheck | null;
  /** The instant that access is judged at, ISO. */
  at: string;
  /** Of rights that reach past row-level security. */
  beyondNet?: true;
  /** X-Request-Id of the request. */
  request: string;
  /** Code of http://hl7.org/fhir/restful-interaction: read, vread, search-type, create, transaction, ... */
  interaction: string;
  /** Id of the Patient that an operation is on: a refusal of it is audited with the person. */
  about?: string;
  /** The query string of a search, kept with its audit rows; never logged. */
  query?: string;
}

/** A version as it lies in the store; `assemble` of libs/fhir makes the resource's text of it. */
export interface Stored {
  type: string;
  id: string;
  version: number;
  /** Instant, UTC with milliseconds. */
  lastUpdated: string;
  deleted: boolean;
  /** How this version came: decides the request and response of a history entry. */
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  meta: string | null;
  /** Null when deleted. */
  body: string | null;
  /** Key of the legal actor that answers for the resource; null where it was not asked, and of what administrators keep. */
  custodian: string | null;
  /** How much of it the caller is shown; the body is whole. */
  mask: Exclude<Mask, 'everything'>;
  /** Something about the patient is blocked: what this refers to may be. */
  blocked: boolean;
}

/** Creates, replaces or deletes one resource. Ids are chosen by the caller (`newId`). */
export type Write = PutWrite | DeleteWrite;

export interface PutWrite {
  kind: 'put';
  method: 'POST' | 'PUT' | 'PATCH';
  type: string;
  id: string;
  /** 'create': fails with 'exists' if the id is taken; 'update': fails with 'absent' if it is not; 'any': PUT. */
  mode: 'create' | 'update' | 'any';
  /** If-Match: fails with 'stale' unless this is the current version. */
  expected?: number;
  meta: string | null;
  body: string;
  rows: IndexRows;
  claims?: readonly Claim[];
  /** What it states that access decides on. */
  facts?: readonly StatedFact[];
  /** The facts are about the unit of who writes, because the body names none. */
  ofWritersUnit?: boolean;
  /** Written by an operation, which has asked what the law wants asked. */
  operation?: boolean;
  /** What an active SearchParameter asks to be indexed, one for each of its base types. */
  parameters?: readonly AskedParameter[];
}

export interface AskedParameter {
  base: string;
  code: string;
  url: string;
  /** JSON of a SearchParameterDefinition; the parameter is indexed anew when it changes. */
  definition: string;
}

export interface DeleteWrite {
  kind: 'delete';
  type: string;
  id: string;
  expected?: number;
}

/** "At most one at a time" per patient and key; `start`/`end` are ISO instants, null = open. */
export interface Claim {
  /** Shown to who claims what is taken, as far as its first space. */
  key: string;
  /** `all`: at most one, whoever it is about and whenever; then the key is not shown. */
  of?: 'patient' | 'all';
  start: string | null;
  end: string | null;
}

/**
 * What became of one write. Nothing of a call is stored unless all of its writes are 'created', 'updated', 'unchanged'
 * or 'deleted'; a delete of what is absent or already deleted is 'unchanged'.
 */
export interface Written {
  result:
    | 'created'
    | 'updated'
    | 'unchanged'
    | 'deleted'
    | 'exists'
    | 'absent'
    | 'stale'
    | 'subject-changed'
    | 'out-of-scope'
    /** The caller sees it, but another organisation answers for it. */
    | 'not-own'
    /** Its organisation answers for it, but the caller may not change it: it is masked for it, or a spärr. */
    | 'kept'
    /** A Patient that others have been merged into: it is not deleted. */
    | 'replaces';
  type: string;
  id: string;
  /** Current version after the call (or the one found, when it failed); 0 when there is none. */
  version: number;
  lastUpdated: string;
}

export interface SearchPage {
  resources: Stored[];
  /** What came with them, each once and none that is a match. */
  included: Stored[];
  /** False when there was more to include than `query.maxIncluded`. */
  includedAll: boolean;
  /** Position after the last row, for `query.cursor`; absent on the last page. Around a patient it tells that there is more. */
  next?: readonly (string | null)[];
  /** Position before the first row; absent on the first page. */
  previous?: readonly (string | null)[];
  /** Exact, in the same snapshot and after access; present when `query.total`. */
  total?: number;
  /** Of a search around a patient: whether the caller sees what these refer to, by `Type/id`; of others `visible` tells. */
  referred?: Readonly<Record<string, boolean>>;
  /** Of $everything: whether the caller sees what it asks about; absent where it does not, or there is no such resource. */
  subject?: 'seen' | 'deleted';
}

export interface HistoryPage {
  resources: Stored[];
  /** Position after the last row, to be passed back as `query.after`; absent on the last page. */
  next?: readonly (string | null)[];
  /** Present for the history of one resource. */
  total?: number;
}

export interface HistoryQuery {
  /** Absent = system history (with `types` = the mounted ones). */
  types: readonly string[];
  id?: string;
  /** ISO instants: versions at or after `since`; the version that was current at `at` ([start, end) of the value). */
  since?: string;
  at?: { start: string; end: string };
  count: number;
  after?: readonly (string | null)[];
}

/** A condition of a conditional interaction or reference and what it matches: nothing, one, or more than one. */
export interface Match {
  matches: readonly { type: string; id: string; version: number }[];
}

/** One database transaction; the callback that gets it may be run again from nothing (serialisation, deadlock). */
export interface Transaction {
  /**
   * Resolves conditions set-wise. With `lock`, callers with an equal condition wait for each other until the commit
   * (so that 200 racing conditional creates make one row). At most two matches each are returned.
   */
  resolve(conditions: readonly { query: Query; lock: boolean }[]): Promise<Match[]>;
  /** Current versions, locked for update in (type, id) order; undefined where absent or not visible. */
  current(keys: readonly { type: string; id: string }[]): Promise<(Stored | undefined)[]>;
  /** As Store.write, within this transaction; when any write fails the transaction can only be rolled back. */
  write(writes: readonly Write[]): Promise<Written[]>;
  /** As Store.related, before this transaction's own writes where it is asked before them. */
  related(patients: readonly string[]): Promise<ReadonlySet<string>>;
  /** As Store.facts, Store.keepers and Store.visible. */
  facts(patient: string): Promise<KnownFact[] | undefined>;
  keepers(keys: readonly { type: string; id: string }[]): Promise<ReadonlyMap<string, KeptBy>>;
  visible(keys: readonly { type: string; id: string }[]): Promise<ReadonlySet<string>>;
  /** As Store.read and Store.search, seeing this transaction's own writes; those of one shape asked at once take one statement. */
  read(type: string, id: string): Promise<Stored | undefined>;
  search(query: Query): Promise<SearchPage>;
  /** Of an import: that lines are done, with what this transaction writes or refuses of them. @throws as linesDone */
  imported(held: HeldImport, done: DoneLines): Promise<void>;
}

/** Who first wrote a resource: key of the legal actor, and HSA-id of its unit. */
export interface KeptBy {
  readonly custodian: string | null;
  readonly unit: string | null;
  /** Whether the caller may change it; only of what it may is more to be told. */
  readonly writable: boolean;
}

/** A fact and the current resource that states it, as `Consent/id`. */
export interface KnownFact extends StatedFact {
  readonly source: string;
}

/** One of two Patients that may be the same person. */
export interface MergingPatient {
  stored: Stored;
  /** Key of the legal actor that registered the person. */
  custodian: string | null;
  /** Whether the caller sees it. */
  visible: boolean;
  facts: readonly KnownFact[];
}

/** A resource that a merge moves, with what it states. */
export interface MovingResource {
  type: string;
  custodian: string | null;
  facts: readonly StatedFact[];
}

/** A person who was registered twice, by ids: what is about `source` becomes about `target`. */
export interface Merge {
  source: string;
  target: string;
  /** Nothing is changed. */
  preview: boolean;
  /** Resources that are moved at most. */
  most: number;
  /** @throws Problem why they are not merged; a Patient that is absent or deleted is undefined */
  judge(source: MergingPatient | undefined, target: MergingPatient | undefined): void;
  /**
   * Asked when what is about the source is locked, without the two Patients. `registrar` registered the target.
   * @throws Problem why it may not become about the target
   */
  judgeMoved(moved: readonly MovingResource[], registrar: string | null): void;
  /** The next version of a resource, of the two Patients among them; what others state is moved without it. */
  restage(stored: Stored): PutWrite;
}

/** Members of staff with protected identity (OSL 2009:400 22 kap 1 §). */
export interface ProtectedStaff {
  /** Practitioners and PractitionerRoles, as `Type/id`. */
  readonly keys: ReadonlySet<string>;
  /**
   * Their HSA-ids, in canonical form, with the keys of the legal actors that say so: each is heard about its own resources
   * alone, and administrators (null) about all.
   */
  readonly hsaIds: ReadonlyMap<string, ReadonlySet<string | null>>;
}

/** A number that a person is registered by. */
export interface NationalNumber {
  readonly system: string;
  readonly value: string;
}

/** Takes the index rows of a stored resource anew, with the newest catalog; undefined when it cannot be read. */
export type Restage = (stored: Stored) => PutWrite | undefined;

/** The audit as it is read. Each call is one statement that also writes the audit rows of the reading itself. */
export interface AuditLog {
  /** Undefined when absent or not to be seen by the reader. */
  read(context: RequestContext, reader: LogReader, id: string): Promise<LogRow | undefined>;
  /** Newest first. */
  search(context: RequestContext, reader: LogReader, query: LogQuery): Promise<LogPage>;
  /** What was done with one patient's data, one entry a request, newest first; undefined when the reader may not know. */
  accesses(context: RequestContext, reader: LogReader, query: AccessQuery): Promise<AccessPage | undefined>;
  /** Accesses of an organisation that are worth a look; for its reviewer. */
  spotCheck(context: RequestContext, query: SpotQuery): Promise<SpotCheck>;
  /** Nödöppningar by an organisation, and by others of its data; for its reviewer. */
  openings(context: RequestContext, query: OpeningQuery): Promise<Opening[]>;
  /** Records reads made offline; results in their order. */
  offlineReads(context: RequestContext, reads: readonly OfflineRead[]): Promise<OfflineResult[]>;
  /** Entries of the directory by HSA-id; what they become part of is audited, they are not. */
  directory(
    context: RequestContext,
    type: 'Organization' | 'Practitioner',
    keys: readonly DirectoryKey[],
  ): Promise<DirectoryEntry[]>;
}

export interface Store {
  readonly auditLog: AuditLog;
  readonly jobs: Jobs<RequestContext, Stored>;
  readonly imports: Imports<RequestContext>;
  /** One statement: key row, Scope, audit row, body. Undefined when absent or not visible; `deleted` otherwise. */
  read(context: RequestContext, type: string, id: string): Promise<Stored | undefined>;
  readVersion(
    context: RequestContext,
    type: string,
    id: string,
    version: number,
  ): Promise<Stored | undefined>;
  /** One statement: page, total, audit (one row per patient disclosed) and bodies. */
  search(context: RequestContext, query: Query): Promise<SearchPage>;
  /** How PostgreSQL would answer a search, line by line, without values of the caller; the search is not run. */
  explain(context: RequestContext, query: Query): Promise<string[]>;
  /** Newest first. Undefined when `id` is given and absent or not visible. */
  history(context: RequestContext, query: HistoryQuery): Promise<HistoryPage | undefined>;
  /** Who made versions, for whom and when; of those that the caller may see. */
  origins(context: RequestContext, query: OriginQuery): Promise<OriginPage>;
  /**
   * All writes or none, in one statement when there is one write or all are creates.
   * @throws Problem 'business-rule' when a claim is taken.
   */
  write(context: RequestContext, writes: readonly Write[]): Promise<Written[]>;
  /** Runs `work` in one transaction and commits, or rolls back when it throws; retries what may be retried. */
  transaction<T>(context: RequestContext, work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** The custom search parameters and how far they are indexed, after what SearchParameter resources ask for is taken over. */
  catalog(): Promise<CatalogState>;
  /** One step of bringing a type's index rows to the version of the catalog; `known` is the caller's own. */
  reindex(type: string, known: number, restage: Restage, options: ReindexOptions): Promise<ReindexProgress>;
  /** What has changed of types that are about no patient since a process took them; undefined where nothing has. Not audited. */
  definitions(types: readonly string[], kept: KeptDefinitions): Promise<ChangedDefinitions | undefined>;
  /** The staff whose names nobody is shown. Not disclosed, not audited. */
  protectedStaff(): Promise<ProtectedStaff>;
  /** Which of some resources, as `Type/id`, the caller may see: for hiding what refers to others. */
  visible(
    context: RequestContext,
    keys: readonly { type: string; id: string }[],
  ): Promise<ReadonlySet<string>>;
  /** Which of the patients the caller has an own relation to now, so that it may write about them (PDL 4 kap 1 §). */
  related(context: RequestContext, patients: readonly string[]): Promise<ReadonlySet<string>>;
  /** All facts about a patient, for an operation to judge by; undefined when there is no such Patient. Not disclosed, not audited. */
  facts(patient: string): Promise<KnownFact[] | undefined>;
  /** Who first wrote some resources, as `Type/id`; none for what is absent. Not disclosed, not audited. */
  keepers(
    context: RequestContext,
    keys: readonly { type: string; id: string }[],
  ): Promise<ReadonlyMap<string, KeptBy>>;
  /** What others share about a patient; audited. `who`: the caller may learn who holds it. */
  shared(
    context: RequestContext,
    asked: { patient: string; caller: StaffCaller | PatientCaller; who: boolean },
  ): Promise<SharedData>;
  /** Whether a legal actor, by key, takes part in SVOD at an instant, ISO. */
  takesPart(organisation: string, at: string): Promise<boolean>;
  /** The current Patients with one of some numbers, in canonical form, whoever may see them; audited. */
  match(
    context: RequestContext,
    numbers: readonly NationalNumber[],
  ): Promise<{ id: string; number: NationalNumber }[]>;
  /**
   * Moves all that is about one Patient to another in one transaction; audited, with a row for each of the two. Gives the
   * resources that were, or with `preview` would be, moved. @throws Problem of `judge`; 'too-costly'; 'business-rule'
   */
  merge(context: RequestContext, merge: Merge): Promise<MovingResource[]>;
  /** Whether a one-time token id has not been seen before, by any process; `expires` in epoch milliseconds. */
  firstTime(issuer: string, jti: string, expires: number): Promise<boolean>;
  /**
   * An audit row for a refusal, a failed request, or what was tried and undone (outcome 0). `told`: the resources that it tells of, if any; then
   * one row for each of their patients.
   */
  refuse(
    context: RequestContext,
    outcome: 0 | 4 | 8 | 12,
    reason: string,
    type?: string,
    told?: readonly { type: string; id: string }[],
  ): Promise<void>;
  /** Opens a new connection; throws a Problem 'unavailable' when the database or its schema does not answer as it must. */
  ready(): Promise<void>;
  /** A new id for a resource: UUIDv7, so that ids are ordered by time. */
  newId(): string;
  close(): Promise<void>;
}
