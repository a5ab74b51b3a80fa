import type { Encounter } from '@medplum/fhirtypes';
import { coding, concept, ref, systems } from './codes.ts';

/** Hembesök (open care) and hemsjukvårdsbesök (enrolled in hemsjukvård) are two things: Socialstyrelsens termbank. */
const TYPES = {
  mottagningsbesok: concept(
    coding(systems.ownVardkontakt, 'mottagningsbesok', 'Mottagningsbesök'),
    coding(systems.vardkontaktTyp, '1', 'Besök'),
  ),
  hembesok: concept(
    coding(systems.ownVardkontakt, 'hembesok', 'Hembesök'),
    coding(systems.vardkontaktTyp, '1', 'Besök'),
  ),
  hemsjukvardsbesok: concept(
    coding(systems.ownVardkontakt, 'hemsjukvardsbesok', 'Hemsjukvårdsbesök'),
    coding(systems.vardkontaktTyp, '1', 'Besök'),
  ),
  video: concept(coding(systems.ownVardkontakt, 'videokontakt', 'Distanskontakt via video')),
  telefon: concept(
    coding(systems.ownVardkontakt, 'telefonkontakt', 'Distanskontakt via telefon'),
    coding(systems.vardkontaktTyp, '2', 'Telefon'),
  ),
  vardtillfalle: concept(
    coding(systems.ownVardkontakt, 'vardtillfalle', 'Vårdtillfälle'),
    coding(systems.vardkontaktTyp, '3', 'Vårdtillfälle'),
  ),
};

const CLASSES = {
  AMB: coding(systems.encounterClass, 'AMB', 'ambulatory'),
  HH: coding(systems.encounterClass, 'HH', 'home health'),
  VR: coding(systems.encounterClass, 'VR', 'virtual'),
  IMP: coding(systems.encounterClass, 'IMP', 'inpatient encounter'),
};

interface Visit {
  id: string;
  /** Id of the Patient; Astrid when left out. */
  patient?: string;
  place: keyof typeof CLASSES;
  type: keyof typeof TYPES;
  who: readonly [role: string, name: string];
  unit: readonly [id: string, name: string];
  start: string;
  end: string;
  why: string;
  status?: Encounter['status'];
}

/** A vårdkontakt. */
export const visit = ({
  id,
  patient = 'astrid-testberg',
  place,
  type,
  who,
  unit,
  start,
  end,
  why,
  status = 'finished',
}: Visit): Encounter => ({
  resourceType: 'Encounter',
  id,
  status,
  class: CLASSES[place],
  type: [TYPES[type]],
  subject: ref(`Patient/${patient}`),
  participant: [{ individual: ref(`PractitionerRole/${who[0]}`, who[1]) }],
  period: { start, end },
  reasonCode: [{ text: why }],
  ...(place === 'HH' && { location: [{ location: ref('Location/patientens-hem') }] }),
  serviceProvider: ref(`Organization/${unit[0]}`, unit[1]),
});
