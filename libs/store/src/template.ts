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

  /** The condition of a Scope on an alias, or what else it compiles to; scopes of one shape share a text, their values are the input's. */
  scope(
    example: Scope,
    pick: (input: Input) => Scope,
    alias: string,
    compile: (scope: Scope, alias: string, sql: SqlBuilder) => string = compileScope,
  ): string {
    // Compiled once for an input, however many parameters it has: it takes about 19 us for staff.
    let last: { readonly scope: Scope; readonly values: readonly unknown[] } | undefined;
    const valuesOf = (scope: Scope): readonly unknown[] => {
      if (last?.scope !== scope) {
        const sql = new SqlBuilder();
        compile(scope, alias, sql);
        last = { scope, values: sql.values };
      }
      return last.values;
    };
    const add = (index: number, type?: string) => this.param((input) => valuesOf(pick(input))[index], type);
    return compile(example, alias, new Templated(add));
  }

  values(input: Input): unknown[] {
    return this.#picks.map((pick) => pick(input));
  }
}

/** Hands each parameter of what is compiled to the template. */
class Templated extends SqlBuilder {
  readonly #add: (index: number, type?: string) => string;

  constructor(add: (index: number, type?: string) => string) {
    super();
    this.#add = add;
  }

  override param(value: unknown, type?: string): string {
    this.values.push(value);
    return this.#add(this.values.length - 1, type);
  }
}
