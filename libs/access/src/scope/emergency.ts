import type { Reader } from './reader.ts';

/**
 * As `emergencyOpen` of paths/emergency.ts, for a nödöppning of the reader's organisation that holds now: it is of one
 * employee at one unit and has an end (SVOD 3 kap 6 §).
 */
export const emergencyOpen = (fact: string, { unit, employee }: Reader): string =>
  `${fact}.unit = ${unit} and ${fact}.person = ${employee} and isfinite(upper(${fact}.during))`;
