/**
 * What a resource is found by: the values that `extract` takes from it, that the store writes beside its key row,
 * and that `matches` reads in memory. Parameter codes are those of the canonical parameter (see parameters.ts).
 */
export interface IndexRows {
  /** Version of the catalog that they were taken with; it grows with each change of a custom parameter. */
  catalog: number;
  /** Id of the Patient that the resource is about (its own id for a Patient), when there is exactly one. */
  patient: string | null;
  /** The main date parameter of the type as a half-open interval of ISO instants; null = unbounded. */
  period: { start: string | null; end: string | null } | null;
  /** meta.security as `system|code`. */
  labels: string[];
  /**
   * Equality keys of token and uri parameters: `param=code` (any system), `param|system code`, `param|system ` (any
   * code), `param| code` (no system). A system has no white space, so the first space ends it. Of identifiers with a
   * type `param:of-type|system code value`. `param?`, `param!`: a value that no search can compare, none with a reason.
   * `param<url`: it lies below the URL.
   */
  tokens: string[];
  /** Identifier-typed tokens, canonical form (identifier.ts of libs/fhir). */
  identifiers: { param: string; system: string | null; value: string }[];
  /**
   * Edges. `targetType` null: `target` is a canonical or absolute URL. `system`/`value`: a logical reference. Those of `_refers`
   * are searched by nobody (referred.ts).
   */
  references: {
    param: string;
    targetType: string | null;
    target: string | null;
    system: string | null;
    value: string | null;
  }[];
  /**
   * `folded` is lower case without marks and punctuation; `exact` as written. Texts of codes, of `param:text`, and further
   * ways into a name (further-ways.ts) have no `exact`.
   */
  texts: { param: string; folded: string; exact: string | null }[];
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
  /**
   * Elements of composite parameters, one row for each way to take one number, date and text of each component. Codes,
   * units, references and URIs stand in `tokens`, under `param$1=code` and so on (composite-rows.ts); numbers, dates
   * and texts by the order of the components that have them.
   */
  composites: {
    param: string;
    tokens: string[];
    /** Inclusive bounds; null = open. */
    numbers: { low: string | null; high: string | null }[];
    dates: { start: string | null; end: string | null }[];
    /** Folded. */
    texts: string[];
  }[];
  /**
   * What `_text` and `_content` are answered from: words in lower case between single spaces, texts parted by ` och `.
   * Absent for a resource without text, and where full-text search is switched off.
   */
  fullText?: { narrative: string; content: string } | undefined;
}
