import type { Grant } from './actor.ts';

export type GrantLetter = Grant['may'] extends ReadonlySet<infer Letter> ? Letter : never;

/**
 * Whether SMART scopes let a caller do `letter` (of `cruds`) with a resource of the type; null grants do not limit.
 * `tokens` are those of the resource, which a granular scope asks for. Left out, a granular scope counts: then its tokens
 * limit the Scope of the letter (`grantedRule`). http://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html
 */
export const allows = (
  grants: readonly Grant[] | null,
  type: string,
  letter: GrantLetter,
  tokens?: readonly string[],
): boolean =>
  grants === null ||
  grants.some(
    (grant) => covers(grant, type, letter) && (!tokens || !grant.tokens || overlap(grant.tokens, tokens)),
  );

const covers = (grant: Grant, type: string, letter: GrantLetter): boolean =>
  (grant.type === '*' || grant.type === type) && grant.may.has(letter);

const overlap = (some: readonly string[], others: readonly string[]): boolean =>
  some.some((each) => others.includes(each));
