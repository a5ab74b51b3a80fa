/** Collects the values of one statement; every value of a caller goes through `param`, never into the text. */
export class SqlBuilder {
  readonly values: unknown[];
  /** Conditions are tried on one row after another, rather than turned into joins: right where many rows meet them. */
  readonly tries: boolean;

  constructor(values: unknown[] = [], tries = false) {
    this.values = values;
    this.tries = tries;
  }

  /** Adds a value and returns its placeholder, cast to `type` when given: `$3::text[]`. */
  param(value: unknown, type?: string): string {
    this.values.push(value);
    return type ? `$${this.values.length}::${type}` : `$${this.values.length}`;
  }
}
