import { marks } from '../marks.ts';
import { notForPatient } from '../paths/kept-from-patient.ts';
import { hasCode } from './labels.ts';
import { words } from './literal.ts';

/** As paths/kept-from-patient.ts; `codes`: of further labels that keep a row. */
export const isKeptFromPatient = (row: string, ...codes: readonly string[]): string =>
  `${row}.labels && ${words(marks.internalNote, marks.availableBy26)} or ${hasCode(row, ...notForPatient, ...codes)}`;
