import { Problem } from '@naravard/fhir';
import pg from 'pg';
import type { PutWrite, Write, Written } from './types.ts';

/** A resource here that a write refers to. */
export interface Referred {
  readonly type: string;
  readonly id: string;
  /** Nothing is written unless it is there. */
  readonly required: boolean;
}

/**
 * A write whose references are looked at in the statement that does it: whether each is there for its writer. A Patient is, whom
 * the writer may write about or see; anything else, what it sees. What is absent, deleted or not to be seen is one and the same.
 */
export interface ReferringWrite extends PutWrite {
  /** Each once; without what the same call writes. */
  readonly refers: readonly Referred[];
}

/** A write that is done all the same, with what it refers to that is not there, as `Type/id`. */
export interface WrittenReferring extends Written {
  readonly unresolved: readonly string[];
}

/** What is missing, as `Type/id`, by write. */
export type Missing = ReadonlyMap<Write, readonly string[]>;

/** Something required is not there, so nothing of the call is written. */
export class UnresolvedReferences extends Problem {
  readonly missing: Missing;

  constructor(missing: Missing, options: ErrorOptions) {
    super('unprocessable', 'A reference leads nowhere: refer to what is there.', options);
    this.missing = missing;
  }
}

/** A reference of a write, as a statement asks about it: by its place, from 1. */
export interface AskedReference extends Referred {
  readonly write: PutWrite;
}

export const refersOf = (write: PutWrite): readonly Referred[] =>
  'refers' in write ? (write as ReferringWrite).refers : [];

export const askedOf = (writes: readonly PutWrite[]): AskedReference[] =>
  writes.flatMap((write) => refersOf(write).map((referred) => ({ ...referred, write })));

/** `places`: as the statement tells them, '3 7'. */
export function missingOf(asked: readonly AskedReference[], places: string | null | undefined): Missing {
  const missing = new Map<Write, string[]>();
  for (const place of places?.split(' ') ?? []) {
    const { write, type, id } = asked[Number(place) - 1] as AskedReference;
    const before = missing.get(write);
    if (before) before.push(`${type}/${id}`);
    else missing.set(write, [`${type}/${id}`]);
  }
  return missing;
}

/** The failure of a statement that was refused for what it refers to; any other failure as it is. */
export function refusedFor(asked: () => readonly AskedReference[], error: unknown): unknown {
  const { cause } = error instanceof Problem ? error : {};
  const places = cause instanceof pg.DatabaseError && /"refers ([0-9 ]+)"/.exec(cause.message)?.[1];
  return places ? new UnresolvedReferences(missingOf(asked(), places), { cause }) : error;
}

export function withMissing(written: Written, unresolved: readonly string[] | undefined): Written {
  if (!unresolved) return written;
  const referring: WrittenReferring = { ...written, unresolved };
  return referring;
}
