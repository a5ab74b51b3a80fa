import type { DomainRule } from '@naravard/fhir';
import { endedWhen, noInternalNote, uppdrag } from './content-rules.ts';
import { oneLakarkontakt, severalLakarkontakter } from './one-lakarkontakt.ts';
import { contactPath, numberForm, reachableTeam } from './path-rules.ts';
import { namedPerson, onePerson } from './person-rules.ts';
import { lakarkontaktOfRegion, oneType, typeOfOrganisation, underskoterska } from './type-rules.ts';

/** All that is asked of fasta kontakter and of the teams through which they are reached. */
export const fastKontaktRules: readonly DomainRule[] = [
  onePerson,
  namedPerson,
  oneType,
  typeOfOrganisation,
  lakarkontaktOfRegion,
  underskoterska,
  uppdrag,
  contactPath,
  numberForm,
  endedWhen,
  noInternalNote,
  reachableTeam,
  oneLakarkontakt,
  severalLakarkontakter,
];
