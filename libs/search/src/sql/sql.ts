/** Collects the values of one statement; every value of a caller goes through `param`, never into the text. */
export class SqlBuilder {
  readonly values: unknown[];
  /** Conditions are tried on one row after another, rather than turned into joins: right where many rows meet them. */
  readonly tries: boolean;
  readonly #named: Map<string, string>;

  constructor(values: unknown[] = [], tries = false, named = new Map<string, string>()) {
    this.values = values;
    this.tries = tries;
    this.#named = named;
  }

  /** Adds a value and returns its placeholder, cast to `type` when given: `$3::text[]`. */
  param(value: unknown, type?: string): string {
    this.values.push(value);
    return type ? `$${this.values.length}::${type}` : `$${this.values.length}`;
  }

  /** As `param`, once in a statement for each name: what a Scope says of its caller stands on every alias. */
  named(name: string, value: unknown, type: string): string {
    const known = this.#named.get(name) ?? this.param(value, type);
    this.#named.set(name, known);
    return known;
  }

  /** The same values, for conditions that are tried row by row. */
  trying(): SqlBuilder {
    return new SqlBuilder(this.values, true, this.#named);
  }
}
