import { compileCondition } from '../query/condition.ts';
import type { Part } from '../query/query.ts';
import type { Statement } from './statement.ts';

/**
 * The condition that a row of `resource`, under `alias`, is a current resource of the part's type that the caller may
 * see and that meets every condition.
 */
export function compileWhere(part: Part, alias: string, statement: Statement): string {
  const visible = statement.visible(part.type, alias);
  return part.conditions.length ? `${visible} and ${compileConditions(part, alias, statement)}` : visible;
}

/** That such a row meets every condition; there must be one. */
export const compileConditions = ({ conditions }: Part, alias: string, statement: Statement): string =>
  conditions.map((condition) => compileCondition(condition, alias, statement)).join(' and ');
