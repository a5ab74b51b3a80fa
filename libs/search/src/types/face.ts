import type { Definitions } from '@naravard/fhir';
import type { Terminology } from '@naravard/terminology';
import type { Path } from '../catalog/expression.ts';
import type { Parameter } from '../catalog/parameter.ts';
import type { IndexRows } from '../rows/index-rows.ts';
import type { SqlBuilder } from '../sql/sql.ts';

/** Adds what one value of an element is found by. Rows may be added twice; the extractor removes doubles. */
export type Leaf = (value: unknown, rows: RowSink) => void;

/** IndexRows in the making. */
export interface RowSink extends Omit<IndexRows, 'tokens' | 'catalog'> {
  /** The whole resource, for values that lie outside the element they are searched with. */
  readonly resource: unknown;
  readonly tokens: Set<string>;
}

/** Before the first value of `resource`. */
export const emptySink = (resource: unknown): RowSink => ({
  resource,
  patient: null,
  period: null,
  labels: [],
  tokens: new Set(),
  identifiers: [],
  references: [],
  texts: [],
  dates: [],
  quantities: [],
  composites: [],
});

/** What a value is read against. */
export interface ParseContext {
  readonly definitions: Definitions;
  readonly terminology: Terminology;
  /** Our own FHIR base URL. */
  readonly base: string;
  /** Milliseconds since 1970; fixed for a query, so that `ap` means the same in all its pages. */
  readonly now: number;
}

/** The parts of a key row that are searched but are not index rows. */
export interface RowKey {
  readonly id: string;
  /** ISO instant. */
  readonly lastUpdated: string;
}

/** How a parameter orders results: an SQL expression over the key row's alias and the same value in memory. */
export interface SortFace {
  /** `nullable`: the expression may be null, which sorts last either way. */
  readonly sql: { expression: string; type: 'text' | 'timestamptz' | 'numeric'; nullable: boolean };
  value(rows: IndexRows, key: RowKey): string | null;
  /** The order of values in memory, where it is not that of their code points or numbers. */
  readonly compare?: (a: string, b: string) => number;
}

/** A condition on the parameter, or what a modifier such as `:not` puts around it. */
export type Parsed<Own> = Own | { readonly kind: 'not'; readonly condition: Own };

/**
 * All that the service knows of one type of search parameter. `extract`, `compile` and `match` must agree: a
 * property test compares them on generated resources.
 */
export interface Face<Own> {
  /** The leaf for the values of a path, or undefined where R4 gives their type no meaning for the parameter. */
  extract(parameter: Parameter, path: Path, base: string): Leaf | undefined;
  /**
   * Reads the alternatives of one parameter, still escaped. A modifier may put its own condition around the leaf.
   * Throws a Problem 'bad-request'.
   */
  parse(
    parameter: Parameter,
    modifier: string | null,
    alternatives: readonly string[],
    context: ParseContext,
  ): Parsed<Own>;
  /** An SQL condition over `alias` of table `resource`; of what is hidden it reads nothing. */
  compile(condition: Own, alias: string, sql: SqlBuilder, guards: Guards): string;
  match(condition: Own, rows: IndexRows, key: RowKey): boolean;
  /** Whether the parameter has any value, for `:missing`; a value that no search can compare counts. */
  present(parameter: Parameter, alias: string, guards: Guards): string;
  isPresent(parameter: Parameter, rows: IndexRows): boolean;
  /** The values in a short readable form, for tests and plans. */
  print(condition: Own): string;
  sort(parameter: Parameter, descending: boolean, alias: string, guards: Guards): SortFace;
}

/**
 * SQL of whether nothing of the resource under an alias is hidden from the caller, null when nothing ever is. Called only
 * by who puts it into the statement. A parameter that reads nothing else than what may be hidden is guarded as a whole.
 */
export type Unmasked = () => string | null;

/** What a face asks of the row under an alias where it reads what may be hidden; null when nothing ever is. */
export interface Guards {
  readonly unmasked: Unmasked;
  /** As `shownEdge` and `shownTarget` of Statement; `id` is called only where it is asked for. */
  edge(only: string | null): string | null;
  target(type: string, id: () => string): string | null;
}

/** For who is shown everything. */
export const nothingHidden: Guards = { unmasked: () => null, edge: () => null, target: () => null };
