import { compileScope, type Scope, SqlBuilder } from '@naravard/search';

/**
 * A statement whose text is composed once per shape and then only fed: each parameter is a function of the input.
 * Composing the text of a write anew took longer than validating the resource.
 */
export class Template<Input> {
  readonly #picks: ((input: Input) => unknown)[] = [];

  /** Adds a parameter and returns its placeholder, cast to `type` when given. */
  param(pick: (input: Input) => unknown, type?: string): string {
    this.#picks.push(pick);
    return type ? `$${this.#picks.length}::${type}` : `$${this.#picks.length}`;
  }

  /** The condition of a Scope on an alias; scopes of one kind share a shape, their values are the input's. */
  scope(example: Scope, pick: (input: Input) => Scope, alias: string): string {
    const at = (index: number) => (input: Input) => {
      const sql = new SqlBuilder();
      compileScope(pick(input), alias, sql);
      return sql.values[index];
    };
    let index = 0;
    return compileScope(example, alias, {
      values: [],
      tries: false,
      param: (_value, type) => this.param(at(index++), type),
    });
  }

  values(input: Input): unknown[] {
    return this.#picks.map((pick) => pick(input));
  }
}
