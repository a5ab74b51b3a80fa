import { nameLiteral } from './index-table.ts';
import { compileScope, compileUnmasked, type Scope } from './scope.ts';
import type { SqlBuilder } from './sql.ts';

/**
 * One statement in the making: its values, the rights it runs with, and names for further rows of `resource`. Inside
 * compiled conditions `x`, `y` and `t` are names of index rows, and `r1`, `r2`, ... of key rows.
 */
export class Statement {
  readonly sql: SqlBuilder;
  readonly scope: Scope;
  /** Alias of the sights of the one patient whom the rows under alias `r` must be about. */
  readonly sights: string | undefined;
  #aliases = 0;

  constructor(sql: SqlBuilder, scope: Scope, sights?: string) {
    this.sql = sql;
    this.scope = scope;
    this.sights = sights;
  }

  /** The same statement, for conditions that are tried row by row. */
  trying(): Statement {
    return new Statement(this.sql.trying(), this.scope, this.sights);
  }

  /** A new alias of table `resource`; whoever takes one limits it with `visible`. */
  alias(): string {
    this.#aliases += 1;
    return `r${this.#aliases}`;
  }

  /** The row under `alias` is a current resource of the type (null: of any) that the caller may see. */
  visible(type: string | null, alias: string): string {
    const sights = alias === 'r' ? this.sights : undefined;
    return `${this.current(type, alias)} and ${compileScope(this.scope, alias, this.sql, sights)}`;
  }

  /** The row under `alias` is a current resource of the type (null: of any), whoever may see it. */
  current(type: string | null, alias: string): string {
    const current = `not ${alias}.deleted`;
    return type === null ? current : `${alias}.type = ${nameLiteral(type)} and ${current}`;
  }

  /** Nothing of the visible row under `alias` is hidden from the caller; null when nothing ever is. */
  unmasked(alias: string): string | null {
    return compileUnmasked(this.scope, alias, this.sql, alias === 'r' ? this.sights : undefined);
  }

  /** `condition`, which reads what is hidden of a masked row under `alias`: such a row does not meet it. */
  guarded(condition: string, alias: string): string {
    const unmasked = this.unmasked(alias);
    return unmasked === null ? condition : `(${condition} and ${unmasked})`;
  }
}
