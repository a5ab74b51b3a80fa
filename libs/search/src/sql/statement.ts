import { nameLiteral } from './index-table.ts';
import { compileHiding, compileScope, compileUnmasked, type Scope } from './scope.ts';
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
    return `${this.current(type, alias)} and ${compileScope(this.scope, alias, this.sql, sights, type ?? undefined)}`;
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

  /**
   * What edge `x` of the visible row under `alias` is to is not hidden from the caller: SQL that is never null; null when
   * nothing ever is. `only`: the one type that it is known to be of, where it says one.
   */
  shownEdge(alias: string, only: string | null): string | null {
    if (only !== null && this.scope.hiding?.never.has(only)) return null;
    // What an edge tells by itself comes first: most lead to what is never hidden.
    return this.#orNotHidden(alias, (never, may) => [
      `x.target is null or x.target_type is null or x.target_type in (${never})`,
      may,
      this.#seen('x.target_type', 'x.target'),
    ]);
  }

  /** The same of an edge to a resource of `type`, whose id `id` gives SQL of: what does not depend on the edge is asked once. */
  shownTarget(alias: string, type: string, id: () => string): string | null {
    if (this.scope.hiding?.never.has(type)) return null;
    return this.#orNotHidden(alias, (_never, may) => [may, this.#seen(nameLiteral(type), id())]);
  }

  /** Nothing that the visible row under `alias` refers to is hidden from the caller; as `shownEdge`. */
  shownWhole(alias: string): string | null {
    return this.#orNotHidden(alias, (never, may) => [
      may,
      `not exists (select from reference n where n.rid = ${alias}.rid and n.bucket = ${alias}.bucket and n.target is not null and n.target_type not in (${never}) and not ${this.#seen('n.target_type', 'n.target')} offset 0)`,
    ]);
  }

  /** One of some tests holds; `never`: names of types, `may`: the test that references of the row are not hidden at all. */
  #orNotHidden(alias: string, tests: (never: string, may: string) => readonly string[]): string | null {
    const { hiding } = this.scope;
    const hides = compileHiding(this.scope, alias, this.sql, alias === 'r' ? this.sights : undefined);
    if (!hiding || hides === null) return null;
    const never = [...hiding.never].map(nameLiteral).join(', ');
    return `(${tests(never, `not ${hides}`).join(' or ')})`;
  }

  /** The Scope shows a row of a type and id. `offset 0` keeps it a probe of the index, never a hash of all that is seen. */
  #seen(type: string, id: string): string {
    const target = this.alias();
    const scope = compileScope(this.scope, target, this.sql);
    return `exists (select from resource ${target} where ${target}.type = ${type} and ${target}.id = ${id} and ${scope} offset 0)`;
  }

  /** `condition`, which reads what is hidden of a masked row under `alias`: such a row does not meet it. */
  guarded(condition: string, alias: string): string {
    const unmasked = this.unmasked(alias);
    return unmasked === null ? condition : `(${condition} and ${unmasked})`;
  }
}
