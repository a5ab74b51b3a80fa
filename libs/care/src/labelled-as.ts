import type { Coding } from '@medplum/fhirtypes';

interface Labelled {
  readonly meta?: { readonly security?: readonly Coding[] };
}

/**
 * The security labels of a resource, for what is made of it and tells that it is there: what is kept from the patient, or stays
 * outside SVOD (2022:913) 1 kap 3 §, would else be told of by its signature, its message or the contact that comes after it.
 */
export function labelledAs(
  { meta }: Labelled,
  ...more: readonly Coding[]
): { meta?: { security: Coding[] } } {
  const security = [...(meta?.security ?? []), ...more];
  return security.length ? { meta: { security } } : {};
}
