/**
 * What becomes of a write that refers to what is not there, or is not there for its writer. References to the patient and the
 * contact that a resource is about are always required (bound-elements.ts), since access rests on them; of others `enforce`
 * refuses, `warn` tells. `off`: no reference is looked at, those to patients neither.
 */
export interface ReferencePolicy {
  readonly policy: 'enforce' | 'warn' | 'off';
  /** Addresses of other FHIR servers, without a slash at their end, that may be referred to. */
  readonly bases: readonly string[];
}

export const noReferencePolicy: ReferencePolicy = { policy: 'off', bases: [] };
