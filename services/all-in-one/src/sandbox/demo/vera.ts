import type { Encounter, Patient } from '@medplum/fhirtypes';
import { careRelation, type Made, svodInformationGiven } from '@naravard/access';
import { hsa } from '../hsa.ts';
import { coding } from './codes.ts';
import { HAVSVINDEN, patientOf } from './persons.ts';
import { saidYes } from './said-yes.ts';
import type { StoryTime } from './story-time.ts';
import { visit } from './visit.ts';

/**
 * Vera has sekretessmarkering (OSL 2009:400 22 kap. 1 §): the nurse who visits her reads name and address with a warning,
 * everybody else reads "Skyddad uppgift".
 */
const patient = 'vera-testberg';

const sekretessmarkering = coding(
  'http://hl7.se/fhir/ig/base/CodeSystem/SecurityLabel',
  'sekretessmarkering',
  'Sekretessmarkering',
);

export const veraVardcentral = (time: StoryTime): (Patient | Made)[] => [
  patientOf({
    id: patient,
    given: 'Vera',
    born: '1979-08-21',
    gender: 'female',
    phone: '070-174 06 10',
    street: 'Ängsvägen 15',
    access: 'Portkod 2580.',
    at: HAVSVINDEN,
    labels: [sekretessmarkering],
  }),
  careRelation({
    id: 'vera-vardrelation-vardcentral',
    patient,
    unit: hsa.vardcentral,
    start: time.date(-300),
  }),
];

export const veraHemsjukvard = (time: StoryTime): (Encounter | Made)[] => [
  careRelation({
    id: 'vera-hemsjukvard',
    patient,
    unit: hsa.hemsjukvard,
    insats: 'HSJV',
    start: time.date(-30),
  }),
  svodInformationGiven({ id: 'vera-information-hemsjukvard', patient, at: time.date(-30) }),
  saidYes({ id: 'vera-svod-hemsjukvard', patient, since: time.date(-30), to: { unit: hsa.hemsjukvard } }),
  visit({
    id: 'vera-hemsjukvardsbesok',
    patient,
    place: 'HH',
    type: 'hemsjukvardsbesok',
    who: ['maja-berg', 'Maja Berg'],
    unit: ['hemsjukvarden-soder', 'Hemsjukvården Söder'],
    start: time.at(-2, '11:00'),
    end: time.at(-2, '11:30'),
    why: 'Såromläggning.',
  }),
];
