import type { LegalActor } from '@naravard/access';
import type { Keeper } from './callers.ts';
import { bad, type Input } from './input.ts';

/** The parameters by which a person says to whom it is: HSA-id of the organisation, in which role, and perhaps of a unit. */
export const named = { organisation: 'identifier', as: 'code', unit: 'identifier' } as const;

const roles: readonly LegalActor['as'][] = ['vardgivare', 'omsorgsgivare'];

/** The organisation that a person names. @throws Problem 'bad-request' */
export function personsKeeper(input: Input): Keeper {
  const hsaId = input.hsaId('organisation');
  const as = input.code('as', roles);
  if (hsaId === undefined || as === undefined) {
    throw bad('organisation', `Name the organisation by HSA-id, and in as its role: ${roles.join(' or ')}.`);
  }
  return { organisation: { hsaId, as }, unit: input.hsaId('unit') ?? null };
}
