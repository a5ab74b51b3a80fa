import type { Patient, Practitioner, PractitionerRole, RelatedPerson } from '@medplum/fhirtypes';
import { hsa } from '../hsa.ts';
import { coding, concept, DEMO, hsaIdentifier, ref, systems } from './codes.ts';

interface Employee {
  id: string;
  hsaId: string;
  given: string;
  family: string;
  /** Befattning in words: the code list was not at hand when this was written. */
  post: string;
  /** Id of the Organization (unit) and its name. */
  unit: readonly [id: string, name: string];
}

export const patient = ref<{ reference: string }>('Patient/astrid-testberg');

const employees: readonly Employee[] = [
  {
    id: 'omar-lind',
    hsaId: hsa.omarLind,
    given: 'Omar',
    family: 'Lind',
    post: 'Specialistläkare',
    unit: ['vc-havsvinden', 'Vårdcentral Havsvinden'],
  },
  {
    id: 'eva-strand',
    hsaId: hsa.evaStrand,
    given: 'Eva',
    family: 'Strand',
    post: 'Distriktssköterska',
    unit: ['vc-havsvinden', 'Vårdcentral Havsvinden'],
  },
  {
    id: 'lisa-ek',
    hsaId: hsa.lisaEk,
    given: 'Lisa',
    family: 'Ek',
    post: 'Specialistläkare',
    unit: ['medicinavdelning-3', 'Medicinavdelning 3'],
  },
  {
    id: 'maja-berg',
    hsaId: hsa.majaBerg,
    given: 'Maja',
    family: 'Berg',
    post: 'Sjuksköterska',
    unit: ['hemsjukvarden-soder', 'Hemsjukvården Söder'],
  },
  {
    id: 'sven-dahl',
    hsaId: hsa.svenDahl,
    given: 'Sven',
    family: 'Dahl',
    post: 'Undersköterska',
    unit: ['hemtjansten-soder', 'Hemtjänsten Söder'],
  },
  {
    id: 'nina-holm',
    hsaId: hsa.ninaHolm,
    given: 'Nina',
    family: 'Holm',
    post: 'Biståndshandläggare',
    unit: ['bistand-falkenberg', 'Biståndsenheten'],
  },
];

const practitioner = ({ id, hsaId, given, family }: Employee): Practitioner => ({
  resourceType: 'Practitioner',
  id,
  identifier: [hsaIdentifier(hsaId)],
  active: true,
  name: [{ use: 'official', family, given: [given], text: `${given} ${family}` }],
});

const role = ({ id, given, family, post, unit }: Employee): PractitionerRole => ({
  resourceType: 'PractitionerRole',
  id,
  active: true,
  practitioner: ref(`Practitioner/${id}`, `${given} ${family}`),
  organization: ref(`Organization/${unit[0]}`, unit[1]),
  code: [{ text: post }],
});

const astrid: Patient = {
  resourceType: 'Patient',
  id: 'astrid-testberg',
  meta: { security: [DEMO], profile: ['http://hl7.se/fhir/ig/base/StructureDefinition/SEBasePatient'] },
  identifier: [{ system: systems.personnummer, value: '194103149805' }],
  active: true,
  name: [{ use: 'official', family: 'Testberg', given: ['Astrid'], text: 'Astrid Testberg' }],
  telecom: [{ system: 'phone', value: '070-174 06 05', use: 'mobile' }],
  gender: 'female',
  birthDate: '1941-03-14',
  address: [
    { use: 'home', line: ['Strandvägen 12'], postalCode: '311 00', city: 'Falkenberg', country: 'SE' },
  ],
  maritalStatus: concept(
    coding('http://hl7.se/fhir/ig/base/CodeSystem/se-base-marital-status', 'Ä', 'Änka/änkling'),
  ),
  generalPractitioner: [ref('PractitionerRole/omar-lind', 'Omar Lind')],
  managingOrganization: ref('Organization/vc-havsvinden', 'Vårdcentral Havsvinden'),
};

const karin: RelatedPerson = {
  resourceType: 'RelatedPerson',
  id: 'karin-testberg',
  active: true,
  patient,
  relationship: [concept(coding('http://terminology.hl7.org/CodeSystem/v3-RoleCode', 'DAU', 'Dotter'))],
  name: [{ family: 'Testberg', given: ['Karin'], text: 'Karin Testberg' }],
  telecom: [{ system: 'phone', value: '070-174 06 06', use: 'mobile' }],
};

/** Those who work round Astrid, Astrid herself and her daughter. */
export const persons = [...employees.map(practitioner), ...employees.map(role), astrid, karin];
