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
  /** Position after the last row, to be passed back as `query.after`; absent on the last page. */
  next?: readonly (string | null)[];
  /** Exact, in the same snapshot and after access; present when `query.total`. */
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
  /** Newest first. Undefined when `id` is given and absent or not visible. */
  history(context: RequestContext, query: HistoryQuery): Promise<SearchPage | undefined>;
  /**
   * All writes or none, in one statement when there is one write or all are creates.
   * @throws Problem 'business-rule' when a claim is taken.
   */
  write(context: RequestContext, writes: readonly Write[]): Promise<Written[]>;
  /** Runs `work` in one transaction and commits, or rolls back when it throws; retries what may be retried. */
  transaction<T>(context: RequestContext, work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** An audit row for what discloses nothing: a refusal, a failed request. `outcome`: 4, 8 or 12. */
  refuse(context: RequestContext, outcome: 4 | 8 | 12, reason: string, type?: string): Promise<void>;
  /** Opens a new connection; throws a Problem 'unavailable' when the database or its schema does not answer as it must. */
  ready(): Promise<void>;
  /** A new id for a resource: UUIDv7, so that ids are ordered by time. */
  newId(): string;
  close(): Promise<void>;
}
