import { hash } from 'node:crypto';
import { canonicalIdentifier, identifierSystems } from '@naravard/fhir';
import type { ResourceModule } from '@naravard/rest';

interface Patient {
  readonly identifier?: readonly { readonly system?: string; readonly value?: string }[];
  readonly link?: readonly { readonly type?: string }[];
}

const systems: readonly (string | null)[] = [
  identifierSystems.personnummer,
  identifierSystems.samordningsnummer,
  identifierSystems.reservnummer,
];

/**
 * A personnummer, samordningsnummer or reservnummer is one Patient's, so that all refer to the same one and log-in by number
 * finds it (folkbokföringslagen 1991:481, 18 §). One that was merged into another gives its numbers up. The key is a hash,
 * so that no error and no table of claims has a number in clear.
 */
export const personNumbers: NonNullable<ResourceModule['claims']> = (resource) => {
  const { identifier = [], link = [] } = resource as Patient;
  if (link.some(({ type }) => type === 'replaced-by')) return [];
  const keys = identifier.flatMap(({ system: given, value: number = '' }) => {
    const { system, value } = canonicalIdentifier(given, number);
    return system !== null && systems.includes(system) && value !== ''
      ? [`person ${hash('sha256', `${system}|${value}`)}`]
      : [];
  });
  // In one order, so that two who take the same numbers never wait for each other in a circle.
  return [...new Set(keys)].sort().map((key) => ({ key, start: null, end: null, of: 'all' }));
};
