import type { Condition } from './condition.ts';
import type { Query } from './query.ts';

/**
 * The types of related resources that a query must reach to find something, and those that it includes by name. A chain that
 * names no type leads to several, of which any will do.
 */
export const reachedTypes = ({ parts, includes }: Query): ReadonlySet<string> =>
  new Set([
    ...parts.flatMap(({ conditions }) => conditions.flatMap(typesIn)),
    ...includes.flatMap(({ type, target }) => [type, target].filter((each) => each !== null)),
  ]);

function typesIn(condition: Condition): string[] {
  switch (condition.kind) {
    case 'not':
      return typesIn(condition.condition);
    case 'all':
      return condition.conditions.flatMap(typesIn);
    case 'any': {
      const [first = [], ...others] = condition.conditions.map(typesIn);
      return first.filter((type) => others.every((types) => types.includes(type)));
    }
    case 'chain':
    case 'has': {
      const { kind, type, parameter } = condition;
      return [kind === 'chain' ? type : parameter.resourceType, ...typesIn(condition.condition)];
    }
    default:
      return [];
  }
}
