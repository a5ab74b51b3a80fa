import type { ServiceModule } from '@naravard/rest';
import { fewNumbers } from './few-numbers.ts';
import { personNumbers } from './person-numbers.ts';

/** Who takes care of the patient: fasta kontakter and teams, and the people and units they point at. */
export const careTeam: ServiceModule = {
  name: 'care-team',
  resources: [
    { type: 'CareTeam' },
    { type: 'Practitioner' },
    { type: 'PractitionerRole' },
    { type: 'Organization' },
    { type: 'HealthcareService' },
    { type: 'Location' },
    { type: 'RelatedPerson' },
    { type: 'Patient', rules: [fewNumbers], claims: personNumbers },
  ],
};
