import { hasTurned } from '../age.ts';
import { hasAgeException } from '../age-exception.ts';
import type { PatientCaller } from '../caller.ts';
import { isDeceased } from '../deceased.ts';
import { allow, type Decision, deny } from '../decision.ts';
import type { Facts } from '../facts.ts';
import type { Row } from '../row.ts';
import { keptFromPatient } from './kept-from-patient.ts';

/**
 * PDL (2008:355) 5 kap 5 § and SVOD (2022:913) 4 kap 2 §: a person reads data about himself or herself, from 16; at 13-15
 * what a unit has documented an exception for. A spärr does not hide from the person who made it.
 */
export function patient(caller: PatientCaller, facts: Facts, row: Row, at: string): Decision {
  if (caller.patient !== facts.patient) return deny('another-person');
  if (isDeceased(facts, at)) return deny('deceased');
  const kept = keptFromPatient(row);
  if (kept !== undefined) return deny(kept);
  const turned16 = hasTurned(16, facts.born, at);
  if (turned16 === undefined) return deny('age-unknown');
  if (turned16) return allow('patient-self', 'none');
  const exempt =
    hasTurned(13, facts.born, at) === true && hasAgeException('young-person-has-access', facts, row, at);
  return exempt ? allow('young-person-exception', 'none') : deny('under-16');
}
