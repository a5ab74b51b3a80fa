import type { SqlBuilder } from '@naravard/search';
import type { PatientCaller, StaffCaller } from '../caller.ts';
import { marks } from '../marks.ts';
import { blockState } from './blocked.ts';
import { isKeptFromPatient } from './kept-from-patient.ts';
import { words } from './literal.ts';
import { availableFrom, isJoined, isMadeAvailable } from './made-available.ts';
import { instant, type Reader, readerOf, readerValues } from './reader.ts';

/** SQL of what others share about one patient, for a caller who may know that it exists. */
export interface Sharing {
  /** Whether the caller's own legal actor takes part in SVOD; a person needs not. */
  readonly takesPart: string;
  /** Whether another legal actor has made the key row available, blocked or not. */
  shares(row: string): string;
  /** Of such a row: whether an outer spärr keeps it from the caller. */
  isBlocked(row: string): string;
}

/** Answers, persons and origins are no documentation of care: that they exist tells of none. */
const noDocumentation = ['Consent', 'Patient', 'Person', 'Provenance', 'RelatedPerson'];

/**
 * SVOD (2022:913) 2 kap 4-5 §§, 3 kap 5-6 §§: what is made available about a patient, by the same terms as made-available.ts
 * and blocked.ts. `patient` is SQL of an id; a person is shown all legal actors, and nothing of
 * what the decision keeps from the person; staff those beside the own.
 */
export function sharingWith(
  caller: StaffCaller | PatientCaller,
  at: string,
  patient: string,
  sql: SqlBuilder,
): Sharing {
  const now = instant(at, sql);
  const available = `(select ${availableFrom({ at: now })} from fact where fact.patient = ${patient})`;
  const isShared = (row: string) =>
    `not ${row}.deleted and ${row}.custodian is not null and not ${row}.type = any(${words(...noDocumentation)}) and not ${row}.labels && ${words(marks.outsideSvod, marks.showsBlock)} and ${isMadeAvailable(row, available, now)}`;
  if (caller.kind === 'patient') {
    const reader = { ...nobody, at: now };
    return {
      takesPart: 'true',
      shares: (row) => `${isShared(row)} and not (${isKeptFromPatient(row)})`,
      isBlocked: (row) => isBlockedFor(row, reader),
    };
  }
  const reader = readerOf(readerValues(caller.commission, at), sql);
  return {
    takesPart: isJoined(reader.organisation, now),
    shares: (row) => `${row}.custodian <> ${reader.organisation} and ${isShared(row)}`,
    isBlocked: (row) => isBlockedFor(row, reader),
  };
}

/** For whom nothing is lifted: a person asks whether data is blocked, not whether it is for somebody. */
const nobody = { organisation: `''`, unit: `''`, employee: `''` };

const isBlockedFor = (row: string, reader: Omit<Reader, 'reach'>): string =>
  `coalesce(${blockState(row, reader)} = 'blocked', false)`;
