import fc from 'fast-check';

/**
 * Small resources and queries per parameter type. The values come from short lists, so that queries hit, and those are
 * full of edges: open periods, equal bounds, escapes, accents, code points beyond U+FFFF, prefixes of each other.
 */
export interface Generated {
  readonly type: string;
  readonly resource: fc.Arbitrary<object>;
  /** Name and value of one condition. */
  readonly condition: fc.Arbitrary<readonly [string, string]>;
  readonly sorts: readonly string[];
}

export const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
export const some = <T>(value: fc.Arbitrary<T>) => maybe(fc.array(value, { minLength: 1, maxLength: 3 }));
export const oneOf = <T>(...values: T[]) => fc.constantFrom(...values);

/** Names with values: `a|b` of codes and one of their values. */
export const condition = (names: readonly string[], values: fc.Arbitrary<string>, alternatives = 3) =>
  fc.tuple(
    fc.constantFrom(...names),
    fc.array(values, { minLength: 1, maxLength: alternatives }).map((list) => list.join(',')),
  );

/** `code$value` with a code of a few. */
export const composite = (names: readonly string[], values: fc.Arbitrary<string>) =>
  condition(
    names,
    fc
      .tuple(oneOf('a', 'b', 'http://a.se|a', '|b', 'e\\|f', 'http://a.se|'), values)
      .map((parts) => parts.join('$')),
  );

/** `:missing` of each name. */
export const missing = (...names: string[]) =>
  condition(
    names.map((name) => `${name}:missing`),
    oneOf('true', 'false'),
    1,
  );

export const escaped = (text: string) => text.replace(/[\\,|$]/g, '\\$&');
