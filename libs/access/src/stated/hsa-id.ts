import { canonicalIdentifier, identifierSystems } from '@naravard/fhir';
import type { Reference } from './elements.ts';

/** The one form of an HSA-id, in which bodies and tokens are compared. */
export const canonicalHsaId = (value: string): string =>
  canonicalIdentifier(identifierSystems.hsaId, value).value;

/**
 * The HSA-id that a reference is by, under either of its two OIDs; null when there is none. A reference by Type/id alone
 * names nobody here, since what it leads to may change.
 */
export function hsaIdOf(reference: Reference | undefined): string | null {
  const { system, value } = reference?.identifier ?? {};
  if (system === undefined || value === undefined) return null;
  const canonical = canonicalIdentifier(system, value);
  return canonical.system === identifierSystems.hsaId && canonical.value !== '' ? canonical.value : null;
}
