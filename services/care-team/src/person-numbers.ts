import { hash } from 'node:crypto';
import { canonicalIdentifier, isPersonNumber, parseReference } from '@naravard/fhir';
import type { ResourceModule } from '@naravard/rest';

interface Patient {
  readonly active?: boolean;
  readonly identifier?: readonly { readonly system?: string; readonly value?: string }[];
  readonly link?: readonly { readonly type?: string; readonly other?: { readonly reference?: string } }[];
}

/**
 * A personnummer, samordningsnummer or reservnummer is one Patient's, so that all refer to the same one and log-in by number
 * finds it (folkbokföringslagen 1991:481, 18 §); what has not the form of one is claimed by nobody. A Patient that is not in
 * use claims nothing, unless Patient/$merge has merged it into another: its numbers lead to that one, and to nobody else. Those
 * that both have are the other's (libs/store/src/merge.ts). One that had its number before numbers were claimed keeps it, and
 * can be changed until it is merged (libs/store/src/held-before.ts).
 * The key is a hash of the number alone, so that no error and no table of claims has it in clear, and nobody takes it under the
 * system of another sort.
 */
export const personNumbers: NonNullable<ResourceModule['claims']> = (resource) => {
  const { active, identifier = [], link = [] } = resource as Patient;
  if (active === false && !link.some(isReplaced)) return [];
  const keys = identifier.flatMap(({ system, value = '' }) => {
    const number = canonicalIdentifier(system, value);
    return isPersonNumber(number) ? [`person ${hash('sha256', number.value)}`] : [];
  });
  // In one order, so that two who take the same numbers never wait for each other in a circle.
  return [...new Set(keys)].sort().map((key) => ({ key, start: null, end: null, of: 'all' }));
};

/** By a Patient here: this link the merge alone writes, and in this form; to other servers anybody may. */
function isReplaced({ type, other: { reference } = {} }: NonNullable<Patient['link']>[number]): boolean {
  if (type !== 'replaced-by' || reference === undefined) return false;
  const parsed = parseReference(reference);
  return parsed.kind === 'relative' && parsed.type === 'Patient';
}
