import type { CarePlan } from '@medplum/fhirtypes';

/** NOPAT of HL7 v3-ActCode, and what Inera writes for it. Access goes by them; the extension is what people read. */
const codes: readonly string[] = ['NOPAT', 'NOPATIENT'];

export const isHiddenFromPatient = ({ meta }: CarePlan): boolean =>
  (meta?.security ?? []).some(({ code = '' }) => codes.includes(code));
