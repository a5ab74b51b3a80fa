import { Problem } from '@naravard/fhir';
import { type Query, shown } from '@naravard/search';
import type { Match, Stored, Transaction } from '@naravard/store';
import type { Pair } from './call.ts';
import type { Engine } from './engine.ts';
import { parsePairs } from './query-pairs.ts';
import { parseSearch, reachOfType } from './search-reach.ts';

/**
 * The condition of a conditional interaction or reference, always read strictly: a criterion that is not understood must
 * not widen a write. http://hl7.org/fhir/R4/http.html#ccreate
 * @throws Problem when a parameter is unknown or nothing is asked for.
 */
export function conditionOf(engine: Engine, type: string, criteria: string | readonly Pair[]): Query {
  const pairs = typeof criteria === 'string' ? parsePairs(withoutPath(type, criteria)) : criteria;
  const [empty] = pairs.find(([, value]) => value === '') ?? [];
  if (empty !== undefined) {
    throw new Problem('bad-request', {
      severity: 'error',
      expression: shown(empty),
      diagnostics: `'${shown(empty)}' has no value, and a condition ignores nothing: write one or leave it out.`,
    });
  }
  const query = parseSearch(engine, reachOfType(type), pairs, { lenient: false, now: Date.now() });
  if (query.parts.some(({ conditions }) => conditions.length)) return query;
  throw new Problem(
    'bad-request',
    'The condition is empty: give search parameters, for example identifier=system|value.',
  );
}

/** If-None-Exist is the query alone; some clients send `Type?query` or `?query`. */
function withoutPath(type: string, criteria: string): string {
  const path = criteria.startsWith(`${type}?`) ? `${type}?` : criteria.startsWith('?') ? '?' : '';
  return criteria.slice(path.length);
}

/** The one match, or undefined. @throws Problem 'multiple-matches' */
export function oneOf(match: Match | undefined): Match['matches'][number] | undefined {
  if (match && match.matches.length > 1) {
    throw new Problem('multiple-matches', 'The condition matches more than one resource: make it narrower.');
  }
  return match?.matches[0];
}

const attempts = 5;

/**
 * The one match of a condition, its row locked, so that what is written is what matched; undefined when there is none.
 * Whoever held the row before may have changed it: then the condition is asked anew.
 * @throws Problem 'multiple-matches', or 'conflict' when the match changed each time.
 */
export async function lockedMatch(transaction: Transaction, query: Query): Promise<Stored | undefined> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const [match] = await transaction.resolve([{ query, lock: true }]);
    const found = oneOf(match);
    if (!found) return undefined;
    const [current] = await transaction.current([found]);
    if (current?.version === found.version) return current;
  }
  throw movingProblem();
}

/** A condition whose match changed each time that it was asked. */
export const movingProblem = (): Problem =>
  new Problem('conflict', 'Others keep changing what the condition matches: send the request again.');
