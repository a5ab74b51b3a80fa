import type { Condition, Goal, Patient, Reference } from '@medplum/fhirtypes';
import { coding, concept, ref, systems } from './codes.ts';
import { patient } from './persons.ts';
import type { StoryTime } from './story-time.ts';

const CLINICAL = 'http://terminology.hl7.org/CodeSystem/condition-clinical';

interface Diagnosis {
  id: string;
  /** ICD-10-SE. */
  code: string;
  display: string;
  since: string;
  /** Astrid when left out. */
  of?: Reference<Patient>;
  recorder?: readonly [role: string, name: string];
}

export const condition = ({
  id,
  code,
  display,
  since,
  of = patient,
  recorder = ['omar-lind', 'Omar Lind'],
}: Diagnosis): Condition => ({
  resourceType: 'Condition',
  id,
  clinicalStatus: concept(coding(CLINICAL, 'active', 'Active')),
  category: [
    concept(
      coding(
        'http://terminology.hl7.org/CodeSystem/condition-category',
        'problem-list-item',
        'Problem List Item',
      ),
    ),
  ],
  code: concept(coding(systems.icd10se, code, display)),
  subject: of,
  onsetDateTime: since,
  recorder: ref(`PractitionerRole/${recorder[0]}`, recorder[1]),
});

/** Why there is a plan. */
export const conditions = (time: StoryTime): Condition[] => [
  condition({
    id: 'astrid-hjartsvikt',
    code: 'I50.9',
    display: 'Hjärtsvikt, ospecificerad',
    since: time.date(-1300),
  }),
  condition({
    id: 'astrid-kol',
    code: 'J44.9',
    display: 'Kroniskt obstruktiv lungsjukdom, ospecificerad',
    since: time.date(-2400),
  }),
];

interface Aim {
  id: string;
  text: string;
  expressedBy?: string;
  target?: NonNullable<Goal['target']>;
}

const goal = (time: StoryTime, { id, text, expressedBy, target }: Aim): Goal => ({
  resourceType: 'Goal',
  id,
  lifecycleStatus: 'active',
  description: { text },
  subject: patient,
  startDate: time.date(-180),
  ...(expressedBy && { expressedBy: ref(expressedBy) }),
  ...(target && { target }),
});

const kilograms = (value: number) => ({ value, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' });

/** What the plan is for, the patient's own goal first. */
export const goals = (time: StoryTime): Goal[] => [
  goal(time, {
    id: 'astrid-mal-brevladan',
    text: 'Jag vill kunna gå till brevlådan och hem igen.',
    expressedBy: 'Patient/astrid-testberg',
  }),
  goal(time, {
    id: 'astrid-mal-vikt',
    text: 'Vikt 68 kg, plus eller minus 1 kg.',
    expressedBy: 'PractitionerRole/omar-lind',
    target: [
      {
        measure: concept(coding('http://loinc.org', '29463-7', 'Body weight')),
        detailRange: { low: kilograms(67), high: kilograms(69) },
      },
    ],
  }),
  goal(time, {
    id: 'astrid-mal-natt',
    text: 'Inte vakna av andnöd på natten.',
    expressedBy: 'PractitionerRole/omar-lind',
  }),
];
