import type { Condition } from '@naravard/search';

/** `request`: a search or operation that is answered later; `batch`: a Bundle; `export`: NDJSON files, one a type. */
export type JobKind = 'request' | 'batch' | 'export';

export interface NewJob {
  kind: JobKind;
  /** To whom alone it exists. */
  holder: string;
  /** JSON of who asks, of which its rights are made anew. */
  actor: string;
  /** JSON of what is asked. */
  request: string;
  body: string | null;
  /** Hours until it is forgotten, whatever has become of it. */
  hours: number;
}

export interface Job {
  readonly id: string;
  readonly kind: JobKind;
  readonly actor: string;
  readonly request: string;
  readonly body: string | null;
  readonly state: 'running' | 'done' | 'failed';
  /** JSON of what became of it; null while it runs. */
  readonly result: string | null;
  /** How often it was taken without having come further. */
  readonly attempts: number;
  /** Of an export: the file that is gathered, from 0, and the position in it. */
  readonly file: number;
  readonly position: string;
  /** Resources found, or entries of a batch answered. */
  readonly done: number;
  /** ISO instants. */
  readonly created: string;
  readonly expires: string;
}

/** A job and who works at it: what a worker does that has lost it does nothing. */
export interface Held {
  readonly id: string;
  readonly worker: string;
}

export interface HeldVersion {
  readonly type: string;
  readonly id: string;
  readonly version: number;
}

/** Some rows of a type that an export looks at, so few that no statement runs long. */
export interface Chunk {
  readonly file: number;
  readonly type: string;
  /** All of them hold. */
  readonly conditions: readonly Condition[];
  readonly among: Among;
}

export type Among =
  /** The `count` next ids after one. */
  | { readonly kind: 'type'; readonly after: string; readonly count: number; readonly aboutPatients: boolean }
  /** All about some patients; then the next position, or the next file. */
  | { readonly kind: 'patients'; readonly patients: readonly string[]; readonly next: string | null };

/** What is shown of a file. `place` counts the held rows of the page from 1, shown or not. */
export interface HeldPage<Row> {
  readonly resources: readonly (Row & { readonly place: number })[];
  /** Those that the caller does not see now, or that are no more. */
  readonly missing: readonly (HeldVersion & { readonly place: number })[];
  /** To be passed back as `after`; undefined on the last page. */
  readonly next: string | undefined;
}

/** An entry of a batch; without an answer it was begun, and what became of it is not known. */
export interface BatchAnswer {
  readonly entry: number;
  readonly answer: string | null;
}

/** Requests that are answered later. What of `Context` it needs, and how rows are made, the store knows. */
export interface Jobs<Context, Row> {
  /**
   * The id of a new job, with an audit row of having been asked for.
   * @throws Problem 'throttled' when its holder has as many as one may
   */
  create(context: Context, job: NewJob): Promise<string>;
  /** Undefined when there is none, another holds it, or it is forgotten. */
  find(id: string, holder: string): Promise<Job | undefined>;
  /** False when there was none to its holder. Whoever works at it stops. */
  forget(id: string, holder: string): Promise<boolean>;
  /** Told when this process makes a job; the function that is given back ends it. */
  onCreated(listener: () => void): () => void;

  /** The job that has waited longest for somebody to work at it, for `lease` milliseconds. */
  take(worker: string, lease: number): Promise<Job | undefined>;
  /** Keeps it for as long again; false when it is no longer this worker's. */
  keep(held: Held, lease: number): Promise<boolean>;
  /** Gives it back, to be taken after `delay` milliseconds. */
  release(held: Held, delay: number): Promise<void>;
  finish(held: Held, state: 'done' | 'failed', result: string): Promise<void>;

  /** Takes away what a run before has found. */
  clear(held: Held): Promise<void>;
  /** Puts these, in their order, into a file. */
  hold(held: Held, file: number, found: readonly HeldVersion[]): Promise<void>;
  /** One statement: what of a chunk the caller may find, and how far the export is. Undefined when the job is lost. */
  gather(context: Context, held: Held, chunk: Chunk): Promise<{ file: number; position: string } | undefined>;
  /** How many versions each file of a job holds. */
  counts(id: string): Promise<ReadonlyMap<number, number>>;

  /** Marks entries of a batch as begun, before anything of them is done; false when the job is lost. */
  begin(held: Held, entries: readonly number[]): Promise<boolean>;
  answered(held: Held, answers: readonly BatchAnswer[]): Promise<void>;
  answers(id: string): Promise<BatchAnswer[]>;

  /**
   * One statement: versions of a file, as far as the caller may see them now, in their order, with their audit rows, one a
   * patient.
   */
  page(
    context: Context,
    id: string,
    from: { file: number; after: string; count: number },
  ): Promise<HeldPage<Row>>;

  /** Removes some of what is expired; true when there is more. */
  sweep(): Promise<boolean>;
}
