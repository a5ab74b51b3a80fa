import type { Bundle, CarePlan, CareTeam, Encounter, Organization, Patient } from '@medplum/fhirtypes';

/** What every client writes: a patient at home, who is in the team, and what is planned. */
export const unit: Organization = {
  resourceType: 'Organization',
  id: 'hemsjukvarden',
  name: 'Hemsjukvården Testby',
};

export const patient: Patient = {
  resourceType: 'Patient',
  active: true,
  identifier: [{ system: 'urn:test:journal', value: 'A-1' }],
  name: [{ family: 'Testberg', given: ['Astrid'] }],
  birthDate: '1941-03-14',
};

export const careTeam = (subject: string): CareTeam => ({
  resourceType: 'CareTeam',
  status: 'active',
  name: 'Team kring Astrid',
  subject: { reference: subject },
  managingOrganization: [{ reference: `Organization/${unit.id}` }],
  participant: [{ member: { reference: `Organization/${unit.id}` } }],
});

export const carePlan = (subject: string, team: string): CarePlan => ({
  resourceType: 'CarePlan',
  status: 'active',
  intent: 'plan',
  title: 'Plan för trygg hemgång',
  subject: { reference: subject },
  careTeam: [{ reference: team }],
});

export const encounter = (subject: string, day: number): Encounter => ({
  resourceType: 'Encounter',
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HH' },
  subject: { reference: subject },
  serviceProvider: { reference: `Organization/${unit.id}` },
  period: { start: `2026-11-${day}T10:00:00+01:00`, end: `2026-11-${day}T11:00:00+01:00` },
});

/** Five visits in one transaction, which pages of two then go through. */
export const visits = (subject: string): Bundle => ({
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [11, 12, 13, 14, 15].map((day) => ({
    resource: encounter(subject, day),
    request: { method: 'POST', url: 'Encounter' },
  })),
});
