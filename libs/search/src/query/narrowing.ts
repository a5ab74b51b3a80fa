import type { Condition } from './condition.ts';
import type { Part, Query } from './query.ts';

/**
 * What to narrow in a search that ran too long, in words that name the parameters that make it costly: those that cannot
 * use an index well, related resources, sorting and counting.
 */
export function narrowing(query: Query): string {
  const { parts } = query;
  const costly = new Set(parts.flatMap(({ conditions }) => conditions.flatMap(costlyIn)));
  const sort = new Set(parts.flatMap((part) => part.sort.map(({ parameter }) => parameter.code)));
  return [
    `The search ran too long: ${limits(parts)}.`,
    costly.size > 0 && `Costly in it: ${[...costly].join(', ')}.`,
    sort.size > 0 && `Sorting by ${[...sort].join(', ')} reads all that matches.`,
    query.total && 'Counting reads all that matches: leave _total out.',
    query.includes.length > 0 && 'Ask for fewer includes.',
  ]
    .filter(Boolean)
    .join(' ');
}

function limits(parts: readonly Part[]): string {
  if (parts.length > 1) return 'name fewer types in _type';
  const [part] = parts;
  const codes = new Set(part?.conditions.flatMap(codesIn));
  const limiting = [
    part?.type !== 'Patient' && !codes.has('patient') && !codes.has('subject') && 'patient',
    !codes.has('identifier') && 'identifier',
    !codes.has('date') && !codes.has('_lastUpdated') && 'a date',
  ].filter((each) => each !== false);
  const last = limiting.pop();
  if (last === undefined) return 'ask for fewer values or a shorter period';
  return `add a parameter that limits it, such as ${limiting.length ? `${limiting.join(', ')} or ` : ''}${last}`;
}

/** Parameters that limit the search, for all of the conditions hold. */
function codesIn(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case 'all':
      return condition.conditions.flatMap(codesIn);
    case 'any':
    case 'not':
    case 'missing':
    case 'text':
    case 'has':
      return [];
    default:
      return [condition.parameter.code];
  }
}

/** What makes a condition costly: index rows beyond a lookup, or more resources than those that are found. */
function costlyIn(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.conditions.flatMap(costlyIn);
    case 'not':
      return codesOf(condition.condition).map((code) => `not ${code}`);
    case 'missing':
      return [`${condition.parameter.code}:missing`];
    case 'text':
      return [condition.field];
    case 'chain':
      return [`the chain through ${condition.parameter.code}`];
    case 'has':
      return [`_has:${condition.parameter.resourceType}:${condition.parameter.code}`];
    case 'string':
      return condition.mode === 'contains' || condition.mode === 'ends'
        ? [`${condition.parameter.code}:contains`]
        : [];
    default:
      return [];
  }
}

/** The parameters that a condition is about. */
function codesOf(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.conditions.flatMap(codesOf);
    case 'not':
      return codesOf(condition.condition);
    case 'text':
      return [condition.field];
    default:
      return [condition.parameter.code];
  }
}
