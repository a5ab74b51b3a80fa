import type { Coding, Patient, RelatedPerson } from '@medplum/fhirtypes';
import { extensions } from '@naravard/care';
import { testNumber } from '../../seed/personnummer.ts';
import { coding, concept, DEMO, OWN, ref, systems } from './codes.ts';

/** A made-up person. */
export interface Person {
  id: string;
  given: string;
  born: string;
  gender: 'female' | 'male';
  phone: string;
  street: string;
  /** How to get in: portkod and key. */
  access?: string;
  /** The vårdcentral: id of the Organization and its name. */
  at: readonly [id: string, name: string];
  /** Security labels beside the one for demo data. */
  labels?: readonly Coding[];
}

/** Everybody is called Testberg and lives in Falkenberg; serials 980 and 981 are those of test persons. */
export const patientOf = ({
  id,
  given,
  born,
  gender,
  phone,
  street,
  access,
  at,
  labels = [],
}: Person): Patient => ({
  resourceType: 'Patient',
  id,
  meta: {
    security: [DEMO, ...labels],
    profile: ['http://hl7.se/fhir/ig/base/StructureDefinition/SEBasePatient'],
  },
  identifier: [
    { system: systems.personnummer, value: testNumber(born, gender === 'female' ? '980' : '981') },
  ],
  active: true,
  name: [{ use: 'official', family: 'Testberg', given: [given], text: `${given} Testberg` }],
  telecom: [{ system: 'phone', value: phone, use: 'mobile' }],
  gender,
  birthDate: born,
  address: [
    {
      ...(access && { extension: [{ url: extensions.tilltrade, valueString: access }] }),
      use: 'home',
      line: [street],
      postalCode: '311 00',
      city: 'Falkenberg',
      country: 'SE',
    },
  ],
  communication: [{ language: concept(coding('urn:ietf:bcp:47', 'sv', 'Svenska')), preferred: true }],
  managingOrganization: ref(`Organization/${at[0]}`, at[1]),
});

export const HAVSVINDEN = ['vc-havsvinden', 'Vårdcentral Havsvinden'] as const;

export const patient = ref<{ reference: string }>('Patient/astrid-testberg');

const astrid: Patient = {
  ...patientOf({
    id: 'astrid-testberg',
    given: 'Astrid',
    born: '1941-03-14',
    gender: 'female',
    phone: '070-174 06 05',
    street: 'Strandvägen 12',
    access: 'Portkod 4711. Nyckel i nyckelskåpet till höger om dörren.',
    at: HAVSVINDEN,
  }),
  maritalStatus: concept(
    coding('http://hl7.se/fhir/ig/base/CodeSystem/se-base-marital-status', 'Ä', 'Änka/änkling'),
  ),
  generalPractitioner: [ref('PractitionerRole/omar-lind', 'Omar Lind')],
};

/** Extension of RelatedPerson: whether a person close to the patient may be called at night. */
export const RELATIVE_MAY_BE_WOKEN = `${OWN}/StructureDefinition/far-vackas`;

const karin: RelatedPerson = {
  resourceType: 'RelatedPerson',
  id: 'karin-testberg',
  extension: [{ url: RELATIVE_MAY_BE_WOKEN, valueBoolean: true }],
  active: true,
  patient,
  relationship: [concept(coding('http://terminology.hl7.org/CodeSystem/v3-RoleCode', 'DAU', 'Dotter'))],
  name: [{ family: 'Testberg', given: ['Karin'], text: 'Karin Testberg' }],
  telecom: [{ system: 'phone', value: '070-174 06 06', use: 'mobile' }],
};

/** Astrid and her daughter, who is next of kin and no ombud: she sees nothing by herself. */
export const persons = [astrid, karin];
