import { protectedLabels } from '../protected-identity.ts';
import { hasCode } from './labels.ts';

/** Whether the row itself carries a label of protected identity: `saysProtected` of protected-identity.ts. */
export const isLabelled = (row: string): string => `(${hasCode(row, ...protectedLabels)})`;

/**
 * Whether the patient of an id has protected identity (OSL 2009:400 22 kap 1 §); false for null. `offset 0` keeps it a probe
 * of the index, never a hash of all facts.
 */
export const isProtectedPatient = (patient: string): string =>
  `exists (select from fact where fact.patient = ${patient} and fact.kind = 'protected' offset 0)`;
