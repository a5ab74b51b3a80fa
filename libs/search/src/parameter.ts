import type { Path } from './expression.ts';

/** The types of parameters that are compiled; composite and special ones are known but not supported yet. */
export type ParameterType = 'token' | 'reference' | 'date' | 'string' | 'uri' | 'number' | 'quantity';

/** A column of the key row that answers the parameter, so that it needs no index row or fewer of them. */
export type HotColumn = 'id' | 'last_updated' | 'period' | 'patient';

/** A search parameter of one resource type. */
export interface Parameter {
  readonly resourceType: string;
  readonly code: string;
  readonly type: ParameterType;
  /** Canonical URL of the SearchParameter. */
  readonly url: string;
  /** Code of the parameter under which its rows are kept: its own, unless it is an alias (`patient` of `subject`). */
  readonly stored: string;
  /** An alias finds only references to this type. */
  readonly only: string | null;
  /** Types that a reference parameter may point to; empty means any. */
  readonly targets: readonly string[];
  readonly column: HotColumn | null;
  /** Where the values are; the stored parameter's for an alias. */
  readonly paths: readonly Path[];
}
