import type { LogReader, LogRow } from '@naravard/store';
import type { Voice } from './reason-words.ts';

/** How much of a row its reader is told, beside what the store has left out. */
export interface View {
  voice: Voice;
  /** Who by id; otherwise by title and unit alone. */
  names: boolean;
  /** Of what was searched for: all, all but what looks like a person's number, or the names of the parameters. */
  query: 'whole' | 'without-numbers' | 'names-only';
}

/** The person is told unit and role of staff (domain: the log needs unit and time, not names), and no search terms. */
export function viewOf(reader: LogReader, row: LogRow, showStaffNames: boolean): View {
  if (reader.kind !== 'reviewer') return { voice: 'patient', names: showStaffNames, query: 'names-only' };
  const isOwn = row.organisation === reader.organisation;
  return { voice: 'staff', names: true, query: isOwn ? 'whole' : 'without-numbers' };
}
