import { compileCondition } from '../query/condition.ts';
import type { Part } from '../query/query.ts';
import type { Statement } from './statement.ts';

/**
 * The condition that a row of `resource`, under `alias`, is a current resource of the part's type that the caller may
 * see and that meets every condition.
 */
export const compileWhere = (part: Part, alias: string, statement: Statement): string =>
  meeting(statement.visible(part.type, alias), part, alias, statement);

/** The same for a row whose ground the statement has, so that the Scope is asked once: `ground` is SQL of it. */
export const compileWhereGround = (part: Part, alias: string, ground: string, statement: Statement): string =>
  `${meeting(statement.current(part.type, alias), part, alias, statement)} and ${ground} is not null`;

const meeting = (row: string, part: Part, alias: string, statement: Statement): string =>
  part.conditions.length ? `${row} and ${compileConditions(part, alias, statement)}` : row;

/** That such a row meets every condition; there must be one. */
export const compileConditions = ({ conditions }: Part, alias: string, statement: Statement): string =>
  conditions.map((condition) => compileCondition(condition, alias, statement)).join(' and ');
