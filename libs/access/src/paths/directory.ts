import { allow, type Decision, deny } from '../decision.ts';
import { identityMask } from '../protected-identity.ts';
import type { Row } from '../row.ts';

/** What tells where to turn, and routines: no type here can be about a patient. */
const types = [
  'Organization',
  'Practitioner',
  'PractitionerRole',
  'HealthcareService',
  'Location',
  'PlanDefinition',
];

/**
 * Outside PDL and SVOD, which are about data on patients: the directory of organisations and staff is open to every caller,
 * staff with protected identity masked. Whatever else is about no known patient is closed.
 */
export const directory = (row: Row): Decision =>
  types.includes(row.type) ? allow('directory', identityMask(row, null, false)) : deny('no-patient');
