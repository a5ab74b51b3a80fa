/**
 * What a resource is found by: the values that `extract` takes from it, that the store writes beside its key row,
 * and that `matches` reads in memory. Parameter codes are those of the canonical parameter (see parameters.ts).
 */
export interface IndexRows {
  /** Id of the Patient that the resource is about (its own id for a Patient), when there is exactly one. */
  patient: string | null;
  /** The main date parameter of the type as a half-open interval of ISO instants; null = unbounded. */
  period: { start: string | null; end: string | null } | null;
  /** meta.security as `system|code`. */
  labels: string[];
  /**
   * Equality keys of token and uri parameters: `param=code` (any system), `param|system code`, `param|system ` (any
   * code), `param| code` (no system). A system has no white space, so the first space ends it.
   */
  tokens: string[];
  /** Identifier-typed tokens, canonical form (identifier.ts of libs/fhir). */
  identifiers: { param: string; system: string | null; value: string }[];
  /** Edges. `targetType` null: `target` is a canonical or absolute URL. `system`/`value`: a logical reference. */
  references: {
    param: string;
    targetType: string | null;
    target: string | null;
    system: string | null;
    value: string | null;
  }[];
  /** `folded` is lower case without marks; `exact` as written. */
  texts: { param: string; folded: string; exact: string }[];
  /** Half-open intervals of ISO instants; null = unbounded. */
  dates: { param: string; start: string | null; end: string | null }[];
  /** Numbers and quantities: the exact decimal as text and, for a Range or comparator, its bounds ([low, high)). */
  quantities: {
    param: string;
    low: string | null;
    high: string | null;
    system: string | null;
    code: string | null;
    unit: string | null;
  }[];
}
