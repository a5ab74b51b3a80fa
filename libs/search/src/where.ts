import { compileCondition } from './condition.ts';
import { nameLiteral } from './index-table.ts';
import type { Query } from './query.ts';
import { compileScope, type Scope } from './scope.ts';
import type { SqlBuilder } from './sql.ts';

/**
 * The condition that a row of `resource`, under `alias`, is a current resource of the query's type that the caller may
 * see and that meets every condition. The names `x`, `y` and `t` must not be aliases of the statement around it.
 */
export function compileWhere(query: Query, scope: Scope, alias: string, sql: SqlBuilder): string {
  return [
    `${alias}.type = ${nameLiteral(query.type)}`,
    `not ${alias}.deleted`,
    compileScope(scope, alias, sql),
    ...query.conditions.map((condition) => compileCondition(condition, alias, sql)),
  ].join(' and ');
}
