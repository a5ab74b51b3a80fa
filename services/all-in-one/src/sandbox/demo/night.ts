import type { CareTeam, Coding, HealthcareService, Patient, Reference } from '@medplum/fhirtypes';
import { coding, concept, ref, systems } from './codes.ts';
import { daily, phone } from './phone.ts';
import type { StoryTime } from './story-time.ts';

/** A doctor whom the staff alone call, from the evening until the vårdcentral opens. */
export const nightDoctor = (time: StoryTime): HealthcareService => ({
  resourceType: 'HealthcareService',
  id: 'lakare-i-beredskap-falkenberg',
  active: true,
  providedBy: ref('Organization/vc-havsvinden', 'Vårdcentral Havsvinden'),
  name: 'Läkare i beredskap',
  telecom: [phone('031-390 06 29', daily('17:00:00', '08:00:00'), time.date(-5), 'personal')],
});

/** The nurses of the night round one patient; by telephone they are for colleagues alone. */
export const nightTeam = (
  time: StoryTime,
  { id, of, labels }: { id: string; of: Reference<Patient>; labels?: readonly Coding[] },
): CareTeam => ({
  resourceType: 'CareTeam',
  id,
  ...(labels && { meta: { security: [...labels] } }),
  status: 'active',
  category: [concept(coding(systems.careTeamType, 'team', 'Team'))],
  name: 'Hemsjukvården Natt',
  subject: of,
  participant: [
    { role: [{ text: 'Sjuksköterska' }], member: ref('PractitionerRole/amir-nordin', 'Amir Nordin') },
  ],
  managingOrganization: [ref('Organization/hemsjukvarden-natt')],
  telecom: [phone('031-390 06 28', daily('21:00:00', '07:00:00'), time.date(-5), 'personal')],
});
