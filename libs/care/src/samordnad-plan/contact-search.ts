/**
 * What is read with the active CareTeams and CarePlans of a person, so that whom to call comes out the same wherever it is asked:
 * who and which teams and services these refer to, and of a part its head, since a part holds as long as that does.
 */
export const contactFollow = [
  { from: 'CareTeam', to: 'CareTeam' },
  { from: 'CareTeam', to: 'PractitionerRole' },
  { from: 'CareTeam', to: 'Organization' },
  { from: 'CarePlan', to: 'CarePlan' },
  { from: 'CarePlan', to: 'CareTeam' },
  { from: 'CarePlan', to: 'HealthcareService' },
  { from: 'PractitionerRole', to: 'Practitioner' },
  { from: 'PractitionerRole', to: 'HealthcareService' },
] as const;

/** And the services of the units that are found. */
export const servicesOfUnits = [{ from: 'HealthcareService', to: 'Organization' }] as const;
