import type { Refusal } from '../reasons.ts';
import type { Row } from '../row.ts';

/** v3-ActCode of R4, and the code that Inera writes for it. */
export const notForPatient: readonly string[] = ['NOPAT', 'NOPATIENT'];

/**
 * What neither the person nor a guardian sees by own electronic access: what is labelled not to be disclosed, notes
 * between staff, and data made available by SVOD (2022:913) 2 kap 6 § (4 kap 2 §). Undefined when it may be seen.
 */
export function keptFromPatient(row: Row): Refusal | undefined {
  if (row.labels.some((label) => notForPatient.includes(label))) return 'not-for-patient';
  if (row.internalNote) return 'internal-note';
  return row.availableBy26 ? 'available-by-2-6' : undefined;
}
