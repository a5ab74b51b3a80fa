import type { AuditReader, Place } from './audit-reader.ts';
import type { Seal } from './chain-form.ts';
import { elementsOf } from './chains.ts';
import type { DroppedMonths } from './dropped-months.ts';
import type { Findings } from './findings.ts';
import { placeOf, type RowTexts, rowHash } from './row-form.ts';
import type { Suspects } from './suspects.ts';

/** Rounds that are verified together. */
export interface Group {
  /** Those that can be judged by. */
  seals: readonly Seal[];
  /** Rows after `from` up to `upto`. */
  from: Place;
  upto: Place;
  /** False when seals are missing or altered: a row that none knows proves nothing then. */
  whole: boolean;
}

/** Where the verifier notes what it finds. */
export interface Notes {
  findings: Findings;
  suspects: Suspects;
  dropped: DroppedMonths;
}

interface Entry {
  bucket: string;
  id: string;
  micros: number;
  hash: string;
  state: 'gone' | 'intact' | 'altered';
  row?: RowTexts;
}

/** More than the rows of most groups, so that one page has them. */
const PAGE = 6_000;
const idAt = placeOf('id');
const xidAt = placeOf('xid');
const bucketAt = placeOf('bucket');
const timeAt = placeOf('at');

/** Compares the rows of a group with their seals, both ways. Returns how many rows there are. */
export async function compareRows(reader: AuditReader, group: Group, notes: Notes): Promise<number> {
  const entries = new Map(group.seals.flatMap(entriesOf).map((entry) => [entry.id, entry]));
  const strays: RowTexts[] = [];
  let rows = 0;
  for await (const page of pages(reader, group.from, group.upto)) {
    rows += page.length;
    for (const row of page) {
      const entry = entries.get(row[idAt] ?? '');
      if (entry && entry.state === 'gone') compare(entry, row);
      else if (strays.length < PAGE) strays.push(row);
    }
  }
  await lookElsewhere(reader, [...entries.values()], notes);
  for (const entry of entries.values()) judge(entry, notes);
  if (group.whole) for (const row of strays) noteStray(row, notes);
  return rows;
}

/** Rows after a place up to another one or the end, in pages. */
export async function* pages(reader: AuditReader, from: Place, upto?: Place): AsyncGenerator<RowTexts[]> {
  for (let reading: Promise<RowTexts[]> | undefined = reader.rowsBetween(from, upto, PAGE); reading; ) {
    const page: RowTexts[] = await reading;
    const last: RowTexts | undefined = page.length < PAGE ? undefined : page.at(-1);
    // Read while the caller works on this page.
    reading = last && reader.rowsBetween({ xid: last[xidAt] ?? '', id: last[idAt] ?? '' }, upto, PAGE);
    reading?.catch(() => {});
    yield page;
  }
}

function entriesOf({ bucket, ids, times, hashes }: Seal): Entry[] {
  const micros = elementsOf(times);
  return elementsOf(ids).map((id, at) => ({
    bucket,
    id,
    micros: Number(micros[at]),
    hash: hashes.slice(at * 64, at * 64 + 64),
    state: 'gone',
  }));
}

function compare(entry: Entry, row: RowTexts): void {
  entry.state = rowHash(row) === entry.hash ? 'intact' : 'altered';
  if (entry.state === 'altered') entry.row = row;
}

/** A row whose place was altered still has its id. */
async function lookElsewhere(
  reader: AuditReader,
  entries: readonly Entry[],
  { findings }: Notes,
): Promise<void> {
  const gone = new Map(entries.filter(({ state }) => state === 'gone').map((entry) => [entry.id, entry]));
  const ids = [...gone.keys()];
  for (let at = 0; at < ids.length; at += 500) {
    for (const row of await reader.rowsById(ids.slice(at, at + 500))) {
      const id = row[idAt] ?? '';
      const entry = gone.get(id);
      if (entry) compare(entry, row);
      findings.noteAstray(id);
    }
  }
}

function judge(entry: Entry, { findings, suspects, dropped }: Notes): void {
  const { bucket, id, micros, state } = entry;
  if (state === 'intact') return findings.noteThere(bucket);
  const fault = { bucket, id, time: new Date(micros / 1000).toISOString() };
  if (state === 'altered') {
    suspects.note({ id, hash: entry.hash, row: entry.row });
    findings.noteThere(bucket);
    findings.noteRow({ kind: 'altered', ...fault });
  } else if (!dropped.covers(micros)) {
    suspects.note({ id, hash: entry.hash, row: undefined });
    findings.noteGone({ kind: 'removed', ...fault });
  }
}

function noteStray(row: RowTexts, { findings, suspects }: Notes): void {
  suspects.noteRow(row);
  findings.noteRow({ kind: 'inserted', ...named(row) });
}

/** What a fault says of a row: never its content. */
export const named = (row: RowTexts): { bucket: string; id: string; time: string } => ({
  bucket: row[bucketAt] ?? '',
  id: row[idAt] ?? '',
  time: row[timeAt] ?? '',
});
