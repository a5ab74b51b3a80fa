import type { Observation } from '@medplum/fhirtypes';
import { coding, concept, ref } from './codes.ts';
import { patient } from './persons.ts';
import type { StoryTime } from './story-time.ts';

const LOINC = 'http://loinc.org';
const VITAL_SIGNS = 'http://terminology.hl7.org/CodeSystem/observation-category';

interface Measured {
  id: string;
  /** LOINC. */
  code: readonly [code: string, display: string];
  title: string;
  value: number;
  unit: readonly [unit: string, ucum: string];
  at: string;
  by: string;
  range?: readonly [low: number, high: number];
}

const quantity = (value: number, [unit, code]: Measured['unit']) => ({
  value,
  unit,
  system: 'http://unitsofmeasure.org',
  code,
});

const observation = ({ id, code, title, value, unit, at, by, range }: Measured): Observation => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  category: [concept(coding(VITAL_SIGNS, 'vital-signs', 'Vital Signs'))],
  code: { coding: [coding(LOINC, ...code)], text: title },
  subject: patient,
  effectiveDateTime: at,
  performer: [ref(by)],
  valueQuantity: quantity(value, unit),
  ...(range && { referenceRange: [{ low: quantity(range[0], unit), high: quantity(range[1], unit) }] }),
});

/** By day of the story: 2.4 kg more on the day of the acute visit, away at the hospital, then back at what is normal. */
const weights: readonly (readonly [day: number, kilograms: number])[] = [
  [-13, 68.1],
  [-12, 68.3],
  [-11, 68.9],
  [-10, 69.7],
  [-9, 70.5],
  [-4, 68.7],
  [-3, 68.4],
  [-2, 68.2],
  [-1, 68.1],
  [0, 67.9],
  [1, 68.0],
  [2, 68.2],
  [3, 68.1],
  [4, 67.9],
  [5, 68.0],
  [6, 68.1],
];

/** At the visits of the nurse. */
const saturations: readonly (readonly [day: number, percent: number])[] = [
  [-13, 91],
  [-9, 87],
  [-2, 90],
  [1, 91],
  [5, 90],
];

/** What Astrid weighs every morning, and how much oxygen the nurse measures: in the record of the hemsjukvård. */
export const measurements = (time: StoryTime): Observation[] => [
  ...weights
    .filter(([day]) => day < time.today)
    .map(([day, value]) =>
      observation({
        id: `astrid-vikt-${day + 14}`,
        code: ['29463-7', 'Body weight'],
        title: 'Vikt',
        value,
        unit: ['kg', 'kg'],
        at: time.at(day, '07:15'),
        by: 'Patient/astrid-testberg',
      }),
    ),
  ...saturations
    .filter(([day]) => day < time.today)
    .map(([day, value]) =>
      observation({
        id: `astrid-syremattnad-${day + 14}`,
        code: ['59408-5', 'Oxygen saturation in Arterial blood by Pulse oximetry'],
        title: 'Syremättnad',
        value,
        unit: ['%', '%'],
        at: time.at(day, '09:40'),
        by: 'PractitionerRole/maja-berg',
        range: [88, 92],
      }),
    ),
];
