import { nameLiteral } from './index-table.ts';
import { compileScope, type Scope } from './scope.ts';
import { SqlBuilder } from './sql.ts';

/**
 * One statement in the making: its values, the rights it runs with, and names for further rows of `resource`. Inside
 * compiled conditions `x`, `y` and `t` are names of index rows, and `r1`, `r2`, ... of key rows.
 */
export class Statement {
  readonly sql: SqlBuilder;
  readonly scope: Scope;
  #aliases = 0;

  constructor(sql: SqlBuilder, scope: Scope) {
    this.sql = sql;
    this.scope = scope;
  }

  /** The same statement, for conditions that are tried row by row. */
  trying(): Statement {
    return new Statement(new SqlBuilder(this.sql.values, true), this.scope);
  }

  /** A new alias of table `resource`; whoever takes one limits it with `visible`. */
  alias(): string {
    this.#aliases += 1;
    return `r${this.#aliases}`;
  }

  /** The row under `alias` is a current resource of the type (null: of any) that the caller may see. */
  visible(type: string | null, alias: string): string {
    const current = `not ${alias}.deleted and ${compileScope(this.scope, alias, this.sql)}`;
    return type === null ? current : `${alias}.type = ${nameLiteral(type)} and ${current}`;
  }
}
