import { fastKontaktRules } from '@naravard/care';
import type { ServiceModule } from '@naravard/rest';
import { fastLakarkontakt } from './fast-kontakt.ts';
import { fewNumbers } from './few-numbers.ts';
import { hsaIdForm, organisationNumberForm, patientNumbers } from './identifiers.ts';
import { fastaKontakter } from './operations/fasta-kontakter.ts';
import { handover } from './operations/handover.ts';
import { toIneraOperation } from './operations/to-inera.ts';
import { vemRingerJag } from './operations/vem-ringer-jag.ts';
import { personNumbers } from './person-numbers.ts';

/** Who takes care of the patient: fasta kontakter and teams, and the people and units they point at. */
export const careTeam: ServiceModule = {
  name: 'care-team',
  resources: [
    { type: 'CareTeam', rules: fastKontaktRules, claims: fastLakarkontakt },
    { type: 'Practitioner', rules: [hsaIdForm] },
    { type: 'PractitionerRole', rules: [hsaIdForm] },
    { type: 'Organization', rules: [hsaIdForm, organisationNumberForm] },
    { type: 'HealthcareService', rules: [hsaIdForm] },
    { type: 'Location', rules: [hsaIdForm] },
    { type: 'RelatedPerson' },
    { type: 'Patient', rules: [patientNumbers, fewNumbers], claims: personNumbers },
  ],
  operations: [handover, fastaKontakter, vemRingerJag, toIneraOperation],
};
