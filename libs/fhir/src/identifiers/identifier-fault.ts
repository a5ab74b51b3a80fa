import Package from 'personnummer';
import { canonicalIdentifier, identifierSystems, isPersonNumber } from '../identifier.ts';
import { hasCheckDigit } from './check-digit.ts';
import { isHsaId } from './hsa-id.ts';

/** The package's types describe a module that it is not: it exports the class itself. */
const personnummer = Package as unknown as { valid(text: string): boolean };

/**
 * What is wrong with a Swedish identifier: its form (a date that is not in the calendar among them), its check digit, or its
 * system, which is that of another sort of number.
 */
export type IdentifierFault = 'form' | 'check-digit' | 'sort';

/**
 * Whether an identifier is what its system says: a personnummer, a samordningsnummer (day + 60), a reservnummer (which has a
 * letter and no check digit), an HSA-id (no check digit either) or an organisationsnummer, each under any of its systems.
 * Undefined when it is, and for systems that are not Swedish.
 */
export function identifierFault(identifier: {
  system?: string;
  value?: string;
}): IdentifierFault | undefined {
  const { system, value } = canonicalIdentifier(identifier.system, identifier.value ?? '');
  switch (system) {
    case identifierSystems.personnummer:
    case identifierSystems.samordningsnummer: {
      if (!isPersonNumber({ system, value })) return 'form';
      const isRaised = Number(value.slice(6, 8)) > 60;
      if (isRaised !== (system === identifierSystems.samordningsnummer)) return 'sort';
      return personnummer.valid(value) ? undefined : 'check-digit';
    }
    case identifierSystems.reservnummer:
      if (!isPersonNumber({ system, value })) return 'form';
      return /[A-Z]/.test(value) ? undefined : 'sort';
    case identifierSystems.hsaId:
      return isHsaId(value) ? undefined : 'form';
    case identifierSystems.organisationsnummer:
      if (!/^\d{10}$/.test(value)) return 'form';
      return hasCheckDigit(value) ? undefined : 'check-digit';
    default:
      return undefined;
  }
}
