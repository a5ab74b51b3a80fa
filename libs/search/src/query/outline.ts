import type { Condition } from './condition.ts';
import { printQuery, type Query } from './query.ts';

/** A query as `printQuery` gives it, with `?` in place of every value: values may be names and personnummer. */
export const outlineQuery = (query: Query): string => printQuery(query, outline);

function outline(condition: Condition): string {
  switch (condition.kind) {
    case 'text':
      return `${condition.field} = ?`;
    case 'missing':
      return `${condition.parameter.code} ${condition.missing ? 'missing' : 'present'}`;
    case 'not':
      return `not (${outline(condition.condition)})`;
    case 'any':
    case 'all':
      return `(${condition.conditions.map(outline).join(condition.kind === 'any' ? ' or ' : ' and ')})`;
    case 'chain':
      return `${condition.parameter.code}:${condition.type}.(${outline(condition.condition)})`;
    case 'has':
      return `_has:${condition.parameter.resourceType}:${condition.parameter.code}.(${outline(condition.condition)})`;
    default:
      return `${condition.parameter.code} = ?`;
  }
}
