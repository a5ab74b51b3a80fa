import type { CarePlan, Communication, Extension, Provenance, Reference } from '@medplum/fhirtypes';
import { acknowledgementOf, extensions, labelledAs, planKey, signatureOf } from '@naravard/care';
import { ref } from './codes.ts';

/** Id of a PractitionerRole, and the name. */
type Named = readonly [role: string, name?: string];

/** What a behandlingsplan in force says of itself; a draft may leave out what it has to. */
interface Stated {
  doctor: Named;
  nurse?: Named;
  /** Date by which it is looked through. */
  review?: string;
  /** Who answers, at every hour together: `CareTeam/id` or `HealthcareService/id`. */
  contacts: readonly string[];
  /** The patient's own normal values. */
  normal?: readonly (readonly [what: string, value: string])[];
  /** What is not to be done. */
  limit?: string;
}

/** As extensions of the head; the patient sees the plan. */
export const stated = ({ doctor, nurse, review, contacts, normal = [], limit }: Stated): Extension[] => [
  { url: extensions.ansvarigLakare, valueReference: roleOf(doctor) },
  ...(nurse ? [{ url: extensions.ansvarigSjukskoterska, valueReference: roleOf(nurse) }] : []),
  ...(review ? [{ url: extensions.granskas, valueDate: review }] : []),
  { url: extensions.synligForPatient, valueBoolean: true },
  ...contacts.map((each) => ({ url: extensions.kontaktvag, valueReference: ref<Reference>(each) })),
  ...normal.map(([what, value]) => ({
    url: extensions.normalvarde,
    extension: [
      { url: 'vad', valueString: what },
      { url: 'varde', valueString: value },
    ],
  })),
  ...(limit ? [{ url: extensions.behandlingsbegransning, valueString: limit }] : []),
];

const roleOf = ([role, name]: Named): Reference => ref(`PractitionerRole/${role}`, name);

/** HSA-ids of a person and the unit. */
type Employed = Parameters<typeof signatureOf>[2];

/** That its author signed a plan as it was first written (PDL 2008:355 3 kap. 10 §). */
export const signed = (plan: CarePlan, by: Employed, at: string): Provenance => ({
  ...signatureOf(firstOf(plan), patientOf(plan), by, at),
  ...labelledAs(plan),
  id: `${plan.id}-signatur`,
});

/** "Känd av": that a unit which is to act on a plan has read it. */
export const knownBy = (plan: CarePlan, id: string, by: Employed, at: string): Communication => ({
  ...acknowledgementOf(firstOf(plan), patientOf(plan), by, at),
  ...labelledAs(plan),
  id,
});

const firstOf = (plan: CarePlan) => ({ plan: planKey(plan), version: 1 });

const patientOf = ({ subject }: CarePlan): string => subject.reference ?? '';
