import type { Actor } from '@naravard/access';
import type { IndexRows, Query, Scope } from '@naravard/search';

/** Who asks, what for and within which rights: part of every call, written to the audit in the same statement. */
export interface RequestContext {
  actor: Actor;
  scope: Scope;
  /** X-Request-Id of the request. */
  request: string;
  /** Code of http://hl7.org/fhir/restful-interaction: read, vread, search-type, create, transaction, ... */
  interaction: string;
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
  key: string;
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
    | 'out-of-scope';
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
  /** Position after the last row, to be passed back as `query.cursor`; absent on the last page. */
  next?: readonly (string | null)[];
  /** Position before the first row; absent on the first page. */
  previous?: readonly (string | null)[];
  /** Exact, in the same snapshot and after access; present when `query.total`. */
  total?: number;
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
  /** As Store.read and Store.search, seeing this transaction's own writes. */
  read(type: string, id: string): Promise<Stored | undefined>;
  search(query: Query): Promise<SearchPage>;
}

/** A search parameter of one type that every process takes rows for. */
export interface CustomRow {
  base: string;
  code: string;
  url: string;
  /** JSON of a SearchParameterDefinition. */
  definition: string;
  /** Version of the catalog that brought it. */
  version: number;
}

/** How far the resources of a type are with their index rows. */
export interface TypeState {
  type: string;
  /** Version of the catalog that they are being brought to. */
  version: number;
  /** Version that all of them have reached. */
  ready: number;
  /** Resources looked at, of `total`. */
  done: number;
  total: number;
}

/** What the processes on a database agree to index. */
export interface CatalogState {
  version: number;
  parameters: CustomRow[];
  types: TypeState[];
}

/** Takes the index rows of a stored resource anew, with the newest catalog; undefined when it cannot be read. */
export type Restage = (stored: Stored) => PutWrite | undefined;

export interface ReindexOptions {
  /** Resources that are locked and rewritten together; 100 take about 16 ms. */
  batch: number;
  /** Milliseconds between a change of the catalog and the walk, within which every process has heard of it. */
  grace: number;
}

/**
 * `waiting`: the change is too young, or somebody else holds the job. `behind`: this process must load the catalog first.
 * `more`: a batch is done and there may be another. `done`: all resources have reached the version.
 */
export type ReindexProgress = 'waiting' | 'behind' | 'more' | 'done';

export interface Store {
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
  /** An audit row for what discloses nothing: a refusal, a failed request. `outcome`: 4, 8 or 12. */
  refuse(context: RequestContext, outcome: 4 | 8 | 12, reason: string, type?: string): Promise<void>;
  /** Opens a new connection; throws a Problem 'unavailable' when the database or its schema does not answer as it must. */
  ready(): Promise<void>;
  /** A new id for a resource: UUIDv7, so that ids are ordered by time. */
  newId(): string;
  close(): Promise<void>;
}
