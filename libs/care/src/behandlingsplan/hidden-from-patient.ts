import type { CarePlan, Coding, Meta } from '@medplum/fhirtypes';

/** NOPAT of HL7 v3-ActCode, and what Inera writes for it. Access goes by them; the extension is what people read. */
const codes: readonly string[] = ['NOPAT', 'NOPATIENT'];

const labelsOf = ({ meta }: { meta?: Meta }): Coding[] =>
  (meta?.security ?? []).filter(({ code = '' }) => codes.includes(code));

export const isHiddenFromPatient = (plan: CarePlan): boolean => labelsOf(plan).length > 0;

/** The labels that keep a plan from the patient, for what tells of it. */
export function hiddenAs(plan: CarePlan): { meta?: Meta } {
  const security = labelsOf(plan);
  return security.length ? { meta: { security } } : {};
}
