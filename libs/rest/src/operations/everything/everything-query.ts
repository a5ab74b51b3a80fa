import { Problem } from '@naravard/fhir';
import { type EverythingAbout, type EverythingFrom, type Query, revealingEdges } from '@naravard/search';
import type { RequestContext, SearchPage, Stored } from '@naravard/store';
import { outcomeEntry, searchEntry } from '../../bundle-text.ts';
import type { Call } from '../../call.ts';
import type { Engine } from '../../engine.ts';
import { textOf } from '../../reply.ts';
import { checkScopes } from '../callers.ts';

/** The log is rendered and found at its own addresses alone. */
const LOG = 'AuditEvent';

/** The types that $everything gives. */
export const givenTypes = ({ mounted }: Engine): string[] => [...mounted].filter((type) => type !== LOG);

/** @throws Problem 'unknown-route' where the type is not served here, 'forbidden' where no scope of the token reaches it */
export function checkAsked({ mounted }: Engine, { actor }: RequestContext, type: string): void {
  if (!mounted.has(type)) {
    throw new Problem('unknown-route', 'This type is not served here: see /metadata for those that are.');
  }
  checkScopes(actor, type, 's');
}

/** The Query of $everything; `count`: of what is asked for, beside what comes with it. */
export const everythingQuery = (
  engine: Engine,
  everything: EverythingAbout | EverythingFrom,
  count: number,
): Query => ({
  parts: [],
  includes: [],
  maxIncluded: engine.limits.included,
  count,
  total: false,
  subset: null,
  self: '',
  ignored: [],
  everything: { ...everything, ...revealingEdges(engine.catalog) },
});

/** It finds as a search does, within what the scopes of the token let search. `asked`: kept with the audit. */
export const findingIn = ({ context }: Pick<Call, 'context'>, asked: string): RequestContext => ({
  ...context,
  scope: context.searchable(),
  query: asked,
});

/** What was found as entries of a searchset; `more`: what is said, in English, where not all that belongs to it came along. */
export function entriesOf(
  { base }: Engine,
  { resources, included, includedAll }: SearchPage,
  more: string,
): string[] {
  const entry = (mode: 'match' | 'include') => (stored: Stored) =>
    searchEntry(base, stored, mode, textOf(stored));
  const issue = [{ severity: 'warning', code: 'incomplete', diagnostics: more }];
  return [
    ...resources.map(entry('match')),
    ...included.map(entry('include')),
    ...(includedAll ? [] : [outcomeEntry({ resourceType: 'OperationOutcome', issue })]),
  ];
}
