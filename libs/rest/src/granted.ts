import type { Actor, GrantLetter } from '@naravard/access';
import type { RequestContext } from '@naravard/store';
import type { Interaction } from './call.ts';
import type { RouteParts } from './route.ts';
import { checkScope } from './scope-check.ts';

/** http://hl7.org/fhir/smart-app-launch/STU2.2: what the letters of a scope stand for. */
const letters: Readonly<Record<string, GrantLetter>> = {
  read: 'r',
  vread: 'r',
  'history-instance': 'r',
  $meta: 'r',
  $diff: 'r',
  'search-type': 's',
  'search-system': 's',
  'history-type': 's',
  'history-system': 's',
};

/** The context of an interaction: what is searched is cut to what the scopes let find, all else to what they let read. */
export const contextFor = (context: RequestContext, { name }: Interaction): RequestContext => ({
  ...context,
  interaction: name,
  ...(letters[name] === 's' && { scope: context.searchable() }),
});

/** Whom an operation is on, for the audit of its refusal. */
export const aboutOf = ({ route }: Interaction, { id }: RouteParts): Pick<RequestContext, 'about'> =>
  route.startsWith('/Patient/:id/$') ? { about: id } : {};

/**
 * Reading by a type that no scope of the token names is told apart from finding nothing, since the caller knows its own
 * scopes; writes are looked at where they are written. What a scope lets see of a type is part of the Scope.
 * @throws Problem 'forbidden'
 */
export function checkGranted({ grants }: Actor, { name }: Interaction, { type }: RouteParts): void {
  const letter = letters[name];
  if (letter && type !== '' && type !== '*') checkScope(grants, type, letter);
}
