import type { Path } from './expression.ts';

/** The types that find one value of an element. */
export type SimpleType = 'token' | 'reference' | 'date' | 'string' | 'uri' | 'number' | 'quantity';

/** The types of parameters that are compiled; a composite finds several values of one element together. */
export type ParameterType = SimpleType | 'composite';

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
  /** An administrator has posted it: nobody has looked at what it reads. */
  readonly custom?: true;
  /** Of a composite, whose own paths lead to the elements that its components are of. */
  readonly components?: readonly Component[];
}

/** One value of a composite parameter: `code` and `value` of `code-value-quantity=code$value`. */
export interface Component {
  /** Named by its place in the composite, `code-value-quantity$1`: the name that its keys start with. */
  readonly parameter: Parameter & { readonly type: SimpleType };
  /** Code of the parameter that it is defined by: `value-quantity`. */
  readonly name: string;
  /** Where its values are within an element, by the type of the element. */
  readonly within: ReadonlyMap<string, readonly Path[]>;
  /** The values are the resource's (`%resource.referenceSeq.chromosome`), not the element's. */
  readonly ofResource: boolean;
}
