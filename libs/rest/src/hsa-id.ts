import { canonicalIdentifier, identifierSystems, isHsaId } from '@naravard/fhir';

export { isHsaId };

/** The HSA-id of an Identifier in the form in which HSA-ids are compared, whichever of its OIDs it is under; undefined without one. */
export function hsaIdOf(identifier: { system?: string; value?: string }): string | undefined {
  const { system, value } = canonicalIdentifier(identifier.system, identifier.value ?? '');
  return system === identifierSystems.hsaId && isHsaId(value) ? value : undefined;
}
