import { type Actor, allows, type GrantLetter } from '@naravard/access';
import { Problem } from '@naravard/fhir';

/**
 * Whether the SMART scopes of a token let do this with a type. `tokens` are those of the resource that is written, which a granular scope asks for.
 * @throws Problem 'forbidden'
 */
export function checkScope(
  grants: Actor['grants'],
  type: string,
  letter: GrantLetter,
  tokens?: readonly string[],
): void {
  if (allows(grants, type, letter, tokens)) return;
  throw new Problem(
    'forbidden',
    `The scope of the token does not let you do this with ${type}: ask for one with the letter ${letter}.`,
  );
}
