import { Problem } from '@naravard/fhir';

export interface NewImport {
  /** UUID, chosen by the holder. */
  readonly id: string;
  /** To whom alone it exists. */
  readonly holder: string;
  /** UUID of the upload. */
  readonly worker: string;
  /** Milliseconds that it is kept from other uploads without a sign of life. */
  readonly lease: number;
  /** Hours after its last sign of life until it is forgotten. */
  readonly hours: number;
}

/** Lines by what became of them; `warned` are among those that were written. */
export interface ImportCounts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly warned: number;
}

export interface Import extends ImportCounts {
  readonly key: string;
  readonly id: string;
  /** `interrupted`: no upload is going on, and the last one did not come to its end. */
  readonly state: 'receiving' | 'interrupted' | 'done';
  /** Number of the last line that is done, from 1, empty ones counted; 0 when there is none. */
  readonly line: number;
  /** Of the file up to and with that line; '' when there is none. */
  readonly digest: string;
  /** ISO instants. */
  readonly begun: string;
  readonly expires: string;
}

/** An import and the upload that writes its lines: what an upload does that has lost it does nothing. */
export interface HeldImport extends Pick<NewImport, 'worker' | 'lease' | 'hours'> {
  readonly key: string;
}

/** Lines that are done together. */
export interface DoneLines extends ImportCounts {
  /** Of the last of them. */
  readonly line: number;
  readonly digest: string;
  readonly outcomes: readonly LineOutcome[];
  readonly refusals: readonly LineRefusal[];
}

/** What is told of a line, as JSON. */
export interface LineOutcome {
  readonly line: number;
  readonly outcome: string;
}

/** For the audit, as Store.refuse. */
export interface LineRefusal {
  readonly outcome: 4 | 8 | 12;
  readonly reason: string;
  readonly type: string | null;
  /** The resources that it tells of. */
  readonly told: readonly { readonly type: string; readonly id: string }[];
}

/** By this cause of a Problem it is known that nothing more of an upload can be written. */
export class LostImport extends Error {}

/** The import was forgotten, or another upload has it. */
export const lostImport = (): Problem =>
  new Problem(
    'conflict',
    'The import was deleted meanwhile, or another upload goes on with it: ask $import/[id] how far it is.',
    { cause: new LostImport('lost import') },
  );

/** Files that are uploaded. What of `Context` it needs, the store knows. Lines are written within Transaction.imported. */
export interface Imports<Context> {
  /**
   * The import of this id, new or to be gone on with, kept for this upload unless it is done; audited.
   * @throws Problem 'conflict' when another upload has it, 'throttled' when its holder has as many as one may
   */
  begin(context: Context, wanted: NewImport): Promise<Import>;
  /** Undefined when there is none, another holds it, or it is forgotten. */
  find(id: string, holder: string): Promise<Import | undefined>;
  /** False when there was none to its holder. An upload that goes on ends. */
  forget(id: string, holder: string): Promise<boolean>;
  /** Keeps it for as long again. */
  keep(held: HeldImport): Promise<void>;
  /** Gives it back, at its end or for another upload to go on with. */
  release(held: HeldImport, state: 'done' | 'interrupted'): Promise<void>;
  /** What is told of the lines after one, in their order. */
  outcomes(key: string, after: number, count: number): Promise<LineOutcome[]>;
  /** Removes some of what is expired; true when there is more. */
  sweep(): Promise<boolean>;
}
