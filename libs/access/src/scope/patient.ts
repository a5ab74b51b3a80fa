import type { PatientCaller } from '../caller.ts';
import { bornBy, bornOfLiving, exceptUnits, isDeceased, isExcepted } from './age.ts';
import { isKeptFromPatient } from './kept-from-patient.ts';
import type { PersonalAccess } from './personal-access.ts';
import { instant } from './reader.ts';

/** As paths/patient.ts (PDL 5 kap 5 §, SVOD 4 kap 2 §). */
export const patientAccess = ({ patient }: PatientCaller, at: string): PersonalAccess => ({
  kind: 'patient',
  reason: 'patient-self',
  of: patient,
  sights: (of, sql) => ({
    age: `(select case when person.born <= ${bornBy(16, at, sql)} then 'from 16' when person.born <= ${bornBy(13, at, sql)} then '13-15' end
from (select ${bornOfLiving(of, instant(at, sql))} as born) person)`,
    units: exceptUnits(of, 'young-person-has-access', instant(at, sql)),
  }),
  ground: (row, sight) => `case when ${isKeptFromPatient(row)} then null else case ${sight('age')}
when 'from 16' then 'patient-self'
when '13-15' then case when ${isExcepted(row, sight('units'))} then 'young-person-exception' end end end`,
  writes: (of, sql) => `not ${isDeceased(of, instant(at, sql))}`,
});
