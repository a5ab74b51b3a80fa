/** A CareTeam, a CarePlan and an Encounter as Swedish care coordination writes them; all names and numbers are made up. */
const hsa = 'urn:oid:1.2.752.29.4.19';
const kva = 'http://snomed.info/sct';

const meta = {
  profile: ['https://naravard.se/fhir/StructureDefinition/example'],
  security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'N' }],
};

const careTeam = {
  resourceType: 'CareTeam',
  meta,
  identifier: [{ system: 'https://naravard.se/id/vardteam', value: '4f1c2a58-35a1-4a6c-9d52-0f1ad2e6b7c1' }],
  status: 'active',
  category: [
    { coding: [{ system: 'http://loinc.org', code: 'LA28865-6', display: 'Condition-focused care team' }] },
  ],
  name: 'Vårdteam hemsjukvård',
  subject: { reference: 'Patient/pat-1', display: 'Elsa' },
  period: { start: '2024-03-01' },
  participant: [1, 2, 3, 4].map((n) => ({
    role: [
      { coding: [{ system: kva, code: '224535009', display: 'Registered nurse' }], text: 'Fast vårdkontakt' },
    ],
    member: { reference: `PractitionerRole/role-${n}`, display: `Medarbetare ${n}` },
    period: { start: '2024-03-01', end: '2024-12-31' },
  })),
  managingOrganization: [
    { reference: 'Organization/vc-1', identifier: { system: hsa, value: 'SE2321000016-A1B2' } },
  ],
  telecom: [{ system: 'phone', value: '+46 35 13 10 00', use: 'work' }],
  note: [{ text: 'Teamet nås vardagar 8-16.', time: '2024-03-01T09:00:00+01:00' }],
};

const carePlan = {
  resourceType: 'CarePlan',
  meta,
  identifier: [{ system: 'https://naravard.se/id/plan', value: '8c8a6d86-6f59-4a06-8f9d-32a5a5b1c0e2' }],
  status: 'active',
  intent: 'plan',
  category: [
    {
      coding: [{ system: kva, code: '734163000', display: 'Care plan' }],
      text: 'Samordnad individuell plan',
    },
  ],
  title: 'SIP för Elsa',
  description: 'Gemensam plan för hemsjukvård, hemtjänst och vårdcentral.',
  subject: { reference: 'Patient/pat-1' },
  period: { start: '2024-03-01', end: '2024-09-01' },
  created: '2024-03-01T10:15:00+01:00',
  author: { reference: 'PractitionerRole/role-1' },
  contributor: [{ reference: 'PractitionerRole/role-2' }, { reference: 'Patient/pat-1' }],
  careTeam: [{ reference: 'CareTeam/team-1' }],
  addresses: [{ reference: 'Condition/hjartsvikt' }, { reference: 'Condition/fallrisk' }],
  goal: [{ reference: 'Goal/bo-hemma' }, { reference: 'Goal/inga-fall' }],
  activity: [1, 2, 3, 4, 5].map((n) => ({
    detail: {
      kind: 'ServiceRequest',
      code: { coding: [{ system: kva, code: '385763009', display: 'Hospice care' }], text: `Insats ${n}` },
      status: 'in-progress',
      doNotPerform: false,
      scheduledTiming: {
        repeat: { frequency: 2, period: 1, periodUnit: 'd', boundsPeriod: { start: '2024-03-01' } },
      },
      performer: [{ reference: 'PractitionerRole/role-3', display: 'Hemtjänsten' }],
      description: 'Hjälp med medicin morgon och kväll.',
    },
  })),
  note: [
    {
      authorReference: { reference: 'Practitioner/ssk-1' },
      time: '2024-03-01T10:20:00+01:00',
      text: 'Följs upp i maj.',
    },
  ],
};

const encounter = {
  resourceType: 'Encounter',
  meta,
  identifier: [{ system: 'https://naravard.se/id/kontakt', value: 'd5b6b2a3-4f5d-4e6d-8a0e-3a8f0b8c2d11' }],
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HH', display: 'home health' },
  type: [{ coding: [{ system: kva, code: '439708006', display: 'Home visit' }], text: 'Hembesök' }],
  subject: { reference: 'Patient/pat-1' },
  episodeOfCare: [{ reference: 'EpisodeOfCare/hemsjukvard' }],
  participant: [
    {
      type: [
        { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'PPRF' }] },
      ],
      period: { start: '2024-04-12T08:00:00+02:00', end: '2024-04-12T08:40:00+02:00' },
      individual: { reference: 'PractitionerRole/role-1' },
    },
  ],
  period: { start: '2024-04-12T08:00:00+02:00', end: '2024-04-12T08:40:00+02:00' },
  reasonCode: [{ text: 'Omläggning av bensår' }],
  diagnosis: [{ condition: { reference: 'Condition/bensar' }, rank: 1 }],
  location: [{ location: { reference: 'Location/hemmet' }, status: 'completed' }],
  serviceProvider: { reference: 'Organization/hemsjukvarden' },
};

export const typicalResources: readonly { resourceType: string }[] = [carePlan, careTeam, encounter];
